"""Split stimuli into folds: stimuli that a map is fitted on, and stimuli that it is tested on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.entry import Entry

Folds = list[tuple[NDArray[np.intp], NDArray[np.intp]]]
"""(rows to fit on, rows to test on), a pair per fold."""
Labels = NDArray[np.str_] | None
FEWEST = 3
"""Fewest held-out stimuli with an informative correlation: two points always lie on a line."""


@dataclass(frozen=True)
class Splitting(Entry[..., Folds]):
    """A way of splitting stimuli, an entry of `SPLITS`.

    Parameters
    ----------
    function : function (n_stimuli, labels, n_folds)
        Makes the folds.
    words : str
        Words for a score's convention; {n} stands for the number of folds.
    each_once : bool
        Whether every stimulus is held out exactly once, so that r can be computed over all held-out predictions.
    by_labels : bool
        Whether the folds depend on the labels.
    by_group : bool
        Whether stimuli of the same label, or of the same group where groups are given, are kept together.
    """

    words: str
    each_once: bool = False
    by_labels: bool = False
    by_group: bool = False


def brain_score(n_stimuli: int, labels: Labels, n_folds: int = 10) -> Folds:
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
        If there are no labels, fewer stimuli than folds, or too few stimuli for a stratified tenth.

    Source: Brain-Score vision 2.3, StratifiedShuffleSplit(10, train_size=.9, random_state=1).
    """
    from sklearn.model_selection import StratifiedShuffleSplit

    kinds = _named("brain-score", "is stratified by object", labels)
    _check_number(n_folds, n_stimuli, 1)
    folds = StratifiedShuffleSplit(n_folds, train_size=0.9, random_state=1)
    try:
        return list(folds.split(np.zeros(n_stimuli), kinds))
    except ValueError as error:
        raise ValueError(
            f"`splits='brain-score'` cannot be stratified here. Accepted are 2 stimuli or more per label, and a "
            f"tenth of the stimuli no fewer than there are labels; received {n_stimuli} stimuli with "
            f"{len(set(kinds))} labels ({error}).{fitting_folds(n_stimuli)}"
        ) from error


def kfold(n_stimuli: int, labels: Labels, n_folds: int = 10) -> Folds:
    """Deal the stimuli at random into folds, so that each is held out exactly once.

    Parameters
    ----------
    n_stimuli : int
        Stimuli, sorted by id: another order gives other splits.
    labels : object
        Ignored.
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

    _check_number(n_folds, n_stimuli, 2)
    return list(KFold(n_folds, shuffle=True, random_state=0).split(np.zeros(n_stimuli)))


def grouped(n_stimuli: int, labels: Labels, n_folds: int = 10) -> Folds:
    """Deal whole groups into folds of about the same size, so that no object is both fitted on and tested on.

    Parameters
    ----------
    n_stimuli : int
    labels : (n_stimuli,) str
        The group (object, category, scene) of each stimulus.
    n_folds : int
        At most the number of groups.

    Returns
    -------
    list of (train, test) rows
        Each stimulus is held out exactly once.

    Raises
    ------
    ValueError
        If there are no groups, fewer groups than folds, or fewer than 2 folds.

    Source: scikit-learn's GroupKFold (the largest group first, each to the fold that is smallest).
    """
    from sklearn.model_selection import GroupKFold

    kinds = _named("grouped", "keeps groups of stimuli together", labels)
    n_groups = len(set(kinds))
    if n_groups < 2:
        raise ValueError(
            f"`splits='grouped'` has nothing left to fit on. Accepted are 2 groups or more; received one, {kinds[0]}."
        )
    if not 2 <= n_folds <= n_groups:
        raise ValueError(
            f"`n_folds` does not fit the groups of splits='grouped'. Accepted is 2 to {n_groups}, the number of "
            f"groups; received {n_folds}."
        )
    return list(GroupKFold(n_folds).split(np.zeros(n_stimuli), groups=kinds))


def leave_one_category_out(n_stimuli: int, labels: Labels, n_folds: int = 10) -> Folds:
    """Hold out each category once, in alphabetical order, to test whether the map generalises to unseen objects.

    Parameters
    ----------
    n_stimuli : int
    labels : (n_stimuli,) str
        The category of each stimulus.
    n_folds : int
        Ignored: there are as many folds as categories.

    Returns
    -------
    list of (train, test) rows

    Raises
    ------
    ValueError
        If there are no labels, or one category only.

    Source: scikit-learn's LeaveOneGroupOut.
    """
    from sklearn.model_selection import LeaveOneGroupOut

    kinds = _named("leave-one-category-out", "holds out a category at a time", labels)
    if len(set(kinds)) < 2:
        raise ValueError(
            "`splits='leave-one-category-out'` has nothing left to fit on. Accepted are 2 categories or more; received "
            f"one, {kinds[0]}."
        )
    return list(LeaveOneGroupOut().split(np.zeros(n_stimuli), groups=kinds))


def usual_splits(labels: Labels) -> str:
    """Return the splits of a score where none are asked for: Brain-Score's, or k-fold where there are no labels."""
    return "kfold" if labels is None else "brain-score"


def fitting_folds(n_stimuli: int) -> str:
    """Return a sentence on the arguments by which so few stimuli can be split; empty where none would do.

    Examples
    --------
    >>> fitting_folds(13)
    " Fewer folds fit: splits='kfold', n_folds=4 for 13 stimuli, which needs no labels."
    """
    if n_stimuli < 2 * FEWEST:
        return ""
    folds = min(10, n_stimuli // FEWEST)
    return f" Fewer folds fit: splits='kfold', n_folds={folds} for {n_stimuli} stimuli, which needs no labels."


def _named(splits: str, what: str, labels: Labels) -> NDArray[np.str_]:
    """Return the labels; refuse recordings without labels."""
    if labels is None:
        raise ValueError(
            f"`splits={splits!r}` {what}, and these recordings have no labels. Accepted are recordings with labels, or "
            "splits='kfold'; received labels=None."
        )
    return labels


def _check_number(n_folds: int, n_stimuli: int, fewest: int) -> None:
    """Refuse too few stimuli, too few folds, and more folds than stimuli."""
    if n_stimuli < fewest:
        raise ValueError(f"`n_stimuli` is too few to split. Accepted are {fewest} or more; received {n_stimuli}.")
    if not fewest <= n_folds <= n_stimuli:
        raise ValueError(
            f"`n_folds` does not fit the stimuli. Accepted is {fewest} to {n_stimuli}, the number of stimuli; "
            f"received {n_folds}."
        )


SPLITS: dict[str, Splitting] = {
    "brain-score": Splitting(brain_score, "{n} stratified random splits 90/10 (Brain-Score)", by_labels=True),
    "kfold": Splitting(kfold, "{n}-fold cross-validation", each_once=True),
    "grouped": Splitting(
        grouped,
        "{n}-fold cross-validation over groups: no group is both fitted on and tested on",
        each_once=True,
        by_labels=True,
        by_group=True,
    ),
    "leave-one-category-out": Splitting(
        leave_one_category_out, "each of {n} categories held out once", each_once=True, by_labels=True, by_group=True
    ),
}
"""Name -> way of splitting, which is called as (n_stimuli, labels, n_folds) and returns the folds."""
