"""What a message from the page holds, taken out by name and kind: it is not trusted."""

from typing import Any, TypeVar

Kind = TypeVar("Kind", int, str, list[Any])


class NotUnderstood(Exception):
    """A message that no view of ours sends; it is passed over."""


def whole_number(content: dict[str, Any], name: str) -> int:
    """Give a whole number, or raise NotUnderstood.

    Examples
    --------
    >>> whole_number({"kind": "select", "index": 3}, "index")
    3
    """
    return _of_kind(content, name, int)


def whole_numbers(content: dict[str, Any], name: str) -> list[int]:
    """Give a list of whole numbers, or raise NotUnderstood."""
    return [whole_number({name: value}, name) for value in _of_kind(content, name, list)]


def text(content: dict[str, Any], name: str) -> str:
    """Give a text, or raise NotUnderstood."""
    return _of_kind(content, name, str)


def _of_kind(content: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    """Give what has that name if it is of just that kind: True is no whole number."""
    value = content.get(name)
    if type(value) is not kind:
        raise NotUnderstood(name)
    return value
