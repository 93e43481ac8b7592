"""Layout of the matrix of model areas by brain areas; arithmetic only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_height, caption_width
from hcnn_widgets.widgets.scene.word_room import clipped, font_size, text_width, wrapped

from .layer_area_words import ShownMatch, match_words

WIDEST_CELL = 180
LEAST_CELL = 5.5
"""Room that a cell needs for its number and the words above it, in heights of letters."""
BESIDE_NAME = 30
"""Pixels left and right of the name of a row."""
SCALE_HEIGHT = 10


class MatrixLayout(NamedTuple):
    """Places in pixels.

    Attributes
    ----------
    font : int
    names : tuple of str
        What the rows are called in the room left of the cells: "model V1", where that is tight "V1", or its two ends.
    left, top, cell_width, cell_height : float
        Of the cells.
    scale : (float, float, float)
        Left edge, top and width of the scale of the colours.
    words : tuple of str
        Lines that say how the match came about.
    words_top, caption_top : float
        Where their first line and that of the caption stand.
    captions : tuple of str
    height : float
        Of the whole drawing.
    """

    font: int
    names: tuple[str, ...]
    left: float
    top: float
    cell_width: float
    cell_height: float
    scale: tuple[float, float, float]
    words: tuple[str, ...]
    words_top: float
    caption_top: float
    captions: tuple[str, ...]
    height: float


def matrix_layout(shown: ShownMatch, width: float, captions: Sequence[str] = ()) -> MatrixLayout:
    """Lay a matrix out for a width in pixels, above the lines of its caption."""
    font, (n_brain, n_model) = font_size(width), shown.match.reporting.shape
    room = max(0.3 * width, width - 8 - n_brain * LEAST_CELL * font) - BESIDE_NAME
    names = _row_names(shown.match.model_areas, room, font + 1)
    left = max(text_width(name, font + 1) for name in names) + BESIDE_NAME
    cell_width = min(WIDEST_CELL, (width - left - 8) / n_brain)
    cell_height = float(round(max(2.4 * font, min(46, 260 / n_model))))
    top, wide = 3.7 * font, n_brain * cell_width
    scale = (left, top + n_model * cell_height + 2.6 * font, min(wide, 160))
    words = tuple(wrapped(match_words(shown.match), caption_width(width), font))
    words_top = scale[1] + SCALE_HEIGHT + 3.4 * font
    caption = words_top + (len(words) - 1) * 1.4 * font + 1.7 * font
    height = float(round(caption + caption_height(captions, font)))
    above = (font, names, left, top, cell_width, cell_height, scale)
    return MatrixLayout(*above, words, words_top, caption, tuple(captions), height)


def highest_cell(shown: ShownMatch) -> float:
    """Return the upper end of the colours: the highest score, up to the next tenth."""
    return float(np.ceil(np.nanmax(shown.match.reporting, initial=0.1) * 10 - 1e-6) / 10)


def _row_names(areas: Sequence[str], room: float, size: float) -> tuple[str, ...]:
    """Return the names of the rows, in the same way for all: none says "model" where another has no room for it."""
    whole = [f"model {area}" for area in areas]
    if all(text_width(name, size) <= room for name in whole):
        return tuple(whole)
    return tuple(clipped(area, room, size) for area in areas)
