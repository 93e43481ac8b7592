"""The numbers beside the plane: what the function is, its shares, and what is left of a gradient behind many layers."""

import math

import numpy as np

from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import shortened

from .activation_layout import ActivationLayout, Box, polyline
from .activation_plane import DEAD, FAINT, OF_F, OF_SLOPE, OF_Z
from .activation_shown import MOST_LAYERS
from .activation_words import at_place, dead_maps, formula, percent, power_text, usual_slope
from .pre_activations import PreActivations

POWERS = (1, -6)
"""The axis of the gradient: from ten times to a millionth of its size."""


def column_group(layout: ActivationLayout, given: PreActivations | None) -> Group:
    """Return the numbers of the function and of the pre-activations that it is given."""
    return Group("column", (*_head(layout), *_shares(layout, given), *_gradient(layout, given)))


def _head(layout: ActivationLayout) -> list[Mark]:
    """Return name, formula, range, and value and slope at the pre-activation in focus."""
    shown, size = layout.shown, layout.font
    value, slope = at_place(shown, shown.z).split(", ")
    ends = shown.activation.range.replace("inf", "\u221e").replace("-", "\u2212")
    rows = (
        (shown.activation.words, 1.55 * size, "ink", True),
        (f"f = {formula(shown)}", size + 1, "text", False),
        (f"values in {ends}", size + 1, "quiet", False),
        (value, 1.3 * size, OF_F, True),
        (slope, 1.3 * size, OF_SLOPE, True),
    )
    marks: list[Mark] = []
    y = layout.column.y
    for n, (words, letters, colour, bold) in enumerate(rows):
        y += 1.45 * letters
        cut = shortened(words, layout.column.width, letters, bold)
        whole = words if cut != words else ""
        marks.append(Text(f"head-{n}", layout.column.x, y, cut, letters, bold=bold, whole=whole, fill=colour))
    return marks


def _shares(layout: ActivationLayout, given: PreActivations | None) -> list[Mark]:
    """Return a bar of three parts: no gradient passes, hardly any does, it passes."""
    if given is None or not len(given.z):
        return []
    shown, size, (x, top, width, _) = layout.shown, layout.font, layout.column
    z, y = given.z - shown.threshold, top + 12.0 * size
    dead, flat = shown.activation.dead_share(z), shown.activation.saturated_share(z)
    parts = (
        (dead, f"slope 0: {percent(dead)}", DEAD, 1.0),
        (flat - dead, f"0 to 0.1: {percent(flat - dead)}", OF_Z, FAINT),
        (1 - flat, f"passes: {percent(1 - flat)}", OF_Z, 1.0),
    )
    marks: list[Mark] = [Text("shares", x, y - 0.5 * size, "Slopes at these z", size, bold=True, fill="ink")]
    left = x
    for n, (share, words, colour, opacity) in enumerate(parts):
        marks.append(Rect(f"share-{n}", left, y, share * width, 1.2 * size, fill=colour, opacity=opacity))
        left += share * width
        foot = y + (2.8 + 1.4 * n) * size
        marks += [
            Rect(f"swatch-{n}", x, foot - 0.75 * size, 0.8 * size, 0.8 * size, fill=colour, opacity=opacity),
            Text(f"share-words-{n}", x + 1.3 * size, foot, words, size, fill="text"),
        ]
    more = shortened(dead_maps(shown, given), width, size)
    return [*marks, Text("dead-maps", x, y + 7.0 * size, more, size, bold=True, fill="text")] if more else marks


def _gradient(layout: ActivationLayout, given: PreActivations | None) -> list[Mark]:
    """Return how the size of a gradient falls from layer to layer, on an axis of powers of ten."""
    shown, size, column = layout.shown, layout.font, layout.column
    best = shown.activation.steepest
    usual = best if given is None or not len(given.z) else usual_slope(shown, given)
    top = column.y + 21.2 * size
    box = Box(column.x + 3.0 * size, top + 4.2 * size, column.width - 3.4 * size, column.foot - top - 5.4 * size)
    words = f"Gradient through {plural(shown.layers, 'layer')}"
    lines = (
        (words, "ink", True),
        (f"at best {power_text(best, shown.layers)}", OF_SLOPE, False),
        (f"usually {power_text(usual, shown.layers)} (dashed)", OF_SLOPE, False),
    )
    marks: list[Mark] = []
    for n, (line, colour, bold) in enumerate(lines):
        cut = shortened(line, column.width, size, bold)
        marks.append(
            Text(
                f"through-{n}",
                column.x,
                top + 1.45 * n * size,
                cut,
                size,
                bold=bold,
                whole=line if cut != line else "",
                fill=colour,
            )
        )
    marks += _powers(box, size)
    for n, base in enumerate((best, usual)):
        marks += _falling(f"falling-{n}", box, base, shown.layers, pale=n == 1)
    return marks


def _powers(box: Box, size: float) -> list[Mark]:
    """Return the axis of the gradient's size."""
    marks: list[Mark] = []
    for power, words in ((0, "1"), (-3, "10\u207b\u00b3"), (-6, "10\u207b\u2076")):
        y = _height(box, 10.0**power)
        marks += [
            Line(f"power-{-power}", box.x, y, box.right, y, stroke="border"),
            Text(f"power-words-{-power}", box.x - 5, y + 0.35 * size, words, size - 1, "end", fill="quiet"),
        ]
    return marks


def _falling(key: str, box: Box, base: float, layers: int, pale: bool) -> list[Mark]:
    """Return the size behind every layer as a line, with dots up to the number of layers that is chosen."""
    sizes = base ** np.arange(MOST_LAYERS + 1.0)
    points = np.array([[box.x + box.width * n / MOST_LAYERS, _height(box, size)] for n, size in enumerate(sizes)])
    reach = np.flatnonzero(sizes >= 10.0 ** POWERS[1])
    marks: list[Mark] = [
        polyline(key, points[: max(2, len(reach))], stroke=OF_SLOPE, stroke_width=2.0, dash=(4, 3) if pale else ())
    ]
    at = points[layers]
    if sizes[layers] >= 10.0 ** POWERS[1]:
        marks.append(
            Rect(
                f"{key}-dot",
                at[0] - 5,
                at[1] - 5,
                10,
                10,
                5,
                fill="paper" if pale else OF_SLOPE,
                stroke=OF_SLOPE,
                stroke_width=2.0,
            )
        )
    return marks


def _height(box: Box, size: float) -> float:
    """Return the pixels of a gradient's size; what is below the axis lies at its foot."""
    power = POWERS[1] if size <= 10.0 ** POWERS[1] else math.log10(size)
    return box.y + (POWERS[0] - power) / (POWERS[0] - POWERS[1]) * box.height
