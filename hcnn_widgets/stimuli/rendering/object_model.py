"""An object of many solids, packed into arrays for the ray caster."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.rendering.solids import Array, Solid


@dataclass(frozen=True, eq=False)
class ObjectModel:
    """Solids in one frame of coordinates, centred, and scaled to a mean width of 2.

    Parameters
    ----------
    centres : (n_solids, 3) float
    turns : (n_solids, 3, 3) float
        Rotation from each solid's own axes to the object's.
    reaches : (n_solids, 3) float
        Half sizes along each solid's own axes.
    is_round : (n_solids,) bool
    albedos : (n_solids,) float
    quadrics : (n_solids, 3, 3) float
        Q of x' Q x = 1, in the object's axes, about each solid's centre; 0 where the solid has no curved face.
    planes : (n_planes, 4) float
        Outward normal in the object's axes and distance from the solid's centre.
    plane_ranges : tuple of (first, last) int
        Rows of `planes` that bound each solid, `last` excluded.
    radius : float
        Radius of the bounding sphere.
    """

    centres: Array
    turns: Array
    reaches: Array
    is_round: NDArray[np.bool_]
    albedos: Array
    quadrics: Array
    planes: Array
    plane_ranges: tuple[tuple[int, int], ...]
    radius: float


def extents(turns: Array, reaches: Array, is_round: NDArray[np.bool_]) -> Array:
    """Return the half sizes of solids along the axes that `turns` lead to.

    Parameters
    ----------
    turns : (n_solids, 3, 3) float
    reaches : (n_solids, 3) float
    is_round : (n_solids,) bool

    Returns
    -------
    (n_solids, 3) float
        Exact for ellipsoids and boxes; those of the enclosing box for other solids.
    """
    of_ellipsoids = np.sqrt((turns**2 @ reaches[:, :, np.newaxis] ** 2)[..., 0])
    of_boxes = (np.abs(turns) @ reaches[:, :, np.newaxis])[..., 0]
    return np.where(is_round[:, np.newaxis], of_ellipsoids, of_boxes)


def pack(solids: Sequence[Solid]) -> ObjectModel:
    """Pack solids into an object, centred and scaled to a mean width of 2.

    The mean width is the distance between two parallel planes that touch the object from both sides, averaged over all
    directions: 2 for a sphere of radius 1. It makes slender and compact objects look about equally large.

    Examples
    --------
    >>> from hcnn_widgets.stimuli.rendering.solids import ellipsoid
    >>> pack([ellipsoid((5, 5, 5), (4, 4, 4))]).reaches.round(3)
    array([[1., 1., 1.]])
    """
    centres = np.stack([solid.centre for solid in solids])
    turns = np.stack([solid.rotation for solid in solids])
    reaches = np.stack([solid.reach for solid in solids])
    is_round = np.array([solid.is_round for solid in solids])
    half_sizes = extents(turns, reaches, is_round)
    middle = ((centres - half_sizes).min(axis=0) + (centres + half_sizes).max(axis=0)) / 2
    support = _support(centres - middle, turns, reaches, is_round)
    scale = float(1 / support.mean())
    quadrics = np.stack([_quadric(solid, scale) for solid in solids])
    planes = [np.column_stack([s.planes[:, :3] @ s.rotation.T, s.planes[:, 3] * scale]) for s in solids]
    ends = np.cumsum([0, *map(len, planes)]).tolist()
    return ObjectModel(
        (centres - middle) * scale,
        turns,
        reaches * scale,
        is_round,
        np.array([solid.albedo for solid in solids]),
        quadrics,
        np.concatenate(planes),
        tuple(pairwise(ends)),
        float(support.max() * scale),
    )


def _quadric(solid: Solid, scale: float) -> Array:
    """Return Q of the solid's ellipsoid in the object's axes; 0 without an ellipsoid."""
    if solid.semi_axes is None:
        return np.zeros((3, 3))
    return (solid.rotation / (solid.semi_axes * scale) ** 2) @ solid.rotation.T


def _support(centres: Array, turns: Array, reaches: Array, is_round: NDArray[np.bool_]) -> Array:
    """Return how far the solids reach from the origin in 500 directions spread evenly over the sphere."""
    step = np.arange(500) + 0.5
    height, angle = 1 - 2 * step / 500, np.pi * (1 + 5**0.5) * step
    circle = np.sqrt(1 - height**2)
    directions = np.stack([circle * np.cos(angle), height, circle * np.sin(angle)], axis=1)
    own = np.einsum("dk,skj->dsj", directions, turns) * reaches
    reach = np.where(is_round, np.linalg.norm(own, axis=2), np.abs(own).sum(axis=2))
    return (directions @ centres.T + reach).max(axis=1)
