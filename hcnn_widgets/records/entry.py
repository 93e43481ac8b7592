"""The base class of registry entries: a function with the facts that its users need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Entry(Generic[Given, Result]):
    """A function with its description; an entry is called like its function.

    A registry is a plain dict of names to entries. To register a function, add an entry: code that offers, words or
    refuses names reads the dict at each call, and nothing else.

    Parameters
    ----------
    function : callable
        The registered function.

    Examples
    --------
    >>> Entry(max)(1, 2)
    2
    """

    function: Callable[Given, Result]

    def __call__(self, *arguments: Given.args, **options: Given.kwargs) -> Result:
        """Call the function."""
        return self.function(*arguments, **options)

    @property
    def __wrapped__(self) -> Callable[Given, Result]:
        """The function, whose signature and help the entry shows."""
        return self.function
