"""Performance against predictivity as a scene: a dot a network, its untrained twin hollow, r with its interval."""

import math
from typing import Any, NamedTuple

from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.predictivity.bars_layout import Axis, ticks
from hcnn_widgets.widgets.predictivity.score_marks import QUIET, short_score
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import font_size, shortened, text_width, wrapped

from .moving_dot import Way, way_marks
from .sweep_words import (
    SHOWN,
    accuracy_words,
    name_of,
    network_card,
    network_sentence,
    relation_lines,
    sweep_sentence,
    sweep_table,
    sweep_title,
)

SWITCH = "x"
"""Key: the highest model area in place of the best, and back."""
DOT = 6.0
"""Radius of a network's dot in pixels."""
DEEPEST = 6
USUAL_HEIGHT = 420
LEAST_PLOT = 15.0
"""Lines of print: the height that the plot has before there are words below it."""


class Plot(NamedTuple):
    """Where the plot stands in pixels, and what its axes reach."""

    left: float
    right: float
    low: float
    high: float
    axis: Axis
    font: float

    def across(self, accuracy: float) -> float:
        """Return where an accuracy stands, in pixels from the left."""
        return self.left + (self.right - self.left) * (accuracy - self.low) / (self.high - self.low)


def sweep_scene(
    sweep: Sweep,
    found: Relation,
    untrained: Relation,
    width: float,
    score: str,
    height: float | None = None,
    way: Way | None = None,
) -> Scene:
    """Draw a sweep.

    Parameters
    ----------
    sweep : Sweep
    found, untrained : Relation
        Of accuracy and the shown score.
    width : float
        Pixels.
    score : str
        "best" or "top".
    height : float, optional
        The most, in pixels.
    way : Way, optional
        Of a network that trains; the ends of the axes are then round numbers, so that they stay while it moves.
    """
    font = font_size(width) + 1
    lines = [line for each in relation_lines(found, untrained, sweep) for line in wrapped(each, 0.87 * width, font)]
    high = min(USUAL_HEIGHT, height or USUAL_HEIGHT)
    while len(lines) > 1 and high - (len(lines) + 0.5) * 1.35 * font < LEAST_PLOT * font:
        lines.pop()  # words go before the drawing is squeezed; they are all said
    plot = _plot(sweep, width, high - (len(lines) + 0.5) * 1.35 * font, score, font, way)
    rows = sorted(sweep.scored, key=lambda row: row.accuracy)
    foot = high - (len(lines) - 1) * 1.35 * font - 6
    words = [
        Text(f"said-{n}", 0, foot + n * 1.35 * font, line, font, bold=n == 0, fill="ink" if n == 0 else "text")
        for n, line in enumerate(lines)
    ]
    return Scene(
        name="sweep",
        title=sweep_title(sweep),
        label=sweep_sentence(sweep, found, score),
        width=width,
        height=high,
        marks=(
            Group("axes", tuple(_axes(plot, score, accuracy_words(sweep)))),
            *_ceiling(sweep, plot),
            Group("legend", tuple(_legend(rows, plot, width))),
            Group("twins", tuple(mark for row in rows for mark in _twin(row, plot, score))),
            *([] if way is None else [way_marks(way, plot.across, plot.axis.at, _colour(way.depth))]),
            Group("networks", tuple(_dot(number, row, plot, score) for number, row in enumerate(rows))),
            Group("said", tuple(words)),
        ),
        places=tuple(_place(row, plot, score) for row in rows),
        columns=0,
        keys=("Enter", SWITCH),
        numbers=sweep_table(sweep.rows),
        said=sweep_sentence(sweep, found, score),
    )


def _plot(sweep: Sweep, width: float, height: float, score: str, font: float, way: Way | None = None) -> Plot:
    rows = sweep.scored
    points = () if way is None else way.points
    across = [accuracy for accuracy, _ in points]
    across += [value for row in rows for value in (row.accuracy, row.untrained_accuracy) if math.isfinite(value)]
    up = [r for _, r in points] + [
        value
        for row in rows
        for value in (getattr(row, score), getattr(row, f"untrained_{score}"))
        if math.isfinite(value)
    ]
    right, edge = max(across, default=1.0), min(across, default=0.0)
    spare = max(0.02, 0.06 * (right - edge))
    low, high = min(up, default=0.0), max(up, default=0.5)
    room = max(0.02, 0.08 * (high - low))
    low, high = min(0.0, low - room) if low < 0.15 else low - room, high + room
    left_end, right_end = edge - spare, min(1.02, right + spare)
    if way is not None:
        low, high = _rounded(low, high)
        left_end, right_end = _rounded(left_end, right_end)
    axis = Axis(low, high, 2.4 * font, height - 6.4 * font)
    # The numbers have their room beside the words that stand upright.
    left = max(4.2 * font, 1.8 * font + 10 + max(text_width(short_score(tick), font) for tick in axis.ticks))
    return Plot(left, width - 1.5 * font, left_end, right_end, axis, font)


def _rounded(low: float, high: float) -> tuple[float, float]:
    """Return ends further out, at multiples of 0.05, which stay where they are while little moves."""
    return math.floor(20 * low + 1e-9) / 20, math.ceil(20 * high - 1e-9) / 20


def _axes(plot: Plot, score: str, across: str) -> list[Mark]:
    font, axis = plot.font, plot.axis
    floor = axis.top + axis.height
    marks: list[Mark] = []
    for tick in axis.ticks:
        y = axis.at(tick)
        marks.append(Line(f"rule-{tick:g}", plot.left, y, plot.right, y, stroke="text", opacity=0.12))
        marks.append(Text(f"r-{tick:g}", plot.left - 8, y + 0.35 * font, short_score(tick), font, "end", **QUIET))
    marks.append(Line("floor", plot.left, floor, plot.right, floor, stroke="text", opacity=0.5))
    for tick in ticks(plot.low, plot.high, 5 if plot.right - plot.left > 320 else 3):
        x = plot.across(tick)
        marks.append(Line(f"tick-{tick:g}", x, floor, x, floor + 4, stroke="text", opacity=0.5))
        marks.append(Text(f"accuracy-{tick:g}", x, floor + font + 6, f"{100 * tick:.0f} %", font, "middle", **QUIET))
    middle = (plot.left + plot.right) / 2
    upright = _fitting((f"r of the {SHOWN[score]}", f"r, {SHOWN[score]}", "r"), axis.height + 2 * font, font)
    room = 2 * min(middle, plot.right + 1.5 * font - middle)
    across = _fitting((across, across.replace(" of a linear", ", linear"), "accuracy, held-out images"), room, font)
    return [
        *marks,
        Text("across", middle, floor + 2.6 * font + 4, across, font, "middle", **QUIET),
        Text("up", 1.1 * font, axis.top + axis.height / 2, upright, font, "middle", turned=True, **QUIET),
    ]


def _fitting(wordings: tuple[str, ...], room: float, font: float) -> str:
    """Return the longest of several wordings that there is room for, or else the shortest, cut."""
    found = next((words for words in wordings if text_width(words, font) <= room), wordings[-1])
    return shortened(found, room, font)


def _ceiling(sweep: Sweep, plot: Plot) -> list[Mark]:
    """Return the noise ceiling: a number with an arrow, as it is far above all that is plotted."""
    known = [row.ceiling for row in sweep.scored if math.isfinite(row.ceiling)]
    if not known:
        return []
    words = f"\u2191 noise ceiling {short_score(known[0])}"
    return [Text("ceiling", plot.right, plot.axis.top - 0.3 * plot.font, words, plot.font, "end", **QUIET)]


def _legend(rows: list[SweepRow], plot: Plot, width: float) -> list[Mark]:
    font, left, foot = caption_size(plot.font), plot.left, 0.95 * plot.font
    depths = sorted({row.depth for row in rows})
    entries: list[tuple[str, str, dict[str, Any]]] = [
        (f"depth-{depth}", f"{depth} area{'s' if depth > 1 else ''}", {"fill": _colour(depth)}) for depth in depths
    ]
    entries += [("untrained", "untrained", {"stroke": "quiet", "stroke_width": 1.5})] if rows else []
    marks: list[Mark] = []
    for key, words, look in entries:
        if left + 14 + text_width(words, font) > width:
            break
        marks.append(Rect(f"swatch-{key}", left, foot - 0.35 * font - 5, 10, 10, radius=5, **look))
        marks.append(Text(f"words-{key}", left + 15, foot, words, font, **QUIET))
        left += 15 + text_width(words, font) + 14
    return marks


def _colour(depth: int) -> str:
    return depth_role(min(depth, DEEPEST) - 1, DEEPEST)


def _twin(row: SweepRow, plot: Plot, score: str) -> list[Mark]:
    """Return the untrained twin, and a thin line from it to the trained network: what training has changed."""
    at = row.untrained_accuracy, getattr(row, f"untrained_{score}")
    if not all(map(math.isfinite, at)):
        return []
    key, (x, y) = f"{row.source}-{row.number}", (plot.across(at[0]), plot.axis.at(at[1]))
    end = plot.across(row.accuracy), plot.axis.at(getattr(row, score))
    look: dict[str, Any] = {"stroke": "quiet", "stroke_width": 1.5, "opacity": 0.9}
    return [
        Line(f"way-{key}", x, y, *end, stroke="quiet", opacity=0.18),
        Rect(f"twin-{key}", x - 4, y - 4, 8, 8, radius=4, **look),
    ]


def _dot(number: int, row: SweepRow, plot: Plot, score: str) -> Mark:
    x, y = plot.across(row.accuracy), plot.axis.at(getattr(row, score))
    fill = _colour(row.depth)
    key = f"dot-{row.source}-{row.number}"
    return Rect(key, x - DOT, y - DOT, 2 * DOT, 2 * DOT, radius=DOT, fill=fill, stroke="paper", place=number)


def _place(row: SweepRow, plot: Plot, score: str) -> Place:
    x, y, size = plot.across(row.accuracy), plot.axis.at(getattr(row, score)), DOT + 3
    ring = Rect("ring", x - size, y - size, 2 * size, 2 * size, radius=size, stroke="focus", stroke_width=2.5)
    twin = plot.across(row.untrained_accuracy), plot.axis.at(getattr(row, f"untrained_{score}"))
    way = (Line("way", *twin, x, y, stroke="focus", stroke_width=1.5),) if all(map(math.isfinite, twin)) else ()
    return Place(
        network_sentence(row, score),
        (*way, ring),
        title=name_of(row),
        rows=network_card(row, score),
        beside=(x - size, x + size, y),
    )
