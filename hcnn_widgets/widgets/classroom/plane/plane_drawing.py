"""What is to be seen in a plane, in its own units: dots, strokes, filled areas and words."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Rect, Text

Array = NDArray[np.float64]
Marker = Literal["circle", "square", "diamond"]
HEAD = 0.045
"""Length of an arrow's head as a share of the plane's side."""
MARGINS = {"left": 44.0, "bottom": 40.0, "right": 12.0, "top": 12.0}
"""Pixels around a plane, for its numbers and names; the plane itself is a square."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Seen:
    """What all that is seen has.

    Attributes
    ----------
    key : str
        Names it: a plane keeps its drawing from one time to the next.
    at : (n, 2) float
        Dots, corners or places of words; (0, 2) for none at present.
    colour : str
        A role of the scenes.
    """

    key: str
    at: Any
    colour: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", np.asarray(self.at, np.float64).reshape(-1, 2))


@dataclass(frozen=True, eq=False, kw_only=True)
class Dots(Seen):
    """Dots, which are dragged where they ``move``.

    Attributes
    ----------
    names : tuple of str
        Written beside them, or none.
    ids : tuple of int
        By which a lab knows them again; by default their numbers.
    size : float
        Width in pixels.
    filled, moves : bool
    """

    marker: Marker = "circle"
    names: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    size: float = 12.0
    filled: bool = True
    moves: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Stroke(Seen):
    """A line from corner to corner, with an arrow's head at its end where it is an ``arrow``."""

    width: float = 2.0
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Area(Seen):
    """A filled shape."""

    opacity: float = 0.14


@dataclass(frozen=True, eq=False, kw_only=True)
class Words(Seen):
    """A word at each place."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class PlaneDrawing:
    """A square plane, what is seen in it from the undermost on, and what its axes are called.

    Attributes
    ----------
    span : float
        It reaches so far from its middle, both ways.
    seen : tuple of Seen
    names : (str, str)
    ticks : tuple of float
        The numbers that stand at both axes.
    middle : (float, float)
    """

    span: float
    seen: tuple[Seen, ...]
    names: tuple[str, str] = ("x1", "x2")
    ticks: tuple[float, ...] = ()
    middle: tuple[float, float] = (0.0, 0.0)


def corners_of(stroke: Seen, span: float) -> Array:
    """Return the corners that are drawn: those of a stroke, with both barbs of its head where it is an arrow.

    Examples
    --------
    >>> corners_of(Stroke(key="w", at=[[0, 0], [1, 0]], colour="ink", arrow=True), 2).round(2).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.82, 0.1], [1.0, 0.0], [0.82, -0.1], [1.0, 0.0]]
    """
    at: Array = stroke.at
    along = at[-1] - at[0] if len(at) else np.zeros(2)
    length = float(np.hypot(*along))
    if not (getattr(stroke, "arrow", False) and length):
        return at
    back = -along / length * min(2 * HEAD * span, length)
    aside = 0.55 * np.array([-back[1], back[0]])
    return np.vstack([at, at[-1] + back - aside, at[-1], at[-1] + back + aside, at[-1]])


def clipped_line(weights: Array, span: float) -> Array:
    """Return the ends of w . x + b = 0 within a plane; none where it does not pass through.

    Parameters
    ----------
    weights : (3,) float
        w1, w2 and b.
    span : float

    Returns
    -------
    (2, 2) or (0, 2) float64

    Examples
    --------
    >>> clipped_line(np.array([1, 1, -1.5]), 2).tolist()
    [[-0.5, 2.0], [2.0, -0.5]]
    """
    corners = half_plane(weights, span)
    on_line = np.abs(corners @ weights[:2] + weights[2]) < 1e-9 * max(1.0, float(np.abs(weights).max()) * span)
    ends = corners[on_line]
    if len(ends) < 2 or not weights[:2].any():
        return np.empty((0, 2))
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    return ends[order][[0, -1]]


def half_plane(weights: Array, span: float) -> Array:
    """Return the corners of the part of a plane about 0 where w . x + b is above 0, in order around it.

    Parameters
    ----------
    weights : (3,) float
    span : float

    Returns
    -------
    (n_corners, 2) float64

    Examples
    --------
    >>> half_plane(np.array([1, 0, -1]), 2).tolist()
    [[1.0, -2.0], [2.0, -2.0], [2.0, 2.0], [1.0, 2.0]]
    """
    return part_above(square_of(span), weights)


def square_of(span: float, middle: tuple[float, float] = (0.0, 0.0)) -> Array:
    """Return the corners of a plane, (4, 2), in order around it."""
    return span * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64) + middle


def part_above(corners: Array, weights: Array) -> Array:
    """Return the corners of the part of a convex shape where w . x + b is above 0, in order around it."""
    if not len(corners):
        return corners
    height = corners @ weights[:2] + weights[2]
    kept: list[Array] = []
    for this in range(len(corners)):
        after = (this + 1) % len(corners)
        if height[this] > 0:
            kept.append(corners[this])
        # An edge that changes sides adds the point where it crosses.
        if (height[this] > 0) != (height[after] > 0):
            share = height[this] / (height[this] - height[after])
            kept.append(corners[this] + share * (corners[after] - corners[this]))
    return np.array(kept).reshape(-1, 2)


def plane_marks(drawing: PlaneDrawing, left: float, top: float, side: float) -> Group:
    """Return the same plane as marks of a scene, for a still picture.

    Parameters
    ----------
    drawing : PlaneDrawing
    left, top, side : float
        Upper left corner and width in pixels, with room for numbers and names.
    """
    inner = side - MARGINS["left"] - MARGINS["right"]
    x, y = left + MARGINS["left"], top + MARGINS["top"]

    def placed(at: Array) -> Array:
        return np.array([x, y]) + inner * (0.5 + np.array([0.5, -0.5]) / drawing.span * (at - drawing.middle))

    frame = np.array([[x, y], [x + inner, y], [x + inner, y + inner], [x, y + inner]])
    shapes = [mark for seen in drawing.seen for mark in _marks(seen, placed, drawing.span)]
    inside = Group("inside", tuple(shapes), _polygon("frame", frame, closed=True))
    border = Rect("border", x, y, inner, inner, stroke="muted")
    return Group("plane", (inside, border, *_axes(drawing, placed, (x, y, inner))))


def _marks(seen: Seen, placed: Any, span: float) -> list[Mark]:
    if not len(seen.at):
        return []
    if isinstance(seen, Dots):
        return _dots(seen, placed(seen.at))
    if isinstance(seen, Words):
        return [
            Text(f"{seen.key}-{n}", x, y, word, 14, bold=True, rim=True, fill=seen.colour)
            for n, (word, (x, y)) in enumerate(zip(seen.words, placed(seen.at), strict=True))
        ]
    if isinstance(seen, Area):
        return [_polygon(seen.key, placed(seen.at), closed=True, fill=seen.colour, opacity=seen.opacity)]
    look: dict[str, Any] = {"stroke": seen.colour, "stroke_width": getattr(seen, "width", 2.0)}
    dash = (7, 5) if getattr(seen, "dashed", False) else ()
    return [_polygon(seen.key, placed(corners_of(seen, span)), dash=dash, **look)]


def _dots(dots: Dots, spots: Array) -> list[Mark]:
    look = {"fill": dots.colour} if dots.filled else {"stroke": dots.colour, "stroke_width": 2.5}
    half, radius = dots.size / 2, dots.size / 2 if dots.marker == "circle" else 0.0
    marks: list[Mark] = [
        Rect(f"{dots.key}-{n}", x - half, y - half, dots.size, dots.size, radius=radius, **look)
        for n, (x, y) in enumerate(spots)
    ]
    named = zip(dots.names, spots, strict=False)
    return marks + [
        Text(f"{dots.key}-name-{n}", x + half + 3, y - half, name, 14, bold=True, rim=True, fill="ink")
        for n, (name, (x, y)) in enumerate(named)
    ]


def _axes(drawing: PlaneDrawing, placed: Any, box: tuple[float, float, float]) -> list[Mark]:
    (x, y, inner), foot = box, box[1] + box[2]
    marks: list[Mark] = []
    for value in drawing.ticks:
        spot = placed(np.array([value, value]))
        marks += [
            Line(f"tick-x-{value:g}", spot[0], foot, spot[0], foot + 4, stroke="muted"),
            Line(f"tick-y-{value:g}", x - 4, spot[1], x, spot[1], stroke="muted"),
            Text(f"number-x-{value:g}", spot[0], foot + 17, f"{value:g}", 12, "middle", fill="quiet"),
            Text(f"number-y-{value:g}", x - 7, spot[1] + 4, f"{value:g}", 12, "end", fill="quiet"),
        ]
    first, second = drawing.names
    name_x = Text("name-x", x + inner / 2, foot + 34, first, 13, "middle", fill="ink")
    return [*marks, name_x, Text("name-y", x - 30, y + inner / 2, second, 13, "middle", turned=True, fill="ink")]


def shifted(mark: Any, right: float) -> Any:
    """Return a mark of a scene, so many pixels further to the right."""
    if isinstance(mark, Group):
        clip = None if mark.clip is None else shifted(mark.clip, right)
        return replace(mark, marks=tuple(shifted(each, right) for each in mark.marks), clip=clip)
    if isinstance(mark, Path):
        return replace(mark, points=mark.points + np.array([right, 0.0]))
    if isinstance(mark, Line):
        return replace(mark, x1=mark.x1 + right, x2=mark.x2 + right)
    return replace(mark, x=mark.x + right)


def _polygon(key: str, corners: Array, closed: bool = False, **look: Any) -> Path:
    """Return straight lines from corner to corner as a path of curves."""
    around = np.vstack([corners, corners[:1]]) if closed else corners
    steps = np.diff(around, axis=0)
    curves = np.stack([around[:-1] + steps / 3, around[:-1] + 2 * steps / 3, around[1:]], axis=1).reshape(-1, 2)
    return Path(key, np.vstack([around[:1], curves]), closed, **look)
