"""From response patterns to a representational dissimilarity matrix."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recording_checks import checked_names
from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.similarity.distances import DISTANCE_WORDS, DISTANCES, WHITENED, ConstantPatterns
from hcnn_widgets.mapping.similarity.noise_precision import whitened
from hcnn_widgets.mapping.similarity.rdm_checks import FEWEST_STIMULI
from hcnn_widgets.mapping.similarity.rdm_record import Rdm


@dataclass(frozen=True)
class _Patterns:
    """What the patterns are, from wherever they came: trials (n_trials, n_stimuli, n_channels), ids, and whose."""

    trials: NDArray[np.floating]
    stimulus_ids: Any
    name: str = ""
    source: str = ""
    simulated: bool = False


def rdm(
    patterns: Any,
    distance: str = "correlation",
    *,
    area: str | None = None,
    stimulus_ids: Any = None,
    name: str | None = None,
    precision: Any = "shrinkage",
) -> Rdm:
    """Give the dissimilarity of every pair of stimuli.

    Parameters
    ----------
    patterns : (n_stimuli, n_channels) float, (n_trials, n_stimuli, n_channels) float, ActivationSet or RecordingSet
        Recordings count with the mean over their trials ("crossnobis": with the trials).
    distance : str
        One of `DISTANCES`: "correlation" (1 - Pearson r), "euclidean" (squared, over the number of channels, as
        rsatoolbox has it), "cosine", "mahalanobis" and "crossnobis" (squared, over the number of channels), "poisson"
        (symmetrised Kullback-Leibler divergence of rates).
    area : str, optional
        Of an ActivationSet with several areas: which one.
    stimulus_ids : (n_stimuli,) str, optional
        For an array; without them the stimuli are called row0000, row0001, ...
    name : str, optional
        Whose RDM this is; by default the area.
    precision : "shrinkage", "identity" or (n_channels, n_channels) float
        For "mahalanobis" and "crossnobis", the inverse covariance of the noise: estimated from the trials and shrunk
        (Ledoit & Wolf 2004), left out, or given.

    Returns
    -------
    Rdm

    Raises
    ------
    TypeError, ValueError
        If the patterns have another shape, are not finite, number fewer than 3, or one has no variance (the stimuli are
        named); if a name is unknown; or trials are needed and there are none.

    Examples
    --------
    >>> rdm(np.array([[1.0, 2, 3], [2, 4, 6], [3, 2, 1]]), stimulus_ids=["a", "b", "c"]).vector
    array([0., 2., 2.])
    """
    if distance not in DISTANCES:
        raise ValueError(f"`distance={distance!r}` is unknown. Accepted are {', '.join(map(repr, DISTANCES))}.")
    given = _patterns_of(patterns, area, stimulus_ids)
    trials, words = given.trials, DISTANCE_WORDS[distance]
    if distance == "crossnobis":
        _check_two_trials(trials)
    if distance in WHITENED:
        trials, noise = whitened(trials, precision)
        words = f"{words}; {noise}"
    try:
        vector = DISTANCES[distance](trials)
    except ConstantPatterns as error:
        raise _named(error, given, distance) from None
    return Rdm(
        vector=vector,
        stimulus_ids=given.stimulus_ids,
        distance=distance,
        name=given.name if name is None else name,
        convention=words,
        source=given.source,
        simulated=given.simulated,
    )


def _patterns_of(patterns: Any, area: str | None, stimulus_ids: Any) -> _Patterns:
    """Look into an ActivationSet, a RecordingSet or an array."""
    if isinstance(patterns, (ActivationSet, RecordingSet)) and stimulus_ids is not None:
        raise ValueError(
            f"`stimulus_ids` was given beside a {type(patterns).__name__}, which has its own. Accepted are ids for an "
            "array; use .select(...) for some of the stimuli or another order."
        )
    if isinstance(patterns, ActivationSet):
        chosen = _chosen_area(patterns, area)
        found = _Patterns(patterns[chosen][np.newaxis], patterns.stimulus_ids, chosen)
    elif isinstance(patterns, RecordingSet):
        found = _Patterns(patterns.responses, patterns.stimulus_ids, patterns.area, patterns.source, patterns.simulated)
    else:
        trials = _checked_array(patterns)
        ids = [f"row{row:04d}" for row in range(trials.shape[1])] if stimulus_ids is None else stimulus_ids
        found = _Patterns(trials, checked_names("stimulus_ids", ids, trials.shape[1]))
    if found.trials.shape[1] < FEWEST_STIMULI:
        raise ValueError(
            f"`patterns` has too few stimuli. Accepted are {FEWEST_STIMULI} or more; received {found.trials.shape[1]}."
        )
    return found


def _chosen_area(activations: ActivationSet, area: str | None) -> str:
    """Give the area to look at; one of several must be named."""
    if area in activations.areas:
        return area
    if area is None and len(activations.areas) == 1:
        return activations.areas[0]
    raise ValueError(f"`area={area!r}` is not one of the model's. Accepted are {', '.join(activations.areas)}.")


def _checked_array(patterns: Any) -> NDArray[np.floating]:
    """Give an array as trials, or refuse another type or shape, NaN and infinity."""
    array = np.asarray(patterns)
    if array.dtype.kind not in "fiu":
        raise TypeError(f"`patterns` must be numbers. Accepted is a float array; received dtype {array.dtype}.")
    if array.ndim not in (2, 3) or 0 in array.shape:
        raise ValueError(
            "`patterns` has the wrong shape. Accepted is (n_stimuli, n_channels), or (n_trials, n_stimuli, n_channels) "
            f"for trials; received {array.shape}."
        )
    bad = ~np.isfinite(array).all(axis=-1)
    if bad.any():
        rows = np.unique(np.nonzero(bad)[-1])
        raise ValueError(
            f"`patterns` has NaN or infinity for {len(rows)} stimuli: rows {rows[:5].tolist()}. Accepted are finite "
            "numbers; leave these stimuli or channels out, nothing is filled in. Missing trials go in a RecordingSet."
        )
    return array if array.ndim == 3 else array[np.newaxis]


def _check_two_trials(trials: NDArray[np.floating]) -> None:
    """Refuse cross-validation where a stimulus has one trial."""
    counts = (~np.isnan(trials[:, :, 0])).sum(axis=0)
    if counts.min() < 2:
        raise ValueError(
            "`distance='crossnobis'` leaves one trial out. Accepted are two trials or more of every stimulus; received "
            f"one for {int((counts < 2).sum())} of {len(counts)} stimuli."
        )


def _named(error: ConstantPatterns, given: _Patterns, distance: str) -> ValueError:
    """Say which stimuli have no direction."""
    stimuli = [str(given.stimulus_ids[row]) for row in error.rows]
    return ValueError(
        f"`patterns` is {error.what} for {len(stimuli)} stimuli: {', '.join(stimuli[:5])}. Accepted for "
        f"`distance={distance!r}` are patterns that vary; leave these stimuli out, or compare by "
        "`distance='euclidean'`."
    )
