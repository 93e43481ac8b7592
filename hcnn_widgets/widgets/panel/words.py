"""Numbers, times and failures as a person would say them."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def in_words(error: BaseException) -> str:
    """Describe what went wrong: the error's own sentence where it has one.

    Examples
    --------
    >>> in_words(ValueError("`n` must be at least 1; received 0."))
    '`n` must be at least 1; received 0.'
    >>> in_words(KeyError("V3"))
    "Something went wrong here: KeyError: 'V3'."
    """
    text = str(error).strip()
    if isinstance(error, (ValueError, TypeError, RuntimeError, OSError)) and " " in text:
        return text
    return f"Something went wrong here: {type(error).__name__}: {text}.".replace(": .", ".")


def duration(seconds: float) -> str:
    """Describe a time span, coarser where it is longer.

    Parameters
    ----------
    seconds : float
        Time in s.

    Examples
    --------
    >>> duration(74.3), duration(200), duration(4000)
    ('74 s', '3 min 20 s', '1 h 6 min')
    """
    whole = max(0, round(seconds))
    if whole < 100:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


MOST_LETTERS = 50
"""Letters of a name that a picture or a line has room for."""


def short_name(name: str, most: int = MOST_LETTERS) -> str:
    """Cut a name that is too long, with an ellipsis in its middle: names that begin alike stay apart.

    Examples
    --------
    >>> short_name("V4"), short_name("resnet50_block3_conv2_bn", 11)
    ('V4', 'resne…v2_bn')
    """
    if len(name) <= most:
        return name
    half = (most - 1) // 2
    return f"{name[: most - 1 - half]}…{name[-half:]}"


def plural(count: int, noun: str) -> str:
    """Count things.

    Examples
    --------
    >>> plural(1, "kernel"), plural(1200, "step")
    ('1 kernel', '1,200 steps')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def shows_errors(handler: F) -> F:
    """Have a method that reacts to the page show its error in the panel by ``self.say``.

    An exception that leaves such a method would vanish, or land in whichever cell is running.
    """

    @functools.wraps(handler)
    def wrapped(self: Any, *args: Any) -> Any:
        try:
            return handler(self, *args)
        except Exception as error:  # whatever it was, the person must read it
            return self.say(error)

    return wrapped  # type: ignore[return-value]
