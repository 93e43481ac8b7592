"""Where the boards of a convolution stand, and how large their cells are."""

from dataclasses import dataclass

from hcnn_widgets.widgets.classroom.boards.board_marks import LEGIBLE, Spot
from hcnn_widgets.widgets.classroom.boards.walked_boards import WalkedBoards
from hcnn_widgets.widgets.scene.word_room import font_size

from .convolution_shown import BOARDS, At, Board, ConvolutionShown

SMALLEST_CAP, LARGEST_CAP, CAP_SHARE = 44.0, 84.0, 0.085
"""A cell is at most this share of the width, between these pixels."""
SMALL_CELL, KERNEL_CELL = 30.0, 40.0
"""Pixels: what is smaller leaves the kernel larger cells, and how large these are."""
KERNEL_SHARE = 0.24
"""Of the width, for a kernel whose cells are larger than those of the image."""
GAP = 46.0
"""Pixels between boards: room for an operator."""


@dataclass(frozen=True)
class Layout(WalkedBoards):
    """Where everything stands, in pixels.

    Parameters
    ----------
    width : float
    font : int
        Size of the small print.
    cell, kernel_cell : float
        Side of the cells.
    lefts : dict of str to float
        Left edge of each board, without its padding.
    top : float
        Of the first row of pixels.
    pitch : float
        From one channel to the next.
    foot : float
        Of the lowest board.
    """

    shown: ConvolutionShown
    width: float
    font: int
    cell: float
    kernel_cell: float
    lefts: dict[Board, float]
    top: float
    pitch: float
    foot: float

    @property
    def is_legible(self) -> bool:
        """Whether the numbers of the image are read; it is drawn as an image where they are not."""
        return self.cell >= LEGIBLE

    @property
    def walked(self) -> tuple[Board, ...]:
        """The boards whose cells are places: pixels that cannot be read are none."""
        return BOARDS if self.is_legible else ("kernel", "output")

    def spot(self, board: Board, channel: int = 0) -> Spot:
        """Return where a channel of a board stands."""
        cell = self.kernel_cell if board == "kernel" else self.cell
        return Spot(self.lefts[board], self.top + channel * self.pitch, cell)

    def box(self, at: At) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a cell."""
        board, row, column = at
        n_channels = 1 if board == "output" else self.shown.n_channels
        channel, row_there = divmod(row, self.shown.boards[board].shape[0] // n_channels)
        return self.spot(board, channel).box(row_there, column)


def layout_of(shown: ConvolutionShown, width: float) -> Layout:
    """Return the layout for a width in pixels."""
    above, below, left, right = shown.reach
    height, image_width = shown.image.shape[:2]
    (kernel_rows, kernel_columns), (rows, columns) = shown.size, shown.output.shape
    cell, kernel_cell = _cells(width, left + image_width + right + columns, kernel_columns)
    font = font_size(width)
    # The ring of padding stands above the first row, below the names of the boards.
    top = 9.4 * font + above * cell
    lefts = {"image": 2 + left * cell}
    lefts["kernel"] = lefts["image"] + (image_width + right) * cell + GAP
    lefts["output"] = lefts["kernel"] + kernel_columns * kernel_cell + GAP
    deepest = max((height + below) * cell, kernel_rows * kernel_cell)
    pitch = deepest + above * cell + 1.2 * font
    foot = top + max((shown.n_channels - 1) * pitch + deepest, rows * cell)
    named: dict[Board, float] = {board: lefts[board] for board in BOARDS}
    return Layout(shown, width, font, cell, kernel_cell, named, top, pitch, foot + 0.4 * font)


def _cells(width: float, n_columns: int, kernel_columns: int) -> tuple[float, float]:
    """Return the sides of the cells of image and output, and of the kernel."""
    room = width - 6 - 2 * GAP
    cap = min(LARGEST_CAP, max(SMALLEST_CAP, CAP_SHARE * width))
    alike = min(cap, room / (n_columns + kernel_columns))
    if alike >= SMALL_CELL:
        return alike, alike
    kernel_cell = max(alike, min(KERNEL_CELL, KERNEL_SHARE * width / kernel_columns))
    return min(SMALL_CELL, (room - kernel_columns * kernel_cell) / n_columns), kernel_cell
