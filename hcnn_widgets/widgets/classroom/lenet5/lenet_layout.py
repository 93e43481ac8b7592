"""Where everything stands in the drawing of LeNet-5, in pixels."""

from dataclasses import dataclass
from functools import cached_property

from hcnn_widgets.widgets.scene.word_room import font_size

from .drawing import SIDE

Box = tuple[float, float, float, float]
"""Left, top, width and height."""
WIDE = 760
"""From this width on board, layers and output stand side by side; below it the layers stand under the two others."""
MAP_SIDES = {"C1": 56.0, "S2": 40.0, "C3": 46.0, "S4": 30.0}
"""Pixels, of a map at most."""
PER_ROW = {"C1": 6, "S2": 6, "C3": 8, "S4": 8}
C5_COLUMNS = 40
BAR_STEP = 1.65
"""Line heights from bar to bar."""


@dataclass(frozen=True)
class LeNetLayout:
    """The parts of the drawing for a width.

    Parameters
    ----------
    width : float
    """

    width: float

    @cached_property
    def wide(self) -> bool:
        """Whether all parts stand side by side."""
        return self.width >= WIDE

    @cached_property
    def font(self) -> int:
        """Size of the letters."""
        return font_size(self.width) + (1 if self.wide else 0)

    @cached_property
    def top(self) -> float:
        """Where the parts begin, beneath the sentence."""
        return 3.4 * self.font

    @cached_property
    def board(self) -> Box:
        """The board that is drawn on."""
        side = min(340.0, (0.26 if self.wide else 0.36) * self.width)
        side = SIDE * max(6, side // SIDE)  # whole pixels: no seams between cells
        return 1.0, float(round(self.top + 1.5 * self.font)), side, side

    @cached_property
    def seen(self) -> Box:
        """The image that the network sees, beneath the board."""
        x, y, side, _ = self.board
        small = (0.52 if self.wide else 0.42) * side
        return x, y + side + 2.6 * self.font, small, small

    @cached_property
    def out(self) -> Box:
        """The output: F6 beside a bitmap, and a bar for each digit; its height is what it needs."""
        board = self.board[2]
        width = min(330.0, 0.27 * self.width) if self.wide else self.width - board - 2.4 * self.font
        left = self.width - width
        return left, self.top, width, self.bars_top - self.top + 10 * self.bar_step

    @cached_property
    def bit(self) -> float:
        """Side of a cell of F6 and of the bitmap beside it."""
        return min(11.0, (self.out_width - 2 * self.font) / 15.5)

    @cached_property
    def out_width(self) -> float:
        """Width of the output, without asking for its height."""
        board = self.board[2]
        return min(330.0, 0.27 * self.width) if self.wide else self.width - board - 2.4 * self.font

    @cached_property
    def bars_top(self) -> float:
        """Where the bars begin."""
        return self.top + 12 * self.bit + 6.5 * self.font

    @cached_property
    def bar_step(self) -> float:
        """From a bar to the next."""
        return BAR_STEP * self.font

    @cached_property
    def layers(self) -> Box:
        """The rows of maps; the height is not said."""
        if self.wide:
            left = self.board[2] + 2.2 * self.font
            return left, self.top, self.out[0] - 2.2 * self.font - left, 0.0
        below = max(self.seen[1] + self.seen[3], self.out[1] + self.out[3]) + 1.8 * self.font
        return 1.0, below, self.width - 2, 0.0

    @cached_property
    def pitch(self) -> dict[str, float]:
        """From a map to the next, layer by layer."""
        return {name: self.layers[2] / count for name, count in PER_ROW.items()}

    @cached_property
    def map_sides(self) -> dict[str, float]:
        """Sides of the maps of each layer: those of a pooling layer are smaller in the same measure."""
        filtered = (
            min(MAP_SIDES["C1"], self.pitch["C1"] - 11 - self.kernel_side),
            min(MAP_SIDES["C3"], self.pitch["C3"] - 8),
        )
        first, second = filtered
        shares = {"S2": MAP_SIDES["S2"] / MAP_SIDES["C1"], "S4": MAP_SIDES["S4"] / MAP_SIDES["C3"]}
        return {"C1": first, "S2": shares["S2"] * first, "C3": second, "S4": shares["S4"] * second}

    @cached_property
    def kernel_side(self) -> float:
        """Side of a kernel of C1, beside its map."""
        return min(25.0, 0.26 * self.pitch["C1"])

    @cached_property
    def row_tops(self) -> dict[str, float]:
        """Where each layer begins, with its words, and where the last one has ended."""
        names = ("C1", "S2", "C3", "S4", "C5", "end")
        tops = [self.layers[1], *(self.row_height(name) for name in names[:-1])]
        return {name: sum(tops[: index + 1]) for index, name in enumerate(names)}

    def row_height(self, name: str) -> float:
        """Return the height of a layer with its words and the room behind it."""
        inner = 3 * self.c5_cell if name == "C5" else self.map_sides[name]
        if name in ("C3", "S4"):
            inner = 2 * inner + 4
        return 1.6 * self.font + inner + 0.9 * self.font

    @cached_property
    def c5_cell(self) -> float:
        """Side of a unit of C5."""
        return min(12.0, self.layers[2] / C5_COLUMNS)

    def map_box(self, name: str, number: int) -> Box:
        """Return the box of a map."""
        row, column = divmod(number, PER_ROW[name])
        side, beside = self.map_sides[name], self.kernel_side + 3 if name in ("C1", "S2") else 0
        x = self.layers[0] + column * self.pitch[name] + beside
        return x, self.row_tops[name] + 1.6 * self.font + row * (side + 4), side, side

    def kernel_box(self, number: int) -> Box:
        """Return the box of a kernel of C1, left of its map."""
        x, y, _, _ = self.map_box("C1", number)
        return x - self.kernel_side - 3, y, self.kernel_side, self.kernel_side

    def cell_box(self, row: int, column: int) -> Box:
        """Return a cell of the board."""
        x, y, side, _ = self.board
        step = side / SIDE
        return x + column * step, y + row * step, step, step

    def bitmap_box(self, which: int) -> Box:
        """Return the box of F6 (0) and of the bitmap beside it (1)."""
        return self.out[0] + which * 8.5 * self.bit, self.top + 1.5 * self.font, 7 * self.bit, 12 * self.bit

    def bar_box(self, digit: int) -> Box:
        """Return the row of a digit's bar."""
        left, _, width, _ = self.out
        return left, self.bars_top + digit * self.bar_step, width, self.bar_step

    @cached_property
    def foot(self) -> float:
        """Where all parts have ended."""
        ends = self.row_tops["end"] + 2.6 * self.font, self.out[1] + self.out[3], self.seen[1] + self.seen[3]
        return max(ends)
