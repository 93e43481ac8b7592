"""The plot of a brain area in ScoreTrace: axes, what the score is held against, trace, and what stands apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Line, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.word_room import score_text, shortened, text_width
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_layout import ticks
from .score_legend import NAMES
from .score_marks import GHOST, LINES, QUIET, STRONG, Apart, apart_marks, ceiling_words, short_score, straight_path
from .trace_layout import Plot, Span
from .trace_moments import Moment, Trace
from .trace_words import all_images_of

DOT = 3.0
"""Radius of the newest point in pixels."""
ROOMY = 150
"""Pixels: a narrower plot has its ceiling above it as a number alone, which the card names."""
DASHES = (6, 4)
"""Of the trace of simulated recordings."""


class Point(NamedTuple):
    """A moment of a plot, at its place in pixels; ``reach`` are the edges of where a pointer finds it."""

    moment: Moment
    x: float
    reach: tuple[float, float]


def points_of(trace: Trace, plot: Plot, span: Span) -> list[Point]:
    """Return the moments that have a place on the axis, and the last score, which stands apart, at their end."""
    at = [trace.goal.at(moment.step) if span.against else float(moment.step) for moment in trace.moments]
    shown = [(moment, plot.across(span, x)) for moment, x in zip(trace.moments, at, strict=True) if np.isfinite(x)]
    # Against the goal's score a path may turn back: pointers find the moments in the order of their places.
    shown += [] if trace.last is None else [(trace.last, plot.apart)]
    order = sorted(x for _, x in shown)
    middles = [(a + b) / 2 for a, b in pairwise(order)]
    edges = [plot.left - 6, *middles, plot.end]
    return [Point(moment, x, (edges[order.index(x)], edges[order.index(x) + 1])) for moment, x in shown]


def plot_marks(told: ToldScores, trace: Trace, plot: Plot, span: Span, font: float) -> list[Mark]:
    """Return the plot of a brain area."""
    points = [point for point in points_of(trace, plot, span) if np.isfinite(point.moment.value[plot.brain])]
    return [
        *_axes(plot, span, font),
        *_levels(trace, plot),
        *_ceiling(trace, plot, font),
        *_line_beside(trace, plot, span, font),
        *_trace(told, trace, plot, points),
        *(_names_of_lines(trace, plot, font) if plot.alone else []),
        *_newest(told, trace, plot, points, font),
        *(_apart(told, trace.last, plot, font) if trace.last is not None else []),
        *_name(told, plot, font),
    ]


def _name(told: ToldScores, plot: Plot, font: float) -> list[Mark]:
    """Return the name of a plot's brain area above it, and whether its recordings are simulated."""
    simulated, foot = told.scores.simulated[plot.brain], plot.axis.top - 0.6 * font
    kind = ("simulated", {"fill": "quiet", "italic": True}) if simulated else ("recorded", QUIET)
    room = plot.width - text_width(kind[0], font) - 10
    name = shortened(told.scores.brain_areas[plot.brain], room, font + 2, bold=True)
    after = plot.left + text_width(name, font + 2, bold=True) + 8
    return [
        Text("name", plot.left, foot, name, font + 2, **STRONG),
        Text("kind", after, foot, kind[0], font, **kind[1]),
    ]


def _axes(plot: Plot, span: Span, font: float) -> list[Mark]:
    axis, right = plot.axis, plot.left + plot.width
    floor = axis.top + axis.height
    marks: list[Mark] = []
    for tick in axis.ticks:
        y = axis.at(tick)
        look: dict[str, Any] = {"stroke": "text", "opacity": 0.5 if tick == 0 else 0.12}
        marks.append(Line(f"rule-{tick:g}", plot.left, y, right, y, **look))
        if plot.first:
            marks.append(
                Text(f"tick-{tick:g}", plot.left - 6, y + 0.35 * font, short_score(tick), font, "end", **QUIET)
            )
    marks.append(Line("floor", plot.left, floor, right, floor, stroke="text", opacity=0.5))
    for tick in ticks(span.low, span.high, 2 if plot.width < 200 else 4):
        x, words = plot.across(span, tick), short_score(tick) if span.against else f"{tick:,.0f}"
        marks.append(Line(f"step-{tick:g}", x, floor, x, floor + 4, stroke="text", opacity=0.5))
        # The last number stays off what stands beside the plot.
        anchor = "end" if x + text_width(words, font) / 2 > right + 4 else "middle"
        edge = right + 4 if anchor == "end" else x
        marks.append(Text(f"step-words-{tick:g}", edge, floor + font + 5, words, font, anchor, **QUIET))
    words = shortened(span.words, plot.width + 20, font)
    return [*marks, Text("span", plot.left + plot.width / 2, floor + 2.3 * font + 4, words, font, "middle", **QUIET)]


def _held(moment: Moment, brain: int) -> list[tuple[str, float]]:
    """Return what the score of a brain area is held against, where it is known."""
    held = (("untrained", moment.untrained[brain]), ("pixels", moment.pixels[brain]))
    return [(name, float(level)) for name, level in held if np.isfinite(level)]


def _levels(trace: Trace, plot: Plot) -> list[Mark]:
    """Return the lines that the trace is held against, on its own images."""
    held = _held(trace.moments[-1], plot.brain) if trace.moments else []
    right = plot.left + plot.width
    return [
        Line(f"{name}-0", plot.left, plot.axis.at(level), right, plot.axis.at(level), **LINES[name])
        for name, level in held
    ]


def _names_of_lines(trace: Trace, plot: Plot, font: float) -> list[Mark]:
    """Return name and number of each line, one at each end of the plot, on the side where the newest score is not."""
    size, axis, marks = caption_size(font), plot.axis, []
    places = {"untrained": (plot.left + plot.width - 2, "end"), "pixels": (plot.left + 4, "start")}
    for name, level in _held(trace.moments[-1], plot.brain) if trace.moments else []:
        y, (x, anchor) = axis.at(level), places[name]
        below_fits = y + 1.3 * size <= axis.top + axis.height
        is_above = name == "untrained" and trace.moments[-1].value[plot.brain] < level and y - 4 - size > axis.top
        foot = y - 4 if is_above or not below_fits else y + size + 1
        words = f"{NAMES[name]} {score_text(level)}"
        marks.append(Text(f"{name}-name", x, foot, words, size, anchor, rim=True, fill="text"))
    return list(marks)


def _ceiling(trace: Trace, plot: Plot, font: float) -> list[Mark]:
    """Return the mark of the ceiling at the edge; above all that moves it is an arrow, and takes no room."""
    ceiling, axis, right = trace.ceiling[plot.brain], plot.axis, plot.left + plot.width
    if not np.isfinite(ceiling):
        return []
    words = ceiling_words(score_text(ceiling), ceiling, axis, plot.width > ROOMY)
    look: dict[str, Any] = {"rim": True, **QUIET}
    if not axis.low <= ceiling <= axis.high:
        return [Text("ceiling-value", plot.end - 4, axis.top - 0.6 * font, words, caption_size(font), "end", **look)]
    y, named = axis.at(ceiling), f"ceiling {words}" if plot.alone else words
    text = Text("ceiling-value", right - 2, y - 4, named, caption_size(font), "end", **look)
    return [Line("ceiling", right - 30, y, right, y, **LINES["ceiling"]), text]


def _line_beside(trace: Trace, plot: Plot, span: Span, font: float) -> list[Mark]:
    """Return the trace of the run beside as far as the axis goes, with its title where the plot is the only one."""
    line = trace.line_beside(plot.brain)
    if line is None or trace.beside is None:
        return []
    across = line.goal if span.against else line.step
    seen = np.isfinite(across) & np.isfinite(line.value) & (across >= span.low) & (across <= span.high)
    if not seen.any():
        return []
    at = np.array(
        [(plot.across(span, x), plot.axis.at(r)) for x, r in zip(across[seen], line.value[seen], strict=True)]
    )
    marks: list[Mark] = [Path("beside", straight_path(at), **GHOST)] if len(at) > 1 else []
    (x, y), size = at[-1], caption_size(font)
    marks.append(Rect("beside-end", x - 2, y - 2, 4, 4, radius=2, fill="quiet"))
    if plot.alone:
        words, foot = (
            shortened(trace.beside.title, plot.width / 2, size),
            min(y + 1.3 * size, plot.axis.top + plot.axis.height),
        )
        marks.append(Text("beside-name", x, foot, words, size, "end", rim=True, italic=True, fill="quiet"))
    return marks


def _trace(told: ToldScores, trace: Trace, plot: Plot, points: list[Point]) -> list[Mark]:
    """Return the trace in the colours of the best model areas, and the newest point."""
    brain, n = plot.brain, len(told.scores.model_areas)
    on_line = [point for point in points if point.moment is not trace.last]
    best = [int(point.moment.model[brain]) for point in on_line]
    at = np.array([(point.x, plot.axis.at(point.moment.value[brain])) for point in on_line])
    look: dict[str, Any] = {"stroke_width": 2.5, "dash": DASHES if told.scores.simulated[brain] else ()}
    marks: list[Mark] = [
        Path(f"trace-{start}", straight_path(at[start : end + 1]), stroke=depth_role(best[start], n), **look)
        for start, end in pieces(best)
    ]
    if on_line:
        (x, y), fill = at[-1], depth_role(best[-1], n)
        marks.append(Rect("newest", x - DOT, y - DOT, 2 * DOT, 2 * DOT, radius=DOT, fill=fill))
    return marks


def _newest(told: ToldScores, trace: Trace, plot: Plot, points: list[Point], font: float) -> list[Mark]:
    """Return the newest score, with the name of the best model area where the plot is the only one, above its point."""
    on_line = [point for point in points if point.moment is not trace.last]
    if not on_line:
        return []
    (moment, x, _), size = on_line[-1], font + 1
    value, brain = float(moment.value[plot.brain]), plot.brain
    words = score_text(value)
    if plot.alone:
        words = f"{told.scores.model_areas[moment.model[brain]]} {words}"
    half = text_width(words, size, bold=True) / 2
    middle = min(max(x, plot.left + half), plot.left + plot.width - half + 4)
    levels = [plot.axis.at(level) for _, level in _held(moment, brain)]
    foot = free_foot(plot.axis.at(value), levels, size, (plot.axis.top, plot.axis.top + plot.axis.height))
    return [Text("newest-value", middle, foot, words, size, "middle", rim=True, **STRONG)]


def free_foot(y: float, levels: Sequence[float], size: float, span: tuple[float, float]) -> float:
    """Return where words beside a point at ``y`` stand so that no line runs through them; above the point if they can.

    Parameters
    ----------
    y : float
    levels : sequence of float
        Places of lines.
    size : float
        Of the letters.
    span : (float, float)
        Top and foot of the plot; the words may reach a little above it.

    Examples
    --------
    >>> free_foot(100, [], 12, (0, 200)), free_foot(100, [88], 12, (0, 200)), free_foot(100, [88, 112], 12, (0, 200))
    (92.0, 116.2, 84.0)
    """
    above, below, high = y - DOT - 5, y + DOT + 1.1 * size, 0.8 * size
    choices = [above, below, *(level - 4 for level in sorted(levels, reverse=True) if level < y)]
    choices += [level + size + 1 for level in sorted(levels) if level > y]
    free = [
        foot
        for foot in choices
        if all(not foot - high - 1 < level < foot + 2 for level in (*levels, y))
        and span[0] + 0.4 * size <= foot <= span[1]
    ]
    return float(free[0] if free else max(above, span[0] + 0.4 * size))


def _apart(told: ToldScores, last: Moment, plot: Plot, font: float) -> list[Mark]:
    """Return the score after training on all images, its number, and words below where the plot is the only one."""
    brain, n = plot.brain, len(told.scores.model_areas)
    best = int(last.model[brain])
    value, error, untrained, pixels = (float(of[brain]) for of in (last.value, last.error, last.untrained, last.pixels))
    score = Apart(value, error, untrained, pixels, depth_role(best, n) if best >= 0 else "soft")
    marks = apart_marks(score, plot.apart, plot.axis)
    if not np.isfinite(score.value):
        return marks
    words = score_text(score.value)
    half, room = text_width(words, font + 1, bold=True) / 2, plot.apart - plot.left - plot.width
    if not plot.alone and half > min(room, plot.end - plot.apart):
        return marks
    floor, size = plot.axis.top + plot.axis.height, caption_size(font)
    foot = plot.axis.at(score.value + np.nan_to_num(score.error)) - 8
    if foot < plot.axis.top + 0.8 * font:  # the ceiling stands above
        foot = plot.axis.at(score.value - np.nan_to_num(score.error)) + 10 + font
    marks = [*marks, Text("last-value", plot.apart, foot, words, font + 1, "middle", rim=True, **STRONG)]
    if not plot.alone:
        return marks
    return [
        *marks,
        Text("last-when", plot.apart, floor + font + 5, "at the end,", size, "middle", **QUIET),
        Text(
            "last-of",
            plot.apart,
            floor + 2.3 * font + 4,
            f"on {all_images_of(told).removesuffix(' images')}",
            size,
            "middle",
            **QUIET,
        ),
    ]


def pieces(best: list[int]) -> list[tuple[int, int]]:
    """Return the first and last point of each piece of a trace on which the same model area is best.

    A piece ends where the next begins, so that the trace is whole.

    Examples
    --------
    >>> pieces([0, 0, 2, 2, 2]), pieces([1]), pieces([])
    ([(0, 2), (2, 4)], [], [])
    """
    starts = [place for place in range(len(best)) if place == 0 or best[place] != best[place - 1]]
    return [(start, end) for start, end in pairwise([*starts, len(best) - 1]) if end > start]
