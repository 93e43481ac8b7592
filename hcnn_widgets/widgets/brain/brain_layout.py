"""Layout of BrainMap: places of brain, cards and scale, and the choice of scores; arithmetic only."""

import re
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_height, lines_needed
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.score_frame import Scores

from .brain_outline import FIELD, REGIONS

WIDEST_BRAIN = 620
GAP = 8
LEAST_CARD = 112
"""Pixels: narrower, a card has no room for "best: model V4"."""
SCALED = 150
"""Pixels: in less height the drawing has no scale of colours; the scores stand on the cards."""
CARD_LINES = 4
"""Lines of a card: name and score; the best model area; the ceiling; recorded or simulated."""
CAPTION_LINES = 2
"""In a page, in which nothing may jump: the label, the files and the still picture have all of it."""


REGIONS_IN_ORDER = tuple(region.area for region in reversed(REGIONS))
"""Areas as they are walked: from the front of the brain to its back."""


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
    """Places in pixels; the brain's field begins at ``left`` and has ``scale`` pixels a unit.

    ``lines`` are those of a card, ``caption_lines`` those below all. ``legend`` and ``caption`` are None where there is
    no room for them.
    """

    width: float
    height: float
    font: int
    scale: float
    left: float
    cards: tuple[Box, ...]
    lines: int
    legend: Box | None
    caption: float | None
    caption_lines: int = 0


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
    for area in REGIONS_IN_ORDER:
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


def brain_layout(width: float, height: float | None = None, caption: str | None = None) -> BrainLayout:
    """Lay the drawing out for a width and the most height in pixels; where that is too little, cards go beside it.

    Given a caption, there is room for all of it.
    """
    lines = lines_needed(caption or "", width, font_size(width), CAPTION_LINES, caption is not None)
    natural = _one_below_the_other(width, lines)
    return natural if height is None or natural.height <= height else _side_by_side(width, height)


def _one_below_the_other(width: float, caption_lines: int) -> BrainLayout:
    font = font_size(width)
    across = min(width, WIDEST_BRAIN)
    scale = across / FIELD[0]
    columns = len(REGIONS)
    if (width - GAP * (columns - 1)) / columns < LEAST_CARD:
        columns = 2
    each, high = (width - GAP * (columns - 1)) / columns, card_height(CARD_LINES, font)
    top = FIELD[1] * scale + 6
    cards = tuple(
        Box(i % columns * (each + GAP), top + i // columns * (high + GAP), each, high) for i in range(len(REGIONS))
    )
    legend = Box(3, cards[-1].top + high + 12, min(260, width * 0.55), 10)
    caption = float(np.ceil(legend.top + 12 + 2.6 * font))
    whole = caption + caption_height([""] * caption_lines, font)
    left = (width - across) / 2
    return BrainLayout(width, whole, font, scale, left, cards, CARD_LINES, legend, caption, caption_lines)


def _side_by_side(width: float, height: float) -> BrainLayout:
    """Put the cards beside the brain, with as many lines as there is room for, and no caption."""
    font, n = font_size(width), len(REGIONS)
    lines = next((k for k in (CARD_LINES, 2) if n * card_height(k, font) + (n - 1) * GAP <= height), 1)
    # On a card of one line all words stand beside one another.
    each = min(LEAST_CARD + 58, max(LEAST_CARD + (34 if lines == 1 else 0), 0.3 * width))
    high = card_height(lines, font)
    gap = max(1.0, min(GAP, (height - n * high) / (n - 1)))
    cards = tuple(Box(width - each, i * (high + gap), each, high) for i in range(n))
    scale_room = 2.6 * font + 10 if height > SCALED else 0.0
    room = width - each - GAP
    scale = min(room, WIDEST_BRAIN, (height - scale_room) * FIELD[0] / FIELD[1]) / FIELD[0]
    legend = Box(3, FIELD[1] * scale + 6, min(200, 0.5 * room), 10) if scale_room else None
    return BrainLayout(width, height, font, scale, (room - FIELD[0] * scale) / 2, cards, lines, legend, None)


def card_height(lines: int, font: float) -> float:
    """Return the height in pixels of a card of so many lines."""
    return 1.45 * font * (lines - 1) + 1.4 * font + 10
