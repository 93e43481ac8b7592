"""The table of the layers: kernel, stride, dilation and padding, the map, and size, jump and start of the fields."""

from collections.abc import Sequence
from typing import NamedTuple

from hcnn_widgets.widgets.classroom.plane.cells import Box, cell_group, focus_mark
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, clipped, font_size, shortened

from .field_shown import LayerFields
from .field_words import by, places_text

NAMES = ("layer", "kernel", "stride", "dilation", "padding", "map", "field", "jump", "first sees")
EDITED = {1: "kernel", 2: "stride", 3: "dilation", 4: "padding"}
"""Columns of a stack by numbers that can be changed."""
KEYS = ("Enter", *"0123456789", "-", "n", "x", "u", "r")
HINT = (
    "Enter on a layer opens it. Numbers are typed, Enter adds 1, - takes 1 away; n adds a layer, x removes it. A field "
    "grows by (kernel \u2212 1) \u00d7 dilation \u00d7 jump, the jump by the stride."
)
OF_MODEL = (
    "Enter on a layer opens it. A field grows by (kernel \u2212 1) \u00d7 dilation \u00d7 jump, the jump by the stride."
)


class TableTold(NamedTuple):
    """What the table shows: layers from the image up, which of them is opened, and whether numbers can be changed."""

    fields: Sequence[LayerFields]
    opened: int
    edited: bool


def table_scene(told: TableTold, width: float) -> Scene:
    """Draw the table for a width in pixels."""
    font, n_rows = font_size(width), len(told.fields)
    top, row = 2.2 * font, 2.1 * font
    first = 0.2 * width
    cell = (width - 4 - first) / (len(NAMES) - 1)

    def box(at: int, column: int) -> Box:
        left = 4.0 if column == 0 else first + (column - 1) * cell
        return left, top + at * row, (first - 4) if column == 0 else cell, row

    hint = HINT if told.edited else OF_MODEL
    lines = caption_lines(hint, width, caption_size(font), 2)
    foot = top + n_rows * row
    marks: tuple[Mark, ...] = (
        *(_heading(box(0, column), name, column, font) for column, name in enumerate(NAMES)),
        *(_row(told, at, box, font) for at in range(n_rows)),
        *(
            Text(f"hint-{n}", 4, foot + (1.5 + 1.35 * n) * font, line, caption_size(font), fill="quiet")
            for n, line in enumerate(lines)
        ),
    )
    places = tuple(
        Place(_said(told, at, column), (focus_mark(box(at, column)),))
        for at in range(n_rows)
        for column in range(len(NAMES))
    )
    return Scene(
        name="field-layers",
        title="Layers",
        label=f"The layers, from the image up. {hint}",
        width=width,
        height=foot + 3.4 * font,
        marks=marks,
        places=places,
        columns=len(NAMES),
        keys=KEYS if told.edited else ("Enter", "u", "r"),
        numbers=(NAMES, *(cells(fields) for fields in told.fields)),
    )


def cells(fields: LayerFields) -> tuple[str, ...]:
    """Return the words of a row."""
    windows = ("\u2013",) * 4
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


def _row(told: TableTold, at: int, box: object, font: float) -> Group:
    fields, opened = told.fields[at], at == told.opened
    marks: list[Mark] = []
    for column, word in enumerate(cells(fields)):
        place = at * len(NAMES) + column
        where: Box = box(at, column)  # type: ignore[operator]
        shown = clipped(word, where[2] - 22, font) if column == 0 else word
        fill = "soft" if opened or (column in EDITED and not told.edited) else "paper"
        marks.append(cell_group(f"cell-{column}", where, shown, font, place, fill=fill, bold=opened))
    x, y, _, height = box(at, 0)  # type: ignore[operator]
    swatch = Rect("swatch", x + 4, y + 0.25 * height, 8, 0.5 * height, 2, fill=depth_role(at, len(told.fields)))
    return Group(f"row-{at}", (*marks, swatch), part="row")


def _said(told: TableTold, at: int, column: int) -> str:
    fields = told.fields[at]
    value = cells(fields)[column]
    if column == 0:
        return f"{value}: {'opened' if at == told.opened else 'Enter opens it'}."
    can = " It can be changed." if told.edited and column in EDITED else ""
    return f"{NAMES[column].capitalize()} of {fields.name}: {value}.{can}"
