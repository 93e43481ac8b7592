"""The maps of all folds at once: what folds and brain areas share is made once."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.best_units import best_units
from hcnn_widgets.mapping.maps.dual_pls import pls_folds
from hcnn_widgets.mapping.maps.fold_ridge import ridge_smoothers
from hcnn_widgets.mapping.maps.memory_estimate import KEPT, Sizes, check_memory
from hcnn_widgets.mapping.maps.regression import ALPHA, MAPS, N_COMPONENTS
from hcnn_widgets.mapping.maps.ridge import ALPHAS, Ridge
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.gram import Gram
from hcnn_widgets.mapping.numerics.scales import check_scale, in_unit, ordinary
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.floating]
DROWNED = 1e-10
"""Sum of squares of what predicts, in units of the penalty, below which predictions vary by little but rounding."""


class FoldMaps:
    """Maps from one model area, fitted on the training stimuli of every fold.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations, finite; rows in the order that the folds count in.
    folds : list of (train, test)
        Rows to fit on and rows to predict, one pair per fold; see `SPLITS`.
    precision : numpy.float64 or numpy.float32
        Of the products over units. Single precision halves time and memory.

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
        self._x: Array = _checked("x", x)
        if self._x.dtype.itemsize > 4:
            check_scale("x", self._x, axis=None)
        self._folds = _checked_folds(folds, len(self._x))
        self._precision = precision
        self._ridges: dict[int, Ridge] = {}

    def predict(self, y: NDArray[np.floating], method: str = "ridgecv") -> list[NDArray[np.float64]]:
        """Predict the held-out stimuli of every fold.

        Parameters
        ----------
        y : (n_stimuli, n_sites) float
            Responses, finite. What is made for one brain area serves the next one as well.
        method : "pls", "pls_exact", "ridge", "ridgecv" or "one_to_one"
            See `MAPS`.

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
            If it would take more memory than is free.
        """
        if method not in tuple(MAPS):
            raise ValueError(f"`method={method!r}` is no map. Accepted are {', '.join(map(repr, MAPS))}.")
        responses, exponents = ordinary(_checked("y", y).astype(np.float64, copy=False))
        if len(responses) != len(self._x):
            raise ValueError(
                f"`y` has another number of stimuli. Accepted are {len(self._x)} rows; received {len(responses)}."
            )
        n_stimuli, n_units = self._x.shape
        sizes = Sizes.of(n_stimuli, n_units, responses.shape[1], self._folds, self._precision)
        check_memory(method, sizes, self._held)
        predicted = self._predicted(responses, method)
        return predicted if method == "one_to_one" else [in_unit(one, exponents) for one in predicted]

    def _predicted(self, responses: NDArray[np.float64], method: str) -> list[NDArray[np.float64]]:
        """Predict responses of ordinary size."""
        if method == "one_to_one":
            units = best_units(self._x, responses, self._folds)
            return [
                self._x[np.ix_(test, best)].astype(np.float64)
                for (_, test), best in zip(self._folds, units, strict=True)
            ]
        if method == "ridge":
            return [
                weights @ responses[train] for (train, _), weights in zip(self._folds, self._smoothers, strict=True)
            ]
        if method == "ridgecv":
            return [self._ridgecv(fold, responses) for fold in range(len(self._folds))]
        return pls_folds(self._gram, responses, self._folds, N_COMPONENTS, method)

    def notes(self, method: str) -> tuple[str, ...]:
        """Say where the penalty of ridge leaves so little of the activations that predictions are rounding."""
        penalty = {"ridge": ALPHA, "ridgecv": float(ALPHAS[0])}.get(method)
        if penalty is None or not 0 < self._exact_gram.trace < DROWNED * penalty:
            return ()
        size = f"{self._exact_gram.trace:.1g}"
        return (
            f"ridge's penalty of {penalty:g} drowns what predicts here, a sum of squares of {size}: the score says "
            "nothing; take a larger unit",
        )

    @property
    def _held(self) -> int:
        """Give the bytes of what has been made already."""
        made = [self.__dict__[name] for name in ("_gram", "_exact_gram") if name in self.__dict__]
        arrays = [gram.values for gram in dict.fromkeys(made)] + self.__dict__.get("_smoothers", [])
        return sum(array.nbytes for array in arrays) + sum(ridge.u.nbytes for ridge in self._ridges.values())

    @cached_property
    def _gram(self) -> Gram:
        return Gram(self._x, self._precision)

    @cached_property
    def _exact_gram(self) -> Gram:
        """Give the products in double precision: ridge divides by what is small in them."""
        return self._gram if self._precision == np.float64 else Gram(self._x)

    @cached_property
    def _smoothers(self) -> list[NDArray[np.float64]]:
        return ridge_smoothers(self._exact_gram, self._folds, ALPHA)

    def _ridgecv(self, fold: int, y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Predict one fold's test stimuli, with the penalty that its training stimuli choose."""
        train, test = self._folds[fold]
        fitted = self._ridges.get(fold) or Ridge(self._exact_gram, train)
        if len(self._folds) * fitted.u.nbytes <= KEPT:
            self._ridges[fold] = fitted
        return fitted.predict(fitted.scores(test), y[train], fitted.best_alpha(y[train]))


def _checked(name: str, array: NDArray[np.floating]) -> Array:
    """Refuse what is no matrix of finite numbers."""
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
    """Refuse folds that name rows that are not there, test on what they fit, or are empty."""
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
