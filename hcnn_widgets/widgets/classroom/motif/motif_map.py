"""A map as pixels, its channels side by side, and its values as a histogram."""

from itertools import pairwise

import numpy as np

from hcnn_widgets.widgets.scene.colours import diverging
from hcnn_widgets.widgets.scene.marks import Line, Mark, Pixels, Rect

from .motif_shown import Array

N_BINS = 24
ZERO = 1e-9
"""Smaller values count as 0: sums that should be 0 are not quite."""


def map_marks(map_: Array, at: tuple[float, float, float], place: int, grey: bool) -> list[Mark]:
    """Return the channels of a map as images in a square, and its frame.

    Parameters
    ----------
    map_ : (n_rows, n_columns, n_channels) float
    at : tuple
        Left, top and side, in pixels.
    place : int
    grey : bool
        Whether it is the image, around the grey of 0; other maps are orange below 0, white at 0 and blue above.
    """
    x, y, side = at
    n_channels = map_.shape[2]
    per_row = int(np.ceil(np.sqrt(n_channels)))
    step = side / per_row
    marks: list[Mark] = []
    for number in range(n_channels):
        row, column = divmod(number, per_row)
        box = (x + column * step, y + row * step, step - (1 if per_row > 1 else 0), step - (1 if per_row > 1 else 0))
        marks.append(Pixels(f"map-{number}", *box, _coloured(map_[..., number], _scale(map_), grey), place=place))
    return [*marks, Rect("frame", x, y, side, side, stroke="border", place=place)]


def _scale(map_: Array) -> float:
    return float(np.abs(map_).max()) or 1.0


def _coloured(channel: Array, scale: float, grey: bool) -> np.ndarray:
    """Return the pixels of a channel; the image keeps the grey values that it has on a screen."""
    if grey:
        return np.round(255 * np.clip(channel + 0.5, 0, 1)).astype(np.uint8)
    return diverging(np.round(128 + 127 * channel / scale).astype(np.uint8))


def histogram_marks(map_: Array, box: tuple[float, float, float, float], place: int) -> list[Mark]:
    """Return the histogram of what is not 0, from the smallest to the largest value."""
    x, y, width, height = box
    values = map_.ravel()
    rest = values[np.abs(values) >= ZERO]
    base = y + height
    marks: list[Mark] = [Line("axis", x, base, x + width, base, stroke="quiet", place=place)]
    if rest.size:
        low, high = min(0.0, float(rest.min())), max(0.0, float(rest.max()))
        counts, edges = np.histogram(rest, N_BINS, (low, high))
        places = x + (edges - low) / (high - low) * width
        heights = 0.95 * height * counts / counts.max()
        marks += [
            Rect(f"bar-{n}", left, base - tall, right - left, tall, fill="text", opacity=0.7, place=place)
            for n, (tall, (left, right)) in enumerate(zip(heights.tolist(), pairwise(places.tolist()), strict=True))
            if tall > 0
        ]
        zero = x + (0 - low) / (high - low) * width
        marks.append(Line("zero", zero, y, zero, base, stroke="focus", dash=(2, 2), place=place))
    return marks


def zero_share(map_: Array) -> float:
    """Return the share of a map's values that are 0, from 0 to 1."""
    return float(np.mean(np.abs(map_) < ZERO))
