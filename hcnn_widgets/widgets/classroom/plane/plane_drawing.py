"""What is to be seen in a plane, in its own units: dots, strokes, filled areas, fields and words."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

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
    """A line from corner to corner, with an arrow's head at its end where it is an ``arrow``.

    A corner that is NaN ends it, and the next one begins it anew: many lines are one stroke.
    """

    width: float = 2.0
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Area(Seen):
    """A filled shape."""

    opacity: float = 0.14


@dataclass(frozen=True, eq=False, kw_only=True)
class Field(Seen):
    """A picture that fills the rectangle between two corners, the lower left and the upper right one.

    Attributes
    ----------
    pixels : (n_rows, n_columns, 4) uint8
        Red, green, blue and opacity, the uppermost row first.
    """

    pixels: Any = None


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


def line_within(weights: Array, span: float, middle: tuple[float, float] = (0.0, 0.0)) -> Array:
    """Return the ends of w . x + b = 0 within a plane about any middle, (2, 2); none where it does not pass through."""
    about_middle = np.array([weights[0], weights[1], weights[2] + weights[:2] @ np.array(middle)])
    return clipped_line(about_middle, span) + middle


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
