"""Layout of PredictivityBars: legend, axis and bars; arithmetic only."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.captions import caption_height, lines_needed
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_frame import Scores
from hcnn_widgets.widgets.scores.score_words import ToldScores, caption_of

from .bars_beside import LevelsBeside
from .score_legend import BESIDE, LAST, NAMES, Entry, brief_legend, legend_entries, model_label

WIDEST_BAR = 46
CAPTION_LINES = 2
"""In a page, in which nothing may jump: the label, the files and the still picture have all of it."""
TICK_ROOM = 26
"""Pixels from tick to tick of the axis, at least."""
LEAST_AXIS, EASY_AXIS = 90.0, 130.0
"""Pixels of the axis of scores where a height is given: below them the legend, or the caption, makes room for it."""


APART = -1


class Bar(NamedTuple):
    """A bar: its brain area and model area, its left edge and width, and the edges of where a pointer finds it.

    Where the scores are on a part of the images a place beside the bars is kept for that on all, of model `APART`.
    """

    brain: int
    model: int
    left: float
    width: float
    nearest: tuple[float, float]

    @property
    def middle(self) -> float:
        """Middle of the bar in pixels."""
        return self.left + self.width / 2


class Axis(NamedTuple):
    """The axis of scores: its ends, and top and height of the plot in pixels."""

    low: float
    high: float
    top: float
    height: float

    @property
    def ticks(self) -> NDArray[np.float64]:
        """Scores that have a tick: as many as can be read, five at most."""
        return ticks(self.low, self.high, min(5, max(2, int(self.height / TICK_ROOM))))

    def at(self, score: float) -> float:
        """Return where a score stands, in pixels from above."""
        return self.top + self.height * (self.high - float(score)) / (self.high - self.low)


class BarsLayout(NamedTuple):
    """Places in pixels; ``left`` and ``width`` are those of the plot, ``names`` the middles of the brain areas.

    ``caption`` is None, and ``legend`` empty, where there is no room for them; ``lines`` are those of the caption.
    """

    font: int
    left: float
    width: float
    axis: Axis
    names: tuple[float, ...]
    bars: tuple[Bar, ...]
    legend: tuple[Entry, ...]
    caption: float | None
    lines: int
    height: float


class Levels(NamedTuple):
    """What stands one below the other in a plot: whether it has legend and caption, and top and height of its axis."""

    legend: bool
    caption: bool
    top: float
    axis: float


def bars_layout(
    told: ToldScores,
    width: float,
    low: float,
    high: float,
    height: float | None = None,
    beside: str = "",
    whole: bool = False,
) -> BarsLayout:
    """Lay the bars out.

    Parameters
    ----------
    told : ToldScores
    width : float
        Pixels.
    low, high : float
        Ends of the axis.
    height : float, optional
        Most pixels, all of which are taken; by default as many as are needed.
    beside : str
        Title of the run beside; empty without one.
    whole : bool
        Whether the caption is whole, however many lines that takes.
    """
    font = font_size(width)
    legend = _legend(told, width, font, beside, short=height is not None)
    lines = lines_needed(caption_of(told.header), width, font, CAPTION_LINES, whole)
    names, caption = 2.3 * font + 8, 1.35 * font + 8 + caption_height([""] * lines, font)
    levels = Levels(True, True, legend[-1].foot + 2.6 * font, float(round(170 + width / 14)))
    if height is not None:
        levels = levels_within(height, legend[-1].foot, 1.6 * font, names, caption)
        legend, levels = legend_within(legend, levels, width, font)
    left = 2.6 * font + 20
    each = (width - left - 8) / len(told.scores.brain_areas)
    middles = tuple(left + (b + 0.5) * each for b in range(len(told.scores.brain_areas)))
    bars = tuple(bar for b, middle in enumerate(middles) for bar in _bars(told, b, middle, each))
    foot = float(round(levels.top + levels.axis + names))
    return BarsLayout(
        font=font,
        left=left,
        width=width - left - 8,
        axis=Axis(low, high, levels.top, levels.axis),
        names=middles,
        bars=bars,
        legend=legend,
        caption=foot + 1.35 * font + 8 if levels.caption else None,
        lines=lines,
        height=float(round(foot + caption)) if levels.caption else foot,
    )


def levels_within(height: float, legend: float, above: float, below: float, caption: float, rows: int = 1) -> Levels:
    """Share a height out: the axis has what the words leave; where that is little, words go before it is squeezed.

    Parameters
    ----------
    height : float
    legend : float
        Pixels of the legend.
    above, below : float
        Pixels above the axis of a row of plots, and below it: neither can be left out.
    caption : float
        Pixels of the caption.
    rows : int
        Rows of plots.

    Examples
    --------
    >>> levels_within(300, 40, 20, 40, 50).caption, levels_within(240, 40, 20, 40, 50)
    (True, Levels(legend=True, caption=False, top=60, axis=140.0))
    >>> levels_within(180, 40, 20, 40, 50)
    Levels(legend=False, caption=False, top=20, axis=120.0)
    """
    rest = height - rows * (above + below)
    if rest - legend - caption >= rows * EASY_AXIS:
        return Levels(True, True, legend + above, (rest - legend - caption) / rows)
    if rest - legend >= rows * LEAST_AXIS:
        return Levels(True, False, legend + above, (rest - legend) / rows)
    return Levels(False, False, above, max(1.0, rest / rows))


def legend_within(
    legend: tuple[Entry, ...], levels: Levels, width: float, font: float, rows: int = 1
) -> tuple[tuple[Entry, ...], Levels]:
    """Return the legend that there is room for, of one line where not for the whole, and the levels with it.

    Parameters
    ----------
    legend : tuple of Entry
        The whole.
    levels : Levels
        Those with the whole legend or with none.
    width, font : float
    rows : int
        Rows of plots, which give way to the line alike.
    """
    if levels.legend:
        return legend, levels
    brief, axis = brief_legend(legend, width, font), levels.axis - font / rows
    if not brief or axis < LEAST_AXIS:
        return (), levels
    return brief, levels._replace(top=levels.top + font, axis=axis)


def lowest_score(scores: Scores, beside: LevelsBeside | None = None) -> float:
    """Return where the axis begins: 0, or the tenth below the lowest of all that is drawn."""
    low = float(np.min(_drawn(scores, beside), initial=0.0))
    return float(np.floor(low * 10) / 10) if low < -0.005 else 0.0


def highest_score(scores: Scores, beside: LevelsBeside | None = None) -> float:
    """Return where the axis ends: the tenth above all that is drawn.

    A ceiling far above has a mark at the edge, so that what moves has the room.
    """
    return float(np.ceil(np.max(_drawn(scores, beside), initial=0.1) * 10 + 0.2) / 10)


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


def ends_of_bars(told: ToldScores, beside: LevelsBeside | None = None) -> tuple[float, float]:
    """Return the ends of the axis of scores, of those on all images and of another run, too."""
    parts = [part.scores for part in (told, told.whole) if part is not None]
    return min(lowest_score(part, beside) for part in parts), max(highest_score(part, beside) for part in parts)


def apart_from(told: ToldScores) -> bool:
    """Return whether scores on all images stand apart, or will."""
    return told.whole is not None or bool(told.header["part"])


def _drawn(scores: Scores, beside: LevelsBeside | None) -> NDArray[np.float64]:
    """Return all scores that take room, with the ends of the whiskers, where they are known; the ceiling takes none."""
    reach = np.nan_to_num(scores.error)
    parts = (scores.value - reach, scores.value + reach, scores.untrained, scores.pixels)
    drawn = np.concatenate([part.ravel() for part in (*parts, *(() if beside is None else (beside.value,)))])
    return drawn[np.isfinite(drawn)]


def _bars(told: ToldScores, brain: int, middle: float, room: float) -> list[Bar]:
    n = len(told.scores.model_areas) + (1 if apart_from(told) else 0)
    step = min(WIDEST_BAR, 0.84 * room / n)
    start = middle - n * step / 2
    edges = [middle - room / 2, *(start + m * step for m in range(1, n)), middle + room / 2]
    models = [*range(len(told.scores.model_areas)), *([APART] if apart_from(told) else [])]
    return [
        Bar(brain, m, start + place * step + 1.5, step - 3, (edges[place], edges[place + 1]))
        for place, m in enumerate(models)
    ]


def _legend(told: ToldScores, width: float, font: float, beside: str, short: bool = False) -> tuple[Entry, ...]:
    scores, trains = told.scores, told.header["step"] is not None
    # While a network learns each of them may still come; else it must be there to be worth a place.
    known = [name for name in NAMES if trains or np.isfinite(getattr(scores, name)).any()]
    named = [(m, "model", model_label(area, m, short)) for m, area in enumerate(scores.model_areas)]
    named += [(-1, name, NAMES[name]) for name in known]
    named += [(-1, LAST, last_label(told))] if apart_from(told) else []
    named += [(-1, BESIDE, beside)] if beside else []
    return legend_entries(named, width, font)


def last_label(told: ToldScores) -> str:
    """Return the words for scores that stand apart: "at the end, on all 640 images"."""
    return f"at the end, on {told.header['all_images']}"
