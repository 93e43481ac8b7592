"""Points of a plane in two classes that no line separates: the corners of XOR, moons, circles and spirals."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.gates import CORNERS, GATES
from hcnn_widgets.records.checks import check_count, check_seed, is_number
from hcnn_widgets.records.entry import Entry

GRID = 64
"""Coordinates are 64ths, so that sums of them are exact and short to write."""
TURNS = 1.25
"""Of each arm of the spiral."""


class Points(NamedTuple):
    """Points in two classes.

    Parameters
    ----------
    points : (n_points, 2) float64
    targets : (n_points,) int64
        0 or 1.
    """

    points: NDArray[np.float64]
    targets: NDArray[np.int64]


@dataclass(frozen=True)
class PointSet(Entry[[int, float, np.random.Generator], Points]):
    """A set of points that is drawn, called with how many, how noisy, and a seed.

    Parameters
    ----------
    function : function (n_points, noise, random)
    n_points : int
        As many as are usually drawn, even.
    noise : float
        Standard deviation that is usually added to each coordinate.
    n_hidden : tuple of int
        Units of the hidden layers with which a network is usually enough.

    Examples
    --------
    >>> POINT_SETS["moons"].drawn(seed=0).points.shape
    (60, 2)
    """

    n_points: int
    noise: float
    n_hidden: tuple[int, ...]

    def drawn(self, n_points: int | None = None, noise: float | None = None, seed: int = 0) -> Points:
        """Return points and their classes, half of each.

        Raises
        ------
        TypeError, ValueError
        """
        n, spread = self.n_points if n_points is None else n_points, self.noise if noise is None else noise
        check_count("n_points", n)
        check_seed(seed)
        if not is_number(spread) or not 0 <= spread < np.inf:
            raise ValueError(f"`noise` must be a number of at least 0; received {noise!r}.")
        points, targets = self.function(n, float(spread), np.random.default_rng(seed))
        return Points(np.round(points * GRID) / GRID, targets)


def xor(n_points: int, noise: float, random: np.random.Generator) -> Points:
    """Return the four corners of XOR, over and over."""
    rows = np.arange(n_points) % len(CORNERS)
    points = np.array(CORNERS, np.float64)[rows]
    return Points(points + random.normal(0, noise, points.shape), np.array(GATES["XOR"].outputs)[rows])


def moons(n_points: int, noise: float, random: np.random.Generator) -> Points:
    """Return two half circles of radius 1 that reach into one another."""
    along, targets = _along_both(n_points)
    angle = np.pi * along
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    return _noisy(np.where(targets[:, None] == 1, -upper, upper), targets, noise, random)


def circles(n_points: int, noise: float, random: np.random.Generator) -> Points:
    """Return a circle of radius 0.5, of class 1, within another one of radius 1.25."""
    along, targets = _along_both(n_points)
    radius, angle = np.where(targets == 1, 0.5, 1.25), 2 * np.pi * along * (1 - 2 / n_points)
    return _noisy(_at(radius, angle), targets, noise, random)


def spiral(n_points: int, noise: float, random: np.random.Generator) -> Points:
    """Return two arms that wind around each other."""
    along, targets = _along_both(n_points)
    angle = 2 * np.pi * TURNS * along + np.pi * targets
    return _noisy(_at(0.15 + 1.35 * along, angle), targets, noise, random)


def _along_both(n_points: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return how far along its own curve each point is, 0 to 1, and its class: first all of 0, then all of 1."""
    n_first = (n_points + 1) // 2
    each = n_first, n_points - n_first
    along = np.concatenate([np.linspace(0, 1, n) for n in each])
    return along, np.repeat([0, 1], each)


def _at(radius: NDArray[np.float64], angle: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _noisy(
    points: NDArray[np.float64], targets: NDArray[np.int64], noise: float, random: np.random.Generator
) -> Points:
    return Points(points + random.normal(0, noise, points.shape), targets)


POINT_SETS: dict[str, PointSet] = {
    "XOR": PointSet(xor, 4, 0.0, (2,)),
    "XOR clouds": PointSet(xor, 60, 0.12, (4,)),
    "moons": PointSet(moons, 60, 0.1, (4,)),
    "circles": PointSet(circles, 60, 0.08, (4,)),
    "spiral": PointSet(spiral, 80, 0.02, (8, 8)),
}
"""Sets of points by name."""
