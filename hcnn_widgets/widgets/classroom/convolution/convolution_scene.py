"""The scene of a convolution: three boards side by side, and below them a sum or a product of matrices."""

from collections.abc import Iterable
from typing import NamedTuple

from hcnn_widgets.widgets.classroom.boards.board_marks import focus_frame, frame
from hcnn_widgets.widgets.classroom.boards.typing import TYPED
from hcnn_widgets.widgets.scene.marks import Mark, Text
from hcnn_widgets.widgets.scene.scene import Cell, ManyPlaces, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines

from .board_groups import board_groups, padding_marks, weights_on_window
from .convolution_layout import Layout, layout_of
from .convolution_shown import BOARDS, At, ConvolutionShown
from .convolution_words import HINT, cell_sentence, sentence, sizes
from .matrix_marks import MOST_TERMS, MatrixLayout, matrix_layout, matrix_marks, row_frame
from .sum_marks import Tiles, grid_marks, has_tiles, short_words, tile_marks, tiles_of, words_marks

KEYS = (*TYPED, " ", "Enter", "p", "s", "d", "f", "v", "g", "u", "r")
MOST_PRODUCTS = 400
"""Of all outputs: where there are more, only the output in front is shown product by product."""
HINT_LINES, SAID_LINES = 2, 2
Stretches = list[tuple[int, int]]
"""Stretches of numbers that follow one another: the first of each, and how many they are."""


class Drawing(NamedTuple):
    """What every place is drawn with."""

    shown: ConvolutionShown
    layout: Layout
    tiles: Tiles
    matrix: MatrixLayout | None
    stretches: tuple[list[Stretches], list[Stretches]]
    """For each row and each column of pixels: the outputs along that side whose windows see it."""


def convolution_scene(shown: ConvolutionShown, width: float) -> Scene:
    """Draw image, kernel and output, and what stands below them, for a width in pixels."""
    layout = layout_of(shown, width)
    drawing, foot = _below(shown, layout)
    said = sentence(shown)
    return Scene(
        name="convolution",
        title="Convolution",
        label=f"{said} {HINT}",
        width=width,
        height=foot,
        marks=(*_heading(said, shown, layout), *_boards(drawing), *_footer(shown, layout, foot)),
        places=ManyPlaces(layout.rows() * layout.columns(), lambda place: _place(drawing, layout.at(place))),
        columns=layout.columns(),
        rest=layout.place(shown.focus),
        keys=KEYS,
        numbers=_numbers(shown),
        said=said,
    )


def _below(shown: ConvolutionShown, layout: Layout) -> tuple[Drawing, float]:
    """Return what stands below the boards, and where the scene ends."""
    font, stretches = layout.font, (_along(shown, 0), _along(shown, 1))
    top = layout.foot + (2.9 if shown.predict else 1.2) * font
    if shown.view == "matrix" and shown.kernel.size <= MOST_TERMS:
        tiles = Tiles(top, layout.width, font + 2, 0.0, 1, 1)
        matrix = matrix_layout(shown, top + 2.4 * (font + 2), layout.width, font)
        below = matrix.spot.y + matrix.height
        return Drawing(shown, layout, tiles, matrix, stretches), below + _footer_height(shown, layout)
    tiles = tiles_of(shown, top, layout.width, font)
    return Drawing(shown, layout, tiles, None, stretches), top + tiles.height + _footer_height(shown, layout)


def _footer_height(shown: ConvolutionShown, layout: Layout) -> float:
    return (HINT_LINES + bool(shown.source) + 0.9) * 1.35 * layout.font


def _heading(said: str, shown: ConvolutionShown, layout: Layout) -> list[Mark]:
    """Return the sentence of what is seen, and how the size of the output follows."""
    font, size = layout.font, layout.font + 3
    lines = [line for line in caption_lines(said, layout.width, size, SAID_LINES) if line]
    marks: list[Mark] = [
        Text(f"said-{n}", 4, (1.5 + 1.6 * n) * font, line, size, fill="ink") for n, line in enumerate(lines)
    ]
    return [*marks, Text("sizes", 4, (1.7 + 1.6 * len(lines)) * font, sizes(shown), font, fill="quiet")]


def _footer(shown: ConvolutionShown, layout: Layout, foot: float) -> list[Mark]:
    """Return where an image is from, and what can be done."""
    font = layout.font
    lines = [*([shown.source] if shown.source else []), *caption_lines(HINT, layout.width, font, HINT_LINES)]
    top = foot - _footer_height(shown, layout) + 1.9 * font
    return [
        Text(f"hint-{n}", 4, top + 1.35 * n * font, line, font, fill="quiet") for n, line in enumerate(lines) if line
    ]


def _boards(drawing: Drawing) -> list[Mark]:
    shown, layout, _, matrix, _ = drawing
    marks: list[Mark] = [*padding_marks(shown, layout), *board_groups(shown, layout)]
    return marks if matrix is None else [*marks, matrix_marks(shown, matrix, layout.font)]


def _place(drawing: Drawing, at: At) -> Place:
    """Return a cell's sentence, and what is shown of it while it is marked."""
    shown, layout, tiles, *_ = drawing
    in_full = at == shown.focus or shown.output.size * shown.kernel.size <= MOST_PRODUCTS
    said, marked = cell_sentence(shown, at, in_full), focus_frame(layout.box(at))
    if at[0] == "output":
        return Place(said, (*_of_output(drawing, at, said, in_full), marked))
    others = _outputs_that_see(drawing, at) if at[0] == "image" else _pixels_met(shown, layout, at)
    return Place(said, (*others, marked, words_marks(said, tiles) if in_full else short_words(said, tiles)))


def _of_output(drawing: Drawing, at: At, said: str, in_full: bool) -> list[Mark]:
    """Return the window of an output, and its sum."""
    (shown, layout, tiles, matrix, _), (_, row, column) = drawing, at
    marks: list[Mark] = _windows(shown, layout, row, column)
    if matrix is not None:
        marks += row_frame(shown, matrix, row, column)
    if not in_full:
        return [*marks, short_words(said, tiles)]
    summed = shown.window_sum(row, column)
    if shown.view != "windows":
        marks += weights_on_window(shown, layout, summed)
    if matrix is not None:
        return [*marks, words_marks(said, tiles)]
    draw = tile_marks if has_tiles(tiles, shown.kernel.size) else grid_marks
    return [*marks, draw(summed, tiles, shown.is_open(row, column)), *_verdict(drawing, said)]


def _verdict(drawing: Drawing, said: str) -> tuple[Mark, ...]:
    """Return what is said of a prediction, where it stands in no sum."""
    shown, layout, tiles, *_ = drawing
    if not shown.predict:
        return ()
    words = said.partition("? ")[2] or "Right: so it is."
    return (Text("verdict", 4, tiles.top - 0.5 * layout.font, words, layout.font + 2, bold=True, fill="ink"),)


def _windows(shown: ConvolutionShown, layout: Layout, row: int, column: int) -> list[Mark]:
    """Return the frame around what an output sees, in every channel."""
    top, left = int(shown.grid.rows[row, 0]), int(shown.grid.columns[column, 0])
    high, wide = ((cells - 1) * shown.dilation + 1 for cells in shown.size)
    return [
        frame(f"window-{channel}", layout.spot("image", channel).box(top, left, high, wide))
        for channel in range(shown.n_channels)
    ]


def _outputs_that_see(drawing: Drawing, at: At) -> list[Mark]:
    """Return frames around the outputs that see a pixel: several where the padding repeats it."""
    down, across = drawing.stretches
    spot = drawing.layout.spot("output")
    boxes = [
        spot.box(top, left, high, wide)
        for top, high in down[at[1] % drawing.shown.image.shape[0]]
        for left, wide in across[at[2]]
    ]
    return [frame(f"seeing-{n}" if n else "seeing", box, dash=(6, 4)) for n, box in enumerate(boxes)]


def _along(shown: ConvolutionShown, side: int) -> list[Stretches]:
    """Return, for each place along a side of the image, the stretches of outputs that see it."""
    seen = shown.grid.sources[side].tolist()
    return [
        _stretches(n for n, places in enumerate(seen) if place in places) for place in range(shown.image.shape[side])
    ]


def _stretches(numbers: Iterable[int]) -> Stretches:
    """Return the first of each stretch of numbers that follow one another, and how many they are.

    Examples
    --------
    >>> _stretches([0, 1, 4])
    [(0, 2), (4, 1)]
    """
    found: Stretches = []
    for number in numbers:
        if found and sum(found[-1]) == number:
            found[-1] = found[-1][0], found[-1][1] + 1
        else:
            found.append((number, 1))
    return found


def _pixels_met(shown: ConvolutionShown, layout: Layout, at: At) -> list[Mark]:
    """Return the frame around the pixels that a weight meets."""
    channel, row = divmod(at[1], shown.size[0])
    rows, columns = shown.grid.rows[:, row], shown.grid.columns[:, at[2]]
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    return [frame("met", layout.spot("image", channel).box(int(rows[0]), int(columns[0]), high, wide), dash=(6, 4))]


def _numbers(shown: ConvolutionShown) -> tuple[tuple[Cell, ...], ...]:
    """Return all cells as a table; outputs that are to be predicted are empty."""
    rows: list[tuple[Cell, ...]] = [("board", "row", "column", "number")]
    for name in BOARDS:
        for row, numbers in enumerate(shown.boards[name].tolist()):
            for column, value in enumerate(numbers):
                hidden = name == "output" and not shown.is_open(row, column)
                rows.append((name, row, column, None if hidden else value))
    return tuple(rows)
