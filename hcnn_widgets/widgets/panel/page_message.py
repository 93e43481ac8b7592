"""Fields of messages from the page, checked by name and type, because messages are not trusted."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Kind = TypeVar("Kind", int, str, list[Any])
Handler = TypeVar("Handler", bound=Callable[..., None])


class NotUnderstood(Exception):
    """A message that no view of ours sends; it is passed over."""


def whole_number(content: dict[str, Any], name: str) -> int:
    """Return a whole number, or raise NotUnderstood.

    Examples
    --------
    >>> whole_number({"kind": "select", "index": 3}, "index")
    3
    """
    return _of_kind(content, name, int)


def whole_numbers(content: dict[str, Any], name: str) -> list[int]:
    """Return a list of whole numbers, or raise NotUnderstood."""
    return [whole_number({name: value}, name) for value in _of_kind(content, name, list)]


def text(content: dict[str, Any], name: str) -> str:
    """Return a text, or raise NotUnderstood."""
    return _of_kind(content, name, str)


def _of_kind(content: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    """Return the field of that name if it is of exactly that type: True is not an integer."""
    value = content.get(name)
    if type(value) is not kind:
        raise NotUnderstood(name)
    return value


READERS: Mapping[Any, Callable[[dict[str, Any], str], Any]] = {int: whole_number, str: text, list[int]: whole_numbers}
"""How a field of each kind is taken out of a message."""


def hears(kind: str, **fields: Any) -> Callable[[Handler], Handler]:
    """Declare that a method of a panel acts on messages of a kind; it is called with their fields by name.

    Parameters
    ----------
    kind : str
        What the page calls the message: "select" of {"kind": "select", "index": 3}.
    **fields : {int, str, list[int]}
        What it must hold. A message that does not is passed over.

    Raises
    ------
    TypeError
        If a field is of another kind.
    """
    unknown = [name for name, of in fields.items() if of not in READERS]
    if unknown:
        raise TypeError(f"`{unknown[0]}` must be int, str or list[int]; received {fields[unknown[0]]!r}.")

    def declare(handler: Handler) -> Handler:
        handler.hears = (kind, fields)  # type: ignore[attr-defined]
        return handler

    return declare


def heard_by(panel: type) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return which messages a class of panels hears: the name of the method and the fields, by kind.

    A method that a subclass overrides goes on hearing what it heard.
    """
    heard: dict[str, tuple[str, dict[str, Any]]] = {}
    for base in reversed(panel.__mro__):
        for name, method in vars(base).items():
            if hasattr(method, "hears"):
                kind, fields = method.hears
                heard[kind] = name, fields
    return heard


def fields_of(content: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a message, or raise NotUnderstood."""
    return {name: READERS[of](content, name) for name, of in fields.items()}
