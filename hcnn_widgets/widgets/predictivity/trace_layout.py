"""Layout of ScoreTrace: a plot per brain area, side by side; arithmetic only."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_height
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_layout import LEAST_AXIS, NAMES, Axis, Entry, Levels, legend_entries, levels_within, model_label
from .trace_moments import Trace

LEAST_PLOT = 190
"""Pixels: of plots that would be narrower some go below the others."""
APART = 34
"""Pixels for what stands at the end of a plot, beyond a gap: the last score and the mark of the ceiling."""
GAP = 14.0
CAPTION_LINES = 4
LAST, SIMULATED = "last", "simulated"


class Span(NamedTuple):
    """The horizontal axis: its ends, and the words for it; ``against`` says whether it is the goal's score."""

    low: float
    high: float
    words: str
    against: bool


class Plot(NamedTuple):
    """The plot of a brain area; ``left`` and ``width`` are those of the trace, ``apart`` is the middle beyond it."""

    brain: int
    left: float
    width: float
    apart: float
    axis: Axis
    first: bool
    """Whether it is the first of its row, which has the numbers of the scores."""

    def across(self, span: Span, at: float) -> float:
        """Return where a step or a score of the goal stands, in pixels from the left."""
        return self.left + self.width * (at - span.low) / (span.high - span.low)


class TraceLayout(NamedTuple):
    """Places in pixels; ``caption`` is None, and ``legend`` empty, where there is no room for them."""

    font: int
    plots: tuple[Plot, ...]
    legend: tuple[Entry, ...]
    caption: float | None
    height: float


def trace_layout(
    told: ToldScores, width: float, ends: tuple[float, float], height: float | None = None, only: int | None = None
) -> TraceLayout:
    """Lay the plots out.

    Parameters
    ----------
    told : ToldScores
    width : float
        Pixels.
    ends : (float, float)
        Of the axis of scores.
    height : float, optional
        Most pixels, all of which are taken; by default as many as are needed. Of plots that have no room in it those of
        recorded areas come first.
    only : int, optional
        The brain area that is shown; by default all are.
    """
    font = font_size(width)
    shown = [only] if only is not None else list(range(len(told.scores.brain_areas)))
    margin, above, below = 2.6 * font + 20, 1.9 * font, 2.7 * font + 5
    columns = max(1, min(len(shown), int((width - margin) // LEAST_PLOT)))
    if height is not None:
        most = columns * max(1, int(height // (LEAST_AXIS + above + below)))
        shown = sorted(sorted(shown, key=lambda brain: told.scores.simulated[brain])[:most])
    columns, rows = min(columns, len(shown)), -(-len(shown) // columns)
    legend = trace_legend(told, width, font, short=height is not None)
    caption = 1.35 * font + 8 + caption_height([""] * CAPTION_LINES, font)
    levels = Levels(True, True, legend[-1].foot + 2.4 * font, float(round((170 if rows == 1 else 110) + width / 14)))
    if height is not None:
        levels = levels_within(height, legend[-1].foot, above, below, caption, rows)
    each = (width - margin - 8 - GAP * (columns - 1)) / columns
    high = levels.axis + above + below
    plots = tuple(
        _plot(
            brain,
            margin + place % columns * (each + GAP),
            each,
            place % columns == 0,
            Axis(*ends, levels.top + place // columns * high, levels.axis),
        )
        for place, brain in enumerate(shown)
    )
    foot = float(round(levels.top + (rows - 1) * high + levels.axis + below))
    return TraceLayout(
        font=font,
        plots=plots,
        legend=legend if levels.legend else (),
        caption=foot + 1.35 * font + 4 if levels.caption else None,
        height=float(round(foot + caption)) if levels.caption else foot,
    )


def _plot(brain: int, left: float, each: float, first: bool, axis: Axis) -> Plot:
    return Plot(brain, left, each - APART - 10, left + each - APART / 2, axis, first)


def trace_legend(told: ToldScores, width: float, font: float, short: bool = False) -> tuple[Entry, ...]:
    """Return the entries of the legend, those to come among them: nothing moves when the last score comes."""
    scores = told.scores
    named = [(m, "model", model_label(area, m, short, "best: model")) for m, area in enumerate(scores.model_areas)]
    named += [(-1, name, NAMES[name]) for name in ("untrained", "pixels", "ceiling")]
    named += [(-1, SIMULATED, "simulated" if short else "simulated recordings")] if any(scores.simulated) else []
    last = "at the end, on all images" if short else "after training, on all images"
    return legend_entries([*named, (-1, LAST, last)], width, font)


def span_of(trace: Trace, against: bool) -> Span:
    """Return the horizontal axis: steps of the run, or what the goal's score has come to, to a tenth."""
    if not against:
        return Span(0.0, float(steps_shown(trace)), "training step", False)
    known = trace.goal.value[np.isfinite(trace.goal.value)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    low, high = np.floor(10 * low) / 10, np.ceil(10 * high) / 10
    return Span(low, high if high > low else low + 0.1, trace.goal.name or "score of the goal", True)


def steps_shown(trace: Trace) -> int:
    """Return the steps that the axis has room for: all that are to be taken, or fewer where few of them have been.

    Of a run without an end in sight the trace would be a line at the left; so the axis is 1, 2 or 5 times a power of
    ten, at least twice what has been seen, until a fiftieth of all steps is taken.
    """
    taken = max(1, *(moment.step for moment in trace.all_moments))
    if 50 * taken >= trace.n_steps:
        return trace.n_steps
    tens = 10 ** int(np.log10(2 * taken))
    return min(trace.n_steps, next(round_steps for k in (1, 2, 5, 10) if (round_steps := k * tens) >= 2 * taken))


def ends_of(trace: Trace) -> tuple[float, float]:
    """Return the ends of the axis of scores: 0 or the tenth below, and the tenth above all that moves.

    The ceiling may lie above: it has a mark at the edge, so that what moves has the room.
    """
    parts = [part for moment in trace.all_moments for part in (moment.value, moment.untrained, moment.pixels)]
    drawn = np.concatenate([np.zeros(1), *parts])
    drawn = drawn[np.isfinite(drawn)]
    low = float(np.floor(drawn.min() * 10) / 10) if drawn.min() < -0.005 else 0.0
    return low, max(low + 0.1, float(np.ceil(drawn.max() * 10 + 0.2) / 10))
