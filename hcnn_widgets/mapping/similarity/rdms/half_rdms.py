"""RDMs of halves of the trials: how far one animal's recordings settle their own RDM."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.reliability import halves_per_stimulus, in_order
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES, ConstantPatterns
from hcnn_widgets.mapping.similarity.rdms.noise_precision import whitened
from hcnn_widgets.mapping.similarity.rdms.patterns import patterns_of

Array = NDArray[np.float64]


def half_rdms(recordings: RecordingSet, distance: str, n_splits: int) -> Iterator[Array]:
    """Part each stimulus's trials at random in two halves, again and again, and give the RDMs of both.

    Parameters
    ----------
    recordings : RecordingSet
    distance : str
        One of `DISTANCES` that noise does not lift.
    n_splits : int

    Yields
    ------
    (2, k) float64
        The same for any order of the stimuli.

    Raises
    ------
    ValueError
        If there are too few stimuli, a stimulus has too few trials, or those of one half make no RDM.
    """
    patterns_of("recordings", recordings)
    fewest, trials = 2 * DISTANCES[distance].fewest_trials, recordings.trials_per_stimulus()
    if trials.min() < fewest:
        raise ValueError(
            f"`recordings` have too few trials to halve. Accepted are {fewest} or more of each stimulus for "
            f"distance={distance!r}; received {trials.min()} of {recordings.stimulus_ids[trials.argmin()]}."
        )
    recordings = in_order(recordings)
    for halves in halves_per_stimulus(recordings, n_splits):
        yield np.array([_vector(recordings, half, distance) for half in halves])


def _vector(recordings: RecordingSet, half: NDArray[np.bool_], distance: str) -> Array:
    """Return the dissimilarities of one half of the trials."""
    how = DISTANCES[distance]
    if how.whitened or how.cross_validated:
        trials = np.where(half[:, :, np.newaxis], recordings.responses, np.nan)
        trials = _whitened(trials, distance) if how.whitened else trials
    else:
        trials = recordings.mean_over_trials(half)[np.newaxis]
    try:
        return how(trials)
    except ConstantPatterns as error:
        stimuli = recordings.stimulus_ids[error.rows].tolist()
        raise ValueError(
            f"`recordings` have patterns {error.what} in one half of the trials, for {len(stimuli)} stimuli: "
            f"{', '.join(stimuli[:5])}. Accepted for distance={distance!r} are patterns that vary in every half; leave "
            "these stimuli out, or take distance='crossnobis'."
        ) from None


def _whitened(trials: NDArray[np.floating], distance: str) -> NDArray[np.floating]:
    """Weigh the sites by the noise of one half of the trials."""
    try:
        return whitened(trials)[0]
    except ValueError:
        raise ValueError(
            f"`recordings` have no noise in one half of the trials. Accepted for distance={distance!r} are trials that "
            "differ; received the same responses again and again."
        ) from None
