"""The way of a network through the plot while it trains: a dot that moves, and its trail kept thin."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.marks import Group, Mark, Path, Rect

RADIUS = 6.0
MOST_CORNERS = 40
"""Corners of a trail that are drawn; of more, those that lie evenly among them."""


class Way(NamedTuple):
    """Where a network has been in the plot.

    Attributes
    ----------
    points : tuple of (float, float)
        Accuracy and r, moment by moment.
    depth : int
        Its areas.
    under_way : bool
        Whether it trains, so that a dot is at the last of them.
    """

    points: tuple[tuple[float, float], ...] = ()
    depth: int = 1
    under_way: bool = False


NO_WAY = Way()


def way_marks(way: Way, across: Callable[[float], float], up: Callable[[float], float], colour: str) -> Group:
    """Return the trail, and the dot at its end where the network trains.

    Parameters
    ----------
    way : Way
    across, up : callable
        From accuracy and r to pixels.
    colour : str
    """
    corners = [(across(accuracy), up(r)) for accuracy, r in thinned(way.points)]
    marks: list[Mark] = []
    if len(corners) > 1:
        marks.append(Path("trail", _lines(corners), stroke="focus", stroke_width=1.2, opacity=0.7))
    if corners and way.under_way:
        x, y = corners[-1]
        box = (x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
        marks.append(Rect("moving", *box, radius=RADIUS, glides=True, fill=colour, stroke="focus", stroke_width=2.5))
    return Group("way", tuple(marks))


def thinned(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Return points evenly among many, the first and the last with them.

    Examples
    --------
    >>> many = thinned(tuple((float(n), 0.0) for n in range(400)))
    >>> len(many), many[0][0], many[-1][0]
    (40, 0.0, 399.0)
    """
    if len(points) <= MOST_CORNERS:
        return list(points)
    return [points[round(place)] for place in np.linspace(0, len(points) - 1, MOST_CORNERS)]


def _lines(corners: list[tuple[float, float]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return straight lines through points as the curves of a path."""
    ends = np.array(corners)
    steps = np.diff(ends, axis=0)[:, None] * np.array([1 / 3, 2 / 3, 1.0])[:, None]
    return np.vstack([ends[:1], (ends[:-1, None] + steps).reshape(-1, 2)])
