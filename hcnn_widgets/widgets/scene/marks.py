"""The marks of a drawing: rectangles, lines, paths, words, pixels, and groups of them."""

from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

ROLES = {
    "ink": "#000000",
    "text": "#212121",
    "quiet": "#4d4d4d",
    "furrow": "#757575",
    "paper": "#ffffff",
    "soft": "#eeeeee",
    "muted": "#bdbdbd",
    "border": "#e0e0e0",
    "focus": "#1976d2",
    "series-0": "#0072b2",
    "series-1": "#c65200",
    "series-2": "#009e73",
    "series-3": "#aa4499",
    "series-4": "#8a6d00",
    "series-5": "#5a5a5a",
}
"""Colours by what they are for, one meaning each on a screen:

========  ====================================================================
ink       the untrained network; a person's own guess; the chosen or best
quiet     words beside numbers; another run, as a thin line; simulated: italic
furrow    noise ceilings
focus     what is pointed at, walked to or chosen
series-0  training images (in TauCounter: pairs in the same order); the first
          of several networks or ways
series-1  held-out images, and what a map predicts of them (in TauCounter:
          pairs in the opposite order)
series-2  right answers
series-3  wrong answers
series-4  further lines of a chart, networks or ways
series-5  baselines: chance, the bare pixels (in TauCounter: ties)
========  ====================================================================

Model areas have `colours.depth_role`, scores `colours.sequential`, weights and signed responses `colours.diverging`,
brown below zero and teal above. What is simulated has stripes, dashes and its word, and no colour of its own.

The page takes the theme's, light or dark; a still picture has these, which are those
of the light one. `colours.depth_role` names those of model areas. Any other colour of a mark is written "#rrggbb" and
is the same in both."""


@dataclass(frozen=True)
class Mark:
    """What all marks have; all lengths are in pixels, from the upper left corner.

    Attributes
    ----------
    key : str
        Names the mark among those beside it: the page keeps its element from frame to frame.
    fill, stroke : str
        A name in `ROLES`, "#rrggbb", or "" for none.
    stroke_width, opacity : float
    place : int, optional
        The place of the scene that the mark belongs to: a pointer on it points at that place.
    hatched : bool
        Whether white stripes lie over the fill.
    dash : tuple of int
        Of the stroke: lengths of dash and gap in pixels; () for a whole line.
    """

    key: str
    fill: str = field(default="", kw_only=True)
    stroke: str = field(default="", kw_only=True)
    stroke_width: float = field(default=1.0, kw_only=True)
    opacity: float = field(default=1.0, kw_only=True)
    place: int | None = field(default=None, kw_only=True)
    hatched: bool = field(default=False, kw_only=True)
    dash: tuple[int, ...] = field(default=(), kw_only=True)

    def plain(self) -> dict[str, Any]:
        """Return the mark as plain data, without what is as usual: {"kind": "rect", "key": "cell-0", "x": 4, ...}."""
        kind: Any = type(self)  # mypy takes a class of dataclasses for one that cannot be a key
        called, usual = _usual(kind)
        told: dict[str, Any] = {"kind": called}
        for name, value in vars(self).items():
            as_usual = usual[name]
            if value is not as_usual and (as_usual is MISSING or value != as_usual):
                # A board of cells has thousands of marks, most of their values floats.
                told[name] = round(value, 2) if type(value) is float else _plain(value)
        return told


@dataclass(frozen=True)
class Rect(Mark):
    """A rectangle, with rounded corners where it has a ``radius``; half its width makes a circle.

    Where it ``glides``, the page moves its edges to where the next frame has them.
    """

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    glides: bool = False


@dataclass(frozen=True)
class Line(Mark):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, eq=False)
class Path(Mark):
    """A path of cubic Bézier curves.

    Attributes
    ----------
    points : (1 + 3 * n_curves, 2) float
        Where it begins; then of each curve two control points and the end.
    closed : bool
    """

    points: Points
    closed: bool = False

    def plain(self) -> dict[str, Any]:
        """Return the path with its points as the ``d`` of an SVG path."""
        start, *rest = [f"{x:.1f},{y:.1f}" for x, y in self.points]
        return {**super().plain(), "points": f"M{start}C{' '.join(rest)}{'Z' if self.closed else ''}"}


@dataclass(frozen=True)
class Text(Mark):
    """A line of words that stands on ``y``, and begins, has its middle or ends at ``x`` by its ``anchor``.

    Attributes
    ----------
    turned : bool
        Whether it reads from the bottom to the top.
    rim : bool
        Whether it has a rim in the colour of the paper, so that it is read over lines.
    whole : str
        Of words that are cut: all of them, for a pointer that rests there.
    """

    x: float
    y: float
    words: str
    size: float
    anchor: str = "start"
    bold: bool = False
    italic: bool = False
    turned: bool = False
    rim: bool = False
    whole: str = ""


@dataclass(frozen=True, eq=False)
class Pixels(Mark):
    """An image of crisp pixels.

    Attributes
    ----------
    x, y, width, height : float
        Where it lies.
    image : (height, width) or (height, width, 3) uint8
    """

    x: float
    y: float
    width: float
    height: float
    image: NDArray[np.uint8]

    def plain(self) -> dict[str, Any]:
        """Return where the image lies and how large it is; its bytes travel beside the header."""
        rows, columns = self.image.shape[:2]
        return {**super().plain(), "image": [rows, columns, self.image.size // (rows * columns)]}


@dataclass(frozen=True)
class Group(Mark):
    """Marks that belong together, cut at the edge of a closed path where there is one.

    Attributes
    ----------
    marks : tuple of Mark
    clip : Path, optional
    part : str
        Of a grid that is walked cell by cell: "row", "gridcell", "rowheader" or "columnheader", for those who hear it.
        A cell has its ``place``, whose sentence it says; a header that is walked to has one, too.
    """

    marks: tuple[Mark, ...]
    clip: Path | None = None
    part: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the group with its marks, and its clip as the ``d`` of an SVG path."""
        cut = {} if self.clip is None else {"clip": self.clip.plain()["points"]}
        return {**super().plain(), "marks": [mark.plain() for mark in self.marks], **cut}


def pixels_of(marks: tuple[Mark, ...]) -> bytes:
    """Return the bytes of all images, in the order of the marks."""
    parts = [
        pixels_of(mark.marks) if isinstance(mark, Group) else mark.image.tobytes()
        for mark in marks
        if isinstance(mark, (Group, Pixels))
    ]
    return b"".join(parts)


@cache
def _usual(kind: type[Mark]) -> tuple[str, dict[str, Any]]:
    """Return what a kind of marks is called, and what is usual in each of its fields."""
    return kind.__name__.lower(), {each.name: each.default for each in fields(kind)}


def _plain(value: Any) -> Any:
    """Return a number as a short one; words and what a mark tells by itself as they are."""
    if isinstance(value, tuple):
        return list(value)
    return round(float(value), 2) if isinstance(value, (float, np.floating)) else value
