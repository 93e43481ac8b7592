"""Linear readouts of an area for several goals at once, each image predicted by a readout that has not seen it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.ridge import Ridge
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.numerics.gram import Gram

from .readout_targets import ReadoutTarget

Array = NDArray[np.float64]
Folds = Sequence[NDArray[np.intp]]
PENALTIES = np.logspace(0, 6, 7)
"""Of ridge regression on units of variance 1: from next to none to nearly nothing but the mean."""


def folds_of(targets: Sequence[ReadoutTarget], n_stimuli: int, n_folds: int, seed: int) -> Folds:
    """Return the images of each fold, with as many of each category, of the goal that has most, in each.

    A readout of noise then has just the score of chance: were a category rarer in the images that it is fitted on, it
    would be more frequent in those that it is scored on.
    """
    from sklearn.model_selection import KFold, StratifiedKFold

    kinds = [target.classes for target in targets if target.classes is not None]
    finest = max(kinds, key=lambda classes: int(classes.max()), default=None)
    if finest is None:
        return [held_out for _, held_out in KFold(n_folds, shuffle=True, random_state=seed).split(np.empty(n_stimuli))]
    splits = StratifiedKFold(n_folds, shuffle=True, random_state=seed).split(np.empty(n_stimuli), finest)
    return [held_out for _, held_out in splits]


def predictions(units: NDArray[np.floating], targets: Sequence[ReadoutTarget], folds: Folds) -> list[Array]:
    """Return what readouts say of each image, by those that were fitted on the other folds.

    Ridge regression with one penalty a goal and fold, chosen by leaving out one of the images that are fitted on.

    Parameters
    ----------
    units : (n_stimuli, n_units)
        Responses of an area.
    targets : sequence of ReadoutTarget
    folds : sequence of (n_held_out,) int

    Returns
    -------
    list of (n_stimuli, n_outputs) float64
        In the order of the targets.
    """
    wanted = np.concatenate([target.values for target in targets], axis=1)
    edges = np.cumsum([target.values.shape[1] for target in targets])[:-1]
    said = np.empty_like(wanted)
    with one_blas_thread():
        for held_out in folds:
            said[held_out] = _fitted(units, wanted, np.setdiff1d(np.arange(len(wanted)), held_out), held_out, edges)
    return np.split(said, edges, axis=1)


def _fitted(
    units: NDArray[np.floating],
    wanted: Array,
    learnt: NDArray[np.intp],
    asked: NDArray[np.intp],
    edges: NDArray[np.intp],
) -> Array:
    """Return what readouts fitted on some images say of others; one decomposition serves all goals and penalties."""
    spread = units[learnt].std(axis=0, dtype=np.float64)
    varied = spread > 0
    if not varied.any():
        return np.broadcast_to(wanted[learnt].mean(axis=0), (len(asked), wanted.shape[1]))
    scaled = (units[:, varied] - units[learnt][:, varied].mean(axis=0, dtype=np.float64)) / spread[varied]
    ridge, targets = Ridge(Gram(scaled), learnt), wanted[learnt]
    errors = np.split(ridge.loo_errors(targets, PENALTIES), edges, axis=1)
    best = [np.full(of_goal.shape[1], PENALTIES[of_goal.mean(axis=1).argmin()]) for of_goal in errors]
    return ridge.predict(ridge.scores(asked), targets, np.concatenate(best))
