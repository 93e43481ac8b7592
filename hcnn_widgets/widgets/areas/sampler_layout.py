"""Layout of AreaSampler: strips of dots, images of the chosen unit, and the claim; arithmetic only."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.captions import caption_height, caption_size, caption_width
from hcnn_widgets.widgets.scene.word_room import font_size, wrapped

Array = NDArray[np.float64]
LEAST_BESIDE = 560
"""Pixels: in a narrower panel images and claim stand below the strips."""
EDGE, GAP = 20.0, 22.0
N_BINS = 44
"""Places across a strip at which dots are stacked."""
LARGEST_DOT = 3.6
LEAST_HALF, COMFORTABLE_HALF, USUAL_HALF, LARGEST_HALF = 1.3, 2.4, 2.9, 6.0
"""Room on either side of a strip's line, in lines of print."""
LEAST_SIDE, COMFORTABLE_SIDE, USUAL_SIDE, LARGEST_SIDE = 40.0, 72.0, 96.0, 168.0
"""Of an image, in pixels."""
N_IMAGES = 6


class Strip(NamedTuple):
    """A strip of dots: recorded sites hang below its line, drawn ones stand above it; pixels.

    Attributes
    ----------
    left, right, top : float
    line : float
        Where dots stand and hang.
    half : float
        Room on either side of the line.
    low, high : float
        Ends of the axis.
    dot : float
        Radius of a dot, where stacks are low.
    """

    left: float
    right: float
    top: float
    line: float
    half: float
    low: float
    high: float
    dot: float = LARGEST_DOT

    def across(self, value: float) -> float:
        """Return where a value stands, in pixels from the left; beyond the axis at its end."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * float(np.clip(share, 0, 1))


class SamplerLayout(NamedTuple):
    """Where everything stands, in pixels.

    Attributes
    ----------
    font : float
    strips : tuple of Strip
    beside : float
        Left edge of the column of images and claim.
    room : float
        Its width.
    images, claim : float
        Top of either.
    side : float
        Of an image.
    height : float
    """

    font: float
    strips: tuple[Strip, ...]
    beside: float
    room: float
    images: float
    claim: float
    side: float
    height: float


def sampler_layout(
    ends: list[tuple[float, float]], n_claims: int, width: float, height: float | None = None
) -> SamplerLayout:
    """Lay the panel out.

    Parameters
    ----------
    ends : list of (float, float)
        Of the axis of each strip.
    n_claims : int
        Rows of the claim.
    width : float
        Pixels.
    height : float, optional
        Room for all of it in pixels, which strips and images then fill; in less than they need it is exceeded.
    """
    font = float(font_size(width)) + 1
    beside = width >= LEAST_BESIDE
    left_width = 0.54 * width if beside else width
    height = height if beside else None
    half = _half(len(ends), font, height)
    each = 4.1 * font + 2 * half
    dot = LARGEST_DOT * min(1.6, max(1.0, half / (USUAL_HALF * font)))
    strips = []
    for place, (low, high) in enumerate(ends):
        top = 2.2 * font + place * each
        strips.append(Strip(EDGE, left_width - EDGE, top, top + 2.2 * font + half, half, low, high, dot))
    foot = 2.2 * font + len(ends) * each + 2.0 * font
    start, room = (left_width + GAP, width - left_width - GAP - EDGE) if beside else (EDGE, width - 2 * EDGE)
    rows = _rows(n_claims) * font
    widest = (room - 3 * 6) / 4
    side = min(USUAL_SIDE, widest)
    if height is not None:
        side = min(LARGEST_SIDE, widest, max(LEAST_SIDE, (height - 4.8 * font - rows) / 2 - 6))
    images = 0.0 if beside else foot
    claim = images + 2.2 * font + 2 * (side + 6) + 2.6 * font
    whole = max(foot, claim + rows, height or 0.0)
    return SamplerLayout(font, tuple(strips), start, room, images, claim, side, whole)


def _half(n_strips: int, font: float, height: float | None) -> float:
    """Return the room on either side of a strip's line, in pixels."""
    if height is None or not n_strips:
        return USUAL_HALF * font
    free = (height - 4.2 * font) / n_strips - 4.1 * font
    return min(LARGEST_HALF * font, max(LEAST_HALF * font, free / 2))


def fitting_captions(
    notes: Sequence[str], n_strips: int, n_claims: int, width: float, height: float | None
) -> list[str]:
    """Return the small print that there is room for, in lines: the last note goes first, before a drawing is squeezed.

    Examples
    --------
    >>> notes = ["r: over sites", "Source: a laboratory"]
    >>> fitting_captions(notes, 3, 4, 900, 300), fitting_captions(notes, 3, 4, 900, 900)
    ([], ['r: over sites', 'Source: a laboratory'])
    """
    font = float(font_size(width)) + 1
    strips = (4.2 + n_strips * (4.1 + 2 * COMFORTABLE_HALF)) * font
    needed = max(strips, (4.8 + _rows(n_claims)) * font + 2 * (COMFORTABLE_SIDE + 6))
    kept, size = list(notes), caption_size(font - 1)
    while kept:
        lines = [line for note in kept for line in wrapped(note, caption_width(width), size)]
        if height is None or width < LEAST_BESIDE or needed + 1.5 * font + caption_height(lines, font) <= height:
            return lines
        kept.pop()
    return []


def _rows(n_claims: int) -> float:
    """Return the height of the claim in lines of print."""
    return 2.6 + 1.75 * n_claims + 5.4


def stacked(values: Array, strip: Strip, up: bool) -> tuple[list[tuple[float, float]], float]:
    """Return where the dots of values stand, (x, y) each, and their radius; NaN for values that are not known.

    Dots are stacked in bins, those of a bin in the order of their values; where the highest stack would not fit the
    strip, dots overlap.

    Examples
    --------
    >>> strip = Strip(0, 440, 0, 50, 40, 0.0, 1.0)
    >>> dots, radius = stacked(np.array([0.5, 0.5, 0.9]), strip, up=True)
    >>> bool(dots[0][0] == dots[1][0]), bool(np.isclose(dots[0][1] - dots[1][1], 2 * radius))
    (True, True)
    """
    known = ~np.isnan(values)
    share = np.clip((values - strip.low) / (strip.high - strip.low), 0, 1)
    bins = np.where(known, np.minimum((np.where(known, share, 0) * N_BINS).astype(int), N_BINS - 1), -1)
    counts = np.bincount(bins[known], minlength=N_BINS)
    step = (strip.right - strip.left) / N_BINS
    radius = min(strip.dot, step / 2)
    rise = min(2 * radius, (strip.half - 2 * radius) / max(1, int(counts.max(initial=0))))
    dots: list[tuple[float, float]] = [(float("nan"), float("nan"))] * len(values)
    height = np.zeros(N_BINS)
    for site in np.argsort(values, kind="stable"):
        if known[site]:
            at = bins[site]
            y = strip.line + (-1 if up else 1) * (3 + radius + rise * height[at])
            dots[site] = strip.left + (at + 0.5) * step, float(y)
            height[at] += 1
    return dots, radius
