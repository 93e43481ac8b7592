"""The three boards of a convolution as marks: cells, names, operators, the ring of padding."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from hcnn_widgets.classroom.convolution import WindowSum
from hcnn_widgets.classroom.windows import repeated
from hcnn_widgets.widgets.classroom.boards.board_marks import (
    cell_marks,
    number_in,
    pixel_marks,
    ring_marks,
    signed_colour,
)
from hcnn_widgets.widgets.classroom.boards.numbers_in_cells import told
from hcnn_widgets.widgets.classroom.boards.typing import has_digits
from hcnn_widgets.widgets.scene.colours import sequential
from hcnn_widgets.widgets.scene.marks import Group, Mark, Text
from hcnn_widgets.widgets.scene.word_room import MINUS

from .convolution_layout import Layout
from .convolution_shown import BOARDS, Board, ConvolutionShown

TIMES, STAR, ASTERISK = "\u00d7", "\u22c6", "\u2217"
LARGE_CELL = 38
"""Pixels: a cell that has room for a weight beside its number."""
FILLS = {"output": "soft", "image": "paper"}
PALE = 1.6
"""The largest weight has the colour of 1 / PALE of the scale: numbers on it are read."""


def board_groups(shown: ConvolutionShown, layout: Layout) -> list[Mark]:
    """Return all boards with their names and the operators between them."""
    boards: list[Mark] = [Group(name, (*_names(shown, name, layout), *_cells(shown, name, layout))) for name in BOARDS]
    return [*boards, *_operators(shown, layout)]


def _names(shown: ConvolutionShown, name: Board, layout: Layout) -> Iterator[Mark]:
    """Give the name of a board, and below it how large it is."""
    above, x = shown.reach[0] * layout.cell, layout.lefts[name]
    y, font = layout.top - above, layout.font
    rows, columns = shown.output.shape if name == "output" else getattr(shown, name).shape[:2]
    words = {"kernel": "kernel, turned" if shown.turned else "kernel"}.get(name, name)
    if name == "image" and shown.view == "windows":
        words = "windows that see it"
    channels = f" {TIMES} {shown.n_channels}" if name != "output" and shown.n_channels > 1 else ""
    yield Text("name", x, y - 2.0 * font, words, font + 2, bold=True, fill="ink")
    yield Text("size", x, y - 0.7 * font, f"{rows} {TIMES} {columns}{channels}", font, fill="quiet")


def _cells(shown: ConvolutionShown, name: Board, layout: Layout) -> Iterator[Mark]:
    """Give the cells of all channels of a board."""
    values = shown.boards[name]
    n_channels = 1 if name == "output" else shown.n_channels
    height = values.shape[0] // n_channels
    for channel in range(n_channels):
        rows = slice(channel * height, (channel + 1) * height)
        if name == "kernel" or layout.is_legible:
            yield from _numbered(shown, name, layout, rows)
        else:
            yield from _as_image(shown, name, layout, channel, rows)


def _as_image(shown: ConvolutionShown, name: Board, layout: Layout, channel: int, rows: slice) -> Iterator[Mark]:
    values, places = shown.boards[name][rows], None
    if name == "image" and shown.view == "windows":
        values = shown.counts.astype(np.float64)
    if name == "output":
        at = np.arange(values.size).reshape(values.shape)
        places = (at // values.shape[1]) * layout.columns() + layout.first("output") + at % values.shape[1]
        if shown.predict:
            values = np.where(shown.right, values, 0.0)
    yield from pixel_marks(f"{name}-{channel}", values, layout.spot(name, channel), places)


def _numbered(shown: ConvolutionShown, name: Board, layout: Layout, rows: slice) -> Iterator[Mark]:
    most = float(np.abs(shown.kernel).max())
    for row in range(rows.start, rows.stop):
        for column, value in enumerate(shown.boards[name][row].tolist()):
            at = (name, row, column)
            box, place = layout.box(at), layout.place(at)
            words = number_in(value, box[2], bold=name == "output")
            fill = signed_colour(value, PALE * most) if name == "kernel" else FILLS[name]
            if name == "image" and shown.view == "windows":
                words, fill = _votes(shown, row - rows.start, column)
            if name == "output" and shown.predict:
                words, fill = _predicted(shown, row, column, box[2])
            if shown.focus == at and shown.entry:
                words = (shown.entry if has_digits(shown.entry) else words).replace("-", MINUS) + "|"
            yield from cell_marks(f"{row}-{column}", box, words, fill, place=place, bold=name == "output")


def _votes(shown: ConvolutionShown, row: int, column: int) -> tuple[str, str]:
    """Return how many windows see a pixel, and the colour of that."""
    count, most = int(shown.counts[row, column]), max(int(shown.counts.max()), 1)
    return str(count), sequential(0.15 + 0.85 * count / most)


def _predicted(shown: ConvolutionShown, row: int, column: int, cell: float) -> tuple[str, str]:
    """Return what stands in an output that is to be predicted: nothing yet, or whether it is right."""
    answer = float(shown.predicted[row, column])
    if np.isnan(answer):
        return "?", "soft"
    is_right = bool(shown.right[row, column])
    if shown.is_being_typed(row, column):
        return number_in(answer, cell - 6), "soft"
    return number_in(answer, cell - 6), "#bfe3d0" if is_right else "#f6cdb4"


def _operators(shown: ConvolutionShown, layout: Layout) -> Iterator[Mark]:
    """Give the sign of the operation between image and kernel, the bias, and an equals sign."""
    spot, (rows, columns) = layout.spot("kernel"), shown.size
    middle = spot.y + spot.cell * rows / 2 + 0.35 * 26
    right = spot.x + columns * spot.cell
    sign, size = (ASTERISK, 26) if shown.turned else (STAR, 40)
    yield Text("operation", spot.x - 23, middle + 0.2 * (size - 26), sign, size, "middle", fill="text")
    yield Text("equals", right + 23, middle, "=", 26, "middle", fill="text")
    if shown.bias:
        y = layout.spot("kernel", shown.n_channels - 1).y + spot.cell * rows + 1.5 * layout.font
        yield Text("bias", spot.x, y, f"+ bias {told(shown.bias)}", layout.font + 1, bold=True, fill="ink")


def padding_marks(shown: ConvolutionShown, layout: Layout) -> list[Mark]:
    """Return the hatched cells around the image that windows see, in every channel: zeros, or its pixels again."""
    marks: list[Mark] = []
    for channel in range(shown.n_channels):
        words = partial(_padding_words, shown, layout, channel)
        marks += ring_marks(str(channel), layout.spot("image", channel), shown.image.shape[:2], shown.reach, words)
    return marks


def _padding_words(shown: ConvolutionShown, layout: Layout, channel: int, row: int, column: int) -> str:
    """Return the number that stands at a place beside the image."""
    if not layout.is_legible:
        return ""
    border = shown.grid.border
    if border == "zeros":
        return "0"
    height, width = shown.image.shape[:2]
    at = (int(repeated(np.array(place), length, border)) for place, length in ((row, height), (column, width)))
    return number_in(float(shown.image[(*at, channel)]), layout.cell)


def weights_on_window(shown: ConvolutionShown, layout: Layout, summed: WindowSum) -> list[Mark]:
    """Return the weights that lie on the pixels of a window, where cells have room for both numbers."""
    if layout.cell < LARGE_CELL:
        return []
    marks: list[Mark] = []
    for (row, column, channel), weight in np.ndenumerate(summed.weights):
        x, y, cell, _ = layout.spot("image", channel).box(int(summed.rows[row]), int(summed.columns[column]))
        words, size = f"{TIMES}{told(float(weight))}", 0.23 * cell
        marks.append(
            Text(f"on-{channel}-{row}-{column}", x + cell - 4, y + cell - 5, words, size, "end", True, fill="series-1")
        )
    return marks
