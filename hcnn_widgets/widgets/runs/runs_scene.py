"""A table of runs as a scene: headers that sort, and rows that can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.widgets.panel.words import duration, plural
from hcnn_widgets.widgets.scene.captions import caption_height, caption_marks, caption_size, caption_width
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import DASH, score_text, shortened, wrapped

from .run_choices import NAME, differing
from .run_row import BrainScore, RunRow
from .runs_layout import Column, RunsLayout, columns_of, ordered, runs_layout, seed_words, state_words

FOLD = {True: "\u25be", False: "\u25b4"}
"""Mark of the column that is sorted by: downwards, upwards."""
KEYS = ("Enter", " ")
NO_RUNS = "No training yet: a row appears for each run."
MOST_SHOWN = 30


@dataclass(frozen=True)
class Sorting:
    """Column that a table is sorted by, and whether the largest come first."""

    column: str = "Run"
    downwards: bool = True


def runs_scene(
    rows: Sequence[RunRow],
    columns: list[Column],
    sorting: Sorting,
    selected: int | None,
    width: float,
    most_height: float | None = None,
) -> Scene:
    """Draw a table of runs for a width in pixels; within a height, first the words below go and then the last rows.

    Parameters
    ----------
    rows : sequence of RunRow
        In the order in which the runs began.
    columns : list of Column
        Those that are shown.
    sorting : Sorting
    selected : int or None
        Number of the row that is chosen.
    width : float
    most_height : float, optional
    """
    layout, shown = runs_layout(rows, columns, width), in_order(rows, sorting)[:MOST_SHOWN]
    lines = [line for part in captions(rows) for line in wrapped(part, caption_width(width), caption_size(layout.font))]
    if most_height is not None and _height(len(shown), lines, layout) > most_height:
        lines, shown = [], shown[: max(1, int(most_height / layout.row_height - 1.5))]
    foot = layout.row_height * (len(shown) + 1)
    body = [_row(row, n, layout, row.number == selected, width) for n, row in enumerate(shown)]
    heads = tuple(_head(column, n, layout, sorting) for n, column in enumerate(layout.columns))
    top = foot + 1.6 * layout.font
    return Scene(
        name="runs",
        title="Runs",
        label=sentence_of(rows, sorting),
        width=width,
        height=_height(len(shown), lines, layout),
        marks=(
            Group("heads", heads, part="row"),
            *body,
            Line("foot", 0, foot, width, foot, stroke="border"),
            caption_marks(lines, top, layout.font),
        ),
        places=(
            *(_head_place(column, n, layout, sorting) for n, column in enumerate(layout.columns)),
            *(
                _place(row, column, n, m, layout)
                for n, row in enumerate(shown)
                for m, column in enumerate(layout.columns)
            ),
        ),
        columns=len(layout.columns),
        keys=KEYS,
        numbers=runs_table(rows),
    )


def _height(n_rows: int, lines: Sequence[str], layout: RunsLayout) -> float:
    words = 1.6 * layout.font + caption_height(lines, layout.font) if lines else 0.0
    return layout.row_height * (n_rows + 1) + words + 4


def in_order(rows: Sequence[RunRow], sorting: Sorting) -> list[RunRow]:
    """Return rows as they are shown."""
    column = next((column for column in columns_of(rows) if column.name == sorting.column), None)
    return list(rows) if column is None else ordered(rows, column, sorting.downwards)


def at_place(
    rows: Sequence[RunRow], columns: list[Column], sorting: Sorting, place: int
) -> tuple[Column | None, RunRow | None]:
    """Return the column of a header, or the row of a cell, that stands at a place."""
    line, number = divmod(place, len(columns))
    if line == 0:
        return columns[number], None
    shown = in_order(rows, sorting)[:MOST_SHOWN]
    return None, shown[line - 1] if line <= len(shown) else None


def _head(column: Column, number: int, layout: RunsLayout, sorting: Sorting) -> Group:
    left, width, font = layout.lefts[number], layout.widths[number], layout.font
    mark = f" {FOLD[sorting.downwards]}" if column.name == sorting.column else ""
    words = shortened(column.name, width - 16 - (font if mark else 0), font, bold=True) + mark
    box = Rect("box", left, 0, width, layout.row_height, fill="soft", place=number)
    text = _text(words, left, width, 0, layout, column, bold=True)
    return Group(f"head-{number}", (box, text), part="columnheader", place=number)


def _row(row: RunRow, line: int, layout: RunsLayout, chosen: bool, width: float) -> Group:
    top = layout.row_height * (line + 1)
    cells = tuple(_cell(row, column, line, n, layout, chosen) for n, column in enumerate(layout.columns))
    marks: tuple[Mark, ...] = (Line("rule", 0, top, width, top, stroke="border"),)
    bar = (Rect("chosen", 0, top + 2, 4, layout.row_height - 4, radius=2, fill="focus"),) if chosen else ()
    return Group(f"row-{row.number}", (*cells, *marks, *bar), part="row")


def _cell(row: RunRow, column: Column, line: int, number: int, layout: RunsLayout, chosen: bool) -> Group:
    top = layout.row_height * (line + 1)
    left, width = layout.lefts[number], layout.widths[number]
    place = (line + 1) * len(layout.columns) + number
    whole = column.words(row)
    words = shortened(whole, width - 16, layout.font)
    box = Rect("box", left, top, width, layout.row_height, fill="soft" if chosen else "paper", place=place)
    text = _text(
        words, left, width, top, layout, column, bold=chosen and number == 0, whole=whole if words != whole else ""
    )
    return Group(f"cell-{number}", (box, text), part="rowheader" if number == 0 else "gridcell", place=place)


def _text(
    words: str, left: float, width: float, top: float, layout: RunsLayout, column: Column, bold: bool, whole: str = ""
) -> Text:
    x, anchor = (left + width - 8, "end") if column.numeric else (left + 10, "start")
    y = top + layout.row_height / 2 + 0.35 * layout.font
    return Text("words", x, y, words, layout.font, anchor, bold, whole=whole, fill="text")


def _head_place(column: Column, number: int, layout: RunsLayout, sorting: Sorting) -> Place:
    sorted_by = column.name == sorting.column
    now = f", sorted {_way(sorting.downwards)}" if sorted_by else ""
    turns = not sorting.downwards if sorted_by else column.best_first
    ring = Rect(
        "ring",
        layout.lefts[number] + 1,
        1,
        layout.widths[number] - 2,
        layout.row_height - 2,
        stroke="focus",
        stroke_width=2.0,
    )
    return Place(f"Column {column.name}{now}. Enter sorts it {_way(turns)}.", (ring,))


def _way(downwards: bool) -> str:
    return "downwards" if downwards else "upwards"


def _place(row: RunRow, column: Column, line: int, number: int, layout: RunsLayout) -> Place:
    left, width, top = layout.lefts[number], layout.widths[number], layout.row_height * (line + 1)
    ring = Rect("ring", left + 1, top + 1, width - 2, layout.row_height - 2, stroke="focus", stroke_width=2.0)
    said = column.words(row)
    sentence = f"{row.title}, {column.name}: {'not known' if said == DASH else said}."
    return Place(
        sentence,
        (ring,),
        title=row.title,
        rows=tuple(_card(row)),
        note="Enter chooses this run",
        beside=(left, left + width, top + layout.row_height / 2),
    )


def _card(row: RunRow) -> list[CardRow]:
    cards = [CardRow("state", f"{state_words(row)}, step {row.steps_done:,} of {row.n_steps:,}")]
    if row.quantity is not None and row.score is not None:
        cards.append(
            CardRow(f"{'held-out' if row.held_out else 'training'} {row.quantity.name}", row.score_words, strong=True)
        )
    cards += [
        CardRow(f"{score.brain} r{' (simulated)' if score.simulated else ''}", brain_words(score))
        for score in row.brains
    ]
    return [*cards, CardRow("seed", seed_words(row)), CardRow("training time", duration(row.elapsed_s))]


def brain_words(score: BrainScore) -> str:
    """Return a score with what it is held against: "0.47 of model V4, untrained 0.36, ceiling 0.76, 640 images"."""
    said = [f"{score_text(score.value)} of model {score.model_area}"]
    said += [] if score.untrained is None else [f"untrained {score_text(score.untrained)}"]
    said += [] if score.ceiling is None else [f"ceiling {score_text(score.ceiling)}"]
    return ", ".join([*said, f"{score.n_stimuli:,} images"])


def captions(rows: Sequence[RunRow]) -> list[str]:
    """Return what is to be said of the numbers."""
    if not rows:
        return [NO_RUNS]
    said = []
    if any(row.score is not None for row in rows):
        held = {row.held_out for row in rows if row.score is not None}
        where = (
            "held-out images"
            if held == {True}
            else "training images"
            if held == {False}
            else "held-out images where there are any"
        )
        said.append(f"Score of the goal: newest, on {where}.")
    scores = [score for row in rows for score in row.brains]
    if scores:
        said.append("r: Pearson correlation with the recordings, of the model area that predicts the brain area best.")
        simulated = dict.fromkeys(score.brain for score in scores if score.simulated)
        said += [f"Simulated recordings: {', '.join(simulated)}."] if simulated else []
        counts = sorted({score.n_stimuli for score in scores})
        if len(counts) > 1:
            said.append(f"Scores on {counts[0]:,} to {counts[-1]:,} images: compare those of equal numbers alone.")
    hidden = len(rows) - MOST_SHOWN
    return [" ".join(said), *([f"{plural(hidden, 'more run')} in the saved numbers."] if hidden > 0 else [])]


def sentence_of(rows: Sequence[RunRow], sorting: Sorting) -> str:
    """Return a sentence on the whole table."""
    if not rows:
        return NO_RUNS
    best = [row for row in rows if row.score is not None]
    names = {row.quantity.name for row in best if row.quantity is not None}
    said = f"{plural(len(rows), 'run')}, sorted by {sorting.column} {_way(sorting.downwards)}."
    if best and len(names) == 1:
        higher = all(row.quantity.higher_is_better for row in best if row.quantity is not None)
        first = sorted(best, key=lambda row: row.score or 0.0, reverse=higher)[0]
        said += f" Best {names.pop()}: {first.score_words}, {first.title}."
    return f"{said} Arrow keys walk the cells, Enter on a header sorts."


def runs_table(rows: Sequence[RunRow]) -> tuple[tuple[Any, ...], ...]:
    """Return the runs as numbers for a CSV, a row each, with the choices in which they differ."""
    brains = list(dict.fromkeys(score.brain for row in rows for score in row.brains))
    words = list(dict.fromkeys([NAME, *differing([row.choices for row in rows])])) if rows else []
    of_brain = [
        f"{brain} {what}"
        for brain in brains
        for what in ("r", "model area", "untrained", "ceiling", "images", "simulated")
    ]
    header = (
        "run",
        "title",
        "state",
        "steps",
        "seed",
        "model seed",
        "seconds",
        "score name",
        "score",
        "held-out",
        *of_brain,
        *words,
    )
    return (header, *(_numbers(row, brains, words) for row in rows))


def _numbers(row: RunRow, brains: Sequence[str], words: Sequence[str]) -> tuple[Any, ...]:
    name = "" if row.quantity is None else row.quantity.name
    cells: list[Any] = [
        row.number,
        row.title,
        row.state,
        row.steps_done,
        row.seed,
        row.model_seed,
        row.elapsed_s,
        name,
        row.score,
    ]
    cells.append(int(row.held_out))
    for brain in brains:
        score = row.brain(brain)
        cells += (
            [None] * 6
            if score is None
            else [score.value, score.model_area, score.untrained, score.ceiling, score.n_stimuli, int(score.simulated)]
        )
    plain = [row.choices.get(word) for word in words]
    return (*cells, *(cell if cell is None or isinstance(cell, (int, float, str)) else str(cell) for cell in plain))
