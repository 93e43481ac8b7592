"""The baseline that a model must beat: the image itself, in coarse grey blocks."""

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.records.checks import check_count, check_kind
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
def pixels(stimuli: StimulusSet, size: int = 16) -> ActivationSet:
    """Return the luminance of blocks of the images as if they were a model area.

    Parameters
    ----------
    stimuli : StimulusSet
    size : int
        Blocks along each side; a block is the mean of the pixels in it.

    Returns
    -------
    ActivationSet
        With one area, "pixels", of size x size units from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If `stimuli` is no StimulusSet, or `size` no whole number of 1 or more.

    Examples
    --------
    >>> import numpy as np
    >>> stimuli = StimulusSet.from_arrays(np.ones((3, 64, 64), np.float32))
    >>> pixels(stimuli)["pixels"].shape
    (3, 256)
    """
    check_kind("stimuli", stimuli, StimulusSet, ", made of images by StimulusSet.from_arrays(images)")
    check_count("size", size)
    blocks = stimuli.adapted_to((size, size, 1)).images
    return ActivationSet({"pixels": blocks.reshape(len(stimuli), -1)}, stimuli.stimulus_ids)
