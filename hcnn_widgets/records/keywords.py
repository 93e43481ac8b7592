"""Refuse keywords that a function does not have, with the nearest that it has, and calls that lack an argument."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hcnn_widgets.records.public_names import nearest

Target = TypeVar("Target", bound=Callable[..., Any])
KEYWORDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
PLACED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
COLLECTED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def checks_keywords(target: Target) -> Target:
    """Have a function, or a class's public methods and its making, refuse unknown keywords, and missing ones, by name.

    Functions that take any keywords (``**options``) know themselves which these are.

    Examples
    --------
    >>> @checks_keywords
    ... def drawn(n, variation="low"):
    ...     return n
    >>> drawn(3, variaton="high")
    Traceback (most recent call last):
    TypeError: `variaton` is no argument of drawn. Accepted are n, variation; the nearest is 'variation'.
    >>> drawn(variation="high")
    Traceback (most recent call last):
    TypeError: drawn lacks `n`. Accepted are n, variation; received variation.
    """
    if not isinstance(target, type):
        return _checked(target, target.__name__)
    public = {name: method for name, method in vars(target).items() if not name.startswith("_")}
    made: Any = target
    for name, method in {"__init__": made.__init__, **public}.items():
        making = name == "__init__"
        said = target.__name__ if making else f"{target.__name__}.{name}"
        if isinstance(method, classmethod):
            setattr(target, name, classmethod(_checked(method.__func__, said, bound=True)))
        elif inspect.isfunction(method):
            setattr(target, name, _checked(method, said, bound=True, advice=_other_ways(target) if making else ""))
    return target


def unknown_keyword(said: str, given: str, accepted: Iterable[str]) -> TypeError:
    """Return the error about a keyword that a function or class does not have."""
    names = list(accepted)
    return TypeError(
        f"`{given}` is no argument of {said}. Accepted are {', '.join(names) or 'none'}{nearest(given, names)}."
    )


def keywords_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the arguments that may be given by name, without `self` and `cls`.

    Examples
    --------
    >>> keywords_of(lambda self, n, *more, seed=0, **others: None)
    ('n', 'seed')
    """
    parameters = inspect.signature(function).parameters.values()
    return tuple(each.name for each in parameters if each.kind in KEYWORDS and each.name not in ("self", "cls"))


def _other_ways(target: type) -> str:
    """Return in words which class methods make an object of a class as well; empty where none does."""
    methods = {name: each.__func__ for name, each in vars(target).items() if isinstance(each, classmethod)}
    making = [name for name, each in methods.items() if each.__annotations__.get("return") == target.__name__]
    ways = " and ".join(f"{target.__name__}.{name}" for name in making if not name.startswith("_"))
    return f" Made as well by {ways}." if ways else ""


def _checked(function: Any, said: str, bound: bool = False, advice: str = "") -> Any:
    """Return the function behind a check of its arguments; `bound` if its first comes from the object or class."""
    parameters = list(inspect.signature(function).parameters.values())[bound:]
    takes_any = any(each.kind is each.VAR_KEYWORD for each in parameters)
    accepted = keywords_of(function)
    by_place = [each.name for each in parameters if each.kind in PLACED]
    needed = [each.name for each in parameters if each.default is each.empty and each.kind not in COLLECTED]

    @functools.wraps(function)
    def checked(*arguments: Any, **given: Any) -> Any:
        for name in given:
            if not takes_any and name not in accepted:
                raise unknown_keyword(said, name, accepted)
        # An object's own method may be called by its class, without the object: Python's own error is on that.
        placed = by_place[: max(0, len(arguments) - bound)]
        missing = [name for name in needed if name not in given and name not in placed]
        if missing and len(arguments) >= bound:
            lacking, received = " and ".join(f"`{name}`" for name in missing), ", ".join([*placed, *given])
            raise TypeError(
                f"{said} lacks {lacking}. Accepted are {', '.join(accepted)}; received {received or 'nothing'}.{advice}"
            )
        return function(*arguments, **given)

    return checked
