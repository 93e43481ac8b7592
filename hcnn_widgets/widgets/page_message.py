"""What a message from the page holds, taken out by name and kind: it is not trusted."""

from typing import Any


class NotUnderstood(Exception):
    """A message that no view of ours sends; it is passed over."""


def whole_number(content: dict[str, Any], name: str) -> int:
    """Give a whole number.

    Raises
    ------
    NotUnderstood
        If there is none of that name.

    Examples
    --------
    >>> whole_number({"kind": "select", "index": 3}, "index")
    3
    """
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotUnderstood(name)
    return value


def whole_numbers(content: dict[str, Any], name: str) -> list[int]:
    """Give a list of whole numbers.

    Raises
    ------
    NotUnderstood
        If there is none of that name.
    """
    values = content.get(name)
    if not isinstance(values, list):
        raise NotUnderstood(name)
    return [whole_number({name: value}, name) for value in values]


def text(content: dict[str, Any], name: str) -> str:
    """Give a text.

    Raises
    ------
    NotUnderstood
        If there is none of that name.
    """
    value = content.get(name)
    if not isinstance(value, str):
        raise NotUnderstood(name)
    return value
