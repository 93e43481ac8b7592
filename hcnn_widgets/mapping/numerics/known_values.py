"""Mean and median that skip NaN; values that are all NaN give NaN without a warning."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mean_known(values: Array, axis: int) -> Array:
    """Return the mean of the values that are not NaN.

    Examples
    --------
    >>> mean_known(np.array([[1.0, 3.0, np.nan], [np.nan, np.nan, np.nan]]), axis=1)
    array([ 2., nan])
    """
    known = ~np.isnan(values)
    count = np.asarray(known.sum(axis=axis), dtype=np.float64)
    mean: Array = np.where(known, values, 0).sum(axis=axis) / np.where(count == 0, np.nan, count)
    return mean


def median_known(values: Array, axis: int) -> Array:
    """Return the median of the values that are not NaN.

    Examples
    --------
    >>> median_known(np.array([[1.0, 3.0, np.nan], [np.nan, np.nan, np.nan]]), axis=1)
    array([ 2., nan])
    """
    unknown = np.isnan(values)
    if not unknown.any():
        return np.asarray(np.median(values, axis=axis))
    nothing = unknown.all(axis=axis)
    median: Array = np.nanmedian(np.where(np.expand_dims(nothing, axis), 0, values), axis=axis)
    return np.where(nothing, np.nan, median)
