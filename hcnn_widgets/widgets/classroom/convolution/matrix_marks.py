"""The convolution as one product: a row of numbers a window, times the kernel as a column."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.classroom.boards.board_marks import (
    LEGIBLE,
    Array,
    Spot,
    cell_marks,
    frame,
    number_in,
    pixel_marks,
    signed_colour,
)
from hcnn_widgets.widgets.classroom.boards.numbers_in_cells import factor
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text

from .convolution_shown import ConvolutionShown

MOST_WINDOWS, MOST_TERMS = 12, 75
CELL = 34.0
"""Pixels: of a cell of the matrix at most."""


class MatrixLayout(NamedTuple):
    """Where the matrix stands, the cells of its rows, and the first window that is in sight."""

    spot: Spot
    kernel: Spot
    output: Spot
    first: int
    n_rows: int
    gap: float

    @property
    def height(self) -> float:
        """Height of the matrices."""
        return self.n_rows * self.spot.cell


def matrix_layout(shown: ConvolutionShown, top: float, width: float, font: float) -> MatrixLayout:
    """Return the layout of the matrices with the focused window among the rows in sight."""
    n_terms, n_windows = shown.kernel.size, shown.output.size
    n_rows = min(n_windows, MOST_WINDOWS)
    board, row, column = shown.focus
    number = row * shown.output.shape[1] + column if board == "output" else 0
    first = int(np.clip(number - n_rows // 2, 0, n_windows - n_rows))
    gap = 80.0 if shown.bias else 40.0
    cell = max(1.0, min(CELL, (width - 126 - gap) / n_terms))
    # The column of the kernel is as high as the rows are, where it has more cells.
    tall = min(cell, max(n_rows, 4) * cell / n_terms)
    y = top + 3.2 * font
    kernel_x = 4 + n_terms * cell + 40
    wide = max(cell, 34.0)
    output = Spot(kernel_x + wide + gap, y, cell)
    return MatrixLayout(Spot(4, y, cell), Spot(kernel_x, y, tall), output, first, n_rows, gap)


def matrix_marks(shown: ConvolutionShown, layout: MatrixLayout, font: float) -> Group:
    """Return the product of matrices."""
    n_terms = shown.kernel.size
    rows = shown.seen.reshape(-1, n_terms)[layout.first : layout.first + layout.n_rows]
    marks: list[Mark] = list(_names(shown, layout, font))
    if layout.spot.cell < LEGIBLE:
        marks += pixel_marks("patches", rows, layout.spot, None)
    else:
        for (row, column), value in np.ndenumerate(rows):
            box = layout.spot.box(row, column)
            marks += cell_marks(f"patch-{row}-{column}", box, number_in(float(value), layout.spot.cell))
    marks += _kernel(shown.applied.ravel(), layout)
    marks += _outputs(shown, layout)
    return Group("matrix", tuple(marks))


def row_frame(shown: ConvolutionShown, layout: MatrixLayout, row: int, column: int) -> tuple[Rect, ...]:
    """Return a frame around the row of an output's window; none where it is out of sight."""
    n = row * shown.output.shape[1] + column - layout.first
    if not 0 <= n < layout.n_rows:
        return ()
    return (
        frame("row", layout.spot.box(n, 0, 1, shown.kernel.size)),
        frame("row-output", _output_box(layout, n), "focus"),
    )


def _output_box(layout: MatrixLayout, n: int) -> tuple[float, float, float, float]:
    x, y, _, height = layout.output.box(n, 0)
    return x, y, max(height, 44.0), height


def _kernel(weights: Array, layout: MatrixLayout) -> Iterator[Mark]:
    most, (x, y, tall) = float(np.abs(weights).max()), layout.kernel
    wide = max(layout.spot.cell, 34.0)
    for n, weight in enumerate(weights.tolist()):
        box, fill = (x, y + n * tall, wide, tall), signed_colour(weight, 1.6 * most)
        if tall >= LEGIBLE:
            yield from cell_marks(f"weight-{n}", box, number_in(weight, wide), fill)
        else:
            yield Rect(f"weight-{n}", *box, fill=fill)


def _outputs(shown: ConvolutionShown, layout: MatrixLayout) -> Iterator[Mark]:
    values = shown.output.ravel()
    for n in range(layout.n_rows):
        box, number = _output_box(layout, n), layout.first + n
        is_open = shown.is_open(*divmod(number, shown.output.shape[1]))
        words = (number_in(float(values[number]), box[2]) if is_open else "?") if box[3] >= 12 else ""
        yield from cell_marks(f"sum-{n}", box, words, "soft")


def _names(shown: ConvolutionShown, layout: MatrixLayout, font: float) -> Iterator[Mark]:
    n_windows, n_terms = shown.output.size, shown.kernel.size
    sight = f", {layout.first + 1} to {layout.first + layout.n_rows} in sight" if layout.n_rows < n_windows else ""
    y, middle = layout.spot.y - 0.6 * font, layout.spot.y + 0.5 * layout.height + 0.4 * font
    names = {
        "patches": (layout.spot.x, y - 1.4 * font, f"{n_windows} windows of {n_terms} numbers, a row a window{sight}"),
        "column": (layout.kernel.x, y, "kernel"),
        "product": (layout.output.x, y, "output"),
    }
    for key, (x, foot, words) in names.items():
        yield Text(f"name-{key}", x, foot, words, font, bold=True, fill="ink")
    wide = max(layout.spot.cell, 34.0)
    yield Text("times", layout.kernel.x - 20, middle, "\u00b7", 2 * font, "middle", fill="text")
    equals = f"+ {factor(shown.bias)} =" if shown.bias else "="
    yield Text(
        "equals",
        layout.kernel.x + wide + layout.gap / 2,
        middle,
        equals,
        (1.0 if shown.bias else 1.5) * font,
        "middle",
        fill="text",
    )
