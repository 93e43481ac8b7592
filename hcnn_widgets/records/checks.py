"""Checks of arguments: counts, seeds, numbers, names and kinds of records."""

from collections.abc import Iterable
from difflib import get_close_matches
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


def known_name(argument: str, given: Any, accepted: Iterable[str], is_what: str = "is unknown") -> str:
    """Return a name that is among those accepted; refuse another one, and say which is nearest.

    Parameters
    ----------
    argument : str
        What the name is for.
    given : object
        The name; what is no text, or cannot be hashed, is an unknown name.
    accepted : iterable of str
        Such as a registry.
    is_what : str
        What is wrong with another name.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        Naming those accepted, in their order.

    Examples
    --------
    >>> known_name("method", "pls", ["ridge", "pls"])
    'pls'
    >>> known_name("method", "rigde", ["ridge", "pls"])
    Traceback (most recent call last):
    ValueError: `method='rigde'` is unknown. Accepted are 'ridge', 'pls'; the nearest is 'ridge'.
    """
    names = tuple(accepted)
    if isinstance(given, str) and given in names:
        return given
    near = get_close_matches(given, names, n=1) if isinstance(given, str) else []
    nearest = f"; the nearest is {near[0]!r}" if near else ""
    raise ValueError(
        f"`{argument}={given!r}` {is_what}. Accepted are {', '.join(map(repr, names)) or 'none'}{nearest}."
    )


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
