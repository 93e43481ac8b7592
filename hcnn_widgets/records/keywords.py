"""Refuse keywords that a function does not have, with the nearest that it has."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hcnn_widgets.records.public_names import nearest

Target = TypeVar("Target", bound=Callable[..., Any])
KEYWORDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def checks_keywords(target: Target) -> Target:
    """Have a function, or a class's public methods and its making, refuse unknown keywords by name.

    Functions that take any keywords (``**options``) stay as they are: they know themselves which these are.

    Examples
    --------
    >>> @checks_keywords
    ... def drawn(n, variation="low"):
    ...     return n
    >>> drawn(3, variaton="high")
    Traceback (most recent call last):
    TypeError: `variaton` is no argument of drawn. Accepted are n, variation; the nearest is 'variation'.
    """
    if not isinstance(target, type):
        return _checked(target, target.__name__)
    public = {name: method for name, method in vars(target).items() if not name.startswith("_")}
    made: Any = target
    for name, method in {"__init__": made.__init__, **public}.items():
        said = target.__name__ if name == "__init__" else f"{target.__name__}.{name}"
        if isinstance(method, classmethod):
            setattr(target, name, classmethod(_checked(method.__func__, said)))
        elif inspect.isfunction(method):
            setattr(target, name, _checked(method, said))
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


def _checked(function: Any, said: str) -> Any:
    """Return the function behind a check of the keywords; the function itself if it takes any."""
    if any(each.kind is each.VAR_KEYWORD for each in inspect.signature(function).parameters.values()):
        return function
    accepted = keywords_of(function)

    @functools.wraps(function)
    def checked(*arguments: Any, **given: Any) -> Any:
        for name in given:
            if name not in accepted:
                raise unknown_keyword(said, name, accepted)
        return function(*arguments, **given)

    return checked
