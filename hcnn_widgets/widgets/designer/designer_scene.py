"""GoalDrivenDesigner as a scene: three columns of choices, and below them run, plot and list."""

import math

from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.sweep_scene import sweep_scene
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.shifted import shifted
from hcnn_widgets.widgets.scene.word_room import BOLD, shortened, text_width, wrapped

from .column_marks import column_marks
from .layout import Layout, layout_of
from .outcome_marks import runs_marks, shown_runs, under_way_marks
from .places import At, places_of, rows_one_below_the_other
from .told import HEADS, KINDS, Told, title_of
from .words import card_sentence, foot_lines, run_card, run_sentence, runs_table, sentence_of

COMPARE, BUILD = "c", "b"
"""Keys: compare with the run that is marked; build what is chosen."""
SCORE = "best"
LEAST_BESIDE = 220.0
"""Pixels: in less, why choices do not fit stands below what is chosen."""


def designer_scene(told: Told, width: float, height: float | None = None) -> Scene:
    """Draw a designer for a width and, where it is given, within a height, in pixels."""
    layout = layout_of({kind: len(told.cards[kind]) for kind in KINDS}, width, height)
    places, columns = places_of(told)
    first = {place: index for index, place in reversed(list(enumerate(places)))}
    sentence = sentence_of(told)
    plot = _plot(told, layout)
    numbers = {row.number: index for index, row in enumerate(told.rows)}
    rows = _in_plot(told)
    return Scene(
        name="designer",
        title=f"Goal-driven designer: architecture, goal, learning rule, and {told.brain}",
        label=f"{sentence} Arrow keys walk the cards, Enter chooses, b builds.",
        width=width,
        height=layout.height,
        marks=(
            Group("columns", tuple(column_marks(told, layout, first))),
            Group("foot", tuple(_foot(told, layout))),
            under_way_marks(told, layout),
            Group(
                "plot",
                shifted(plot.marks, *layout.parts[1][:2], lambda place: first[At("run", numbers[rows[place].number])]),
            ),
            runs_marks(told, layout, first),
        ),
        places=tuple(_place(told, layout, at, plot, rows) for at in places),
        columns=columns,
        walked=rows_one_below_the_other(told, first) if layout.stacked else (),
        keys=("Enter", COMPARE, BUILD),
        numbers=runs_table(told),
        said=sentence,
    )


def _in_plot(told: Told) -> list[SweepRow]:
    """Return the runs with a dot, in the order of the plot's places."""
    return sorted(told.sweep.scored, key=lambda row: row.accuracy)


def _plot(told: Told, layout: Layout) -> Scene:
    _, _, width, height = layout.parts[1]
    return sweep_scene(told.sweep, *told.related, width, SCORE, height, told.way)


def _foot(told: Told, layout: Layout) -> list[Mark]:
    """Return what is chosen, and why it does not fit: in full beside it or below it, or cut."""
    font, (said, refusal) = layout.font, foot_lines(told)
    chosen = wrapped(said, layout.width / BOLD, font + 1)
    marks: list[Mark] = [
        Text(f"chosen-{n}", 1, layout.foot + (1 + 1.25 * n) * (font + 1), line, font + 1, bold=True, fill="ink")
        for n, line in enumerate(chosen)
    ]
    if not refusal:
        return marks
    after = text_width(said, font + 1, bold=True) + 14
    is_beside = layout.width - after > LEAST_BESIDE
    left, first = (after, 0.0) if is_beside else (1.0, 1.25 * len(chosen) * (font + 1))
    lines, n_lines = wrapped(refusal, layout.width - left, font), 2 if is_beside else 3
    if len(lines) > n_lines:
        lines = [*lines[: n_lines - 1], shortened(" ".join(lines[n_lines - 1 :]), layout.width - left, font)]
    whole = refusal if " ".join(lines) != refusal else ""
    return [
        *marks,
        *(
            Text(f"why-{n}", left, layout.foot + first + (1 + 1.3 * n) * font, line, font, fill="series-3", whole=whole)
            for n, line in enumerate(lines)
        ),
    ]


def _place(told: Told, layout: Layout, at: At, plot: Scene, rows: list[SweepRow]) -> Place:
    if at.kind == "run":
        return _run_place(told, layout, told.rows[at.number], plot, rows)
    card = told.cards[at.kind][at.number]
    x, y, width, height = box = layout.card_box(at.kind, at.number)
    refusal = told.refusal(at.kind, card.name)
    return Place(
        card_sentence(told, at.kind, card),
        (Rect("ring", x - 1, y - 1, box[2] + 2, box[3] + 2, radius=5, stroke="focus", stroke_width=2.5),),
        title=card.name,
        badge=HEADS[at.kind].lower(),
        note=f"{card.line} {'Does not fit: ' + refusal if refusal else ''}".strip(),
        beside=(x, x + width, y + height / 2),
    )


def _run_place(told: Told, layout: Layout, row: SweepRow, plot: Scene, rows: list[SweepRow]) -> Place:
    """Return a run: marked in the list and in the plot at once."""
    marks: list[Mark] = []
    left, top = layout.parts[1][:2]
    beside = (left, left + 10, top + 20)
    for _, listed, (x, y, width, height) in shown_runs(told, layout):
        if listed.number == row.number:
            marks.append(Rect("ring", x, y, width, height, radius=3, stroke="focus", stroke_width=2.5))
            beside = (x, x + width, y + height / 2)
    if not row.error and math.isfinite(row.accuracy):
        dot = plot.places[[each.number for each in rows].index(row.number)]
        marks.append(Group("dot", shifted(dot.marks, left, top)))
    return Place(run_sentence(told, row), tuple(marks), title=title_of(row), rows=run_card(row), beside=beside)
