"""Layout of ScoreTrace: a plot per brain area, side by side; arithmetic only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_height, lines_needed
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_layout import LEAST_AXIS, Axis, Levels, last_label, legend_within, levels_within
from .score_legend import BESIDE, LAST, NAMES, Entry, legend_entries, model_label
from .trace_moments import Trace

LEAST_PLOT = 170
"""Pixels: of plots that would be narrower some go below the others."""
APART, APART_ALONE = 34, 66
"""Pixels beyond the end of a plot for the score that stands apart; of a single plot they have words for it, too."""
GAP = 14.0
CAPTION_LINES = 4
"""In a page, in which nothing may jump: the label and the still picture have all of it."""
SIMULATED = "simulated"


class Span(NamedTuple):
    """The horizontal axis: its ends, and the words for it; ``against`` says whether it is the goal's score."""

    low: float
    high: float
    words: str
    against: bool


class Plot(NamedTuple):
    """The plot of a brain area; ``left`` and ``width`` are those of the trace.

    ``apart`` is the middle of what stands beyond it, ``end`` the right end of that.
    """

    brain: int
    left: float
    width: float
    apart: float
    end: float
    axis: Axis
    first: bool
    """Whether it is the first of its row, which has the numbers of the scores."""
    alone: bool
    """Whether it is the only one, which has the names of its lines beside them."""

    def across(self, span: Span, at: float) -> float:
        """Return where a step or a score of the goal stands, in pixels from the left."""
        return self.left + self.width * (at - span.low) / (span.high - span.low)


class TraceLayout(NamedTuple):
    """Places in pixels; ``caption`` is None, and ``legend`` empty, where there is no room for them.

    ``lines`` are those of the caption.
    """

    font: int
    plots: tuple[Plot, ...]
    legend: tuple[Entry, ...]
    caption: float | None
    lines: int
    height: float


def trace_layout(
    told: ToldScores,
    width: float,
    ends: Sequence[tuple[float, float]],
    height: float | None = None,
    only: int | None = None,
    apart: bool = False,
    beside: str = "",
    caption: str | None = None,
) -> TraceLayout:
    """Lay the plots out.

    Parameters
    ----------
    told : ToldScores
    width : float
        Pixels.
    ends : sequence of (float, float)
        Of the axis of scores that each brain area needs; the plots have a common one.
    height : float, optional
        Most pixels, all of which are taken; by default as many as are needed.
    only : int, optional
        The brain area that is shown; by default as many as have room.
    apart : bool
        Whether a score stands apart, or will.
    beside : str
        Title of a run beside; empty without one.
    caption : str, optional
        The words below the plots where they are to be whole, however many lines that takes.
    """
    font = font_size(width)
    above, below = 1.9 * font, 2.7 * font + 5
    left = margin(font, min(low for low, _ in ends))
    shown, columns = _shown(told, width - left, height, only, above + below)
    rows = -(-len(shown) // columns)
    legend = trace_legend(told, width, font, apart, len(shown) == 1, height is not None, beside)
    lines = lines_needed(caption or "", width, font, CAPTION_LINES, caption is not None)
    below_plots = 1.35 * font + 4 + caption_height([""] * lines, font)
    levels = Levels(True, True, legend[-1].foot + 2.4 * font, float(round((170 if rows == 1 else 110) + width / 14)))
    if height is not None:
        levels = levels_within(height, legend[-1].foot, above, below, below_plots, rows)
        legend, levels = legend_within(legend, levels, width, font, rows)
    axis = Axis(min(ends[b][0] for b in shown), max(ends[b][1] for b in shown), levels.top, levels.axis)
    step = levels.axis + above + below
    foot = float(round(levels.top + (rows - 1) * step + levels.axis + below))
    return TraceLayout(
        font=font,
        plots=_plots(shown, columns, (left, width - 8), axis, step, apart),
        legend=legend,
        caption=foot + 1.35 * font + 4 if levels.caption else None,
        lines=lines,
        height=float(round(foot + below_plots)) if levels.caption else foot,
    )


def _plots(
    shown: Sequence[int], columns: int, span: tuple[float, float], axis: Axis, step: float, apart: bool
) -> tuple[Plot, ...]:
    """Return plots row by row between two edges; ``axis`` is that of the first row, ``step`` that to the next."""
    alone = len(shown) == 1
    each = (span[1] - span[0] - GAP * (columns - 1)) / columns
    beyond = (APART_ALONE if alone else APART) if apart else 12
    plots = []
    for place, brain in enumerate(shown):
        row, column = divmod(place, columns)
        left = span[0] + column * (each + GAP)
        of_row = axis._replace(top=axis.top + row * step)
        right = left + each
        plots.append(Plot(brain, left, each - beyond - 8, right - beyond / 2, right + 4, of_row, column == 0, alone))
    return tuple(plots)


def margin(font: float, low: float) -> float:
    """Return the pixels at the left of a row of plots, for the numbers of the scores and what they are.

    Parameters
    ----------
    font : float
    low : float
        Where the axis begins: below 0 its numbers have a sign.
    """
    return (2.6 if low >= 0 else 3.6) * font + 20


def _shown(
    told: ToldScores, room: float, height: float | None, only: int | None, words: float
) -> tuple[list[int], int]:
    """Return the brain areas that have room, recorded ones first, and the number of plots in a row."""
    shown = [only] if only is not None else list(range(len(told.scores.brain_areas)))
    columns = max(1, min(len(shown), int(room // LEAST_PLOT)))
    if height is not None:
        most = columns * max(1, int(height // (LEAST_AXIS + words)))
        # Of simulated areas the higher ones first: there a trained network parts most from an untrained one.
        shown = sorted(sorted(shown, key=lambda brain: (told.scores.simulated[brain], -brain))[:most])
    rows = -(-len(shown) // columns)
    return shown, -(-len(shown) // rows)


def trace_legend(
    told: ToldScores,
    width: float,
    font: float,
    apart: bool,
    alone: bool = False,
    short: bool = False,
    beside: str = "",
) -> tuple[Entry, ...]:
    """Return the entries of the legend, those to come among them: nothing moves when the last score comes.

    The only plot has the names of its lines beside them, so that the legend has the model areas ``alone``.
    """
    scores = told.scores
    named = [(m, "model", model_label(area, m, short, "best: model")) for m, area in enumerate(scores.model_areas)]
    if not alone:
        named += [(-1, name, NAMES[name]) for name in ("untrained", "pixels", "ceiling")]
        named += [(-1, SIMULATED, "simulated" if short else "simulated recordings")] if any(scores.simulated) else []
        named += [(-1, LAST, last_label(told))] if apart else []
    named += [(-1, BESIDE, beside)] if beside else []
    return legend_entries(named, width, font)


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
