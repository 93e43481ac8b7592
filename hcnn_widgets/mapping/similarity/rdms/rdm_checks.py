"""The checks that a representational dissimilarity matrix passes once, at its door."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]

FEWEST_STIMULI = 3
"""With fewer stimuli there is one dissimilarity or none, and nothing to compare."""
TOLERANCE = 1e-6
"""Of the largest dissimilarity: what rounding to float32 may leave of symmetry and of a diagonal of zeros."""


def checked_vector(argument: str, values: Any) -> Array:
    """Return dissimilarities as a read-only row of float64, or refuse another shape, or NaN.

    Parameters
    ----------
    argument : str
        What they are, for the error.
    values : (k,) float
        The strict upper triangle, row by row: k = n (n - 1) / 2 for n stimuli, 3 or more.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> checked_vector("rdm", [1, 2, 3])
    array([1., 2., 3.])
    """
    vector = _numbers(argument, values)
    if vector.ndim != 1 or n_stimuli_of(vector.size) is None:
        raise ValueError(
            f"`{argument}` has the wrong shape. Accepted is (k,) with k = n (n - 1) / 2 dissimilarities of n stimuli, "
            f"3 or more; received {vector.shape}."
        )
    _refuse_not_finite(argument, vector)
    vector.setflags(write=False)
    return vector


def checked_square(argument: str, values: Any) -> Array:
    """Return the strict upper triangle of a square RDM, or refuse one that is not symmetric with zeros on the diagonal.

    Parameters
    ----------
    argument : str
        What it is, for the error.
    values : (n_stimuli, n_stimuli) float

    Returns
    -------
    (k,) float64
        Read-only.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> checked_square("rdm", [[0, 1, 2], [1, 0, 3], [2, 3, 0]])
    array([1., 2., 3.])
    """
    square = _numbers(argument, values)
    if square.ndim != 2 or square.shape[0] != square.shape[1] or len(square) < FEWEST_STIMULI:
        raise ValueError(
            f"`{argument}` has the wrong shape. Accepted is (n_stimuli, n_stimuli) with {FEWEST_STIMULI} stimuli or "
            f"more; received {square.shape}."
        )
    _refuse_not_finite(argument, square)
    slack = TOLERANCE * np.abs(square).max()
    if np.abs(square.diagonal()).max() > slack:
        worst = int(np.abs(square.diagonal()).argmax())
        raise ValueError(
            f"`{argument}` has a diagonal that is not zero. Accepted are dissimilarities, 0 from a stimulus to itself; "
            f"received {square[worst, worst]:.6g} at row {worst}. A matrix of correlations r is made one by 1 - r."
        )
    asymmetry = np.abs(square - square.T)
    if asymmetry.max() > slack:
        row, column = np.unravel_index(int(asymmetry.argmax()), square.shape)
        raise ValueError(
            f"`{argument}` is not symmetric. Accepted is the same dissimilarity both ways; received "
            f"{square[row, column]:.6g} at ({row}, {column}) and {square[column, row]:.6g} at ({column}, {row})."
        )
    vector = upper_triangle(square)
    vector.setflags(write=False)
    return vector


def upper_triangle(square: Array) -> Array:
    """Return the strict upper triangle, row by row.

    Parameters
    ----------
    square : (n_stimuli, n_stimuli) float64

    Returns
    -------
    (k,) float64
    """
    return np.concatenate([row[place + 1 :] for place, row in enumerate(square)])


def n_stimuli_of(n_dissimilarities: int) -> int | None:
    """Return the number of stimuli that have so many pairs; None if no number of 3 or more does.

    Examples
    --------
    >>> n_stimuli_of(4186), n_stimuli_of(4187)
    (92, None)
    """
    n = round((1 + (1 + 8 * n_dissimilarities) ** 0.5) / 2)
    return n if n * (n - 1) // 2 == n_dissimilarities and n >= FEWEST_STIMULI else None


def row_names(n_stimuli: int) -> NDArray[np.str_]:
    """Name stimuli that have no ids.

    Examples
    --------
    >>> row_names(2).tolist()
    ['row0000', 'row0001']
    """
    return np.array([f"row{row:04d}" for row in range(n_stimuli)])


def _numbers(argument: str, values: Any) -> Array:
    """Copy numbers to float64; refuse text and objects."""
    return np.array(numbers(argument, values), dtype=np.float64)


def _refuse_not_finite(argument: str, array: Array) -> None:
    """Refuse NaN and infinity: nothing is filled in."""
    bad = int((~np.isfinite(array)).sum())
    if bad:
        raise ValueError(
            f"`{argument}` has NaN or infinity at {bad} of {array.size} places. Accepted are finite dissimilarities "
            "(0 on the diagonal); leave these stimuli out, nothing is filled in."
        )
