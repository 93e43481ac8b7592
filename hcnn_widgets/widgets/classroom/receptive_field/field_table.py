"""The table of the layers: kernel, stride, dilation and padding, the map, and size, jump and start of the fields."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from hcnn_widgets.widgets.classroom.plane.cells import Box, cell_group, focus_mark
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place
from hcnn_widgets.widgets.scene.word_room import caption_lines, clipped, shortened

from .field_shown import LayerFields
from .field_words import by, places_text

NAMES = ("layer", "kernel", "stride", "dilation", "padding", "map", "field", "jump", "first sees")
EDITED = {1: "kernel", 2: "stride", 3: "dilation", 4: "padding"}
"""Columns of a stack by numbers that can be changed."""
KEYS = (*"0123456789", "-", "n", "x")
"""Of a stack by numbers."""
HINT = (
    "Enter on a layer opens it. Numbers are typed, Enter adds 1, - takes 1 away; n adds a layer, x removes it. A field "
    "grows by (kernel \u2212 1) \u00d7 dilation \u00d7 jump, the jump by the stride."
)
OF_MODEL = (
    "Enter on a layer opens it. A field grows by (kernel \u2212 1) \u00d7 dilation \u00d7 jump, the jump by the stride."
)


PlaceOf = Callable[[int, int], int]


class TableTold(NamedTuple):
    """What the table shows: layers from the image up, which of them is opened, and whether numbers can be changed."""

    fields: Sequence[LayerFields]
    opened: int
    edited: bool


class TableLayout(NamedTuple):
    """Where the table stands: its top, the width of all, and the size of the small print, in pixels."""

    top: float
    width: float
    font: int

    def box(self, at: int, column: int) -> Box:
        """Return left, top, width and height of a cell."""
        first, row = 0.2 * self.width, 2.1 * self.font
        cell = (self.width - 4 - first) / (len(NAMES) - 1)
        left = 4.0 if column == 0 else first + (column - 1) * cell
        return left, self.top + 2.2 * self.font + at * row, first - 4 if column == 0 else cell, row

    def height(self, n_rows: int) -> float:
        """Return how high it is, its hint included."""
        return (2.2 + 2.1 * n_rows + 3.4) * self.font


def table_group(told: TableTold, layout: TableLayout, place_of: PlaceOf) -> Group:
    """Return the table.

    Parameters
    ----------
    told : TableTold
    layout : TableLayout
    place_of : callable
        Row and column -> the place of the scene.
    """
    font, foot = layout.font, layout.top + layout.height(len(told.fields)) - 3.4 * layout.font
    lines = caption_lines(HINT if told.edited else OF_MODEL, layout.width, caption_size(font), 2)
    return Group(
        "table",
        (
            *(_heading(layout.box(0, column), name, column, font) for column, name in enumerate(NAMES)),
            *(_row(told, at, layout, place_of) for at in range(len(told.fields))),
            *(
                Text(f"hint-{n}", 4, foot + (1.5 + 1.35 * n) * font, line, caption_size(font), fill="quiet")
                for n, line in enumerate(lines)
            ),
        ),
    )


def table_place(told: TableTold, layout: TableLayout, at: int, column: int) -> Place:
    """Return a cell of the table as a place."""
    return Place(_said(told, at, column), (focus_mark(layout.box(at, column)),))


def cells(fields: LayerFields) -> tuple[str, ...]:
    """Return the words of a row."""
    windows: tuple[str, ...] = ("\u2013",) * 4
    if fields.windows is not None:
        rows, columns = fields.windows
        pairs = ((rows.kernel, columns.kernel), (rows.stride, columns.stride), (rows.dilation, columns.dilation))
        windows = (*(str(a) if a == b else f"{a}\u00d7{b}" for a, b in pairs), str(rows.padding))
    sizes = fields.rows.size, fields.columns.size
    jumps = fields.rows.jump, fields.columns.jump
    jump = "\u2013" if None in jumps else str(jumps[0]) if jumps[0] == jumps[1] else f"{jumps[0]}\u00d7{jumps[1]}"
    field = by(*sizes) if fields.known else f"up to {by(*sizes)}"
    return fields.name, *windows, by(*fields.shape[:2]), field, jump, places_text(fields)


def _heading(box: Box, name: str, column: int, font: float) -> Text:
    x, y, width, _ = box
    words = shortened(name, width - 4, font)
    return Text(f"heading-{column}", x + width / 2, y - 0.5 * font, words, font, "middle", fill="quiet")


def _row(told: TableTold, at: int, layout: TableLayout, place_of: PlaceOf) -> Group:
    fields, opened, font = told.fields[at], at == told.opened, layout.font
    marks: list[Mark] = []
    for column, word in enumerate(cells(fields)):
        where = layout.box(at, column)
        shown = clipped(word, where[2] - 22, font) if column == 0 else word
        fill = "soft" if opened or (column in EDITED and not told.edited) else "paper"
        made = cell_group(f"cell-{column}", where, shown, font, place_of(at, column), fill=fill, bold=opened)
        # The map above is no table: the drawing is walked as a whole, and no cell of it has the focus by itself.
        marks.append(replace(made, part="", place=None))
    x, y, _, height = layout.box(at, 0)
    swatch = Rect("swatch", x + 4, y + 0.25 * height, 8, 0.5 * height, 2, fill=depth_role(at, len(told.fields)))
    return Group(f"row-{at}", (*marks, swatch))


def _said(told: TableTold, at: int, column: int) -> str:
    fields = told.fields[at]
    value = cells(fields)[column]
    if column == 0:
        return f"{value}: {'opened' if at == told.opened else 'Enter opens it'}."
    can = " It can be changed." if told.edited and column in EDITED else ""
    return f"{NAMES[column].capitalize()} of {fields.name}: {value}.{can}"
