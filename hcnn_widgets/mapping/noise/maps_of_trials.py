"""Corrections by the agreement of maps fitted on parts of the trials."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.noise.correction import (
    Pooling,
    TrialMaps,
    TrialTask,
    chance_reliability,
    corrected_by,
    median_of_sites,
)
from hcnn_widgets.mapping.noise.reliability import HALVES, spearman_brown
from hcnn_widgets.mapping.numerics.correlation import pearson_per_site
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]
N_HALVES = 10
"""Number of random splits of the trials in halves."""
N_REPETITIONS = 3
FLOORS = (0.182, 0.183)
"""Least rv and rv_hat: r at one-sided p = .05 with the 83 and 82 sounds of Kell et al. 2018."""


def squared_over(r: Array, reliability: Array) -> Array:
    """Return r squared over the reliability."""
    return r**2 / reliability


def check_two_trials(recordings: RecordingSet) -> None:
    """Refuse recordings whose trials cannot be halved.

    Raises
    ------
    ValueError
        If a stimulus has one trial.
    """
    trials = recordings.trials_per_stimulus()
    if trials.min() < 2:
        raise ValueError(
            "`corrections` names 'r2/(c*m)', which halves the trials of each stimulus. Accepted are 2 trials or more "
            f"of each; received one of {int((trials < 2).sum())} stimuli, such as "
            f"{recordings.stimulus_ids[trials.argmin()]}."
        )


def check_three_trials(recordings: RecordingSet) -> None:
    """Refuse recordings without exactly three repetitions.

    Raises
    ------
    ValueError
        If a stimulus has more or fewer trials.
    """
    trials = recordings.trials_per_stimulus()
    if not (trials == N_REPETITIONS).all():
        raise ValueError(
            f"`corrections` names 'r2/(rv*rv_hat)', a convention for three repetitions. Accepted are {N_REPETITIONS} "
            f"trials of each stimulus; received {trials.min()} to {trials.max()}. 'r2/(c*m)' takes any number."
        )


def by_halves(maps: TrialMaps, task: TrialTask, r: Array, pooling: Pooling) -> Array:
    """Correct each site by its reliability and the consistency of maps fitted on either half of the trials.

    Parameters
    ----------
    maps : TrialMaps
    task : TrialTask
    r : (n_evaluations, n_sites) float64
        Of the maps fitted on all trials: a row per fold, or a single row for all folds together.
    pooling : "per split" or "pooled"

    Returns
    -------
    (n_sites,) float64
        As from `corrected_by`, with r, reliability and consistency averaged over folds and halves.

    Source: the streams code of the DiCarlo lab (internal_cons and mapping_cons, both on held-out images, and the
    explained variance of their means over splits). In that code every correlation of halves is corrected for their
    length before the mean is taken; here the mean is corrected, since 2 r / (1 + r) runs to minus infinity where a
    fold of few images happens to correlate by about -1.
    """
    correlations = []
    for halves in HALVES["per stimulus"](task.recordings, N_HALVES):
        recorded = [task.recordings.mean_over_trials(half)[:, task.varying] for half in halves]
        predicted = [maps.predict(half) for half in recorded]
        for number, (_, test) in enumerate(_sides(task.folds, pooling)):
            pair = (_of_side(predictions, number, pooling) for predictions in predicted)
            c, m = pearson_per_site(*(half[test] for half in recorded)), pearson_per_site(*pair)
            correlations.append((c, m))
    c, m = spearman_brown(np.mean(correlations, axis=0))
    least = chance_reliability(len(task.responses))
    return corrected_by(squared_over, r.mean(axis=0), np.where(np.minimum(c, m) > least, c * m, np.nan), 0.0)


def by_repetitions(maps: TrialMaps, task: TrialTask, r: Array, pooling: Pooling) -> Array:
    """Correct each site by the agreement of its three repetitions and of maps fitted on each of them.

    Parameters
    ----------
    maps, task, r, pooling
        As in `by_halves`.

    Returns
    -------
    (n_sites,) float64
        Median over folds; rv is from the training stimuli, rv_hat from the held-out stimuli.

    Source: Kell et al. 2018; Tuckute et al. 2023, github.com/gretatuckute/auditory_brain_dnn.
    """
    repetitions = [trial[:, task.varying].astype(np.float64) for trial in task.recordings.responses]
    predicted = [maps.predict(repetition) for repetition in repetitions]
    corrected = []
    for number, (train, _) in enumerate(_sides(task.folds, pooling)):
        rv = _agreement([repetition[train] for repetition in repetitions], FLOORS[0])
        rv_hat = _agreement([_of_side(predictions, number, pooling) for predictions in predicted], FLOORS[1])
        corrected.append(corrected_by(squared_over, r[number], rv * rv_hat, 0.0))
    return median_of_sites(np.array(corrected), axis=0)


def _sides(folds: Folds, pooling: Pooling) -> Folds:
    """Return the rows fitted on and held out, of each fold or of all folds together."""
    if pooling == "per split":
        return folds
    together = np.concatenate([test for _, test in folds])
    return [(together, together)]


def _of_side(predicted: list[NDArray[np.floating]], number: int, pooling: Pooling) -> NDArray[np.floating]:
    """Return the predictions for the held-out rows."""
    return predicted[number] if pooling == "per split" else np.concatenate(predicted)


def _agreement(three: list[NDArray[np.floating]], floor: float) -> Array:
    """Return the reliability of the mean of three: median r of pairs, Spearman-Brown-corrected, at least the floor."""
    pairs = np.array([pearson_per_site(first, second) for first, second in combinations(three, 2)])
    r = median_of_sites(pairs, axis=0)
    # Where r is not above 0 the formula has no meaning, and below -1/2 it would return a positive reliability.
    whole = np.divide(3 * r, 1 + 2 * r, out=np.zeros_like(r), where=r > 0)
    return np.maximum(whole, floor)
