"""RDMs of halves of the trials: how far one animal's recordings settle their own RDM."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.reliability import halves_per_stimulus, in_order
from hcnn_widgets.mapping.similarity.rdm import rdm

Array = NDArray[np.float64]
FEWEST_TRIALS = {"crossnobis": 4}
"""Distance -> trials of each stimulus that both halves need between them; 2 for the others."""
FROM_ZERO = ("cosine", "whitened_cosine")
"""Comparisons to which it matters that noise lifts all dissimilarities, of both halves alike."""


def half_rdms(recordings: RecordingSet, distance: str, method: str, n_splits: int) -> Iterator[Array]:
    """Part each stimulus's trials at random in two halves, again and again, and give the RDMs of both.

    Parameters
    ----------
    recordings : RecordingSet
    distance : str
        One of `DISTANCES`.
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
        If a stimulus has too few trials, or noise would pass for likeness.
    """
    if method in FROM_ZERO and distance != "crossnobis":
        raise ValueError(
            f"`method={method!r}` takes the noise for likeness: it lifts the dissimilarities of both halves. Accepted "
            f"for halves of trials is distance='crossnobis', which noise does not lift; received {distance!r}."
        )
    fewest, trials = FEWEST_TRIALS.get(distance, 2), recordings.trials_per_stimulus()
    if trials.min() < fewest:
        raise ValueError(
            f"`recordings` have too few trials to halve. Accepted are {fewest} or more of each stimulus for "
            f"distance={distance!r}; received {trials.min()} of {recordings.stimulus_ids[trials.argmin()]}."
        )
    recordings = in_order(replace(recordings, stimuli=None))
    for halves in halves_per_stimulus(recordings, n_splits):
        parts = (np.where(half[:, :, np.newaxis], recordings.responses, np.nan) for half in halves)
        yield np.array([rdm(replace(recordings, responses=part), distance).vector for part in parts])
