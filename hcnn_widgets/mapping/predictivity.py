"""Neural predictivity: how well a linear map from a model area predicts recorded sites on held-out stimuli."""

from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.blas_threads import one_blas_thread
from hcnn_widgets.mapping.conventions import Pooling, Scaling, check_names, convention
from hcnn_widgets.mapping.correlation import prediction_r
from hcnn_widgets.mapping.joining import rows_of
from hcnn_widgets.mapping.projection import random_projection
from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.regression import MAPS
from hcnn_widgets.mapping.reliability import ceiling
from hcnn_widgets.mapping.scaling import z_scored
from hcnn_widgets.mapping.score import Score
from hcnn_widgets.mapping.splits import SPLITS, Folds

Array = NDArray[np.floating]
SMALL = 1000
"""Stimuli up to which one core is quicker than several that wait for one another."""


@dataclass(frozen=True, eq=False)
class _Task:
    """The recordings' side of the comparison, made once for all model areas."""

    stimulus_ids: NDArray[np.str_]
    site_ids: NDArray[np.str_]
    responses: Array
    varying: NDArray[np.bool_]
    folds: Folds
    ceiling: float
    notes: tuple[str, ...]


def predictivity(
    activations: ActivationSet,
    recordings: RecordingSet,
    method: str = "ridgecv",
    splits: str = "brain-score",
    *,
    n_folds: int = 10,
    pooling: Pooling = "per split",
    scaling: Scaling = "none",
    max_units: int | None = None,
    seed: int = 0,
) -> dict[str, Score]:
    """Score every area of a model against the recordings of one brain area.

    The stimuli are joined by id and sorted by id, trials averaged, and a map from units to sites fitted on each fold's
    training stimuli and tested on the others.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus; others are not looked at.
    recordings : RecordingSet
        Sites that are constant over stimuli are left out, and counted in the notes.
    method : "ridge", "ridgecv", "pls" or "one_to_one"
        The map; see `MAPS`.
    splits : "brain-score" or "kfold"
        The folds; see `SPLITS`.
    n_folds : int
    pooling : "per split" or "pooled"
        Pearson r within each fold, the median over sites averaged over folds (Brain-Score); or one r per site over the
        held-out predictions of all folds together, the median over sites (needs folds that hold each out once; a map
        that explains nothing then lies below 0, as the mean of the training stimuli runs against those held out).
    scaling : "none" or "z-score"
        Units as they are, or each with mean 0 and standard deviation 1 over the training stimuli.
    max_units : int, optional
        An area with more units is projected at random onto this many features; see `random_projection`.
    seed : int
        Of the projection.

    Returns
    -------
    dict of str to Score
        One per model area.

    Raises
    ------
    ValueError
        If a name is unknown, recorded stimuli have no activations, or there are too few stimuli or sites.

    Source: Yamins et al. 2014; Schrimpf et al. 2018 (Brain-Score).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
    >>> recordings = RecordingSet((x @ rng.normal(size=(8, 5)))[np.newaxis], stimulus_ids=ids, area="IT")
    >>> predictivity(ActivationSet({"top": x}, stimulus_ids=ids), recordings, splits="kfold")["top"].value > 0.99
    True
    """
    check_names(method, splits, pooling, scaling)
    task = _task(recordings, splits, n_folds)
    rows = rows_of(task.stimulus_ids, activations.stimulus_ids, "activations")
    words = convention(method, splits, n_folds, pooling, scaling, max_units)
    scores = {}
    for area in activations.areas:
        x = activations[area][rows]
        if max_units is not None:
            x = random_projection(x, max_units, seed)
        with nullcontext() if len(rows) > SMALL else one_blas_thread():
            predictions = [
                _predict(x, task.responses[:, task.varying], train, test, method, scaling) for train, test in task.folds
            ]
        scores[area] = _score(predictions, task, method, splits, pooling, words)
    return scores


def _task(recordings: RecordingSet, splits: str, n_folds: int) -> _Task:
    """Sort the stimuli by id, average trials, leave constant sites out, make the folds, estimate the ceiling."""
    order = np.argsort(recordings.stimulus_ids)
    responses = recordings.mean_over_trials()[order]
    labels = None if recordings.labels is None else recordings.labels[order]
    varying = np.ptp(responses, axis=0) > 0
    if not varying.any():
        raise ValueError(
            "`recordings` have no site that varies. Accepted is one or more; received constant sites only."
        )
    folds = SPLITS[splits](len(order), labels, n_folds)
    notes = []
    if excluded := int((~varying).sum()):
        notes.append(f"{excluded} of {len(varying)} sites are constant and were left out")
    if recordings.labels_inferred and splits == "brain-score":
        notes.append("the labels that stratify the splits are inferred")
    if recordings.simulated:
        notes.append("the recordings are simulated")
    has_trials = recordings.trials_per_stimulus().max() > 1
    if not has_trials:
        notes.append("one trial per stimulus: no ceiling")
    limit = ceiling(recordings).value if has_trials else float("nan")
    assert recordings.site_ids is not None
    ids = recordings.stimulus_ids[order]
    responses.setflags(write=False)
    return _Task(ids, recordings.site_ids, responses, varying, folds, limit, tuple(notes))


def _predict(
    x: NDArray[np.float32],
    y: Array,
    train: NDArray[np.intp],
    test: NDArray[np.intp],
    method: str,
    scaling: Scaling,
) -> tuple[NDArray[np.intp], Array]:
    """Fit on the training rows, predict the test rows."""
    fit, new = x[train].astype(np.float64), x[test].astype(np.float64)
    if scaling == "z-score":
        fit, new = z_scored(fit, new)
    return test, MAPS[method](fit, y[train], new)


def _score(
    predictions: list[tuple[NDArray[np.intp], Array]],
    task: _Task,
    method: str,
    splits: str,
    pooling: Pooling,
    words: str,
) -> Score:
    """Turn held-out predictions into a score."""
    responses = task.responses[:, task.varying]
    r = np.array([prediction_r(predicted, responses[test]) for test, predicted in predictions])
    medians = np.nanmedian(r, axis=1)
    held_out = []
    for test, predicted in predictions:
        whole = np.full((len(test), len(task.varying)), np.nan)
        whole[:, task.varying] = predicted
        held_out.append((test, whole))
    if pooling == "pooled":
        together = np.empty_like(responses)
        for test, predicted in predictions:
            together[test] = predicted
        sites = prediction_r(together, responses)
        value = float(np.median(sites))
    else:
        sites, value = np.nanmean(r, axis=0), float(medians.mean())
    per_site, per_split = np.full(len(task.varying), np.nan), np.full((len(r), len(task.varying)), np.nan)
    per_site[task.varying], per_split[:, task.varying] = sites, r
    return Score(
        value,
        float(medians.std() / np.sqrt(len(r))),
        per_site,
        per_split,
        task.ceiling,
        method,
        splits,
        words,
        task.notes,
        stimulus_ids=task.stimulus_ids,
        site_ids=task.site_ids,
        responses=task.responses,
        held_out=tuple(held_out),
    )
