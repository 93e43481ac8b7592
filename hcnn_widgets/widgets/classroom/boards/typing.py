"""Numbers as they are typed into a cell, key by key."""

from typing import NamedTuple

from .numbers_in_cells import plain_text

TYPED = (*"0123456789", ".", "-", "Backspace")
"""Keys that write a number."""
LONGEST = 8


class Entry(NamedTuple):
    """What has been typed into a cell so far, and the number that stands there."""

    text: str
    number: float


def typed(entry: str, value: float, key: str) -> Entry:
    """Return an entry after a key that writes.

    Parameters
    ----------
    entry : str
        What has been typed so far; "" where this is the first key: a digit then begins a new number, "-" turns the sign
        of the one that is there, and is that of the next, and "Backspace" takes its last digit.
    value : float
        The number of the cell.
    key : str
        One of TYPED.

    Examples
    --------
    >>> typed("1", 1.0, "2"), typed("", 3.0, "."), typed("1.5", 1.5, "-")
    (Entry(text='12', number=12.0), Entry(text='0.', number=0.0), Entry(text='-1.5', number=-1.5))
    >>> typed("", 3.0, "-"), typed("-", -3.0, "7"), typed("", 2.5, "Backspace")
    (Entry(text='-', number=-3.0), Entry(text='-7', number=-7.0), Entry(text='2.', number=2.0))
    """
    if key == "-" and not has_digits(entry):
        # Zero has no sign to turn: 0.0 - 0.0 is 0.0, and -0.0 would be shown as "-0".
        return Entry("-" if value >= 0 else "", 0.0 - value)
    text = _after(entry, value, key)
    return Entry(text, float(text) + 0.0 if has_digits(text) else 0.0)


def has_digits(entry: str) -> bool:
    """Return whether there is a number in what has been typed."""
    return any(letter.isdigit() for letter in entry)


def _after(entry: str, value: float, key: str) -> str:
    if key == "-":
        return entry[1:] if entry.startswith("-") else f"-{entry}"
    if key == "Backspace":
        return (entry if has_digits(entry) else plain_text(value))[:-1]
    if len(entry) >= LONGEST or (key == "." and "." in entry):
        return entry
    if key == ".":
        return f"{entry}." if has_digits(entry) else f"{entry}0."
    return f"{entry[:-1] if entry in ('0', '-0') else entry}{key}"
