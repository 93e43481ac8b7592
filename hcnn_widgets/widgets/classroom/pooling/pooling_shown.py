"""What a pooling lab shows, as a record that is never changed."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.pooling import POOLINGS, Switches, pooled, pooling_gradient, unpooled, winners
from hcnn_widgets.classroom.pooling_shift import share_unchanged, shifted
from hcnn_widgets.classroom.windows import Windows, windows
from hcnn_widgets.widgets.classroom.boards.board_marks import reach_of

Array = NDArray[np.float64]
VIEWS = {
    "pooled": "pooled map",
    "shift": "shift by one pixel",
    "gradient": "gradient back",
    "unpool": "unpooling",
}
"""What stands beside the image and the pooled map."""
At = tuple[str, int, int]


@dataclass(frozen=True, eq=False)
class PoolingShown:
    """A pooling as it is shown; all that is computed of it is computed once.

    Parameters
    ----------
    image : (height, width) float
    kind : str
        A name in POOLINGS.
    size, stride : int
    padding : "valid" or "same"
    p : float
        Exponent of a pooling that has one.
    view : str
        A name in VIEWS.
    focus : (board, row, column)
        The cell in front.
    entry : str
        What is being typed into it.
    source : str
        Where an image is from that is no invention.
    """

    image: Array
    kind: str = "max"
    size: int = 2
    stride: int = 2
    padding: str = "valid"
    p: float = 2.0
    view: str = "pooled"
    focus: At = ("output", 0, 0)
    entry: str = ""
    source: str = ""

    @property
    def has_winner(self) -> bool:
        """Whether each window has a pixel that wins."""
        return POOLINGS[self.kind].has_winner

    def pooled(self, image: Array) -> Array:
        """Return an image as this pools it."""
        return pooled(image, self.kind, self.size, self.stride, self.padding, self.p)

    @cached_property
    def boards(self) -> dict[str, Array]:
        """All boards by name, from left to right, each (n_rows, n_columns)."""
        boards = {"image": self.image, "output": self.pooled(self.image)}
        if self.view == "shift":
            moved = shifted(self.image)
            return {**boards, "shifted image": moved, "its output": self.pooled(moved)}
        if self.view == "gradient":
            how = self.kind, self.size, self.stride, self.padding, self.p
            return {**boards, "gradient": pooling_gradient(self.image, *how)}
        return {**boards, "unpooled": unpooled(boards["output"], self.switches)} if self.view == "unpool" else boards

    @property
    def output(self) -> Array:
        """The pooled map, (n_rows, n_columns)."""
        return self.boards["output"]

    @cached_property
    def switches(self) -> Switches:
        """The pixel that won in each window."""
        return winners(self.image, self.size, self.stride, self.padding)

    @cached_property
    def grid(self) -> Windows:
        """The windows of the outputs."""
        return windows((len(self.image), self.image.shape[1]), (self.size, self.size), self.padding, self.stride)

    @property
    def reach(self) -> tuple[int, int, int, int]:
        """Rows or columns of padding that windows see: above, below, left and right."""
        return reach_of(self.grid)

    @cached_property
    def unchanged(self) -> dict[str, float]:
        """Share of the outputs that a shift by one pixel leaves as they are, by way of pooling; "none" for pixels."""
        how = self.size, self.stride, self.padding, self.p
        shares = {kind: share_unchanged(self.image, kind, *how) for kind in POOLINGS}
        return {**shares, "none": share_unchanged(self.image, None)}

    def winner(self, row: int, column: int) -> tuple[int, int]:
        """Return the pixel that won in an output's window."""
        return int(self.switches.rows[row, column, 0]), int(self.switches.columns[row, column, 0])

    def pixels(self, row: int, column: int) -> list[tuple[int, int]]:
        """Return the pixels of an output's window; padding is none of them."""
        inside = self.grid.inside[row, column]
        rows, columns = (each[row, column][inside].tolist() for each in self.grid.pixels)
        return list(zip(rows, columns, strict=True))

    def changed(self, **changes: Any) -> "PoolingShown":
        """Return it with changes; switches are kept by a pooling that has winners only.

        Raises
        ------
        ValueError
            If no window fits into the image then.
        """
        after = replace(self, **{"entry": "", **changes})
        if after.view == "unpool" and not after.has_winner:
            first = next(name for name, each in POOLINGS.items() if each.has_winner)
            after = replace(after, kind=first) if "view" in changes else replace(after, view="pooled")
        board, row, column = after.focus if after.focus[0] in after.boards else ("output", 0, 0)
        rows, columns = after.boards[board].shape
        return replace(after, focus=(board, min(row, rows - 1), min(column, columns - 1)))

    def with_number(self, at: At, value: float, entry: str = "") -> "PoolingShown":
        """Return it with another number in a pixel."""
        image = self.image.copy()
        image[at[1:]] = value
        return replace(self, image=image, focus=at, entry=entry)

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        choices = {name: getattr(self, name) for name in ("kind", "size", "stride", "padding", "p", "view")}
        return {"image": self.image.tolist(), **choices, "focus": list(self.focus), "source": self.source}
