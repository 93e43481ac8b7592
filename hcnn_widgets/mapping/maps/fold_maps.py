"""Fit maps on all folds at once; the parts that folds and brain areas share are computed once."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.memory_estimate import Sizes, check_memory
from hcnn_widgets.mapping.maps.penalties import Alphas, penalties_of
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.shared_folds import SharedFolds
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.scales import check_scale, in_unit, ordinary
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.floating]
DROWNED = 1e-10
"""Sum of squares of the activations, in units of the penalty, below which predictions vary by little but rounding."""


@checks_keywords
class FoldMaps:
    """Maps from one model area, fitted on the training stimuli of every fold.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations, finite; rows in the order that the folds count in.
    folds : list of (train, test)
        Rows to fit on and rows to predict, one pair per fold; see `SPLITS`.
    precision : numpy.float64 or numpy.float32
        Precision of the products over units. Single precision halves time and memory.

    Raises
    ------
    ValueError
        If `x` is no matrix of finite numbers, or a fold has rows outside it or in common.

    Examples
    --------
    >>> x = np.random.default_rng(0).normal(size=(40, 6))
    >>> folds = [(np.arange(8, 40), np.arange(8)), (np.arange(32), np.arange(32, 40))]
    >>> maps = FoldMaps(x, folds)
    >>> [predicted.shape for predicted in maps.predict(x[:, :3], "ridge")]
    [(8, 3), (8, 3)]
    """

    def __init__(self, x: NDArray[np.floating], folds: Folds, precision: type[np.floating] = np.float64) -> None:
        x = _checked("x", x)
        if x.dtype.itemsize > 4:
            check_scale("x", x, axis=None)
        self._shared = SharedFolds(x, _checked_folds(folds, len(x)), precision)

    def predict(
        self, y: NDArray[np.floating], method: str = "ridgecv", alphas: Alphas = "relative"
    ) -> list[NDArray[np.float64]]:
        """Predict the held-out stimuli of every fold.

        Parameters
        ----------
        y : (n_stimuli, n_sites) float
            Responses, finite. The parts computed for a brain area are used again for the next brain area.
        method : str
            One of `MAPS`: "ridge", "ridgecv", "pls", "pls_exact", "one_to_one", "ridgecv_per_site".
        alphas : str or (n_alphas,) float
            For the maps by RidgeCV, the penalties to choose from: as in `predictivity`.

        Returns
        -------
        list of (n_test, n_sites) float64
            One array per fold, rows as in the fold's test rows.

        Raises
        ------
        ValueError
            If there is no such method, `y` is no matrix of finite numbers with a row per stimulus, or there is too
            little to fit PLS on.
        MemoryError
            If the maps would take more memory than is free.
        """
        how = MAPS[known_name("method", method, MAPS, "is no map")]
        chosen_from = {"alphas": penalties_of(alphas)} if how.takes_alphas else {}
        shared = self._shared
        y = _checked("y", y).astype(np.float64, copy=False)
        if len(y) != len(shared.x):
            raise ValueError(
                f"`y` has another number of stimuli. Accepted are {len(shared.x)} rows; received {len(y)}."
            )
        if how.memory is not None:
            n_stimuli, n_units = shared.x.shape
            sizes = Sizes.of(n_stimuli, n_units, y.shape[1], shared.folds, shared.precision)
            check_memory(method, how.memory, sizes, shared.held)
        if how.of_folds is None:
            each = (how(shared.x[train], y[train], shared.x[test], **chosen_from) for train, test in shared.folds)
            return [np.asarray(predicted, dtype=np.float64) for predicted in each]
        responses, exponents = ordinary(y)
        of_folds = how.of_folds(shared, responses, **chosen_from)
        return of_folds if how.own_unit else [in_unit(predicted, exponents) for predicted in of_folds]

    def notes(self, method: str, alphas: Alphas = "relative") -> tuple[str, ...]:
        """Return a note if the penalty of ridge leaves so little of the activations that predictions are rounding."""
        penalty = MAPS[method].smallest_penalty(penalties_of(alphas))
        if penalty is None or not 0 < self._shared.exact_gram.trace < DROWNED * penalty:
            return ()
        size = f"{self._shared.exact_gram.trace:.1g}"
        return (
            f"ridge's penalty of {penalty:g} drowns what predicts here, a sum of squares of {size}: the score says "
            "nothing; take a larger unit",
        )


def _checked(name: str, array: NDArray[np.floating]) -> Array:
    """Return a matrix of floats; refuse anything but a matrix of finite numbers."""
    array = numbers(name, array)
    if array.ndim != 2 or not array.size:
        raise ValueError(
            f"`{name}` is no matrix of numbers. Accepted is (n_stimuli, {'n_units' if name == 'x' else 'n_sites'}), "
            f"neither of them 0; received shape {array.shape} of {array.dtype}."
        )
    if not np.isfinite(array).all():
        raise ValueError(
            f"`{name}` holds numbers that are not finite. Accepted are finite ones; received "
            f"{int((~np.isfinite(array)).sum())} of {array.size} that are NaN or infinite."
        )
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def _checked_folds(folds: Folds, n_stimuli: int) -> Folds:
    """Return the folds; refuse folds that are empty, use rows out of range, or test on rows that they fit."""
    if not folds:
        raise ValueError("`folds` are none. Accepted is one pair (train, test) of rows or more; received 0.")
    for number, (train, test) in enumerate(folds):
        rows = np.concatenate([train, test])
        if not len(train) or not len(test) or rows.min() < 0 or rows.max() >= n_stimuli:
            raise ValueError(
                f"`folds[{number}]` does not fit the stimuli. Accepted are rows from 0 to {n_stimuli - 1}, one to fit "
                f"on and one to test on or more; received {len(train)} and {len(test)}."
            )
        if len(np.unique(rows)) < len(rows):
            raise ValueError(
                f"`folds[{number}]` has a row twice. Accepted are rows that are fitted on or tested on, once; "
                f"received {len(rows)} rows of {len(np.unique(rows))} stimuli."
            )
    return [(np.asarray(train, dtype=np.intp), np.asarray(test, dtype=np.intp)) for train, test in folds]
