"""The panel beside both planes: the network, its weights as a table, the point in focus, and the curve of the loss."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, focus_mark
from hcnn_widgets.widgets.classroom.plane.table import Table
from hcnn_widgets.widgets.scene.marks import Group, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.scene import Cell, Place, Scene
from hcnn_widgets.widgets.scene.word_room import shortened

from .mlp_fields import tiles
from .mlp_layout import MlpLayout, columns_of, layout_of, rows_of
from .mlp_network_marks import link_highlight, magnified, network_marks
from .mlp_planes import Middle
from .mlp_shown import MlpShown, Unit
from .mlp_words import (
    answer_text,
    curve_words,
    map_sentence,
    point_sentence,
    sentence,
    short_text,
    sum_sentence,
    weight_sentence,
)

KEYS = (*"0123456789", "-", ".", "Enter", "Backspace", *NUDGES, *"tbswanxur")
HINT = (
    "Click a link or walk to a weight, and type it; Shift and arrow keys nudge it, or move the point. Enter on a unit "
    "shows its map, on its sum puts it on an axis of the hidden space. t trains or stops, b and s go back and forth in "
    "the training, w draws new weights, n adds a point, x removes it, u undoes, r resets."
)
LEGEND = "blue: 1, above 0 \u00b7 purple: 0, below 0"
AWAITED = "The training begins. Keras is loaded for it, which takes some seconds the first time."
WIDE, NARROW, POINT_LINES = 800.0, 400.0, 2
"""From so many pixels on, words take few lines."""
CURVE = 4.5
"""Height of the curve in sizes of letters."""


def mlp_scene(shown: MlpShown, width: float, view: tuple[float, Middle], awaited: bool = False) -> Scene:
    """Draw network, weights and curve for a width in pixels, beside planes that reach so far.

    ``awaited`` says that a training has been asked for, of which nothing has come yet.
    """
    table = Table(
        "mlp",
        "Layers",
        AWAITED if awaited else sentence(shown),
        HINT,
        KEYS,
        columns_of(shown),
        width,
        said_lines=2 if width >= WIDE else 4 if width >= NARROW else 5,
        hint_lines=3 if width >= WIDE else 7,
    )
    layout, seen = layout_of(shown, table), tiles(shown, *view)
    x, y, network_width, height = layout.network
    legend = shortened(LEGEND, network_width, layout.font)
    foot = layout.box(rows_of(shown) - 1, 0)[1] + layout.row
    foot = max(foot, y + height + 1.4 * layout.font) if layout.left > network_width else foot
    curve, below = _curve(shown, layout, table, foot + 1.2 * layout.font)
    marks = (
        network_marks(shown, layout, seen),
        Text("legend", x, y + height + 1.2 * layout.font, legend, layout.font, fill="quiet"),
        *_headings(shown, table, layout),
        *(_row(shown, row, table, layout) for row in range(rows_of(shown))),
        *curve,
    )
    n_places = rows_of(shown) * table.columns
    places = [_place(shown, divmod(place, table.columns), layout, seen) for place in range(n_places)]
    return table.scene(marks, below, places, _numbers(shown))


def unit_at(shown: MlpShown, row: int) -> Unit | None:
    """Return the unit of a row; None for that of the point in focus."""
    return shown.all_units[row] if row < len(shown.all_units) else None


def weight_row(shown: MlpShown, unit: Unit, column: int) -> int | None:
    """Return which of a unit's weights is in a column, the bias being the last; None where there is none."""
    n_below = len(shown.weights[unit.layer]) - 1
    if column == columns_of(shown) - 2:
        return n_below
    return column - 1 if 1 <= column <= n_below else None


def _headings(shown: MlpShown, table: Table, layout: MlpLayout) -> list[Mark]:
    n_between = table.columns - 3
    marks: list[Mark] = []
    for layer, start in enumerate(layout.starts[:-1]):
        below = shown.names_below(layer)
        names = ("map", *below, *[""] * (n_between - len(below)), "b", "z \u2192 answer" if layout.sums else "answer")
        marks += table.headings(start, names, layout.box)
    names = ("point", "x1", "x2", "class", *[""] * (table.columns - 5), "answer")
    return [*marks, *table.headings(layout.starts[-1], names, layout.box)]


def _row(shown: MlpShown, row: int, table: Table, layout: MlpLayout) -> Group:
    """Return a row: of a unit, or of the point in focus."""
    unit = unit_at(shown, row)
    words = _point_cells(shown, table.columns) if unit is None else _unit_cells(shown, unit, table.columns, layout)
    cells = []
    for column, word in enumerate(words):
        fill = "soft" if column in (0, table.columns - 1) else "paper"
        box, bold = layout.box(row, column), column == 0 and row == shown.unit
        cell = table.cell(row, column, word or "", box, layout.font, fill=fill, bold=bold)
        # A row with fewer weights than others has cells without a frame, so that the grid can be walked.
        cells.append(cell if word is not None else Group(cell.key, (), part="gridcell", place=cell.place))
    name = "" if unit is None else shown.name_of(unit)
    return table.row(row, name, cells, layout.box(row, 0), layout.font + 1, layout.left - 2.4 * layout.font)


def _unit_cells(shown: MlpShown, unit: Unit, columns: int, layout: MlpLayout) -> list[str | None]:
    """Return the words in the cells of a unit; None where it has no weight."""
    is_chosen = unit == shown.chosen
    words: list[str | None] = ["\u25cf" if is_chosen else "\u25cb"]
    for column in range(1, columns - 1):
        row = weight_row(shown, unit, column)
        weight = 0.0 if row is None else float(shown.weights[unit.layer][row, unit.place])
        words.append(None if row is None else short_text(weight if layout.roomy else float(f"{weight:.2g}")))
    return [*words, answer_text(shown, unit, layout.sums)]


def _point_cells(shown: MlpShown, columns: int) -> list[str | None]:
    point = shown.names[shown.focus] if shown.names else f"{shown.focus + 1}/{len(shown.points)}"
    x1, x2 = (short_text(float(value)) for value in shown.points[shown.focus])
    sign = "\u2717" if shown.wrong[shown.focus] else "\u2713"
    answer = f"{sign} {int(shown.outputs[shown.focus])}"
    return [point, x1, x2, str(int(shown.targets[shown.focus])), *[None] * (columns - 5), answer]


def _place(shown: MlpShown, at: tuple[int, int], layout: MlpLayout, seen: list[Any]) -> Place:
    (row, column), mark, unit = at, focus_mark(layout.box(*at)), unit_at(shown, at[0])
    if unit is None:
        return Place(_point_place(shown, column, layout.columns), (mark,))
    if column == 0:
        return Place(map_sentence(shown, unit), (mark, *magnified(shown, row, layout, seen[row])))
    if column == layout.columns - 1:
        return Place(sum_sentence(shown, unit), (mark,))
    weight = weight_row(shown, unit, column)
    if weight is None:
        return Place(f"{shown.name_of(unit)} has no more weights.", (mark,))
    return Place(weight_sentence(shown, unit, weight), (mark, *link_highlight(shown, unit, weight, layout)))


def _point_place(shown: MlpShown, column: int, columns: int) -> str:
    name = shown.point_name(shown.focus)
    if column == 0:
        return f"Point {name}; Enter goes on to the next, Shift and an arrow key to either side."
    if column in (1, 2):
        return f"Point {name}: x{column} is {short_text(float(shown.points[shown.focus, column - 1]))}."
    if column == 3:
        return f"Point {name} is of class {int(shown.targets[shown.focus])}; Enter changes it."
    return point_sentence(shown)


def _curve(shown: MlpShown, layout: MlpLayout, table: Table, top: float) -> tuple[list[Mark], float]:
    """Return the point in focus in words, and the curve of the loss with the moment shown; and where they end."""
    font, height, width = layout.font, CURVE * layout.font, table.width - 12
    marks: list[Mark] = [*table.words("point", point_sentence(shown), top + font, POINT_LINES)]
    marks += table.words("curve", curve_words(shown), top + (1 + 1.35 * POINT_LINES) * font, 1, "quiet")
    base = top + (1.6 + 1.35 * POINT_LINES) * font + height
    if len(shown.history) < 2:
        return marks, base - height
    losses = np.array([moment.loss for moment in shown.history])
    x = 6 + width * np.arange(len(losses)) / (len(losses) - 1)
    y = base - height * losses / max(float(losses.max()), 1e-9)
    here = x[shown.at]
    marks += [
        Rect("curve-box", 6, base - height, width, height, fill="soft"),
        Path("loss", _straight(np.column_stack([x, y])), stroke="series-1", stroke_width=2.5),
        Rect("here", here - 1, base - height - 3, 2, height + 6, fill="focus"),
        Rect("here-dot", here - 4, y[shown.at] - 4, 8, 8, radius=4, fill="focus"),
    ]
    return marks, base + 0.4 * font


def _straight(corners: Any) -> Any:
    """Return straight lines from corner to corner as a path of curves."""
    steps = np.diff(corners, axis=0)
    curves = np.stack([corners[:-1] + steps / 3, corners[:-1] + 2 * steps / 3, corners[1:]], axis=1)
    return np.vstack([corners[:1], curves.reshape(-1, 2)])


def _numbers(shown: MlpShown) -> tuple[tuple[Cell, ...], ...]:
    units = shown.all_units
    answers = np.column_stack([shown.now.h[unit.layer][:, unit.place] for unit in units])
    rows = zip(shown.points.tolist(), shown.targets.tolist(), answers.tolist(), strict=True)
    return ("x1", "x2", "class", *map(shown.name_of, units)), *((*point, target, *h) for point, target, h in rows)
