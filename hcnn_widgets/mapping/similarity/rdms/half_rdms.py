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
FEWEST_TRIALS = {"correlation": 2, "cosine": 2, "crossnobis": 4}
"""Distance -> trials of each stimulus that both halves need between them."""
NOT_LIFTED = ("crossnobis",)
"""Distances that noise leaves as they are in the mean."""
DRAWN_TO_ONE = ("correlation", "cosine")
"""Distances that noise draws to 1 in both halves, from above and below; others it lifts, the more the noisier a
stimulus is, and so alike in both halves that it would pass for likeness."""
FROM_ZERO = ("cosine", "whitened_cosine")
"""Comparisons to which it matters that noise lifts dissimilarities, even if it lifts all of them alike."""


def half_rdms(recordings: RecordingSet, distance: str, method: str, n_splits: int) -> Iterator[Array]:
    """Part each stimulus's trials at random in two halves, again and again, and give the RDMs of both.

    Parameters
    ----------
    recordings : RecordingSet
    distance : str
        Of `NOT_LIFTED` or, but for the comparisons `FROM_ZERO`, `DRAWN_TO_ONE`.
    method : str
        The comparison that they are for.
    n_splits : int

    Yields
    ------
    (2, k) float64
        The same for any order of the stimuli.

    Raises
    ------
    ValueError
        If noise would pass for likeness, there are too few stimuli, a stimulus has too few trials, or those of one
        half make no RDM.
    """
    _check_distance(distance, method)
    patterns_of("recordings", recordings)
    fewest, trials = FEWEST_TRIALS[distance], recordings.trials_per_stimulus()
    if trials.min() < fewest:
        raise ValueError(
            f"`recordings` have too few trials to halve. Accepted are {fewest} or more of each stimulus for "
            f"distance={distance!r}; received {trials.min()} of {recordings.stimulus_ids[trials.argmin()]}."
        )
    recordings = in_order(recordings)
    for halves in halves_per_stimulus(recordings, n_splits):
        yield np.array([_vector(recordings, half, distance) for half in halves])


def halved_distances(method: str) -> tuple[str, ...]:
    """Give the distances by which noise in halves of the trials does not pass for likeness."""
    return NOT_LIFTED if method in FROM_ZERO else (*NOT_LIFTED, *DRAWN_TO_ONE)


def _check_distance(distance: str, method: str) -> None:
    """Refuse a distance by which noise would pass for likeness."""
    accepted = halved_distances(method)
    if distance not in accepted:
        raise ValueError(
            f"`distance={distance!r}` has no ceiling from halves of trials: noise lifts the dissimilarities of both, "
            f"and would pass for likeness. Accepted with method={method!r} are {', '.join(map(repr, accepted))}."
        )


def _vector(recordings: RecordingSet, half: NDArray[np.bool_], distance: str) -> Array:
    """Give the dissimilarities of one half of the trials."""
    if distance in NOT_LIFTED:
        return DISTANCES[distance](_whitened(np.where(half[:, :, np.newaxis], recordings.responses, np.nan)))
    try:
        return DISTANCES[distance](recordings.mean_over_trials(half)[np.newaxis])
    except ConstantPatterns as error:
        stimuli = recordings.stimulus_ids[error.rows].tolist()
        raise ValueError(
            f"`recordings` have patterns {error.what} in one half of the trials, for {len(stimuli)} stimuli: "
            f"{', '.join(stimuli[:5])}. Accepted for distance={distance!r} are patterns that vary in every half; leave "
            "these stimuli out, or take distance='crossnobis'."
        ) from None


def _whitened(trials: NDArray[np.floating]) -> NDArray[np.floating]:
    """Weigh the sites by the noise of one half of the trials."""
    try:
        return whitened(trials)[0]
    except ValueError:
        raise ValueError(
            "`recordings` have no noise in one half of the trials. Accepted for distance='crossnobis' are trials that "
            "differ; received the same responses again and again."
        ) from None
