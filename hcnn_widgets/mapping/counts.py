"""Numbers that count something, checked at the door."""

from typing import Any

import numpy as np


def check_count(argument: str, given: Any) -> None:
    """Refuse what is no whole number of 1 or more.

    Raises
    ------
    ValueError
        Also of True and of 2.0.
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 1:
        raise ValueError(f"`{argument}` is no count. Accepted is a whole number of 1 or more; received {given!r}.")


def check_seed(given: Any) -> None:
    """Refuse what is no whole number of 0 or more.

    Raises
    ------
    ValueError
        Also of None, which would draw anew each time: the same seed gives the same numbers.
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 0:
        raise ValueError(f"`seed` is no seed. Accepted is a whole number of 0 or more; received {given!r}.")


def is_number(given: Any) -> bool:
    """Tell whether it is a real number, and no bool."""
    return isinstance(given, int | float | np.integer | np.floating) and not isinstance(given, bool)
