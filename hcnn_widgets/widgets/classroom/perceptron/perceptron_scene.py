"""The panel beside a perceptron's plane: its weights and points as a table, every sum written out, and its ticks."""

from typing import Any, NamedTuple

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, Box, focus_mark, number_text
from hcnn_widgets.widgets.classroom.plane.table import Table
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import shortened

from .perceptron_shown import LETTERS, PerceptronShown
from .perceptron_words import formula, sentence, sum_of, sum_sentence, tally

COLUMNS = 4
"""Cells of a row: x1, x2, target and sum; of the first row w1, w2, b and the point whose turn it is."""
KEYS = (*"0123456789", "-", "Enter", *NUDGES, "s", "b", "z", "f", "n", "x", "u", "r")
HINT = (
    "In the plane, drag a point, the diamond on the line or the tip of w. In the table, arrow keys walk; with Shift "
    "they move a point or w; digits and - are typed. Enter on a sum presents its point. s steps, b goes back, z sets w "
    "and b to 0, f folds b, n adds a point, x removes it, u undoes, r resets."
)
HINT_LINES = 5
TICK = 6.0
"""Pixels from tick to tick, at least."""


class TableLayout(NamedTuple):
    """Where the table stands, in pixels: columns, the height of a row, and the room of the words."""

    lefts: tuple[float, float, float, float]
    widths: tuple[float, float, float, float]
    top: float
    row: float
    font: int

    def box(self, row: int, column: int) -> Box:
        """Return left, top, width and height of a cell; the first row stands apart from the points."""
        gap = 1.5 * self.font if row else 0.0
        return self.lefts[column], self.top + row * self.row + gap, self.widths[column], self.row


def perceptron_scene(shown: PerceptronShown, width: float, span: float) -> Scene:
    """Draw table, ticks and words for a width in pixels, beside a plane that reaches so far."""
    said = sentence(shown, span)
    table = Table("perceptron", "Perceptron", said, HINT, KEYS, COLUMNS, width, hint_lines=HINT_LINES)
    layout, rows = _layout(table), range(len(shown.points) + 1)
    foot = layout.box(rows[-1], 0)[1] + layout.row
    ticks, below = _ticks(shown, table, foot + 1.2 * layout.font)
    marks = (*_headings(shown, table, layout), *(_row(shown, row, table, layout) for row in rows), *ticks)
    places = (_place(shown, divmod(place, COLUMNS), layout) for place in range(COLUMNS * len(rows)))
    return table.scene(marks, below, places, _numbers(shown))


def _layout(table: Table) -> TableLayout:
    font = table.font
    name, number = 1.8 * font, 4.0 * font
    lefts = (name, name + number, name + 2 * number, name + 3 * number)
    widths = (number, number, number, max(60.0, table.width - 4 - lefts[3]))
    return TableLayout(lefts, widths, table.top, 2.0 * font, font)


def _headings(shown: PerceptronShown, table: Table, layout: TableLayout) -> list[Mark]:
    """Return the names above the columns of the weights, and of the points."""
    third = "w3 = b" if shown.fold else "b"
    sums = "w \u00b7 x + b = z \u2192 h(z)"
    return [
        *table.headings(0, ("w1", "w2", third, formula(shown)), layout.box, start=3),
        *table.headings(1, ("x1", "x2", "target", sums), layout.box, start=3),
    ]


def _row(shown: PerceptronShown, row: int, table: Table, layout: TableLayout) -> Group:
    """Return a row of the table: its name, and its cells."""
    words = _weight_words(shown) if row == 0 else _point_words(shown, row - 1)
    bold = row > 0 and row - 1 == shown.focus
    cells = [
        table.cell(row, column, word, layout.box(row, column), layout.font + (column < 3), **_look(column, bold))
        for column, word in enumerate(words)
    ]
    name = "w" if row == 0 else LETTERS[row - 1]
    return table.row(row, name, cells, layout.box(row, 0), layout.font + 1)


def _look(column: int, bold: bool) -> dict[str, Any]:
    """Return the look of a cell: the sum, in the last column, is read from its left edge."""
    is_sum = column == 3
    fill = "soft" if is_sum or bold else "paper"
    return {"fill": fill, "anchor": "start" if is_sum else "middle", "bold": bold and not is_sum}


def _weight_words(shown: PerceptronShown) -> tuple[str, ...]:
    return (*(number_text(float(weight)) for weight in shown.w), f"next: point {LETTERS[shown.next_point]}")


def _point_words(shown: PerceptronShown, point: int) -> tuple[str, ...]:
    sign = "\u2717" if shown.wrong[point] else "\u2713"
    x1, x2 = (number_text(float(value)) for value in shown.points[point])
    return x1, x2, str(int(shown.classes[point])), f"{sign} {sum_of(shown, point)}"


def _place(shown: PerceptronShown, at: tuple[int, int], layout: TableLayout) -> Place:
    (row, column), mark = at, focus_mark(layout.box(*at))
    if row == 0:
        names = ("w1", "w2", "the bias b")
        words = f"{names[column]} is {number_text(float(shown.w[column]))}." if column < 3 else _turn(shown)
        return Place(words[:1].upper() + words[1:] if column == 2 else words, (mark,))
    point, letter = row - 1, LETTERS[row - 1]
    if column == 3:
        return Place(sum_sentence(shown, point), (mark,))
    if column == 2:
        return Place(f"Point {letter} should give {int(shown.classes[point])}; Enter changes it.", (mark,))
    value = number_text(float(shown.points[point, column]))
    return Place(f"Point {letter}: x{column + 1} is {value}.", (mark,))


def _turn(shown: PerceptronShown) -> str:
    return f"Point {LETTERS[shown.next_point]} is next; Enter presents it."


def _ticks(shown: PerceptronShown, table: Table, top: float) -> tuple[list[Mark], float]:
    """Return a tick a presentation, long where it was a mistake, with the count above; and where they end."""
    font, height = table.font, 2.0 * table.font
    marks: list[Mark] = table.words("tally", tally(shown), top + font, 2)
    base = top + 3.2 * font + height
    room = int((table.width - 12) / TICK)
    first = max(0, min(shown.at - room // 2, len(shown.order) - room))
    for n, mistaken in enumerate(shown.mistaken[first : first + room].tolist()):
        x, seen = 6 + (n + 0.5) * TICK, first + n < shown.at
        tall, colour = (height, "series-1") if mistaken else (0.45 * height, "quiet")
        marks.append(
            Line(f"tick-{n}", x, base - tall, x, base, stroke=colour, stroke_width=3.0, opacity=1.0 if seen else 0.35)
        )
    here = 6 + (shown.at - first) * TICK
    marks.append(Rect("here", here - 1, base - height - 3, 2, height + 6, fill="focus"))
    words = "long: mistake, short: right" if shown.order else "no presentation yet: step, or press Enter on a point"
    marks.append(Text("legend", 6, base + 1.3 * font, shortened(words, table.width - 12, font), font, fill="quiet"))
    return marks, base + 1.5 * font


def _numbers(shown: PerceptronShown) -> tuple[tuple[str | float | int | None, ...], ...]:
    w1, w2, b = (float(weight) for weight in shown.w)
    rows = tuple(
        (LETTERS[n], float(x1), float(x2), int(shown.classes[n]), w1, w2, b, float(shown.z[n]), int(shown.outputs[n]))
        for n, (x1, x2) in enumerate(shown.points)
    )
    return ("point", "x1", "x2", "target", "w1", "w2", "b", "z", "output"), *rows
