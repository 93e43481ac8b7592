"""Scores of brain areas over a training, as a scene: a plot per brain area."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_size, small_print
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Points, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import score_text, shortened, text_width
from hcnn_widgets.widgets.scores.score_words import ToldScores, measure_note

from .bars_layout import Entry, ticks
from .bars_scene import LINES, QUIET, STRONG, legend_marks, measure_within
from .trace_layout import CAPTION_LINES, LAST, SIMULATED, Plot, Span, TraceLayout, span_of, trace_layout
from .trace_moments import Moment, Trace
from .trace_words import moment_rows, moment_sentence, trace_caption, trace_sentence, trace_table, trace_title

DOT, TICK = 3.0, 11.0
"""Radius of the newest point, and half the length of what the last score is held against, in pixels."""
ROOMY = 150
"""Pixels: a narrower plot has its ceiling above it as a number alone, which the card names."""
DASHES = (6, 4)
"""Of the trace of simulated recordings."""
SWITCH = "x"
"""Key that puts the goal's score in place of the steps, and back."""


class Point(NamedTuple):
    """A moment of a plot, at its place in pixels; ``reach`` are the edges of where a pointer finds it."""

    moment: Moment
    x: float
    reach: tuple[float, float]


def trace_scene(
    told: ToldScores,
    trace: Trace,
    width: float,
    ends: tuple[float, float],
    against: bool,
    height: float | None = None,
    only: int | None = None,
) -> Scene:
    """Draw the trace for a width in pixels.

    Parameters
    ----------
    told : ToldScores
        The newest scores.
    trace : Trace
    width : float
    ends : (float, float)
        Of the axis of scores.
    against : bool
        Whether against the goal's score, in place of the training step.
    height : float, optional
        The most, in pixels.
    only : int, optional
        The brain area that is shown; by default all are.
    """
    layout, span = trace_layout(told, width, ends, height, only), span_of(trace, against)
    n_points = len(_points(trace, layout.plots[0], span))
    plots = [Group(f"plot-{plot.brain}", tuple(_plot(told, trace, plot, span, layout.font))) for plot in layout.plots]
    pointed = [mark for row, plot in enumerate(layout.plots) for mark in _pointed(trace, plot, span, row * n_points)]
    return Scene(
        name="trace",
        title=trace_title(span),
        label=trace_sentence(told, trace),
        width=width,
        height=layout.height,
        marks=(
            Group("legend", tuple(mark for entry in layout.legend for mark in _entry(entry, told, layout.font))),
            Group("axis", tuple(_title_of_scores(told, layout))),
            *plots,
            *small_print(trace_caption(told, trace, span), layout.caption, width, layout.font, CAPTION_LINES),
            Group("pointed", tuple(pointed)),
        ),
        places=tuple(place for plot in layout.plots for place in _places(told, trace, plot, span)),
        columns=n_points,
        keys=(SWITCH,),
        numbers=trace_table(told, trace),
    )


def _points(trace: Trace, plot: Plot, span: Span) -> list[Point]:
    """Return the moments that have a place on the axis, and the last score, which stands apart, at their end."""
    at = [trace.goal.at(moment.step) if span.against else float(moment.step) for moment in trace.moments]
    shown = [(moment, plot.across(span, x)) for moment, x in zip(trace.moments, at, strict=True) if np.isfinite(x)]
    # Against the goal's score a path may turn back: pointers find the moments in the order of their places.
    shown += [] if trace.last is None else [(trace.last, plot.apart)]
    order = sorted(x for _, x in shown)
    middles = [(a + b) / 2 for a, b in pairwise(order)]
    edges = [plot.left - 6, *middles, plot.apart + 17]
    return [Point(moment, x, (edges[order.index(x)], edges[order.index(x) + 1])) for moment, x in shown]


def _entry(entry: Entry, told: ToldScores, font: float) -> list[Mark]:
    left, middle = entry.left, entry.foot - 0.35 * font
    words = Text(f"{entry.name}-label", left + 24, entry.foot, entry.label, font, fill="text")
    if entry.name == SIMULATED:
        return [Line("simulated-swatch", left, middle, left + 18, middle, stroke="ink", dash=DASHES), words]
    if entry.name == LAST:
        return [_diamond("last-swatch", left + 9, middle, "soft"), words]
    return legend_marks(entry, told, font)


def _title_of_scores(told: ToldScores, layout: TraceLayout) -> list[Mark]:
    firsts = [plot for plot in layout.plots if plot.first]
    words, font = told.header["measure"], layout.font
    return [
        Text(
            f"title-{plot.brain}",
            plot.left - 1.6 * font - 20,
            plot.axis.top + plot.axis.height / 2,
            measure_within(words, plot.axis.height + 40, font),
            font,
            "middle",
            turned=True,
            **QUIET,
        )
        for plot in firsts
    ]


def _plot(told: ToldScores, trace: Trace, plot: Plot, span: Span, font: float) -> list[Mark]:
    """Return the plot of a brain area: axes, what its score is held against, trace and points, and its name."""
    points = [point for point in _points(trace, plot, span) if np.isfinite(point.moment.value[plot.brain])]
    return [
        *_axes(plot, span, font),
        *_levels(trace, plot),
        *_ceiling(trace, plot, font),
        *_trace(told, trace, plot, points),
        *_name(told, plot, font),
    ]


def _name(told: ToldScores, plot: Plot, font: float) -> list[Mark]:
    """Return the name of a plot's brain area above it, and whether its recordings are simulated."""
    simulated, foot = told.scores.simulated[plot.brain], plot.axis.top - 0.6 * font
    kind = ("simulated", {"fill": "series-1", "italic": True}) if simulated else ("recorded", QUIET)
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
            words = score_text(tick)
            marks.append(Text(f"tick-{tick:g}", plot.left - 6, y + 0.35 * font, words, font, "end", **QUIET))
    for tick in ticks(span.low, span.high, 2 if plot.width < 260 else 4):
        x, words = plot.across(span, tick), score_text(tick) if span.against else f"{tick:,.0f}"
        marks.append(Line(f"step-{tick:g}", x, floor, x, floor + 4, stroke="text", opacity=0.5))
        marks.append(Text(f"step-words-{tick:g}", x, floor + font + 5, words, font, "middle", **QUIET))
    words = shortened(span.words, plot.width + 40, font)
    return [*marks, Text("span", plot.left + plot.width / 2, floor + 2.3 * font + 4, words, font, "middle", **QUIET)]


def _levels(trace: Trace, plot: Plot) -> list[Mark]:
    """Return what the scores are held against: along the trace, and beside the last score, on that one's images."""
    held = [(trace.moments[-1], plot.left, plot.left + plot.width)] if trace.moments else []
    held += [] if trace.last is None else [(trace.last, plot.apart - TICK, plot.apart + TICK)]
    marks: list[Mark] = []
    for number, (moment, start, end) in enumerate(held):
        for name, of in (("untrained", moment.untrained), ("pixels", moment.pixels)):
            if np.isfinite(of[plot.brain]):
                y = plot.axis.at(of[plot.brain])
                marks.append(Line(f"{name}-{number}", start, y, end, y, **LINES[name]))
    return marks


def _ceiling(trace: Trace, plot: Plot, font: float) -> list[Mark]:
    """Return the mark of the ceiling at the edge; above all that moves it is an arrow, and takes no room."""
    ceiling, axis = trace.ceiling[plot.brain], plot.axis
    if not np.isfinite(ceiling):
        return []
    right = plot.apart + 17
    inside = axis.low <= ceiling <= axis.high
    if inside:
        y, words = axis.at(ceiling), score_text(ceiling)
    else:
        y, arrow = axis.top - 0.6 * font + 4, "\u2191" if ceiling > axis.high else "\u2193"
        words = f"ceiling {score_text(ceiling)} {arrow}" if plot.width > ROOMY else f"{score_text(ceiling)} {arrow}"
    text = Text("ceiling-value", right, y - 4, words, caption_size(font), "end", rim=True, **QUIET)
    return [Line("ceiling", right - 30, y, right, y, **LINES["ceiling"]), text] if inside else [text]


def _trace(told: ToldScores, trace: Trace, plot: Plot, points: list[Point]) -> list[Mark]:
    """Return the trace in the colours of the best model areas, the newest point, and the last score."""
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
    return [*marks, *(mark for point in points[len(on_line) :] for mark in _last(point, plot, n))]


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


def _last(point: Point, plot: Plot, n_models: int) -> list[Mark]:
    value, error = point.moment.value[plot.brain], point.moment.error[plot.brain]
    ends = plot.axis.at(value - error), plot.axis.at(value + error)
    whisker = [Line("last-error", point.x, ends[0], point.x, ends[1], **LINES["error"])] if np.isfinite(error) else []
    fill = depth_role(int(point.moment.model[plot.brain]), n_models)
    return [*whisker, _diamond("last", point.x, plot.axis.at(value), fill)]


def straight_path(points: Points) -> Points:
    """Return straight lines through points as the Bézier curves of a Path, (1 + 3 * (n_points - 1), 2).

    Examples
    --------
    >>> straight_path(np.array([[0.0, 0.0], [3.0, 6.0]])).tolist()
    [[0.0, 0.0], [0.0, 0.0], [3.0, 6.0], [3.0, 6.0]]
    """
    pieces = np.stack([points[:-1], points[1:], points[1:]], axis=1).reshape(-1, 2)
    return np.vstack([points[:1], pieces])


def _diamond(key: str, x: float, y: float, fill: str, size: float = 6.0) -> Path:
    corners = np.array([(x, y - size), (x + size, y), (x, y + size), (x - size, y), (x, y - size)])
    return Path(key, straight_path(corners), True, fill=fill, stroke="ink", stroke_width=1.5)


def _pointed(trace: Trace, plot: Plot, span: Span, before: int) -> list[Rect]:
    axis = plot.axis
    return [
        Rect(
            f"{plot.brain}-{number}",
            low,
            axis.top - 10,
            high - low,
            axis.height + 20,
            place=before + number,
        )
        for number, (_, _, (low, high)) in enumerate(_points(trace, plot, span))
    ]


def _places(told: ToldScores, trace: Trace, plot: Plot, span: Span) -> list[Place]:
    brain, axis = plot.brain, plot.axis
    places = []
    for moment, x, _ in _points(trace, plot, span):
        marks: list[Mark] = [Line("at", x, axis.top, x, axis.top + axis.height, stroke="focus", opacity=0.6)]
        if np.isfinite(moment.value[brain]):
            y, size = axis.at(moment.value[brain]), DOT + 3
            ring: dict[str, Any] = {"stroke": "focus", "stroke_width": 2.0}
            marks.append(Rect("ring", x - size, y - size, 2 * size, 2 * size, radius=size, **ring))
        step = f"step {moment.step:,}"
        places.append(
            Place(
                moment_sentence(told, trace, brain, moment),
                tuple(marks),
                title=f"{told.scores.brain_areas[brain]}, {step}",
                badge="simulated" if told.scores.simulated[brain] else "",
                rows=tuple(moment_rows(told, trace, brain, moment)),
                note=f"{measure_note(told.header, brain)}; {moment.n_stimuli:,} images",
                beside=(x - 8, x + 8, axis.top + axis.height / 2),
            )
        )
    return places
