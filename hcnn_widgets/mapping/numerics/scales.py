"""Rescale arrays whose squares would overflow or underflow."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST, LARGEST = 1e-70, 1e70
"""Magnitudes whose products, and the squares of these products, can be summed in double precision."""


def ordinary(values: NDArray[Any], axis: int | None = None, least: float = LEAST, largest: float = LARGEST) -> Any:
    """Rescale numbers of extreme magnitude to about 1, by a power of two, which changes no digit.

    Parameters
    ----------
    values : (n_rows, n_columns) float
        Finite.
    axis : int, optional
        0 for a power of two per column; by default the same power for all values.
    least, largest : float
        Range of the largest magnitude in which values are not rescaled.

    Returns
    -------
    values : (n_rows, n_columns) float
        `values` as given, where their magnitude is in range or 0.
    exponents : (1, n_columns) or (1, 1) int
        ``in_unit(values, exponents)`` are the values as given.

    Examples
    --------
    >>> brought, exponents = ordinary(np.array([[3e-200], [1e-200]]))
    >>> in_unit(brought, exponents)
    array([[3.e-200],
           [1.e-200]])
    """
    above, below = values.max(axis, keepdims=True, initial=0), values.min(axis, keepdims=True, initial=0)
    size = np.maximum(above, -below, dtype=np.float64)
    extreme = (size > largest) | ((size > 0) & (size < least))
    exponents = np.where(extreme, np.frexp(size)[1], 0)
    return (np.ldexp(values, -exponents) if extreme.any() else values), exponents


def in_unit(values: NDArray[Any], exponents: NDArray[Any]) -> NDArray[Any]:
    """Undo the rescaling by `ordinary` in results that are proportional to the rescaled numbers.

    Parameters
    ----------
    values : (n_rows, n_columns) float
    exponents : (1, n_columns) or (1, 1) int

    Returns
    -------
    (n_rows, n_columns) float
    """
    return np.ldexp(values, exponents) if exponents.any() else values


def check_scale(
    argument: str, values: NDArray[Any], axis: int | None = -1, least: float = LEAST, largest: float = LARGEST
) -> None:
    """Refuse numbers of extreme magnitude, where rescaling would change the result.

    Parameters
    ----------
    argument : str
        Name of the argument, for the error message.
    values : (n_rows, n_columns) float
        NaN is ignored.
    axis : int, optional
        -1 to check each row by itself; None to check all values together.
    least, largest : float

    Raises
    ------
    ValueError
    """
    size = np.fmax(np.fmax.reduce(values, axis), -np.fmin.reduce(values, axis), dtype=np.float64).ravel()
    extreme = (size > largest) | ((size > 0) & (size < least))
    if extreme.any():
        raise ValueError(
            f"`{argument}` has numbers whose squares cannot be added up. Accepted are zeros, or a largest number "
            f"from {least:g} to {largest:g}; received one of {size[extreme][0]:g}. In another unit they fit."
        )
