"""The boards of a pooling as marks: windows in two tints, winners with a ring, and what a shift has changed."""

from collections.abc import Iterator

import numpy as np

from hcnn_widgets.classroom.pooling import POOLINGS
from hcnn_widgets.widgets.classroom.boards.board_marks import (
    cell_marks,
    number_in,
    pixel_marks,
    ring_marks,
    signed_colour,
)
from hcnn_widgets.widgets.classroom.boards.typing import has_digits
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import MINUS, text_width

from .pooling_layout import GAP, Layout
from .pooling_shown import PoolingShown

ARROW = "\u2192"
RIGHT, CHANGED = "#bfe3d0", "#f6cdb4"
"""An output that a shift leaves as it is, and one that it changes."""
PALE = 1.6
"""The largest number has the colour of 1 / PALE of the scale: numbers on it are read."""
WON = "series-2"


def board_groups(shown: PoolingShown, layout: Layout) -> list[Mark]:
    """Return all boards with their names, and arrows between them."""
    marks: list[Mark] = [*ring_marks("image", layout.spot("image"), shown.image.shape, shown.reach, lambda *_: "")]
    for name, values in shown.boards.items():
        marks.append(Group(name, (*_names(shown, name, layout), *_cells(shown, name, layout))))
        if name not in ("image", "shifted image"):
            y = layout.top + 0.5 * layout.cell * min(len(values), len(shown.image)) + 9
            marks.append(Text(f"to-{name}", layout.lefts[name] - GAP / 2, y, ARROW, 28, "middle", fill="text"))
    rings = _rings(shown, layout) if shown.has_winner else ()
    return [*marks, Group("winners", tuple(rings))]


def _names(shown: PoolingShown, name: str, layout: Layout) -> Iterator[Mark]:
    """Give the name of a board, and below it how large it is."""
    x, y, font = layout.lefts[name], layout.top - shown.reach[0] * layout.cell, layout.font
    rows, columns = shown.boards[name].shape
    room = columns * layout.cell + GAP - 8
    words = f"{shown.kind} of each window" if name == "output" else name
    words = words if text_width(words, font + 2, bold=True) <= room else name
    yield Text("name", x, y - 2.0 * font, words, font + 2, bold=True, fill="ink")
    yield Text("size", x, y - 0.7 * font, f"{rows} \u00d7 {columns}", font, fill="quiet")


def _cells(shown: PoolingShown, name: str, layout: Layout) -> Iterator[Mark]:
    values = shown.boards[name]
    if not layout.is_legible:
        places = np.arange(values.size).reshape(values.shape) if name in layout.walked else None
        yield from pixel_marks(name, values, layout.spot(name), places)
        return
    for (row, column), value in np.ndenumerate(values):
        at = (name, row, column)
        bold = name in ("output", "its output")
        words = number_in(float(value), layout.cell, bold)
        if shown.focus == at and shown.entry:
            words = (shown.entry if has_digits(shown.entry) else words).replace("-", MINUS) + "|"
        fill = _fill(shown, name, row, column)
        yield from cell_marks(f"{row}-{column}", layout.box(at), words, fill, place=layout.place(at), bold=bold)


def _fill(shown: PoolingShown, name: str, row: int, column: int) -> str:
    """Return the colour of a cell: of windows that do not overlap every other one is tinted."""
    values = shown.boards[name]
    if name == "output":
        return "soft"
    if name == "its output":
        return RIGHT if np.isclose(values[row, column], shown.output[row, column]) else CHANGED
    if name in ("gradient", "unpooled"):
        return signed_colour(float(values[row, column]), PALE * float(np.abs(values).max()))
    top, left = (side[0] for side in (shown.grid.rows[0], shown.grid.columns[0]))
    in_turn = (row - top) // shown.stride + (column - left) // shown.stride
    return "soft" if shown.stride >= shown.size and in_turn % 2 else "paper"


def _rings(shown: PoolingShown, layout: Layout) -> Iterator[Mark]:
    """Give a ring around every pixel that wins in a window."""
    if not layout.is_legible:
        return
    inset = max(2.0, 0.07 * layout.cell)
    for row, column in sorted({shown.winner(*at) for at in np.ndindex(shown.output.shape)}):
        x, y, side, _ = layout.box(("image", row, column))
        inner = side - 2 * inset
        yield Rect(f"won-{row}-{column}", x + inset, y + inset, inner, inner, inner / 2, stroke=WON, stroke_width=2.5)


def share_bars(shown: PoolingShown, top: float, layout: Layout) -> Group:
    """Return how much of the outputs a shift leaves as they are: a bar a way of pooling, and one for no pooling."""
    font, row = layout.font + 2, 2.0 * (layout.font + 2)
    names = {**{kind: f"{kind} pooling" for kind in POOLINGS}, "none": "no pooling"}
    left = 4 + 9.5 * font
    room = min(420.0, layout.width - left - 4.5 * font)
    title = "Outputs that stay as they are when the image moves by one pixel"
    marks: list[Mark] = [Text("bars", 4, top + font, title, font, bold=True, fill="ink")]
    for n, (kind, name) in enumerate(names.items()):
        y, share = top + (n + 1) * row, shown.unchanged[kind]
        here = kind == shown.kind
        marks += [
            Text(f"name-{kind}", 4, y + 0.95 * font, name, font, bold=here, fill="ink"),
            Rect(f"room-{kind}", left, y, room, 1.3 * font, 3.0, fill="soft"),
            Rect(
                f"bar-{kind}",
                left,
                y,
                max(room * share, 2.0),
                1.3 * font,
                3.0,
                fill="series-0",
                opacity=1.0 if here else 0.55,
            ),
            Text(f"share-{kind}", left + room + 8, y + 0.95 * font, f"{share:.0%}", font, bold=here, fill="ink"),
        ]
    return Group("shares", tuple(marks))


def bars_height(layout: Layout) -> float:
    """Return the height of the bars in pixels."""
    return (len(POOLINGS) + 2) * 2.0 * (layout.font + 2)
