"""The scene of a convolution: three boards of cells side by side, and a sum below them."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.convolution import WindowSum, cross_correlation
from hcnn_widgets.classroom.windows import Windows, windows
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, font_size, shortened

Array = NDArray[np.float64]
Board = Literal["image", "kernel", "output"]
BOARDS: tuple[Board, ...] = ("image", "kernel", "output")
CELL = 44
"""Pixels: of a cell at most."""
SUM_LINES = 3
KEYS = (*"0123456789", "-", "Enter", "p", "s", "f", "u", "r")
HINT = (
    "Arrow keys walk the cells; a digit is typed into a cell, - turns its sign, Enter adds 1; p changes the padding, "
    "s the stride, f turns the kernel, u takes a change back, r all of them."
)


@dataclass(frozen=True, eq=False)
class Shown:
    """A convolution as it is shown; all that is computed of it is computed once.

    Parameters
    ----------
    image, kernel : (height, width) float
    padding : "valid" or "same"
    stride : int
    """

    image: Array
    kernel: Array
    padding: str
    stride: int

    @cached_property
    def boards(self) -> dict[Board, Array]:
        """Image, kernel and output, each (n_rows, n_columns)."""
        output = cross_correlation(self.image, self.kernel, self.padding, self.stride)
        return {"image": self.image, "kernel": self.kernel, "output": output}

    @cached_property
    def n_columns(self) -> int:
        """Columns of all boards side by side."""
        return sum(values.shape[1] for values in self.boards.values())

    @cached_property
    def grid(self) -> Windows:
        """The windows of the output cells."""
        height, width = self.image.shape
        return windows((height, width), (len(self.kernel), self.kernel.shape[1]), self.padding, self.stride)

    @cached_property
    def seen(self) -> Array:
        """What each window sees, (n_rows, n_columns, kernel height, kernel width, 1)."""
        return self.grid.values(self.image[..., None])

    @cached_property
    def counts(self) -> Array:
        """How many windows see a pixel, (height, width)."""
        return self.grid.added(np.ones(self.seen.shape))[..., 0]

    @cached_property
    def reach(self) -> tuple[int, int, int, int]:
        """Rows or columns of padding that windows see: above, below, left and right."""
        sides = zip((self.grid.rows, self.grid.columns), self.image.shape, strict=True)
        (above, below), (left, right) = (
            (int(max(0, -at.min())), int(max(0, at.max() - length + 1))) for at, length in sides
        )
        return above, below, left, right

    def window_sum(self, row: int, column: int) -> WindowSum:
        """Return the window and the sum of an output cell."""
        grid = self.grid
        return WindowSum(grid.rows[row], grid.columns[column], self.seen[row, column], self.kernel[..., None], 0.0)

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        boards = {"image": self.image.tolist(), "kernel": self.kernel.tolist()}
        return {**boards, "padding": self.padding, "stride": self.stride}

    def fitting(self, **changes: Any) -> "Shown | None":
        """Return it with changes; None where the kernel does not fit into the image then."""
        changed = replace(self, **changes)
        fits = all(np.less_equal(changed.kernel.shape, changed.image.shape))
        return changed if fits or changed.padding == "same" else None


class Layout(NamedTuple):
    """Where the boards stand, in pixels: the left edge of each, their top, and the side of a cell."""

    lefts: dict[Board, float]
    top: float
    cell: float
    height: float
    font: int

    def box(self, board: Board, row: int, column: int) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a cell."""
        return self.lefts[board] + column * self.cell, self.top + row * self.cell, self.cell, self.cell


def cell_at(shown: Shown, place: int) -> tuple[Board, int, int]:
    """Return board, row and column of a place.

    Places are a grid over all boards, side by side. Below the last row of a lower board its last row goes on: who
    walks across from a higher one arrives there.
    """
    row, column = divmod(place, shown.n_columns)
    for board, values in shown.boards.items():
        if column < values.shape[1]:
            return board, min(row, len(values) - 1), column
        column -= values.shape[1]
    raise IndexError(place)


def convolution_scene(shown: Shown, width: float) -> Scene:
    """Draw image, kernel and output for a width in pixels."""
    boards, layout = shown.boards, _layout(shown, width)
    n_places = shown.n_columns * max(map(len, boards.values()))
    return Scene(
        name="convolution",
        title="Convolution",
        label=f"{_words(shown)} {HINT}",
        width=width,
        height=layout.height,
        marks=(*_padding(shown, layout), *(_board(shown, name, layout) for name in BOARDS)),
        places=tuple(_place(shown, cell_at(shown, place), layout, width) for place in range(n_places)),
        columns=shown.n_columns,
        keys=KEYS,
        numbers=(
            ("board", "row", "column", "number"),
            *((name, *at, float(value)) for name, values in boards.items() for at, value in np.ndenumerate(values)),
        ),
        said=_words(shown),
    )


def _words(shown: Shown) -> str:
    sides = {name: " by ".join(map(str, values.shape)) for name, values in shown.boards.items()}
    return (
        f"An image of {sides['image']} and a kernel of {sides['kernel']}, padding {shown.padding}, stride "
        f"{shown.stride}, make an output of {sides['output']}."
    )


def _layout(shown: Shown, width: float) -> Layout:
    """Return the layout: the image with its padding, the kernel and the output, a cell between them."""
    (above, below, left, right), boards, font = shown.reach, shown.boards, font_size(width)
    n_image, n_kernel, n_output = (values.shape[1] for values in boards.values())
    starts = (left, left + n_image + right + 1, left + n_image + right + n_kernel + 2)
    cell = min(CELL, (width - 4) / (starts[2] + n_output))
    top = 2.0 * font + above * cell
    rows = max(len(shown.image) + below, *map(len, boards.values()))
    lefts = {name: 2 + start * cell for name, start in zip(BOARDS, starts, strict=True)}
    return Layout(lefts, top, cell, top + rows * cell + (SUM_LINES + 1) * 1.4 * font, font)


def _board(shown: Shown, name: Board, layout: Layout) -> Group:
    """Return the cells of a board with its name above them."""
    values, first = shown.boards[name], BOARDS.index(name)
    # Places are counted over all boards, row by row.
    before = sum(board.shape[1] for board in list(shown.boards.values())[:first])
    marks: list[Mark] = [Text("name", layout.lefts[name], 1.2 * layout.font, name, layout.font, bold=True, fill="ink")]
    for (row, column), value in np.ndenumerate(values):
        place = row * shown.n_columns + before + column
        fill = "soft" if name == "output" else "paper"
        marks += _cell(f"{row}-{column}", layout.box(name, row, column), f"{value:g}", fill, "ink", place)
    return Group(name, tuple(marks))


def _padding(shown: Shown, layout: Layout) -> list[Mark]:
    """Return the cells of zeros around the image that windows see."""
    (above, below, left, right), (height, width) = shown.reach, shown.image.shape
    around = [(r, c) for r in range(-above, height + below) for c in range(-left, width + right)]
    outside = [(r, c) for r, c in around if not (0 <= r < height and 0 <= c < width)]
    return [mark for r, c in outside for mark in _cell(f"pad-{r}-{c}", layout.box("image", r, c), "0", "soft", "quiet")]


def _cell(
    key: str, box: tuple[float, float, float, float], words: str, fill: str, ink: str, place: int | None = None
) -> tuple[Mark, Mark]:
    x, y, size, _ = box
    font = 0.4 * size
    number = shortened(words, size - 2, font)
    whole = words if number != words else ""
    return (
        Rect(f"cell-{key}", *box, fill=fill, stroke="border", place=place),
        Text(
            f"number-{key}", x + size / 2, y + 0.65 * size, number, font, "middle", whole=whole, fill=ink, place=place
        ),
    )


def _place(shown: Shown, at: tuple[Board, int, int], layout: Layout, width: float) -> Place:
    """Return a cell's sentence, with its window and its sum where it is one of the output."""
    board, row, column = at
    focus = Rect("focus", *layout.box(board, row, column), stroke="focus", stroke_width=3.0)
    where = f"{board.capitalize()}, row {row + 1}, column {column + 1}"
    if board == "output":
        summed = shown.window_sum(row, column)
        words = summed.text.replace("x", "\u00d7")
        return Place(f"{where}: {words}", (_window(summed, layout), focus, *_lines(words, layout, width)))
    value = f"{where}: {getattr(shown, board)[row, column]:g}."
    if board == "kernel":
        return Place(value, (focus,))
    n_windows = int(shown.counts[row, column])
    said = f"{value} {n_windows} window{'s see' if n_windows != 1 else ' sees'} it."
    return Place(said, (focus, *_lines(said, layout, width)))


def _window(summed: WindowSum, layout: Layout) -> Rect:
    """Return the frame around the pixels that an output cell sees."""
    x, y, cell, _ = layout.box("image", int(summed.rows[0]), int(summed.columns[0]))
    sides = len(summed.columns) * cell, len(summed.rows) * cell
    return Rect("window", x, y, *sides, stroke="series-1", stroke_width=3.0)


def _lines(words: str, layout: Layout, width: float) -> tuple[Mark, ...]:
    """Return words below the boards, as many lines as there is room for."""
    font, top = layout.font + 1, layout.height - SUM_LINES * 1.4 * layout.font
    lines = caption_lines(words, width, font, SUM_LINES)
    return tuple(
        Text(f"line-{n}", 4, top + (1.4 * n + 0.4) * layout.font, line, font, fill="ink")
        for n, line in enumerate(lines)
        if line
    )
