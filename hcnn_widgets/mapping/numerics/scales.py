"""Numbers so large or so small that their squares leave what a computer holds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST, LARGEST = 1e-70, 1e70
"""Sizes whose products, and the squares of those, double precision can add up."""


def ordinary(values: NDArray[Any], axis: int | None = None, least: float = LEAST, largest: float = LARGEST) -> Any:
    """Bring numbers of extraordinary size to about 1, by a power of two, which changes no digit.

    Parameters
    ----------
    values : (n_rows, n_columns) float
        Finite.
    axis : int, optional
        0 for a power for each column; by default one for all.
    least, largest : float
        The sizes of the largest number that are ordinary.

    Returns
    -------
    values : (n_rows, n_columns) float
        What was given, where that is ordinary or 0.
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
    """Bring what was made of numbers that `ordinary` gave, and goes along with them, to their own unit.

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
    """Refuse numbers of extraordinary size, where another scale means another result.

    Parameters
    ----------
    argument : str
        What they are called, for the error.
    values : (n_rows, n_columns) float
        NaN counts for nothing.
    axis : int, optional
        -1 to look at each row by itself; None to look at all together.
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
