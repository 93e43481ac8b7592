"""An orthographic ray caster for convex solids with Lambert shading.

Every ray runs along the depth axis. A solid is an ellipsoid cut by planes (or planes alone), hence convex, so a ray
meets it in one interval of depth: the ellipsoid's interval, shortened by every plane.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.rendering.object_model import ObjectModel, extents

Array = NDArray[np.float32]

AMBIENT = 0.3
"""Share of the light that comes from everywhere; the rest comes from one direction."""

FLAT = 1e-6
"""The smallest depth component of a plane's normal, so that a plane seen edge-on still cuts."""


def cast(
    model: ObjectModel,
    turn: NDArray[np.float64],
    scale: float,
    position: tuple[float, float],
    light: NDArray[np.float64],
    size: tuple[int, int],
) -> tuple[Array, NDArray[np.bool_]]:
    """Draw an object in orthographic projection.

    Parameters
    ----------
    model : ObjectModel
    turn : (3, 3) float
        The object's pose; x to the right, y up, z towards the viewer.
    scale : float
        Pixels per unit of the object.
    position : (x, y) float
        Position of the object's centre, in pixels from the upper left corner of the picture; y grows downwards.
    light : (3,) float
        Unit vector to the light.
    size : (height, width)
        Size of the picture, in pixels.

    Returns
    -------
    luminance : (height, width) float32
        Albedo times illumination, from 0 to 1; 0 where there is no object.
    covered : (height, width) bool
        True where a ray through the middle of the pixel meets the object.

    Source: Lambert 1760 (illumination falls with the cosine of the angle to the light).
    """
    luminance = np.zeros(size, np.float32)
    depth = np.full(size, -np.inf, np.float32)
    scene = _Scene(model, turn, scale, position, light)
    for index, (left, top, right, bottom) in enumerate(scene.corners(size)):
        if left < right and top < bottom:
            patch = np.s_[top:bottom, left:right]
            surface, lit, met = scene.solid(index, *_coordinates(scene.middles[index], left, top, right, bottom))
            met &= surface > depth[patch]
            np.copyto(depth[patch], surface, where=met)
            np.copyto(luminance[patch], lit, where=met)
    return luminance, depth > -np.inf


def _coordinates(middle: list[float], left: int, top: int, right: int, bottom: int) -> tuple[Array, Array]:
    """Return x (width,) and y (height, 1) of the pixel centres of a patch, relative to a solid's centre."""
    x = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - middle[0])
    y = np.float32(middle[1] - 0.5) - np.arange(top, bottom, dtype=np.float32)
    return x, y[:, np.newaxis]


class _Scene:
    """An object in its pose, in pixels: x to the right, y up, z towards the viewer."""

    def __init__(
        self,
        model: ObjectModel,
        turn: NDArray[np.float64],
        scale: float,
        position: tuple[float, float],
        light: NDArray[np.float64],
    ) -> None:
        centres = model.centres @ turn.T * scale
        self._middles = centres[:, :2] * (1, -1) + position
        self._half_sizes = extents(turn @ model.turns, model.reaches, model.is_round)[:, :2] * scale
        self._quadrics = turn @ model.quadrics @ turn.T / scale**2
        self._squares = self._quadrics @ self._quadrics
        self._quadric_light = (self._quadrics @ light).tolist()
        self._plane_light = _illumination(model.planes[:, :3] @ (turn.T @ light)).tolist()
        self._planes = np.column_stack([model.planes[:, :3] @ turn.T, model.planes[:, 3] * scale]).tolist()
        self._plane_ranges = model.plane_ranges
        self._depths = centres[:, 2].tolist()
        self._albedos = model.albedos.tolist()
        self.middles = self._middles.tolist()

    def corners(self, size: tuple[int, int]) -> list[list[int]]:
        """Return (left, top, right, bottom) of the pixels that each solid can cover, inside the picture."""
        limits = (size[1], size[0])
        first = np.floor(self._middles - self._half_sizes).clip(0)
        last = np.ceil(self._middles + self._half_sizes).clip(None, limits)
        return np.concatenate([first, last], axis=1).astype(int).tolist()

    def solid(self, index: int, x: Array, y: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
        """Return depth, luminance and a mask of the rays that meet a solid; the first two are undefined elsewhere."""
        surface: Array | None = None
        bottom: Array | None = None
        lit: Array | None = None
        if self._squares[index, 0, 0] > 0:
            surface, bottom = _ellipsoid_depths(self._quadrics[index].tolist(), x, y)
            lit = _ellipsoid_light(self._squares[index].tolist(), self._quadric_light[index], x, y, surface)
        for plane in range(*self._plane_ranges[index]):
            nx, ny, nz, distance = self._planes[plane]
            faces_viewer = nz > FLAT
            nz = nz if faces_viewer else min(nz, -FLAT)
            cut = np.float32(-nx / nz) * x + (np.float32(distance / nz) - np.float32(ny / nz) * y)
            if not faces_viewer:
                bottom = cut if bottom is None else np.maximum(bottom, cut, out=bottom)
            elif surface is None or lit is None:
                surface, lit = cut, np.full_like(cut, self._plane_light[plane])
            else:
                nearer = cut < surface
                np.copyto(surface, cut, where=nearer)
                np.copyto(lit, np.float32(self._plane_light[plane]), where=nearer)
        # Every solid is bounded in depth: some surface faces the viewer, and some surface does not.
        assert surface is not None
        assert bottom is not None
        assert lit is not None
        met = surface > bottom
        lit *= np.float32(self._albedos[index])
        surface += np.float32(self._depths[index])
        return surface, lit, met


def _ellipsoid_depths(quadric: list[list[float]], x: Array, y: Array) -> tuple[Array, Array]:
    """Return the depths where rays enter and leave an ellipsoid; they are equal where a ray misses it."""
    (xx, xy, xz), (_, yy, yz), (_, _, zz) = quadric
    under_root = np.float32(-2 * (xy - xz * yz / zz) / zz) * y * x
    under_root += np.float32(1 / zz) - np.float32((xx - xz**2 / zz) / zz) * x * x
    under_root -= np.float32((yy - yz**2 / zz) / zz) * y * y
    root = np.sqrt(np.maximum(under_root, 0, out=under_root), out=under_root)
    middle = np.float32(-xz / zz) * x + np.float32(-yz / zz) * y
    return middle + root, np.subtract(middle, root, out=root)


def _ellipsoid_light(
    square: list[list[float]], quadric_light: list[float], x: Array, y: Array, surface: Array
) -> Array:
    """Return the illumination of an ellipsoid's surface points p, whose normal is Q p: Q p . light / |Q p|."""
    (xx, xy, xz), (_, yy, yz), (_, _, zz) = square
    length = np.float32(xz / zz) * x + np.float32(yz / zz) * y
    length += surface
    length *= length
    length *= np.float32(zz)
    length += np.float32(2 * (xy - xz * yz / zz)) * y * x
    length += np.float32(xx - xz**2 / zz) * x * x
    length += np.float32(yy - yz**2 / zz) * y * y
    np.sqrt(np.maximum(length, np.float32(1e-20), out=length), out=length)
    cosine = np.float32(quadric_light[2]) * surface
    cosine += np.float32(quadric_light[0]) * x
    cosine += np.float32(quadric_light[1]) * y
    return _illumination(np.divide(cosine, length, out=cosine))


def _illumination(cosine: NDArray[Any]) -> NDArray[Any]:
    """Return the illumination by Lambert's cosine law with ambient light, computed in place."""
    np.maximum(cosine, 0, out=cosine)
    cosine *= 1 - AMBIENT
    cosine += AMBIENT
    return cosine
