"""The Gram matrix of all stimuli, which the maps of all folds and brain areas share."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.scales import ordinary

Array = NDArray[np.floating]
WIDTH = 8192
"""Units that are centred in memory at a time."""


class Gram:
    """The Gram matrix K = X X' of activations X, centred on their mean over all stimuli.

    Every fold computes its products from K and the fold's own means, so that X is read once, and never copied. With
    fewer units than stimuli K would be larger than X, and centred X is kept instead.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
        Activations, finite.
    precision : numpy.float64 or numpy.float32
        Precision of the products. Single precision is accurate at a large mean, too: the mean is subtracted before the
        rounding. Activations whose squares leave its range are rescaled to about 1 first: results computed from K are
        then in another unit.

    Attributes
    ----------
    dual : bool
        Whether there are at least as many units as stimuli, so that K is no larger than X.
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
        """Compute the products and their trace."""
        precision = self.precision
        # With the mean in double precision, single-precision activations lose nothing when it is subtracted.
        mean = x.mean(axis=0, dtype=np.result_type(x, precision))
        if self.dual:
            self.values: Array = _products(x, mean, precision)
            self.trace = float(self.values.trace(dtype=np.float64))
        else:
            self.values = np.subtract(x, mean, dtype=mean.dtype).astype(precision, copy=False)
            self.trace = float(np.vdot(self.values, self.values))
        # Where no unit varies, subtracting the mean leaves rounding errors, which would pass for activity.
        if self.trace <= len(x) * float(np.sum((8 * np.finfo(mean.dtype).eps * mean) ** 2, dtype=np.float64)):
            self.trace = 0.0
            self.values[:] = 0.0

    def times(self, rows: Array) -> NDArray[np.float64]:
        """Multiply K from the left by many rows at a time.

        Parameters
        ----------
        rows : (n_rows, n_stimuli) float

        Returns
        -------
        (n_rows, n_stimuli) float64
        """
        if self.dual and self.precision == np.float32:
            # In single precision, K times a multiple of 16 columns takes half the time.
            columns = np.zeros((self.n_stimuli, -(-len(rows) // 16) * 16), dtype=np.float32)
            columns[:, : len(rows)] = rows.T
            return (self.values @ columns).T[: len(rows)].astype(np.float64, order="C")
        product = rows.astype(self.precision, copy=False) @ self.values
        return (product if self.dual else product @ self.values.T).astype(np.float64, copy=False)

    def among(self, stimuli: NDArray[np.intp], others: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """Return the part of K between some stimuli and others, or among the same stimuli.

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
    """Return the products of centred units, summed over `WIDTH` units at a time."""
    n_stimuli, n_units = x.shape
    space = np.empty(n_stimuli * min(WIDTH, n_units), dtype=precision)
    total: Array = np.zeros((n_stimuli, n_stimuli), dtype=precision)
    more = np.empty_like(total) if n_units > WIDTH else total
    for start in range(0, n_units, WIDTH):
        units = slice(start, start + WIDTH)
        centred = space[: x[:, units].size].reshape(n_stimuli, -1)
        np.subtract(x[:, units], mean[units], out=centred, dtype=mean.dtype, casting="same_kind")
        # NumPy recognises a symmetric product, and computes half of it.
        np.matmul(centred, centred.T, out=more)
        if more is not total:
            total += more
    return total
