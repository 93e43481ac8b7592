"""The panel beside a gate's plane: its lines, its truth table, and all 16 gates to choose from."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.classroom.gates import CORNERS, GATES
from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, Box, focus_mark, number_text
from hcnn_widgets.widgets.classroom.plane.table import Table
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import shortened

from .gate_shown import GateShown
from .gate_words import corner_sentence, gate_sentence, gates_separable, line_sentence, sentence

COLUMNS = 4
"""Cells of a row: w1, w2, b and "turn" of a line; target, h1, h2 and answer of a corner; four gates."""
NAMES = tuple(GATES)
KEYS = (*"0123456789", "-", "Enter", *NUDGES, "l", "c", "t", "u", "r")
HINT = (
    "In the plane, drag the diamonds. In the table, arrow keys walk; with Shift they move a line; digits and - are "
    "typed; Enter changes a target or chooses a gate. t takes the best line, l adds a second one, c changes how they "
    "are combined, u undoes, r resets."
)
SUM_LINES, HINT_LINES = 3, 4


class GateLayout(NamedTuple):
    """Where the table stands, in pixels."""

    left: float
    cell: float
    top: float
    row: float
    font: int
    n_lines: int

    def box(self, row: int, column: int) -> Box:
        """Return left, top, width and height of a cell; lines, corners and gates stand apart."""
        gap, corners, gates = 1.5 * self.font, self.n_lines, self.n_lines + 4
        apart = gap * (row >= corners) + (gap + (SUM_LINES + 0.4) * 1.35 * self.font) * (row >= gates)
        height = self.row if row < gates else 1.5 * self.row
        y = self.top + min(row, gates) * self.row + max(0, row - gates) * 1.5 * self.row + apart
        return self.left + column * self.cell, y, self.cell, height


def gate_scene(shown: GateShown, width: float) -> Scene:
    """Draw lines, truth table and gates for a width in pixels."""
    table = Table("gate", "Gates", sentence(shown), HINT, KEYS, COLUMNS, width, hint_lines=HINT_LINES)
    layout = _layout(shown, table)
    n_rows = len(shown.lines) + 8
    sums = layout.box(len(shown.lines) + 3, 0)[1] + layout.row + 1.4 * layout.font
    marks = (
        *_headings(shown, table, layout),
        *(_row(shown, row, table, layout) for row in range(n_rows)),
        *table.words("sum", corner_sentence(shown, shown.focus), sums, SUM_LINES),
    )
    places = (_place(shown, divmod(place, COLUMNS), layout) for place in range(COLUMNS * n_rows))
    return table.scene(marks, sum(layout.box(n_rows - 1, 0)[1::2]), places, _numbers(shown))


def _layout(shown: GateShown, table: Table) -> GateLayout:
    font = table.font
    left = 4.0 * font
    return GateLayout(left, (table.width - 4 - left) / COLUMNS, table.top, 2.0 * font, font, len(shown.lines))


def _headings(shown: GateShown, table: Table, layout: GateLayout) -> list[Mark]:
    combined, n_lines = f"h1 {shown.combine} h2" if shown.two else "answer", len(shown.lines)
    answers = ("target", "h1" if shown.two else "h", "h2", combined)
    gallery = shortened(gates_separable(), table.width - 8, layout.font)
    return [
        *table.headings(0, ("w1", "w2", "b", "sides"), layout.box),
        *table.headings(n_lines, answers, layout.box),
        Text("heading-gates", 4, layout.box(n_lines + 4, 0)[1] - 5, gallery, layout.font, fill="quiet"),
    ]


def _row(shown: GateShown, row: int, table: Table, layout: GateLayout) -> Group:
    """Return a row: of a line, of a corner or of four gates."""
    n_lines = len(shown.lines)
    if row >= n_lines + 4:
        first = (row - n_lines - 4) * COLUMNS
        gates = tuple(_gate(shown, first + n, layout.box(row, n), row * COLUMNS + n, layout) for n in range(COLUMNS))
        return Group(f"row-{row}", gates, part="row")
    is_line = row < n_lines
    words = _line_words(shown, row) if is_line else _corner_words(shown, row - n_lines)
    bold = not is_line and row - n_lines == shown.focus
    fills = ["soft" if bold or (column > 0 and not is_line) else "paper" for column in range(COLUMNS)]
    cells = [
        table.cell(row, column, word, layout.box(row, column), layout.font + 1, fill=fills[column], bold=bold)
        for column, word in enumerate(words)
    ]
    return table.row(row, _row_name(shown, row), cells, layout.box(row, 0), layout.font)


def _row_name(shown: GateShown, row: int) -> str:
    n_lines = len(shown.lines)
    if row >= n_lines:
        return "x = " + "".join(map(str, CORNERS[row - n_lines]))
    return f"line {row + 1}" if shown.two else "line"


def _line_words(shown: GateShown, line: int) -> tuple[str, ...]:
    return *(number_text(float(weight)) for weight in shown.lines[line]), "turn"


def _corner_words(shown: GateShown, corner: int) -> tuple[str, ...]:
    sums = [
        f"{number_text(float(z))} \u2192 {int(h)}" for z, h in zip(shown.z[corner], shown.hidden[corner], strict=True)
    ]
    sign = "\u2713" if shown.right[corner] else "\u2717"
    return (
        str(shown.outputs[corner]),
        *sums,
        *([] if shown.two else ["\u2013"]),
        f"{int(shown.answers[corner])} {sign}",
    )


def _gate(shown: GateShown, number: int, box: Box, place: int, layout: GateLayout) -> Group:
    """Return a gate of the gallery: its four corners as a plane has them, its name, and the best that a line gets."""
    (x, y, width, height), gate = box, GATES[NAMES[number]]
    chosen = NAMES[number] == shown.name
    side = (height - 12) / 2
    marks: list[Mark] = [
        Rect(
            "box",
            *box,
            fill="soft" if chosen else "paper",
            stroke="focus" if chosen else "border",
            stroke_width=2.0 if chosen else 1.0,
            place=place,
        )
    ]
    for (x1, x2), output in zip(CORNERS, gate.outputs, strict=True):
        fill = "series-0" if output else "paper"
        spot = (x + 5 + x1 * (side + 2), y + 5 + (1 - x2) * (side + 2), side, side)
        marks.append(Rect(f"corner-{x1}{x2}", *spot, fill=fill, stroke="quiet", place=place))
    left, room, size = x + 2 * side + 12, width - 2 * side - 16, layout.font - 1
    lines = [
        NAMES[number].replace("NOT ", "\u00ac").replace("AND", "\u2227").replace("OR", "\u2228")
        if " " in NAMES[number]
        else NAMES[number]
    ]
    if not gate.separable:
        lines.append(f"{gate.n_right} of 4")
    marks += [
        Text(
            f"name-{n}",
            left,
            y + (height / 2 + 0.35 * size) + (n - (len(lines) - 1) / 2) * 1.3 * size,
            shortened(line, room, size),
            size,
            bold=chosen,
            whole=NAMES[number] if shortened(line, room, size) != line else "",
            fill="ink",
            place=place,
        )
        for n, line in enumerate(lines)
    ]
    return Group(f"gate-{number}", tuple(marks), part="gridcell", place=place)


def _place(shown: GateShown, at: tuple[int, int], layout: GateLayout) -> Place:
    (row, column), mark, n_lines = at, focus_mark(layout.box(*at)), len(shown.lines)
    if row < n_lines:
        return Place(line_sentence(shown, row, column), (mark,))
    if row >= n_lines + 4:
        return Place(gate_sentence(shown, NAMES[(row - n_lines - 4) * COLUMNS + column]), (mark,))
    corner = row - n_lines
    if column == 0:
        x1, x2 = CORNERS[corner]
        return Place(f"Target at ({x1}, {x2}): {shown.outputs[corner]}. Enter changes it.", (mark,))
    if column == 2 and not shown.two:
        return Place("There is no second line; Enter adds it.", (mark,))
    return Place(corner_sentence(shown, corner), (mark,))


def _numbers(shown: GateShown) -> tuple[tuple[str | float | int | None, ...], ...]:
    hidden = np.column_stack([shown.hidden, np.full(4, np.nan)]) if not shown.two else shown.hidden
    rows = zip(CORNERS, shown.outputs, hidden.tolist(), shown.answers.tolist(), strict=True)
    return ("x1", "x2", "target", "h1", "h2", "answer"), *(
        (*corner, target, *h, answer) for corner, target, h, answer in rows
    )
