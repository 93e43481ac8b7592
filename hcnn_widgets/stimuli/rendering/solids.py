"""The convex solids that objects are built of: ellipsoids, rods and prisms, each with its place, pose and albedo.

Coordinates are the object's own: x to the right, y up, z towards the viewer in the canonical view.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

STRETCH = 30.0
"""Length of the ellipsoid that a rod is cut from, in rod lengths: the sides bulge by 0.06 % of the radius."""


@dataclass(frozen=True, eq=False)
class Solid:
    """A convex solid: the space inside an ellipsoid (if given) and behind every plane.

    Parameters
    ----------
    centre : (3,) float
    rotation : (3, 3) float
        Turns the solid's own axes into the object's.
    reach : (3,) float
        Half sizes along its own axes; the semi-axes where `is_round`.
    albedo : float
        Share of the light that the surface returns, from 0 to 1.
    semi_axes : (3,) float or None
        Of the ellipsoid, in the solid's own axes.
    planes : (n_planes, 4) float
        Outward normal and distance from the centre, in the solid's own axes.
    is_round : bool
        True if the ellipsoid itself, and no plane, bounds the solid.
    """

    centre: Array
    rotation: Array
    reach: Array
    albedo: float
    semi_axes: Array | None = None
    planes: Array = field(default_factory=lambda: np.zeros((0, 4)))
    is_round: bool = False


def rotation(x: float | Array = 0.0, y: float | Array = 0.0, z: float | Array = 0.0) -> Array:
    """Return the matrix that turns about the vertical axis y, then the horizontal axis x, then in the image plane (z).

    Parameters
    ----------
    x, y, z : float or (n,) float
        Angles in deg, counterclockwise seen from the tip of the axis.

    Returns
    -------
    (3, 3) or (n, 3, 3) float64

    Examples
    --------
    >>> rotation(z=90).round(3) @ [1, 0, 0]
    array([0., 1., 0.])
    """
    return _about(z, 0, 1) @ _about(x, 1, 2) @ _about(y, 2, 0)


def ellipsoid(
    centre: ArrayLike,
    semi_axes: ArrayLike,
    albedo: float = 0.6,
    turn: Array | None = None,
    cut: ArrayLike | None = None,
) -> Solid:
    """Make an ellipsoid, cut off beyond the planes `cut` (n_planes, 4: normal and distance)."""
    axes = np.asarray(semi_axes, float)
    planes = np.zeros((0, 4)) if cut is None else np.atleast_2d(np.asarray(cut, float))
    return Solid(_point(centre), _turn(turn), axes, albedo, axes, planes, is_round=True)


def rod(start: ArrayLike, end: ArrayLike, radius: float, albedo: float = 0.6) -> Solid:
    """Make a cylinder from `start` to `end`; a short cylinder is a disc."""
    start, end = _point(start), _point(end)
    half_length = float(np.linalg.norm(end - start)) / 2
    along = (end - start) / (2 * half_length)
    aside = np.cross(along, [1.0, 0, 0] if abs(along[0]) < 0.9 else [0, 1.0, 0])
    aside /= np.linalg.norm(aside)
    turn = np.stack([aside, along, np.cross(aside, along)], axis=1)
    caps = np.array([[0, 1, 0, half_length], [0, -1, 0, half_length]], float)
    axes = np.array([radius, STRETCH * half_length, radius])
    return Solid((start + end) / 2, turn, np.array([radius, half_length, radius]), albedo, axes, caps)


def prism(
    outline: ArrayLike, half_depth: float, centre: ArrayLike = (0, 0, 0), albedo: float = 0.6, turn: Array | None = None
) -> Solid:
    """Make a solid by extruding a convex outline (n_corners, 2: x and y, counterclockwise) along its own z axis."""
    corners = np.asarray(outline, float)
    sides = np.roll(corners, -1, axis=0) - corners
    normals = np.stack([sides[:, 1], -sides[:, 0]], axis=1) / np.linalg.norm(sides, axis=1, keepdims=True)
    planes = np.zeros((len(corners) + 2, 4))
    planes[:-2, :2], planes[:-2, 3] = normals, (normals * corners).sum(axis=1)
    planes[-2:] = [[0, 0, 1, half_depth], [0, 0, -1, half_depth]]
    reach = np.array([*np.abs(corners).max(axis=0), half_depth])
    return Solid(_point(centre), _turn(turn), reach, albedo, planes=planes)


def box(centre: ArrayLike, half_sizes: ArrayLike, albedo: float = 0.6, turn: Array | None = None) -> Solid:
    """Make a box."""
    x, y, z = np.asarray(half_sizes, float)
    return prism([(-x, -y), (x, -y), (x, y), (-x, y)], z, centre, albedo, turn)


def _about(angle: float | Array, first: int, second: int) -> Array:
    """Return the rotation by `angle` (deg) from axis `first` towards axis `second`."""
    radians = np.deg2rad(np.asarray(angle, float))
    matrix: Array = np.zeros((*radians.shape, 3, 3))
    matrix[...] = np.eye(3)
    matrix[..., first, first] = matrix[..., second, second] = np.cos(radians)
    matrix[..., second, first] = np.sin(radians)
    matrix[..., first, second] = -np.sin(radians)
    return matrix


def _point(values: Any) -> Array:
    return np.asarray(values, float)


def _turn(turn: Array | None) -> Array:
    return np.eye(3) if turn is None else turn
