"""Checks of arguments: counts, seeds, numbers and kinds of records."""

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


def check_kind(argument: str, given: Any, kind: type, hint: str = "") -> None:
    """Refuse what is no record of this kind; the hint says where one comes from.

    Raises
    ------
    TypeError
    """
    if not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise TypeError(
            f"`{argument}` is of another kind. Accepted is {article} {kind.__name__}{hint}; received "
            f"{type(given).__name__}."
        )


def checked_row_ids(stimulus_ids: Any | None) -> Any:
    """Give the ids of the rows of arrays; refuse arrays whose rows nobody has named.

    Raises
    ------
    ValueError
        If there are no ids.
    """
    if stimulus_ids is None:
        raise ValueError(
            "`stimulus_ids` are needed beside a mapping of arrays. Accepted is one id per row; received None: "
            "model and brain are joined by id, never by row."
        )
    return stimulus_ids
