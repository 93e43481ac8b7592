"""Keep a fold from training on an image that it tests under another id."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Images = NDArray[np.intp]


def images_of(stimuli: StimulusSet) -> Images:
    """Return the image numbers of a set of stimuli, equal where two images are equal.

    Parameters
    ----------
    stimuli : StimulusSet

    Returns
    -------
    (n_stimuli,) intp
        Image number of each stimulus, equal for stimuli whose images are equal pixel by pixel.

    Examples
    --------
    >>> stimuli = StimulusSet.from_arrays(np.array([[[0.0]], [[1.0]], [[0.0]]]))
    >>> images_of(stimuli).tolist()
    [0, 1, 0]
    """
    number_of: dict[bytes, int] = {}
    digests = (blake2b(np.ascontiguousarray(image).tobytes()).digest() for image in stimuli.images)
    return np.array([number_of.setdefault(digest, len(number_of)) for digest in digests], dtype=np.intp)


def without_twins(folds: Folds, images: Images) -> Folds:
    """Remove from each fold's training stimuli those that show an image of its test stimuli.

    Parameters
    ----------
    folds : list of (train, test)
    images : (n_stimuli,) int
        Image number of each stimulus.

    Returns
    -------
    list of (train, test)
        With the same test rows, so that a score stays comparable.

    Examples
    --------
    >>> without_twins([(np.array([0, 1, 2]), np.array([3]))], np.array([7, 8, 9, 7]))[0][0].tolist()
    [1, 2]
    """
    return [(train[~np.isin(images[train], images[test])], test) for train, test in folds]


def twin_note(images: Images) -> str | None:
    """Return the note on stimuli that share an image, or None if none do."""
    counts = np.bincount(images)
    if not (repeated := counts > 1).any():
        return None
    return (
        f"{int(counts[repeated].sum())} stimuli show {int(repeated.sum())} images under several ids: such an image is "
        "never fitted on where it is tested on"
    )
