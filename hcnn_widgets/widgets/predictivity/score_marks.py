"""Marks that drawings of scores share: lines that scores are held against, legend, and what stands apart."""

from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Line, Mark, Path, Points, Rect, Text
from hcnn_widgets.widgets.scene.word_room import score_text, shortened, text_width
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_layout import Axis
from .score_legend import BESIDE, LAST, Entry

QUIET: dict[str, Any] = {"fill": "quiet"}
STRONG: dict[str, Any] = {"fill": "ink", "bold": True}
LINES: dict[str, dict[str, Any]] = {
    "error": {"stroke": "text", "stroke_width": 1.5},
    "rim": {"stroke": "paper", "stroke_width": 5.0},
    "untrained": {"stroke": "ink", "stroke_width": 2.5},
    "pixels": {"stroke": "series-5", "stroke_width": 2.5, "dash": (2, 3)},
    "ceiling": {"stroke": "furrow", "stroke_width": 2.0, "dash": (8, 4)},
}
"""How each line looks; the rim lies below the tick of the untrained network, which is seen on a bar of any colour."""

GHOST: dict[str, Any] = {"stroke": "quiet", "stroke_width": 1.25, "opacity": 0.6}
"""Of another run, as in training curves: thin and pale, whatever it measures."""

UP, DOWN = "\u2191", "\u2193"
TICK = 9.0
"""Half the length in pixels of what a score that stands apart is held against."""


class Apart(NamedTuple):
    """The score of a brain area that stands apart from the others, with what it is held against; NaN where unknown."""

    value: float
    error: float
    untrained: float
    pixels: float
    fill: str


def legend_marks(entry: Entry, told: ToldScores, font: float) -> list[Mark]:
    """Return the swatch and the words of an entry of the legend."""
    left, middle, key = entry.left, entry.foot - 0.35 * font, f"{entry.name}{entry.model}"
    words = Text(f"{key}-label", left + 24, entry.foot, entry.label, font, fill="text")
    if entry.name == "model":
        fill = depth_role(entry.model, len(told.scores.model_areas))
        return [Rect(f"{key}-swatch", left + 3, middle - 6, 12, 12, radius=2, fill=fill), words]
    if entry.name == "error":
        return [Line(f"{key}-swatch", left + 9, middle - 7, left + 9, middle + 7, **LINES["error"]), words]
    if entry.name == LAST:
        return [diamond("last-swatch", left + 9, middle, "soft"), words]
    if entry.name == BESIDE:
        return [Rect(f"{key}-swatch", left + 3, middle - 6, 12, 12, **GHOST), words]
    across = (left, middle, left + 18, middle)
    rim = [Line(f"{key}-rim", *across, **LINES["rim"])] if entry.name == "untrained" else []
    return [*rim, Line(f"{key}-swatch", *across, **LINES[entry.name]), words]


def measure_within(measure: str, room: float, font: float) -> str:
    """Return the name of a measure, without what stands after its comma where that has no room.

    Examples
    --------
    >>> measure_within("Pearson r, median over sites", 120, 12)
    'Pearson r'
    """
    fits = text_width(measure, font) <= room
    return measure if fits else shortened(measure.split(",")[0], room, font)


def ceiling_words(number: str, ceiling: float, axis: Axis, roomy: bool) -> str:
    """Return the words for a noise ceiling: its number, with an arrow where it is beyond the axis.

    Examples
    --------
    >>> axis = Axis(0.0, 0.6, 0.0, 100.0)
    >>> ceiling_words("0.87", 0.87, axis, True), ceiling_words("0.50", 0.5, axis, True)
    ('ceiling 0.87 \u2191', '0.50')
    """
    if axis.low <= ceiling <= axis.high:
        return number
    words = f"{number} {UP if ceiling > axis.high else DOWN}"
    return f"ceiling {words}" if roomy else words


def short_score(tick: float) -> str:
    """Return a score as short as can be: "0.2"."""
    words = score_text(tick)
    return words[:-1] if words.endswith("0") else words


def apart_marks(apart: Apart, x: float, axis: Axis, tick: float = TICK) -> list[Mark]:
    """Return a score that stands apart as a diamond at ``x``, on lines of its own images."""
    marks: list[Mark] = []
    for name, level in (("untrained", apart.untrained), ("pixels", apart.pixels)):
        if np.isfinite(level):
            y = axis.at(level)
            marks.append(Line(f"last-{name}", x - tick, y, x + tick, y, **LINES[name]))
    if np.isfinite(apart.error):
        ends = axis.at(apart.value - apart.error), axis.at(apart.value + apart.error)
        marks.append(Line("last-error", x, ends[0], x, ends[1], **LINES["error"]))
    return [*marks, diamond("last", x, axis.at(apart.value), apart.fill)] if np.isfinite(apart.value) else marks


def diamond(key: str, x: float, y: float, fill: str, size: float = 6.0) -> Path:
    """Return the mark of a score on other images than those beside it."""
    corners = np.array([(x, y - size), (x + size, y), (x, y + size), (x - size, y), (x, y - size)])
    return Path(key, straight_path(corners), True, fill=fill, stroke="ink", stroke_width=1.5)


def straight_path(points: Points) -> Points:
    """Return straight lines through points as the Bézier curves of a Path, (1 + 3 * (n_points - 1), 2).

    Examples
    --------
    >>> straight_path(np.array([[0.0, 0.0], [3.0, 6.0]])).tolist()
    [[0.0, 0.0], [0.0, 0.0], [3.0, 6.0], [3.0, 6.0]]
    """
    pieces = np.stack([points[:-1], points[1:], points[1:]], axis=1).reshape(-1, 2)
    return np.vstack([points[:1], pieces])
