"""Checks of what people give to several labs: flags, words, and numbers that can be drawn and added up."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 4096
"""Pixels along a side of an image that is given."""
LARGEST = 1e9
"""Of a number in a cell: sums of products of such numbers are finite, and have room in a line."""


def side_lengths(argument: str, given: Any) -> tuple[int, ...]:
    """Return the lengths of an image's sides before anything is made of it; refuse what would fill the memory.

    Raises
    ------
    ValueError
    """
    shape: tuple[int, ...] = np.shape(given) if hasattr(given, "shape") else ()
    if max(shape, default=0) > LONGEST:
        raise ValueError(
            f"`{argument}` is too large. Accepted are up to {LONGEST} pixels along a side; received {shape}."
        )
    return shape


def checked_flag(argument: str, given: Any) -> bool:
    """Return True or False; refuse what is only taken for it, such as a list or "no".

    Raises
    ------
    ValueError
    """
    if not isinstance(given, bool | np.bool_):
        raise ValueError(
            f"`{argument}` is neither True nor False. Accepted are these two; received {type(given).__name__}."
        )
    return bool(given)


def checked_words(argument: str, given: Any) -> str:
    """Return a text.

    Raises
    ------
    TypeError
    """
    if not isinstance(given, str):
        raise TypeError(f"`{argument}` is no text. Accepted is a str; received {type(given).__name__}.")
    return given


def can_be_drawn(array: NDArray[Any]) -> bool:
    """Return whether all numbers are finite, and none is so large that sums of products would not be."""
    return bool(np.isfinite(array).all() and (np.abs(array.astype(np.float64)) <= LARGEST).all())
