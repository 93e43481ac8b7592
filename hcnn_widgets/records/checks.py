"""Checks of arguments: counts, seeds, numbers, names, ids and kinds of records."""

import textwrap
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_text, text
from hcnn_widgets.records.public_names import nearest


def check_count(argument: str, given: Any) -> None:
    """Refuse anything but a whole number of 1 or more.

    Raises
    ------
    ValueError
        Also for True and for 2.0.
    """
    if not is_whole(given, 1):
        raise ValueError(f"`{argument}` is no count. Accepted is a whole number of 1 or more; received {given!r}.")


def check_seed(given: Any) -> None:
    """Refuse anything but a whole number of 0 or more.

    Raises
    ------
    ValueError
        Also for None, which would draw other numbers at every call.
    """
    if not is_whole(given, 0):
        raise ValueError(f"`seed` is no seed. Accepted is a whole number of 0 or more; received {given!r}.")


def is_whole(given: Any, least: int) -> bool:
    """Return whether a value is a whole number of `least` or more; a bool is not.

    Examples
    --------
    >>> is_whole(np.int64(8), 8), is_whole(7, 8), is_whole(8.0, 8), is_whole(True, 0)
    (True, False, False, False)
    """
    return isinstance(given, int | np.integer) and not isinstance(given, bool) and bool(given >= least)


def is_number(given: Any) -> bool:
    """Return whether a value is a real number; a bool is not."""
    return isinstance(given, int | float | np.integer | np.floating) and not isinstance(given, bool)


def known_name(argument: str, given: Any, accepted: Iterable[str], is_what: str = "is unknown") -> str:
    """Return an accepted name; refuse any other name, and say which accepted name is nearest.

    Parameters
    ----------
    argument : str
        Name of the argument, for the error message.
    given : object
        The name; values that are not text, or cannot be hashed, count as unknown names.
    accepted : iterable of str
        Accepted names, for instance a registry.
    is_what : str
        Words of the error message about any other name.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the name is not accepted; the accepted names are listed in their order.

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
    near = nearest(given, names) if isinstance(given, str) else ""
    received = textwrap.shorten(repr(given), 120)  # a thousand ids in place of a name would hide what is accepted
    raise ValueError(f"`{argument}={received}` {is_what}. Accepted are {', '.join(map(repr, names)) or 'none'}{near}.")


def check_kind(argument: str, given: Any, kind: type, hint: str = "") -> None:
    """Refuse anything but a record of this kind; the hint says how to make such a record.

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


def checked_categories(given: Any) -> tuple[str, ...]:
    """Return categories as a tuple of text; numbers become text, as labels do.

    Raises
    ------
    TypeError, ValueError
        If they are one text, or one comes twice.

    Examples
    --------
    >>> checked_categories(range(3))
    ('0', '1', '2')
    """
    if isinstance(given, str | bytes):
        raise TypeError(
            f"`categories` is one text. Accepted is a sequence of names; received {given!r}, whose letters would be "
            f"taken for names: ({given!r},)."
        )
    names = tuple(as_text(np.asarray(list(given), dtype=object)).tolist())
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(
            f"`categories` must differ from one another. Accepted is each once; received {', '.join(twice[:5])} more "
            "than once."
        )
    return names


def checked_row_ids(stimulus_ids: Any | None) -> Any:
    """Return the ids of the rows of arrays; refuse arrays whose rows have no ids.

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


def checked_names(argument: str, names: Any, length: int, hint: str = "") -> NDArray[np.str_]:
    """Return ids as an array of text; refuse a wrong number of ids, or repeated ids.

    Parameters
    ----------
    argument : str
        Name of the argument, for the error message.
    names : (length,) str
    length : int
    hint : str
        Advice that ends the error message about repeated ids.

    Returns
    -------
    (length,) str
        Read-only.

    Raises
    ------
    TypeError, ValueError
    """
    array = checked_text(argument, names, length)
    values, counts = np.unique(array, return_counts=True)
    if len(values) < length:
        raise ValueError(
            f"`{argument}` repeats some ids. Accepted is each id once; received more than once: "
            f"{', '.join(values[counts > 1][:5])}.{hint}"
        )
    return array


def checked_text(argument: str, values: Any, length: int) -> NDArray[np.str_]:
    """Return a read-only, one-dimensional array of text; refuse another type or length.

    Raises
    ------
    TypeError, ValueError
    """
    array = text(argument, values).copy()
    if array.shape != (length,):
        raise ValueError(f"`{argument}` has the wrong length. Accepted is ({length},); received {array.shape}.")
    array.setflags(write=False)
    return array
