"""Checks of single values in a spec; each refusal says which field, what is accepted, and what came."""

import math
import operator
import re
import reprlib
from collections.abc import Iterable
from typing import Any

LONGEST = 240
"""Letters of a value in an error."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_RESERVED = re.compile(r"image|contrast|readout.*")


def whole_number(owner: str, field: str, value: Any, lowest: int, highest: int) -> int:
    """Return `value` as an int between two bounds, both included; refuse bool and fractions."""
    accepted = f"a whole number from {lowest} to {highest} is accepted"
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"`{field}` of {owner} is not a whole number; {accepted}; received {shown(value)}.") from None
    if not lowest <= number <= highest:
        raise ValueError(f"`{field}` of {owner} is out of range; {accepted}; received {shown(number)}.")
    return number


def finite_number(owner: str, field: str, value: Any, lowest: float, highest: float) -> float:
    """Return `value` as a float between two bounds, both included; refuse bool, text, NaN and infinity."""
    accepted = f"a number from {lowest:g} to {highest:g} is accepted"
    if isinstance(value, bool | str | bytes) or not hasattr(value, "__float__"):
        raise TypeError(f"`{field}` of {owner} is not a number; {accepted}; received {shown(value)}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not lowest <= number <= highest:
        raise ValueError(f"`{field}` of {owner} is out of range; {accepted}; received {shown(value)}.")
    return number


def one_of(owner: str, field: str, value: Any, accepted: Iterable[str]) -> str:
    """Return `value` when it is one of the accepted words."""
    words = tuple(accepted)
    if not isinstance(value, str) or value not in words:
        raise ValueError(
            f"`{field}` of {owner} is not known; accepted are {', '.join(words)}; received {shown(value)}."
        )
    return value


def truth(owner: str, field: str, value: Any) -> bool:
    """Return `value` when it is True or False."""
    if not isinstance(value, bool):
        raise TypeError(
            f"`{field}` of {owner} is neither yes nor no; True or False is accepted; received {shown(value)}."
        )
    return value


def plain_name(owner: str, value: Any) -> str:
    """Return `value` when it can name a layer of a network: letters, digits, "_" and "-", and not a reserved name."""
    if not isinstance(value, str) or not _NAME.fullmatch(value) or _RESERVED.fullmatch(value):
        raise ValueError(
            f"`name` of {owner} is not usable; accepted are 1 to 40 letters, digits, _ and -, beginning with a letter "
            f"or digit, and other than image, contrast and readout...; received {shown(value)}."
        )
    return value


def input_name(place: str, value: Any) -> str:
    """Return `value` when it can name an input of a network: as areas are named, or "image"."""
    if isinstance(value, str) and (value == "image" or (_NAME.fullmatch(value) and not _RESERVED.fullmatch(value))):
        return value
    raise ValueError(
        f"{place} hold a name that is not usable; accepted are 1 to 40 letters, digits, _ and -, beginning with a "
        f"letter or digit, and other than contrast and readout...; received {shown(value)}."
    )


def shown(value: Any) -> str:
    """Return a repr of at most a line, for errors about values of unknown size."""
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a number of {value.bit_length()} bits"
    text = reprlib.repr(value)  # which cuts every part, not the whole
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
