"""Layout of BrainMap: places of brain, cards and scale, and the choice of scores; arithmetic only."""

import re
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_frame import Scores

from .brain_outline import FIELD, REGIONS

WIDEST_BRAIN = 620
GAP = 8
LEAST_CARD = 112
"""Pixels: narrower, a card has no room for "best: model V4"."""
CAPTION_LINES = 2
"""In a dashboard, which has to fit a screen: the label and the files have all of it."""


class ShownArea(NamedTuple):
    """An area of the drawing with its scores.

    Attributes
    ----------
    area : str
    brain : int or None
        Row of the recordings that it shows; None where there are none.
    best : int or None
        The model area that predicts it best; None where no score is known.
    score : float
        Of the best; NaN where not known.
    """

    area: str
    brain: int | None = None
    best: int | None = None
    score: float = float("nan")


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float


class BrainLayout(NamedTuple):
    """Places in pixels; the brain's field begins at ``left`` and has ``scale`` pixels a unit."""

    width: float
    height: float
    font: int
    scale: float
    left: float
    cards: tuple[Box, ...]
    legend: Box
    caption: float


def region_of(area: str) -> str | None:
    """Return the area of the drawing that a brain area belongs to; parts of IT are shown as IT.

    Examples
    --------
    >>> region_of("PIT"), region_of("v4"), region_of("A1")
    ('IT', 'V4', None)
    """
    name = "IT" if re.fullmatch(r"[PCA]IT[dv]?", area, re.IGNORECASE) else area.upper()
    return name if name in [region.area for region in REGIONS] else None


def shown_areas(scores: Scores | None) -> list[ShownArea]:
    """Return the areas from the front of the brain to its back; recorded ones are shown before simulated ones."""
    shown = []
    for area in (region.area for region in reversed(REGIONS)):
        rows = [] if scores is None else [b for b, name in enumerate(scores.brain_areas) if region_of(name) == area]
        if scores is None or not rows:
            shown.append(ShownArea(area))
            continue
        rows.sort(key=lambda row: scores.simulated[row])
        row = next((row for row in rows if scores.best(row) is not None), rows[0])
        best = scores.best(row)
        shown.append(ShownArea(area, row, best, float("nan") if best is None else float(scores.value[row, best])))
    return shown


def colour_top(scores: Scores | None, areas: list[ShownArea]) -> float:
    """Return the upper end of the colours: the highest ceiling or score, to a tenth; it stays while scores move."""
    ceilings = [] if scores is None else [scores.ceiling[area.brain] for area in areas if area.brain is not None]
    top = np.nanmax([0.1, *ceilings, *(area.score for area in areas)])
    return float(np.ceil(top * 10 - 1e-6) / 10)


def brain_layout(width: float) -> BrainLayout:
    """Lay the drawing out for a width in pixels."""
    font = font_size(width)
    across = min(width, WIDEST_BRAIN)
    scale = across / FIELD[0]
    columns = len(REGIONS)
    if (width - GAP * (columns - 1)) / columns < LEAST_CARD:
        columns = 2
    each, height = (width - GAP * (columns - 1)) / columns, 6.6 * font + 10
    top = FIELD[1] * scale + 6
    cards = tuple(
        Box(i % columns * (each + GAP), top + i // columns * (height + GAP), each, height) for i in range(len(REGIONS))
    )
    legend = Box(3, cards[-1].top + height + 12, min(260, width * 0.55), 10)
    caption = np.ceil(legend.top + 12 + 2.6 * font)
    small = max(12, font - 1)
    whole = np.ceil(caption + np.ceil(1.35 * small * (CAPTION_LINES - 1) + 0.6 * font))
    return BrainLayout(width, whole, font, scale, (width - across) / 2, cards, legend, caption)
