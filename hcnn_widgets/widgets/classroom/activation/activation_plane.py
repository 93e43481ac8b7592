"""The plane of an activation function: both curves, the pre-activations beneath it, the values beside it."""

import numpy as np

from hcnn_widgets.classroom.activation import SATURATED
from hcnn_widgets.widgets.classroom.plane.cells import number_text
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import shortened, text_width

from .activation_layout import ActivationLayout, Array, polyline
from .activation_words import PRIME
from .pre_activations import PreActivations

N_BINS = 64
OF_F, OF_SLOPE, OF_Z = "series-0", "series-1", "series-2"
FAINT = 0.4
DEAD = "furrow"
VALUES = ("values f(z)", "f(z)")
"""Name of the values that come out, and a shorter one."""


def plane_group(layout: ActivationLayout, given: PreActivations | None) -> Group:
    """Return the plane with its histograms."""
    frame = layout.plane
    corners = np.array(
        [[frame.x, frame.y], [frame.right, frame.y], [frame.right, frame.foot], [frame.x, frame.foot]], np.float64
    )
    curves: tuple[Mark, ...] = (
        polyline("slope", layout.placed(layout.slopes), stroke=OF_SLOPE, stroke_width=2.5, dash=(7, 4)),
        polyline("curve", layout.placed(layout.curve), stroke=OF_F, stroke_width=4.0),
    )
    return Group(
        "plane",
        (
            *_flat_parts(layout),
            *_axes(layout),
            *_z_bars(layout, given),
            *_value_bars(layout, given),
            Group("curves", curves, polyline("frame", corners, closed=True)),
            *_legend(layout),
        ),
    )


def _flat_parts(layout: ActivationLayout) -> list[Mark]:
    """Return what lies behind the parts of the axis where the slope is below 0.1, through plane and histogram."""
    flat = np.abs(layout.shown.slope(layout.z)) < SATURATED
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
    marks: list[Mark] = []
    for first, after in edges.reshape(-1, 2):
        left, right = layout.across(layout.z[first]), layout.across(layout.z[after - 1])
        height = layout.below.foot - layout.plane.y
        marks.append(Rect(f"flat-{first}", float(left), layout.plane.y, float(right - left), height, fill="soft"))
        words, size = f"|f{PRIME}| < 0.1", caption_size(layout.font)
        if right - left > 6 * size:
            middle = float(left + right) / 2
            marks.append(
                Text(f"flat-words-{first}", middle, layout.plane.y + 1.3 * size, words, size, "middle", fill="quiet")
            )
    return marks


def _axes(layout: ActivationLayout) -> list[Mark]:
    frame, below, size = layout.plane, layout.below, layout.font
    marks: list[Mark] = [
        Line("zero-up", float(layout.across(0)), frame.y, float(layout.across(0)), below.foot, stroke="muted"),
        Line("zero-across", frame.x, float(layout.up(0)), frame.right, float(layout.up(0)), stroke="muted"),
        Line("z-axis", frame.x, below.foot, frame.right, below.foot, stroke="quiet"),
    ]
    for z in layout.z_ticks:
        x = float(layout.across(z))
        marks += [
            Line(f"z-tick-{z:g}", x, below.foot, x, below.foot + 4, stroke="quiet"),
            Text(f"z-{z:g}", x, below.foot + 4 + size, number_text(float(z)), size, "middle", fill="quiet"),
        ]
    for value in layout.value_ticks:
        y = float(layout.up(value))
        marks += [
            Line(f"value-tick-{value:g}", frame.x - 4, y, frame.x, y, stroke="quiet"),
            Text(
                f"value-{value:g}", frame.x - 7, y + 0.35 * size, number_text(float(value)), size, "end", fill="quiet"
            ),
        ]
    return marks


def _z_bars(layout: ActivationLayout, given: PreActivations | None) -> list[Mark]:
    """Return the pre-activations as bars on the axis: grey where no gradient passes, pale where hardly any does."""
    frame = layout.below
    if given is None or not len(given.z):
        return [_name("pre-activations z", layout)]
    edges = np.linspace(-layout.span, layout.span, N_BINS + 1)
    heights = _shares(given.z, edges)
    slopes = np.abs(layout.shown.slope((edges[:-1] + edges[1:]) / 2))
    bar = frame.width / N_BINS
    marks: list[Mark] = [
        Rect(
            f"z-bar-{n}",
            frame.x + n * bar + 0.5,
            frame.foot - height * frame.height,
            bar - 1,
            height * frame.height,
            fill=DEAD if slope == 0 else OF_Z,
            opacity=FAINT if 0 < slope < SATURATED else 1.0,
        )
        for n, (height, slope) in enumerate(zip(heights, slopes, strict=True))
        if height > 0
    ]
    outside = float(np.mean(np.abs(given.z) > layout.span))
    beyond = f", {100 * outside:.1g} % beyond" if outside > 0.0005 else ""
    own = "" if given.function in ("", layout.shown.function) else f"; its own function is {given.function}"
    return [*marks, _name(f"z: {given.whose}{beyond}{own}", layout)]


def _name(words: str, layout: ActivationLayout) -> Text:
    """Return the name of the axis, beneath it."""
    frame, size = layout.below, layout.font
    cut = shortened(words, layout.beside.right - 4, size)
    whole = words if cut != words else ""
    return Text("z-name", 4, frame.foot + 2.7 * size, cut, size, whole=whole, fill="ink")


def _value_bars(layout: ActivationLayout, given: PreActivations | None) -> list[Mark]:
    """Return the values that come out as bars beside the plane."""
    frame, size = layout.beside, layout.font
    words = next(words for words in VALUES if text_width(words, size) <= frame.width or words == VALUES[-1])
    name = Text("value-name", frame.x, frame.foot + 1.3 * size, words, size, fill=OF_F)
    base = Line("value-axis", frame.x, frame.y, frame.x, frame.foot, stroke="quiet")
    if given is None or not len(given.z):
        return [base, name]
    edges = np.linspace(layout.low, layout.high, N_BINS + 1)
    bar = frame.height / N_BINS
    marks: list[Mark] = [
        Rect(f"value-bar-{n}", frame.x, frame.foot - (n + 1) * bar + 0.5, width * frame.width, bar - 1, fill=OF_F)
        for n, width in enumerate(_shares(layout.shown.value(given.z), edges))
        if width > 0
    ]
    return [*marks, base, name]


def _shares(values: Array, edges: Array) -> Array:
    """Return the bars of a histogram, the longest 1."""
    counts = np.histogram(values, edges)[0].astype(np.float64)
    return counts / max(1.0, float(counts.max()))


def _legend(layout: ActivationLayout) -> list[Mark]:
    """Return the names of both curves, in the upper left corner."""
    size, x = layout.size, layout.plane.x + 10
    marks: list[Mark] = []
    for row, (words, colour, dash) in enumerate((("f(z)", OF_F, ()), (f"f{PRIME}(z)", OF_SLOPE, (7, 4)))):
        y = layout.plane.y + (2.4 + 1.5 * row) * size
        marks += [
            Line(f"legend-line-{row}", x, y, x + 26, y, stroke=colour, stroke_width=3.5, dash=dash),
            Text(f"legend-{row}", x + 33, y + 0.35 * size, words, size, bold=True, rim=True, fill=colour),
        ]
    return marks
