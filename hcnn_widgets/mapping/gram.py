"""What the maps of all folds and of all brain areas share: the products of all stimuli with one another."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Number = TypeVar("Number", bound=np.floating)
_WIDTH = 4096
"""Units in memory at a time, centred."""


class Gram:
    """The Gram matrix K = X X' of activations X, centred on their mean over all stimuli.

    Whatever a fold needs follows from K by its own means, so that X is gone through once, and never copied. Where there
    are fewer units than stimuli, K is the longer way round, and stays in its factors.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations, finite.
    precision : numpy.float64 or numpy.float32
        Of the products. Single precision is right at a large mean, too: the mean goes before the rounding.

    Attributes
    ----------
    dual : bool
        Whether there are as many units as stimuli or more, so that K is the shorter way round.
    values : (n_stimuli, n_stimuli) or (n_stimuli, n_units) array of `precision`
        K where `dual`, else centred X.
    trace : float
        The sum of squares of centred X, no smaller than the largest eigenvalue of K.
    """

    def __init__(self, x: NDArray[np.floating], precision: type[np.floating] = np.float64) -> None:
        self.precision, (self.n_stimuli, self.n_units) = precision, x.shape
        # In double precision there, single precision activations lose nothing when their mean goes.
        mean = x.mean(axis=0, dtype=np.result_type(x, precision))
        self.dual = self.n_units >= self.n_stimuli
        if self.dual:
            self.values: Array = _products(x, mean, precision)
            self.trace = float(self.values.trace(dtype=np.float64))
        else:
            self.values = np.subtract(x, mean, dtype=mean.dtype).astype(precision, copy=False)
            self.trace = float(np.vdot(self.values, self.values))
        # Where no unit varies, the mean leaves rounding, which would pass for activity.
        if self.trace <= len(x) * float(np.sum((8 * np.finfo(mean.dtype).eps * mean) ** 2, dtype=np.float64)):
            self.trace = 0.0
            self.values[:] = 0.0

    def times(self, rows: Array) -> NDArray[np.float64]:
        """Multiply K from the left, with many rows at a time.

        Parameters
        ----------
        rows : (n_rows, n_stimuli) float

        Returns
        -------
        (n_rows, n_stimuli) float64
        """
        rows = rows.astype(self.precision, copy=False)
        product = rows @ self.values
        return (product if self.dual else product @ self.values.T).astype(np.float64, copy=False)

    def among(self, stimuli: NDArray[np.intp], others: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """Give the part of K between some stimuli and others, or among themselves.

        Parameters
        ----------
        stimuli, others : (n_some,) and (n_others,) intp

        Returns
        -------
        (n_some, n_others) float64
        """
        others = stimuli if others is None else others
        if self.dual:
            part = self.values[np.ix_(stimuli, others)]
        else:
            part = self.values[stimuli] @ self.values[others].T
        return part.astype(np.float64, copy=False)


def _products(x: NDArray[np.floating], mean: Array, precision: type[np.floating]) -> Array:
    """Add up the products of centred units, some thousand units at a time."""
    from scipy.linalg.blas import dsyrk, ssyrk

    n_stimuli, n_units = x.shape
    add = ssyrk if precision == np.float32 else dsyrk
    total = np.zeros((n_stimuli, n_stimuli), dtype=precision, order="F")
    space = np.empty(n_stimuli * min(_WIDTH, n_units), dtype=precision)
    for start in range(0, n_units, _WIDTH):
        units = slice(start, start + _WIDTH)
        part = x[:, units]
        centred = space[: part.size].reshape(part.shape)
        np.subtract(part, mean[units], out=centred, dtype=mean.dtype, casting="same_kind")
        total = add(1.0, centred.T, beta=1.0, c=total, trans=1, lower=1, overwrite_c=1)
    # The transpose of what is symmetric is itself, and rows @ K is quicker on it.
    return mirrored(total).T


def mirrored(lower: NDArray[Number], size: int = 512) -> NDArray[Number]:
    """Copy the lower triangle of a square array to the upper one, in place and tile by tile."""
    for row in range(0, len(lower), size):
        for column in range(0, row, size):
            tile = lower[row : row + size, column : column + size]
            lower[column : column + size, row : row + size] = tile.T
        tile = lower[row : row + size, row : row + size]
        tile[:] = np.tril(tile) + np.tril(tile, -1).T
    return lower
