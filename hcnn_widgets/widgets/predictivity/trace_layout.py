"""Layout of ScoreTrace: a plot per brain area, side by side; arithmetic only."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_height
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_layout import NAMES, Axis, Entry, legend_entries
from .trace_moments import Trace

LEAST_PLOT = 190
"""Pixels: of plots that would be narrower some go below the others."""
APART = 34
"""Pixels for what stands at the end of a plot, beyond a gap: the last score and the mark of the ceiling."""
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
    """Places in pixels."""

    font: int
    plots: tuple[Plot, ...]
    legend: tuple[Entry, ...]
    caption: float
    height: float


def trace_layout(told: ToldScores, trace: Trace, width: float, ends: tuple[float, float]) -> TraceLayout:
    """Lay the plots out for a width in pixels; ``ends`` are those of the axis of scores."""
    font, n_brain = font_size(width), len(told.scores.brain_areas)
    legend = trace_legend(told, width, font)
    margin, gap = 2.6 * font + 20, 14.0
    columns = max(1, min(n_brain, int((width - margin) // LEAST_PLOT)))
    n_rows = -(-n_brain // columns)
    each = (width - margin - 8 - gap * (columns - 1)) / columns
    high = float(round((170 if n_rows == 1 else 110) + width / 14))
    below = high + 7 * font + 18
    top = legend[-1].foot + font + 2.2 * font
    plots = tuple(
        Plot(
            brain=brain,
            left=margin + brain % columns * (each + gap),
            width=each - APART - 10,
            apart=margin + brain % columns * (each + gap) + each - APART / 2,
            axis=Axis(*ends, top + brain // columns * below, high),
            first=brain % columns == 0,
        )
        for brain in range(n_brain)
    )
    caption = round(top + (n_rows - 1) * below + high + 5.7 * font) + 1.35 * font
    height = float(round(caption + caption_height([""] * CAPTION_LINES, font)))
    return TraceLayout(font, plots, legend, caption, height)


def trace_legend(told: ToldScores, width: float, font: float) -> tuple[Entry, ...]:
    """Return the entries of the legend, those to come among them: nothing moves when the last score comes."""
    scores = told.scores
    named = [(model, "model", f"best: model {area}") for model, area in enumerate(scores.model_areas)]
    named += [(-1, name, NAMES[name]) for name in ("untrained", "pixels", "ceiling")]
    named += [(-1, SIMULATED, "simulated recordings")] if any(scores.simulated) else []
    return legend_entries([*named, (-1, LAST, "after training, on all images")], width, font)


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
