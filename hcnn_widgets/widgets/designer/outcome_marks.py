"""What came of the choices: what is under way and what a change did, and the list of runs."""

from dataclasses import replace
from typing import Any

import numpy as np

from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.marks import Group, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.word_room import BOLD, clipped, score_text, shortened, wrapped

from .layout import Box, Layout
from .places import At
from .told import Curve, Told, title_of
from .words import change_lines, run_line

NO_RUN = "Build trains a small network of what is chosen above, and puts its dot into the plot."
ONE_RUN = "Change one choice and build again: here stands what the change did."
LINE = 1.2
"""Height of a line of print in the list of runs, in sizes of the font."""
LEAST_OF_CURVE, MOST_OF_CURVE = 2.5, 8.0
"""Height of the curve in lines of text."""


def under_way_marks(told: Told, layout: Layout) -> Group:
    """Return what is being built with its score, and below it what the last change did."""
    left, top, width, height = layout.parts[0]
    font = layout.font
    marks: list[Mark] = []
    y = top + 1.1 * font
    if told.now.words:
        marks += [
            Text("stage", left, y, shortened(told.now.words, width, font), font, fill="text", whole=told.now.words),
            Rect("track", left, y + 0.5 * font, width, 6, radius=3, fill="muted"),
            Rect("bar", left, y + 0.5 * font, max(3.0, told.now.share * width), 6, radius=3, fill="focus"),
        ]
        y += 2.4 * font
    if told.now.moment:
        now = told.now.moment
        marks.append(Text("moment", left, y, shortened(now, width, font), font, fill="text", whole=now))
        y += 1.5 * font
    lines = change_lines(told) or [ONE_RUN if told.rows else NO_RUN]
    said = _said(lines, (left, y, width, top + height - y), font)
    if told.now.curve is None:
        return Group("now", (*marks, *said))
    room = top + height - y - 1.3 * font * len(said) - 3.6 * font
    high = min(MOST_OF_CURVE * font, room)
    if high > LEAST_OF_CURVE * font:
        marks += _curves(told.now.curve, told.ghost, (left, y, width, high), font)
        said = _said(lines, (left, y + high + 2.4 * font, width, top + height - y - high - 2.4 * font), font)
    return Group("now", (*marks, *said))


def _said(lines: list[str], box: Box, font: float) -> list[Mark]:
    """Return lines as far as there is room; the first, if others follow, larger."""
    left, y, width, room = box
    broken = [
        (line, n == 0 and len(lines) > 1) for n, each in enumerate(lines) for line in wrapped(each, 0.95 * width, font)
    ]
    fitting = broken[: max(1, int(room / (1.3 * font)))]
    return [
        Text(
            f"change-{n}",
            left,
            y + (n + 0.2) * 1.3 * font,
            line,
            font + (1 if first else 0),
            bold=first,
            fill="ink" if first else "text",
        )
        for n, (line, first) in enumerate(fitting)
    ]


def _curves(curve: Curve, ghost: Curve | None, box: Box, font: float) -> list[Mark]:
    """Return a score over the training, and that of the run compared with, thin, where it is the same quantity."""
    left, top, width, height = box
    others = [] if ghost is None or ghost.name != curve.name else [ghost]
    values = [value for each in (curve, *others) for value in each.values]
    small = caption_size(font)
    foot = top + height + 1.05 * small
    marks: list[Mark] = [
        Rect("plot", left, top, width, height, radius=2, fill="soft"),
        Text("curve-name", left + 4, foot, shortened(curve.name, width - 4.5 * small, small), small, fill="quiet"),
    ]
    if not values:
        return marks
    low, high = min([*values, 0.0]), max([*values, low_top(values)])
    last = max(each.epochs[-1] for each in (curve, *others) if each.epochs)

    def through(each: Curve, key: str, **look: Any) -> Path:
        x = left + width * np.asarray(each.epochs) / max(last, 1e-9)
        y = top + height * (high - np.asarray(each.values)) / max(high - low, 1e-9)
        return Path(key, _straight(np.stack([x, y], axis=1)), **look)

    marks += [through(each, "ghost", stroke="quiet", stroke_width=1.0, dash=(3, 2)) for each in others]
    marks.append(through(curve, "curve", stroke="series-1", stroke_width=2.0))
    newest = score_text(curve.values[-1])
    return [*marks, Text("newest", left + width - 4, foot, newest, small, "end", fill="text")]


def low_top(values: list[float]) -> float:
    """Return the least upper end of an axis, so that a flat curve does not fill it.

    Examples
    --------
    >>> low_top([0.1]), low_top([0.5])
    (0.2, 0.6)
    """
    return round(max(values) + 0.1, 6)


def _straight(corners: Any) -> Any:
    """Return straight lines through points, (n, 2), as the curves of a path."""
    if len(corners) == 1:
        corners = np.vstack([corners, corners + np.array([0.5, 0.0])])
    steps = np.diff(corners, axis=0)[:, None] * np.array([1 / 3, 2 / 3, 1.0])[:, None]
    return np.vstack([corners[:1], (corners[:-1, None] + steps).reshape(-1, 2)])


def shown_runs(told: Told, layout: Layout) -> list[tuple[int, SweepRow, Box]]:
    """Return the runs that the list has room for, the newest at the top, each with its place among the rows and box."""
    left, top, width, height = layout.parts[2]
    y, foot = top + 1.6 * layout.font, top + height
    shown: list[tuple[int, SweepRow, Box]] = []
    for number, row in reversed(list(enumerate(told.rows))):
        high = LINE * layout.font * len(_run_lines(told, row, width, layout.font)) + 6
        if shown and y + high > foot:
            break
        shown.append((number, row, (left, y, width, high - 3)))
        y += high
    return shown


def runs_marks(told: Told, layout: Layout, first: dict[At, int]) -> Group:
    """Return the list of runs."""
    left, top, _, _ = layout.parts[2]
    font = layout.font
    listed = shown_runs(told, layout)
    more = f", the newest {len(listed)} of {len(told.rows)}" if len(listed) < len(told.rows) else ""
    head = Text("head", left, top + 1.1 * font, f"Runs{more}", font + 1, bold=True, fill="ink")
    return Group("runs", (head, *(_run(told, row, box, font, first[At("run", n)]) for n, row, box in listed)))


def _run_lines(told: Told, row: SweepRow, width: float, font: float) -> list[Text]:
    """Return what is said of a run, line by line: its title, in two where it needs them, and its numbers."""
    title, line, room = title_of(row), run_line(row), width - 18
    chosen = row.number == told.selected
    names = wrapped(title, room / (BOLD if chosen else 1.0), font)
    names = names if len(names) < 2 else [names[0], " ".join(names[1:])]
    cut = [clipped(name, room, font, bold=chosen) for name in names]  # names of runs differ at their end
    whole = "" if cut == names else title
    said = [Text(f"title-{n}", 0, 0, name, font, fill="ink", whole=whole, bold=chosen) for n, name in enumerate(cut)]
    numbers = Text("line", 0, 0, shortened(line, room, font), font, fill="series-3" if row.error else "text")
    said.append(replace(numbers, whole=line) if numbers.words != line else numbers)
    if row.number == told.held and not chosen:
        said.append(Text("beside", 0, 0, "compared with", font, italic=True, fill="quiet"))
    return said


def _run(told: Told, row: SweepRow, box: Box, font: float, place: int) -> Group:
    left, top, width, high = box
    chosen = row.number == told.selected
    frame = Rect("frame", left, top, width, high, radius=3, fill="soft" if chosen else "paper", place=place)
    bar = (Rect("chosen", left, top + 2, 4, high - 4, radius=2, fill="ink"),) if chosen else ()
    lines = (
        replace(line, x=left + 9, y=top + (1.05 + LINE * n) * font)
        for n, line in enumerate(_run_lines(told, row, width, font))
    )
    return Group(f"run-{row.number}", (frame, *bar, *lines))
