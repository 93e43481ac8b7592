"""Scores of brain areas over a training, as a scene: a plot per brain area."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.captions import small_print
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scores.score_words import ToldScores, measure_note

from .bars_layout import apart_from
from .score_legend import BESIDE, Entry
from .score_marks import GHOST, QUIET, legend_marks, measure_within
from .trace_layout import SIMULATED, Plot, Span, TraceLayout, span_of, trace_layout
from .trace_moments import Trace
from .trace_plot import DASHES, DOT, plot_marks, points_of
from .trace_words import (
    all_images_of,
    moment_rows,
    moment_sentence,
    trace_caption,
    trace_sentence,
    trace_table,
    trace_title,
)

SWITCH, NEXT_AREA = "x", "a"
"""Keys: the goal's score in place of the steps, and back; the next brain area, and after the last one all."""


def trace_scene(
    told: ToldScores,
    trace: Trace,
    width: float,
    ends: Sequence[tuple[float, float]],
    against: bool,
    height: float | None = None,
    only: int | None = None,
    whole: bool = False,
) -> Scene:
    """Draw the trace.

    Parameters
    ----------
    told : ToldScores
        The newest scores.
    trace : Trace
    width : float
        Pixels.
    ends : sequence of (float, float)
        Of the axis of scores that each brain area needs.
    against : bool
        Whether against the goal's score, in place of the training step.
    height : float, optional
        The most, in pixels.
    only : int, optional
        The brain area that is shown; by default as many as have room.
    whole : bool
        Whether the caption is whole, however many lines that takes.
    """
    apart = trace.last is not None or apart_from(told)
    title = "" if trace.beside is None else trace.beside.title
    span = span_of(trace, against)
    caption = trace_caption(told, trace, span)
    layout = trace_layout(told, width, ends, height, only, apart, title, caption if whole else None)
    shown = trace.spread(len(layout.plots))
    n_points = len(points_of(shown, layout.plots[0], span))
    plots = [
        Group(f"plot-{plot.brain}", tuple(plot_marks(told, shown, plot, span, layout.font))) for plot in layout.plots
    ]
    pointed = [
        mark for row, plot in enumerate(layout.plots) for mark in _pointed(shown, plot, span, layout, row * n_points)
    ]
    return Scene(
        name="trace",
        title=trace_title(told, span, width),
        label=trace_sentence(told, trace),
        width=width,
        height=layout.height,
        marks=(
            Group("legend", tuple(mark for entry in layout.legend for mark in _entry(entry, told, layout.font))),
            Group("axis", tuple(_title_of_scores(told, layout))),
            *plots,
            *small_print(caption, layout.caption, width, layout.font, layout.lines),
            Group("pointed", tuple(pointed)),
        ),
        places=tuple(place for plot in layout.plots for place in _places(told, shown, plot, span)),
        columns=n_points,
        keys=(SWITCH, NEXT_AREA) if len(told.scores.brain_areas) > 1 else (SWITCH,),
        numbers=trace_table(told, trace),
    )


def _entry(entry: Entry, told: ToldScores, font: float) -> list[Mark]:
    looks = {SIMULATED: {"stroke": "ink", "dash": DASHES}, BESIDE: GHOST}
    if entry.name not in looks:
        return legend_marks(entry, told, font)
    left, middle = entry.left, entry.foot - 0.35 * font
    words = Text(f"{entry.name}-label", left + 24, entry.foot, entry.label, font, fill="text")
    return [Line(f"{entry.name}-swatch", left, middle, left + 18, middle, **looks[entry.name]), words]


def _title_of_scores(told: ToldScores, layout: TraceLayout) -> list[Mark]:
    words, font = told.header["measure"], layout.font
    return [
        Text(
            f"title-{plot.brain}",
            font,
            plot.axis.top + plot.axis.height / 2,
            measure_within(words, plot.axis.height + 40, font),
            font,
            "middle",
            turned=True,
            **QUIET,
        )
        for plot in layout.plots
        if plot.first
    ]


def _pointed(trace: Trace, plot: Plot, span: Span, layout: TraceLayout, before: int) -> list[Rect]:
    axis = plot.axis
    top = axis.top - 10
    high = min(axis.height + 20, layout.height - top)
    return [
        Rect(f"{plot.brain}-{number}", low, top, end - low, high, place=before + number)
        for number, (_, _, (low, end)) in enumerate(points_of(trace, plot, span))
    ]


def _places(told: ToldScores, trace: Trace, plot: Plot, span: Span) -> list[Place]:
    brain, axis = plot.brain, plot.axis
    places = []
    for moment, x, _ in points_of(trace, plot, span):
        marks: list[Mark] = [Line("at", x, axis.top, x, axis.top + axis.height, stroke="focus", opacity=0.6)]
        if np.isfinite(moment.value[brain]):
            y, size = axis.at(moment.value[brain]), DOT + 3
            ring: dict[str, Any] = {"stroke": "focus", "stroke_width": 2.0}
            marks.append(Rect("ring", x - size, y - size, 2 * size, 2 * size, radius=size, **ring))
        when = f"at the end, on {all_images_of(told)}" if moment is trace.last else f"step {moment.step:,}"
        places.append(
            Place(
                moment_sentence(told, trace, brain, moment),
                tuple(marks),
                title=f"{told.scores.brain_areas[brain]}, {when}",
                badge="simulated" if told.scores.simulated[brain] else "",
                rows=tuple(moment_rows(told, trace, brain, moment)),
                note=f"{measure_note(told.header, brain)}; {moment.n_stimuli:,} images",
                beside=(x - 8, x + 8, axis.top + axis.height / 2),
            )
        )
    return places
