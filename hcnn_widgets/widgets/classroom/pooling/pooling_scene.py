"""The scene of a pooling: image, pooled map and what else is seen side by side, and how an output comes about."""

from hcnn_widgets.widgets.classroom.boards.board_marks import focus_frame, frame
from hcnn_widgets.widgets.classroom.boards.typing import TYPED
from hcnn_widgets.widgets.scene.marks import Line, Mark, Text
from hcnn_widgets.widgets.scene.scene import Cell, ManyPlaces, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines

from .pooling_boards import WON, bars_height, board_groups, share_bars
from .pooling_layout import Layout, layout_of
from .pooling_shown import At, PoolingShown
from .pooling_words import HINT, cell_sentence, of_pooling, of_view, sentence

KEYS = (*TYPED, " ", "Enter", "k", "w", "s", "p", "v", "u", "r")
HINT_LINES, OF_CELL_LINES = 2, 2


def pooling_scene(shown: PoolingShown, width: float) -> Scene:
    """Draw all boards for a width in pixels."""
    layout = layout_of(shown, width)
    said, font = sentence(shown), layout.font
    bars_top = layout.foot + (1.4 * OF_CELL_LINES + 1.0) * (font + 3)
    foot = bars_top + (bars_height(layout) if shown.view == "shift" else 0.0)
    bars = (share_bars(shown, bars_top, layout),) if shown.view == "shift" else ()
    hints = _hints(shown, layout, foot)
    return Scene(
        name="pooling",
        title="Pooling",
        label=f"{said} {HINT}",
        width=width,
        height=foot + (len(hints) + 0.9) * 1.35 * font,
        marks=(*_said(shown, layout), *board_groups(shown, layout), *bars, *hints),
        places=ManyPlaces(layout.rows() * layout.columns(), lambda n: _place(shown, layout.at(n), layout)),
        columns=layout.columns(),
        rest=layout.place(shown.focus),
        keys=KEYS,
        numbers=_numbers(shown),
        said=said,
    )


def _said(shown: PoolingShown, layout: Layout) -> list[Mark]:
    """Return how large everything is, and below it what the view shows."""
    size = layout.font + 3
    parts = [caption_lines(words, layout.width, size, 2) for words in (of_pooling(shown), of_view(shown))]
    lines = [line for part in parts for line in part if line]
    return [Text(f"said-{n}", 4, (1.5 + 1.6 * n) * layout.font, line, size, fill="ink") for n, line in enumerate(lines)]


def _hints(shown: PoolingShown, layout: Layout, top: float) -> list[Mark]:
    """Return where an image is from, and what can be done."""
    font = layout.font
    lines = [*([shown.source] if shown.source else []), *caption_lines(HINT, layout.width, font, HINT_LINES)]
    return [
        Text(f"hint-{n}", 4, top + (1.4 + 1.35 * n) * font, line, font, fill="quiet") for n, line in enumerate(lines)
    ]


def _place(shown: PoolingShown, at: At, layout: Layout) -> Place:
    """Return a cell's sentence, and what is shown of it while it is marked."""
    said, marked = cell_sentence(shown, at), focus_frame(layout.box(at))
    words = _words(said.partition(": ")[2] if at[0] == "output" else said, layout)
    if at[0] in ("output", "its output"):
        return Place(said, (*_window(shown, at, layout), marked, *words))
    return Place(said, (marked, *words))


def _words(said: str, layout: Layout) -> list[Mark]:
    size = layout.font + 3
    lines = caption_lines(said, layout.width, size, OF_CELL_LINES)
    return [
        Text(f"line-{n}", 4, layout.foot + (1.6 + 1.4 * n) * size, line, size, bold=True, fill="ink")
        for n, line in enumerate(lines)
        if line
    ]


def _window(shown: PoolingShown, at: At, layout: Layout) -> list[Mark]:
    """Return the frame around an output's window, and links between the output and the pixel that won."""
    board, row, column = at
    top, left = int(shown.grid.rows[row, 0]), int(shown.grid.columns[column, 0])
    boards = ("shifted image",) if board == "its output" else ("image", *_back(shown))
    marks: list[Mark] = [frame(f"window-{name}", _block(shown, name, top, left, layout)) for name in boards]
    if shown.has_winner and board == "output":
        marks += [_link(layout, (name, *shown.winner(row, column)), at) for name in boards]
    return marks


def _block(shown: PoolingShown, name: str, top: int, left: int, layout: Layout) -> tuple[float, float, float, float]:
    """Return the box of a window on a board; only the image has its padding around it."""
    bottom, right = top + shown.size, left + shown.size
    if name != "image":
        height, width = shown.image.shape
        top, left, bottom, right = max(top, 0), max(left, 0), min(bottom, height), min(right, width)
    return layout.spot(name).box(top, left, bottom - top, right - left)


def _back(shown: PoolingShown) -> tuple[str, ...]:
    """Return the board to which an output goes back."""
    return tuple(name for name in ("gradient", "unpooled") if name in shown.boards)


def _link(layout: Layout, pixel: At, output: At) -> Line:
    """Return the line between a pixel and an output, from edge to edge of their cells."""
    ends = []
    for at, other in ((pixel, output), (output, pixel)):
        x, y, cell, _ = layout.box(at)
        is_left = layout.lefts[at[0]] < layout.lefts[other[0]]
        ends += [x + (0.9 if is_left else 0.1) * cell, y + cell / 2]
    return Line(f"link-{pixel[0]}", *ends, stroke=WON, stroke_width=2.5, dash=(5, 4), opacity=0.7)


def _numbers(shown: PoolingShown) -> tuple[tuple[Cell, ...], ...]:
    """Return all cells as a table."""
    rows: list[tuple[Cell, ...]] = [("board", "row", "column", "number")]
    for name, values in shown.boards.items():
        for row, numbers in enumerate(values.tolist()):
            rows += [(name, row, column, value) for column, value in enumerate(numbers)]
    return tuple(rows)
