"""Find the unit that correlates most with each site, in all folds at once."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.gram import WIDTH

Array = NDArray[np.float64]


def best_units(x: NDArray[np.floating], y: NDArray[np.floating], folds: Folds) -> NDArray[np.intp]:
    """Pick for each fold and site the unit with the highest correlation over the training stimuli.

    Sums of products are computed once over all stimuli; each fold subtracts the products of the stimuli left out.

    Parameters
    ----------
    x : (n_stimuli, n_units) float
    y : (n_stimuli, n_sites) float
    folds : list of (train, test)
        Rows.

    Returns
    -------
    (n_folds, n_sites) intp
        A unit that is constant over the training stimuli is never picked before a unit that varies. For a site that
        is constant there, the first unit.
    """
    centred: Array = y - y.mean(axis=0, dtype=np.float64)
    outs = [np.setdiff1d(np.arange(len(x)), train) for train, _ in folds]
    shape = (len(folds), y.shape[1])
    best, highest = np.zeros(shape, dtype=np.intp), np.full(shape, -np.inf)
    for start in range(0, x.shape[1], WIDTH):
        units = x[:, start : start + WIDTH].astype(np.float64)
        mean = units.mean(axis=0)
        units -= mean
        products, squares = units.T @ centred, np.einsum("ij,ij->j", units, units)
        # Of a constant unit, subtracting the mean leaves rounding errors.
        squares[squares <= len(x) * (8 * np.finfo(np.float64).eps * mean) ** 2] = 0.0
        for fold, out in enumerate(outs):
            r = _correlations(units[out], centred[out], products, squares, len(x))
            place = r.argmax(axis=0)
            r = r[place, np.arange(len(place))]
            higher = r > highest[fold]
            best[fold, higher], highest[fold, higher] = start + place[higher], r[higher]
    return best


def _correlations(x_out: Array, y_out: Array, products: Array, squares: Array, n_stimuli: int) -> Array:
    """Return values that rank the units as r does, (n_units, n_sites): covariance over the unit's deviation."""
    n_train = n_stimuli - len(x_out)
    # Over all stimuli the sums are 0, so that those over the training stimuli are minus those over the others.
    sums = x_out.sum(axis=0)
    left = squares - np.einsum("ij,ij->j", x_out, x_out) - sums**2 / n_train
    covariances = products - x_out.T @ y_out - np.outer(sums, y_out.sum(axis=0)) / n_train
    # Of a unit that varies only over the stimuli left out, the subtraction leaves rounding errors.
    varies = left > 1e-12 * squares
    covariances[varies] /= np.sqrt(left[varies])[:, np.newaxis]
    covariances[~varies] = -np.inf
    return covariances
