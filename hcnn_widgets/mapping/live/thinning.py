"""Histories of a long training, thinned so that they keep its whole path."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Thinning(Generic[T]):
    """Keeps every measurement, or every second, fourth, ... of many, and always the newest.

    The distance is a power of two that only grows, so that what is kept, and drawn, stays while more comes.

    Parameters
    ----------
    limit : int
        Most that are kept, two or more.

    Examples
    --------
    >>> thinning, history = Thinning(4), []
    >>> for number in range(10):
    ...     history = thinning.kept([*history, number])
    >>> history
    [0, 4, 8, 9]
    """

    def __init__(self, limit: int) -> None:
        self._limit, self._distance, self._count = limit, 1, 0
        self._numbers: list[int] = []

    def kept(self, history: list[T]) -> list[T]:
        """Return what is kept of the last answer with one more measurement at its end."""
        numbers = [*self._numbers, self._count]
        self._count += 1
        while sum(self._stays(number) for number in numbers[:-1]) >= self._limit:
            self._distance *= 2
        places = [place for place, number in enumerate(numbers[:-1]) if self._stays(number)] + [len(numbers) - 1]
        self._numbers = [numbers[place] for place in places]
        return [history[place] for place in places]

    def _stays(self, number: int) -> bool:
        return number % self._distance == 0
