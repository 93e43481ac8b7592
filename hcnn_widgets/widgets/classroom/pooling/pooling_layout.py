"""Where the boards of a pooling stand, side by side."""

from dataclasses import dataclass

from hcnn_widgets.widgets.classroom.boards.board_marks import LEGIBLE, Spot
from hcnn_widgets.widgets.classroom.boards.walked_boards import WalkedBoards
from hcnn_widgets.widgets.scene.word_room import font_size

from .pooling_shown import At, PoolingShown

SMALLEST_CAP, LARGEST_CAP, CAP_SHARE = 44.0, 84.0, 0.08
"""A cell is at most this share of the width, between these pixels."""
GAP = 52.0
"""Pixels between boards: room for an arrow."""
NARROW, NARROW_TOP, TOP = 760, 11.0, 8.2
"""In a panel narrower than so many pixels what is said takes more lines: where the boards begin, in font sizes."""


@dataclass(frozen=True)
class Layout(WalkedBoards):
    """Where everything stands, in pixels.

    Parameters
    ----------
    width : float
    font : int
        Size of the small print.
    cell : float
        Side of all cells.
    lefts : dict of str to float
        Left edge of each board, without its padding.
    top : float
        Of the first row of pixels.
    foot : float
        Of the lowest board.
    """

    shown: PoolingShown
    width: float
    font: int
    cell: float
    lefts: dict[str, float]
    top: float
    foot: float

    @property
    def is_legible(self) -> bool:
        """Whether numbers are read; boards are drawn as images where they are not."""
        return self.cell >= LEGIBLE

    @property
    def walked(self) -> tuple[str, ...]:
        """The boards whose cells are places: of those that cannot be read only the output."""
        return tuple(self.lefts) if self.is_legible else ("output",)

    def spot(self, board: str) -> Spot:
        """Return where a board stands."""
        return Spot(self.lefts[board], self.top, self.cell)

    def box(self, at: At) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a cell."""
        return self.spot(at[0]).box(at[1], at[2])


def layout_of(shown: PoolingShown, width: float) -> Layout:
    """Return the layout for a width in pixels."""
    (above, below, left, right), boards = shown.reach, shown.boards
    n_columns = left + right + sum(values.shape[1] for values in boards.values())
    cap = min(LARGEST_CAP, max(SMALLEST_CAP, CAP_SHARE * width))
    cell = min(cap, (width - 6 - GAP * (len(boards) - 1)) / n_columns)
    font, lefts, x = font_size(width), {}, 2 + left * cell
    for name, values in boards.items():
        lefts[name] = x
        x += values.shape[1] * cell + (right * cell if name == "image" else 0) + GAP
    top = (NARROW_TOP if width < NARROW else TOP) * font + above * cell
    foot = top + max((len(values) + (below if name == "image" else 0)) * cell for name, values in boards.items())
    return Layout(shown, width, font, cell, lefts, top, foot + 0.4 * font)
