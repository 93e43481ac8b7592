"""Layout of PredictivityBars: legend, axis and bars; arithmetic only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.captions import caption_height
from hcnn_widgets.widgets.scene.word_room import font_size, text_width
from hcnn_widgets.widgets.scores.score_frame import Scores
from hcnn_widgets.widgets.scores.score_words import ToldScores

SWATCH = 18
WIDEST_BAR = 46
CAPTION_LINES = 2
"""In a dashboard, which has to fit a screen: the label and the files have all of it."""
NAMES = {"untrained": "untrained", "pixels": "pixels", "ceiling": "noise ceiling", "error": "error"}
"""Entries of the legend beside the model areas, by the field of the scores."""


class Bar(NamedTuple):
    """A bar: its brain area and model area, its left edge and width, and the edges of where a pointer finds it."""

    brain: int
    model: int
    left: float
    width: float
    nearest: tuple[float, float]

    @property
    def middle(self) -> float:
        """Middle of the bar in pixels."""
        return self.left + self.width / 2


class Entry(NamedTuple):
    """An entry of the legend: a model area by its index, or -1 and a name in `NAMES`; where its words stand."""

    model: int
    name: str
    label: str
    left: float
    foot: float


class Axis(NamedTuple):
    """The axis of scores: its ends, and top and height of the plot in pixels."""

    low: float
    high: float
    top: float
    height: float

    def at(self, score: float) -> float:
        """Return where a score stands, in pixels from above."""
        return self.top + self.height * (self.high - float(score)) / (self.high - self.low)


class BarsLayout(NamedTuple):
    """Places in pixels; ``left`` and ``width`` are those of the plot, ``names`` the middles of the brain areas."""

    font: int
    left: float
    width: float
    axis: Axis
    names: tuple[float, ...]
    bars: tuple[Bar, ...]
    legend: tuple[Entry, ...]
    caption: float
    height: float


def bars_layout(told: ToldScores, width: float, low: float, high: float) -> BarsLayout:
    """Lay the bars out for a width in pixels; ``low`` and ``high`` are the ends of the axis."""
    font = font_size(width)
    legend = _legend(told, width, font)
    left, top = 2.6 * font + 20, legend[-1].foot + font + 1.6 * font
    axis = Axis(low, high, top, float(round(170 + width / 14)))
    n_brain = len(told.scores.brain_areas)
    each = (width - left - 8) / n_brain
    names = tuple(left + (b + 0.5) * each for b in range(n_brain))
    bars = tuple(bar for b in range(n_brain) for bar in _bars(told.scores, b, names[b], each))
    caption = round(top + axis.height + 3.7 * font) + 1.35 * font - 2
    height = float(round(caption + caption_height([""] * CAPTION_LINES, font)))
    return BarsLayout(font, left, width - left - 8, axis, names, bars, legend, caption, height)


def lowest_score(scores: Scores) -> float:
    """Return where the axis begins: 0, or the tenth below the lowest of all that is drawn."""
    low = float(np.min(_drawn(scores), initial=0.0))
    return float(np.floor(low * 10) / 10) if low < -0.005 else 0.0


def highest_score(scores: Scores) -> float:
    """Return where the axis ends: the tenth above all that is drawn; without a ceiling others may be the highest."""
    return float(np.ceil(np.max(_drawn(scores), initial=0.1) * 10 + 0.2) / 10)


def ticks(low: float, high: float, count: int = 5) -> NDArray[np.float64]:
    """Return about so many round numbers from ``low`` to ``high``: multiples of 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(0, 0.9).tolist(), ticks(-0.2, 0.5).tolist()
    ([0.0, 0.2, 0.4, 0.6, 0.8], [-0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    """
    rough = (high - low) / count
    power = 10 ** np.floor(np.log10(rough))
    # A step twice as large where the rough one is nearer to it, on a logarithmic scale: as d3 has it.
    step = power * next(
        times for times, most in ((1, 2**0.5), (2, 10**0.5), (5, 50**0.5), (10, 11)) if rough / power < most
    )
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return np.round(np.arange(first, last + 1) * step, 10) + 0.0


def _drawn(scores: Scores) -> NDArray[np.float32]:
    """Return all scores that are drawn, with the ends of the whiskers, where they are known."""
    reach = np.nan_to_num(scores.error)
    parts = (scores.value - reach, scores.value + reach, scores.untrained, scores.ceiling, scores.pixels)
    drawn = np.concatenate([part.ravel() for part in parts])
    return drawn[np.isfinite(drawn)]


def _bars(scores: Scores, brain: int, middle: float, room: float) -> list[Bar]:
    n = len(scores.model_areas)
    step = min(WIDEST_BAR, 0.84 * room / n)
    start = middle - n * step / 2
    edges = [middle - room / 2, *(start + m * step for m in range(1, n)), middle + room / 2]
    return [Bar(brain, m, start + m * step + 1.5, step - 3, (edges[m], edges[m + 1])) for m in range(n)]


def _legend(told: ToldScores, width: float, font: float) -> tuple[Entry, ...]:
    scores, trains = told.scores, told.header["step"] is not None
    # While a network learns each of them may still come; else it must be there to be worth a place.
    known = [name for name in NAMES if trains or np.isfinite(getattr(scores, name)).any()]
    named = [(m, "model", f"model {area}") for m, area in enumerate(scores.model_areas)]
    return legend_entries([*named, *((-1, name, NAMES[name]) for name in known)], width, font)


def legend_entries(named: Sequence[tuple[int, str, str]], width: float, font: float) -> tuple[Entry, ...]:
    """Place the entries of a legend one after the other, in as many lines as they take.

    Parameters
    ----------
    named : sequence of (int, str, str)
        Model area by its index or -1, name and label of each entry.
    width, font : float
    """
    entries, left, foot = [], 4.0, float(font)
    for model, name, label in named:
        needed = SWATCH + 6 + text_width(label, font) + 14
        if left > 4 and left + needed > width:
            left, foot = 4.0, foot + 1.6 * font
        entries.append(Entry(model, name, label, left, foot))
        left += needed
    return tuple(entries)
