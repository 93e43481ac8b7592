"""Boards side by side whose cells are places of a scene: the place of a cell, and the cell of a place."""

from functools import cached_property
from typing import Any

At = tuple[Any, int, int]
"""A cell: board, row and column."""


class WalkedBoards:
    """Mixed into a layout: numbers the cells of its boards, row by row across all of them.

    A layout has ``shown``, with ``boards``, arrays (height, width) by name, and ``walked``, the names of those whose
    cells are places, from the left.
    """

    shown: Any

    @property
    def walked(self) -> tuple[Any, ...]:
        """The boards whose cells are places."""
        raise NotImplementedError

    @cached_property
    def _walk(self) -> tuple[dict[Any, int], int]:
        """The first column of places of each board, and how many there are: asked for at every cell, found once."""
        firsts: dict[Any, int] = {}
        columns = 0
        for board in self.walked:
            firsts[board] = columns
            columns += self.shown.boards[board].shape[1]
        return firsts, columns

    def columns(self) -> int:
        """Return how many places stand side by side."""
        return self._walk[1]

    def rows(self) -> int:
        """Return how many places stand one below the other."""
        return max(self.shown.boards[board].shape[0] for board in self.walked)

    def first(self, board: Any) -> int:
        """Return the first column of places of a board."""
        return self._walk[0][board]

    def place(self, at: At) -> int:
        """Return the place of a cell; of one that is no place that of the first output."""
        firsts, columns = self._walk
        board, row, column = at if at[0] in firsts else ("output", 0, 0)
        return row * columns + firsts[board] + column

    def at(self, place: int) -> At:
        """Return the cell of a place; below the last row of a lower board its last row goes on.

        So who walks across from a higher board arrives there.
        """
        row, column = divmod(place, self.columns())
        for board in self._walk[0]:
            height, width = self.shown.boards[board].shape
            if column < width:
                return board, min(row, height - 1), column
            column -= width
        raise IndexError(place)
