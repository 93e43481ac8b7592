"""Which stimuli a map is fitted on and which it is tested on."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Folds = list[tuple[NDArray[np.intp], NDArray[np.intp]]]
"""(rows to fit on, rows to test on), one pair per fold."""


def brain_score(n_stimuli: int, labels: NDArray[np.str_] | None, n_folds: int = 10) -> Folds:
    """Draw 90 % of the stimuli at random, each object in proportion, again for every fold.

    Parameters
    ----------
    n_stimuli : int
        Stimuli, sorted by id: another order gives other splits.
    labels : (n_stimuli,) str
        The object on each stimulus.
    n_folds : int

    Returns
    -------
    list of (train, test) rows

    Raises
    ------
    ValueError
        If there are no labels, or too few stimuli for a stratified tenth.

    Source: Brain-Score vision 2.3, StratifiedShuffleSplit(10, train_size=.9, random_state=1).
    """
    from sklearn.model_selection import StratifiedShuffleSplit

    if labels is None:
        raise ValueError(
            "`splits='brain-score'` is stratified by object, and these recordings have no labels. Accepted are "
            "recordings with labels, or splits='kfold'; received labels=None."
        )
    folds = StratifiedShuffleSplit(n_folds, train_size=0.9, random_state=1)
    try:
        return list(folds.split(np.zeros(n_stimuli), labels))
    except ValueError as error:
        raise ValueError(
            f"`splits='brain-score'` cannot be stratified here. Accepted are 2 stimuli or more per label, and a "
            f"tenth of the stimuli no fewer than there are labels; received {n_stimuli} stimuli with "
            f"{len(set(labels))} labels ({error}). splits='kfold' needs no labels."
        ) from error


def kfold(n_stimuli: int, labels: NDArray[np.str_] | None, n_folds: int = 10) -> Folds:
    """Deal the stimuli at random into folds, so that each is held out exactly once.

    Parameters
    ----------
    n_stimuli : int
        Stimuli, sorted by id: another order gives other splits.
    labels : object
        Not looked at.
    n_folds : int

    Returns
    -------
    list of (train, test) rows

    Raises
    ------
    ValueError
        If there are fewer stimuli than folds, or fewer than 2 folds.

    Source: scikit-learn's KFold(10, shuffle=True, random_state=0).
    """
    from sklearn.model_selection import KFold

    if not 2 <= n_folds <= n_stimuli:
        raise ValueError(
            f"`n_folds` does not fit the stimuli. Accepted is 2 to {n_stimuli}, the number of stimuli; "
            f"received {n_folds}."
        )
    return list(KFold(n_folds, shuffle=True, random_state=0).split(np.zeros(n_stimuli)))


SPLITS: dict[str, Callable[..., Folds]] = {"brain-score": brain_score, "kfold": kfold}
"""Name -> function (n_stimuli, labels, n_folds) that makes the folds."""

SPLIT_WORDS = {
    "brain-score": "{n} stratified random splits 90/10 (Brain-Score)",
    "kfold": "{n}-fold cross-validation",
}
"""Name -> the words in a score's convention."""
