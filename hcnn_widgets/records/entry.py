"""Base of the entries of all registries: a function with the facts that its users need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Entry(Generic[Given, Result]):
    """A function and what is said of it; called like the function.

    A registry is a plain dict of names to entries. Adding an entry is all that it takes: whoever offers, words or
    refuses names looks into the dict when asked, and at nothing beside it.

    Parameters
    ----------
    function : callable
        What the name stands for.

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
        """The function, whose signature and help are the entry's."""
        return self.function
