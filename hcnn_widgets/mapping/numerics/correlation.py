"""Pearson's correlation, site by site."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.scales import ordinary

Array = NDArray[np.float64]


def pearson_per_site(a: NDArray[np.floating], b: NDArray[np.floating]) -> Array:
    """Correlate the columns of two arrays.

    Parameters
    ----------
    a, b : (n_stimuli, n_sites) float

    Returns
    -------
    (n_sites,) float64
        From -1 to 1; NaN where a column of either is constant.

    Examples
    --------
    >>> pearson_per_site(np.array([[1.0], [2.0], [3.0]]), np.array([[2.0], [4.0], [6.0]]))
    array([1.])
    """
    return _correlated(a, b)[0]


def prediction_r(predictions: NDArray[np.floating], responses: NDArray[np.floating]) -> Array:
    """Correlate held-out predictions with responses; a constant prediction explains nothing and counts 0.

    Parameters
    ----------
    predictions, responses : (n_stimuli, n_sites) float

    Returns
    -------
    (n_sites,) float64
        NaN where the responses themselves are constant.
    """
    r, constant_prediction, constant_response = _correlated(predictions, responses)
    r[constant_prediction & ~constant_response] = 0.0
    return r


def varying_columns(a: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return a mask of the columns that vary by more than rounding.

    Parameters
    ----------
    a : (n_stimuli, n_sites) float

    Returns
    -------
    (n_sites,) bool

    Examples
    --------
    >>> varying_columns(np.array([[0.1, 1.0], [(0.1 + 0.1 + 0.1) / 3, 2.0]])).tolist()
    [False, True]
    """
    varies: NDArray[np.bool_] = centred_columns(a)[1] > 0
    return varies


def _correlated(a: NDArray[np.floating], b: NDArray[np.floating]) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return r of every column, and masks of the constant columns of `a` and of `b`."""
    (a, a_length), (b, b_length) = centred_columns(a), centred_columns(b)
    lengths = a_length * b_length
    r = np.full(lengths.shape, np.nan)
    np.divide(np.einsum("ij,ij->j", a, b), lengths, out=r, where=lengths > 0)
    return r.clip(-1, 1, out=r), a_length == 0, b_length == 0


def centred_columns(a: NDArray[np.floating]) -> tuple[Array, Array]:
    """Return columns less their means, and their lengths, 0 where only rounding is left of a column.

    Columns of extreme magnitude are rescaled to about 1 first.

    Parameters
    ----------
    a : (n_stimuli, n_sites) float

    Returns
    -------
    columns : (n_stimuli, n_sites) float64
    lengths : (n_sites,) float64
    """
    columns = ordinary(np.asarray(a, dtype=np.float64), axis=0)[0]
    differences = columns - columns.mean(axis=0)
    length = np.sqrt(np.einsum("ij,ij->j", differences, differences))
    # A mean of numbers up to m is off by some eps m, and so is each of n differences: together sqrt(n) times as far.
    rounding = 8 * np.finfo(np.float64).eps * np.abs(columns).max(axis=0, initial=0) * np.sqrt(len(columns))
    return differences, np.where(length <= rounding, 0.0, length)
