"""The contrast response of a unit: measured points, the formula through them, and the contrast that is shown."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.classroom.plane.cells import Box, number_text
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Rect, Text
from hcnn_widgets.widgets.scene.word_room import shortened, text_width

from .motif_shown import CONTRASTS, Array, MotifShown
from .motif_words import formula_words, percent

RADIUS = 4.5
ALONE, MASKED = "series-0", "series-1"
N_CURVE = 40
LEAST_FOR_ALL = 330.0
"""Pixels: narrower axes have every second number, and fewer words for the curves."""
TITLES = ("Contrast response of the unit that answers most", "Contrast response, strongest unit", "Contrast response")
"""From the longest to the shortest."""


class Axes(NamedTuple):
    """Where the axes stand, in pixels, and what they show."""

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float

    def x(self, contrast: float) -> float:
        """Return where a contrast stands, on a scale of ratios."""
        first, last = np.log(CONTRASTS[0]), np.log(CONTRASTS[-1])
        return self.left + self.width * float((np.log(max(contrast, CONTRASTS[0])) - first) / (last - first))

    def y(self, response: float) -> float:
        """Return where a response stands."""
        return self.top + self.height * (self.high - response) / (self.high - self.low)


def curve_height(width: float, font: float) -> float:
    """Return the height of the contrast response with its words."""
    return min(230.0, 0.3 * width + 40) + 4.9 * font


def curve_marks(shown: MotifShown, at: tuple[float, float, float], font: float, first_place: int) -> Group:
    """Return the contrast response.

    Parameters
    ----------
    shown : MotifShown
    at : tuple
        Left, top and width, in pixels.
    font : float
    first_place : int
        Of the point with the lowest contrast; the others follow.
    """
    left, top, width = at
    axes, curves = axes_of(shown, at, font), shown.curves
    title = next(words for words in TITLES if text_width(words, font + 1, bold=True) <= width or words == TITLES[-1])
    whole = formula_words(shown)
    short = whole.partition(", off")[0]
    formula, size = _fitting((whole, short, short.removeprefix("Lines: ")), width, (font + 1, font))
    marks: list[Mark] = [
        Text("title", left, top + font, title, font + 1, bold=True, fill="ink"),
        Text("formula", left, top + 2.5 * font, formula, size, fill="ink"),
        *_axes_marks(axes, font),
        *_now(shown, axes, font),
        *_series("alone", curves.alone, ALONE, shown, axes, first_place, 0.0),
        *(_series("masked", curves.masked, MASKED, shown, axes, first_place, shown.mask) if shown.mask else ()),
        *_legend(shown, axes, font),
    ]
    return Group("curve", tuple(marks))


def _fitting(texts: tuple[str, ...], width: float, sizes: tuple[float, ...]) -> tuple[str, float]:
    """Return the longest of texts that has room, and the largest size in which it has; the last is cut where none has.

    Examples
    --------
    >>> _fitting(("a long one", "short"), 40, (13, 12))
    ('short', 13)
    """
    for text in texts:
        for size in sizes:
            if text_width(text, size) <= width:
                return text, size
    return shortened(texts[-1], width, sizes[-1]), sizes[-1]


def axes_of(shown: MotifShown, at: tuple[float, float, float], font: float) -> Axes:
    """Return the axes of the contrast response."""
    left, top, width = at
    curves = shown.curves
    values = np.concatenate([curves.alone, curves.masked if shown.mask else curves.alone, [0.0]])
    low, high = float(values.min()), float(values.max())
    room = 0.06 * ((high - low) or 1.0)
    height = curve_height(width + 8, font) - 6.3 * font
    return Axes(
        left + 3.4 * font, top + 3.5 * font, width - 4.6 * font, height, low - (room if low else 0), high + room
    )


def point_box(shown: MotifShown, at: tuple[float, float, float], font: float, number: int) -> Box:
    """Return the box around a point of the curve alone."""
    axes = axes_of(shown, at, font)
    x, y = axes.x(CONTRASTS[number]), axes.y(float(shown.curves.alone[number]))
    return x - 9, y - 9, 18.0, 18.0


def _axes_marks(axes: Axes, font: float) -> list[Mark]:
    base = axes.top + axes.height
    marks: list[Mark] = [
        Line("x-axis", axes.left, base, axes.left + axes.width, base, stroke="quiet"),
        Line("y-axis", axes.left, axes.top, axes.left, base, stroke="quiet"),
        Text("contrast", axes.left + axes.width, base + 2.6 * font, "contrast", font, "end", fill="quiet"),
        Text(
            "response",
            axes.left - 2.4 * font,
            axes.top + axes.height / 2,
            "response",
            font,
            "middle",
            turned=True,
            fill="quiet",
        ),
    ]
    every = 1 if axes.width >= LEAST_FOR_ALL else 2
    for number, contrast in enumerate(CONTRASTS):
        x = axes.x(contrast)
        marks.append(Line(f"tick-{contrast}", x, base, x, base + 4, stroke="quiet"))
        if number % every == 0:
            words = percent(contrast)
            marks.append(Text(f"tick-words-{contrast}", x, base + 1.4 * font, words, font, "middle", fill="text"))
    for value in (0.0, axes.high / 1.06):
        y = axes.y(value)
        marks.append(
            Text(
                f"value-{value > 0}",
                axes.left - 6,
                y + 0.35 * font,
                number_text(float(f"{value:.2g}")),
                font,
                "end",
                fill="text",
            )
        )
    return marks


def _now(shown: MotifShown, axes: Axes, font: float) -> list[Mark]:
    """Return the line at the contrast that the image has."""
    if shown.contrast < CONTRASTS[0]:
        return []
    x = axes.x(shown.contrast)
    return [Line("now", x, axes.top, x, axes.top + axes.height, stroke="focus", stroke_width=2.0, dash=(4, 3))]


def _series(
    key: str, responses: Array, colour: str, shown: MotifShown, axes: Axes, first_place: int, mask: float
) -> list[Mark]:
    """Return the points of a curve, with the formula where one is near."""
    marks: list[Mark] = []
    if (formula := shown.curves.formula) is not None:
        contrasts = np.geomspace(CONTRASTS[0], CONTRASTS[-1], N_CURVE)
        corners = np.array([(axes.x(c), axes.y(float(formula(c, mask)))) for c in contrasts])
        marks.append(Path(f"{key}-formula", _through(corners), stroke=colour, stroke_width=2.0))
    for number, (contrast, response) in enumerate(zip(CONTRASTS, responses.tolist(), strict=True)):
        x, y = axes.x(contrast), axes.y(response)
        marks.append(
            Rect(
                f"{key}-{number}",
                x - RADIUS,
                y - RADIUS,
                2 * RADIUS,
                2 * RADIUS,
                RADIUS,
                fill=colour,
                stroke="paper",
                place=first_place + number,
            )
        )
    return marks


def _legend(shown: MotifShown, axes: Axes, font: float) -> list[Mark]:
    """Return the names of the curves, in their colours, in the corner that rising curves leave free."""
    names = [("alone", ALONE, "the image alone")]
    if shown.mask:
        whole, short = (f"with {words} of {percent(shown.mask)}" for words in ("a second grating", "grating"))
        names.append(("masked", MASKED, whole if axes.width >= LEAST_FOR_ALL else short))
    marks: list[Mark] = []
    for n, (key, colour, words) in enumerate(names):
        y = axes.top + (0.9 + 1.4 * n) * font
        marks += [
            Rect(f"swatch-{key}", axes.left + font, y - 0.75 * font, 0.8 * font, 0.8 * font, 0.4 * font, fill=colour),
            Text(f"name-{key}", axes.left + 2.2 * font, y, words, font, fill="ink"),
        ]
    return marks


def _through(corners: Array) -> Array:
    """Return straight lines through points, as the curves of a path."""
    steps = np.diff(corners, axis=0)[:, None] * np.array([1 / 3, 2 / 3, 1.0])[:, None]
    return np.vstack([corners[:1], (corners[:-1, None] + steps).reshape(-1, 2)])
