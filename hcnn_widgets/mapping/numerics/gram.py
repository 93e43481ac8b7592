"""Gram matrices, which the maps of all folds and brain areas share."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.scales import ordinary

Array = NDArray[np.floating]
WIDTH = 8192
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
        Of the products. Single precision is right at a large mean, too: the mean goes before the rounding. Activations
        whose squares it cannot hold are brought to about 1 first: what is made of K is then in another unit.

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
        self.dual = self.n_units >= self.n_stimuli
        with np.errstate(over="ignore", invalid="ignore"):
            self._multiply(x)
        if precision == np.float32 and not 1e-20 < self.trace < 1e30:
            brought, exponents = ordinary(x, least=1e-10, largest=1e10)
            if exponents.any():
                self._multiply(brought)

    def _multiply(self, x: NDArray[np.floating]) -> None:
        """Make the products and their trace."""
        precision = self.precision
        # In double precision there, single precision activations lose nothing when their mean goes.
        mean = x.mean(axis=0, dtype=np.result_type(x, precision))
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
        if self.dual and self.precision == np.float32:
            # Single precision goes through K in half the time with columns in sixteens.
            columns = np.zeros((self.n_stimuli, -(-len(rows) // 16) * 16), dtype=np.float32)
            columns[:, : len(rows)] = rows.T
            return (self.values @ columns).T[: len(rows)].astype(np.float64, order="C")
        product = rows.astype(self.precision, copy=False) @ self.values
        return (product if self.dual else product @ self.values.T).astype(np.float64, copy=False)

    def among(self, stimuli: NDArray[np.intp], others: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """Return the block of K between two sets of stimuli, or within one.

        Parameters
        ----------
        stimuli, others : (n_some,) and (n_others,) intp

        Returns
        -------
        (n_some, n_others) float64
        """
        others = stimuli if others is None else others
        values = self.values
        part = values[np.ix_(stimuli, others)] if self.dual else values[stimuli] @ values[others].T
        return part.astype(np.float64, copy=False)


def _products(x: NDArray[np.floating], mean: Array, precision: type[np.floating]) -> Array:
    """Add up the products of centred units, some thousand units at a time."""
    n_stimuli, n_units = x.shape
    space = np.empty(n_stimuli * min(WIDTH, n_units), dtype=precision)
    total: Array = np.zeros((n_stimuli, n_stimuli), dtype=precision)
    more = np.empty_like(total) if n_units > WIDTH else total
    for start in range(0, n_units, WIDTH):
        units = slice(start, start + WIDTH)
        centred = space[: x[:, units].size].reshape(n_stimuli, -1)
        np.subtract(x[:, units], mean[units], out=centred, dtype=mean.dtype, casting="same_kind")
        # NumPy sees that this is symmetric, and makes half of it.
        np.matmul(centred, centred.T, out=more)
        if more is not total:
            total += more
    return total
