"""The maps of an image as they are drawn: shades of their responses, small enough for a tile."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.colours import diverging

SHADE_TOP = 99.5
"""Percentile of an area's responses that is white, so that a single large one does not turn all others black."""
MOST_PIXELS = 40
"""Along a side of a map as it is drawn; larger ones are averaged over squares of pixels."""
STEADY = 0.75
"""The map in front stays there as long as it has so much of the strongest one's mean response."""


@dataclass(frozen=True, eq=False)
class AreaMaps:
    """The maps of an area for one image.

    Attributes
    ----------
    maps : (height, width, n_maps) float32
    """

    maps: NDArray[np.float32]

    @property
    def n_maps(self) -> int:
        """How many there are."""
        return int(self.maps.shape[2])

    @property
    def has_places(self) -> bool:
        """Whether a map has more than one unit."""
        return self.maps.shape[:2] != (1, 1)

    @cached_property
    def signed(self) -> bool:
        """Whether there are responses below zero."""
        return bool(np.nanmin(self.maps, initial=0.0) < 0)

    @cached_property
    def top(self) -> float:
        """The response, or its size, that is drawn in the strongest shade."""
        sizes = np.abs(self.maps[np.isfinite(self.maps)])
        return float(np.percentile(sizes, SHADE_TOP)) if sizes.size else 0.0

    @cached_property
    def shades(self) -> NDArray[np.uint8]:
        """The maps in grey from 0, black, to `top`, white; or from negative, brown, over white to positive, teal.

        (height, width, n_maps) uint8, or (height, width, n_maps, 3); sides of at most `MOST_PIXELS`.
        """
        share = np.nan_to_num(averaged(self.maps) / (self.top or 1.0), posinf=1.0, neginf=-1.0).clip(-1, 1)
        if self.signed:
            return diverging(np.rint(128 + 127 * share).astype(np.uint8))
        return np.rint(255 * share).astype(np.uint8)

    @cached_property
    def means(self) -> NDArray[np.float64]:
        """Mean response of each map, (n_maps,)."""
        return self.maps.mean(axis=(0, 1), dtype=np.float64)

    @cached_property
    def peaks(self) -> NDArray[np.float32]:
        """Largest response of each map, (n_maps,)."""
        return self.maps.max(axis=(0, 1))

    @cached_property
    def peak_places(self) -> list[tuple[int, int]]:
        """Row and column of the largest response of each map."""
        rows, columns, n_maps = self.maps.shape
        at = np.argmax(self.maps.reshape(rows * columns, n_maps), axis=0)
        return [divmod(place, columns) for place in at.tolist()]

    @cached_property
    def active(self) -> NDArray[np.float64]:
        """Share of each map that responds above 0, (n_maps,)."""
        return (self.maps > 0).mean(axis=(0, 1))

    def in_front(self, before: NDArray[np.intp] | None) -> NDArray[np.intp]:
        """Return the maps from the strongest on; in the order of before while its first one is still strong.

        Parameters
        ----------
        before : (n_maps,) intp or None
            The order that was shown.
        """
        if before is not None and len(before) == self.n_maps:
            strongest = float(self.means.max())
            if self.means[before[0]] >= STEADY * strongest or strongest <= 0:
                return before
        return np.argsort(-self.means, kind="stable")


def averaged(maps: NDArray[np.float32], most: int = MOST_PIXELS) -> NDArray[np.float32]:
    """Return maps with sides of at most so many pixels, means over squares; rows and columns left over are left out.

    Examples
    --------
    >>> averaged(np.arange(8, dtype=np.float32).reshape(4, 2, 1), most=2)[:, :, 0].tolist()
    [[1.5], [5.5]]
    """
    height, width, n_maps = maps.shape
    step = -(-max(height, width) // most)
    if step == 1:
        return maps
    rows, columns = max(1, height // step), max(1, width // step)
    kept = maps[: rows * step, : columns * step]
    return kept.reshape(rows, kept.shape[0] // rows, columns, kept.shape[1] // columns, n_maps).mean(axis=(1, 3))


def mosaic(shades: NDArray[np.uint8], n_columns: int, n_shown: int) -> NDArray[np.uint8]:
    """Lay maps side by side, row by row, in one image; what is left of the last row is black.

    Parameters
    ----------
    shades : (height, width, n_maps) or (height, width, n_maps, 3) uint8
    n_columns, n_shown : int

    Examples
    --------
    >>> mosaic(np.array([[[1, 2, 3]]], np.uint8), n_columns=2, n_shown=3).tolist()
    [[1, 2], [3, 0]]
    """
    height, width, colours = *shades.shape[:2], shades.shape[3:]
    n_rows = -(-n_shown // n_columns)
    image = np.zeros((n_rows * height, n_columns * width, *colours), np.uint8)
    for place in range(n_shown):
        row, column = divmod(place, n_columns)
        image[row * height : (row + 1) * height, column * width : (column + 1) * width] = shades[:, :, place]
    return image
