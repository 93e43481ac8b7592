"""What the units of a layer see of an image: size, jump and start of their fields, and each field's own pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.checks import check_count, is_whole
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.given_arrays import numbers

from .windows import PADDINGS, windows

Places = NDArray[np.intp]
LONGEST = 2**20


@dataclass(frozen=True)
class SlidingLayer:
    """A layer whose windows slide over what is below it, a convolution or a pool, along one side.

    Parameters
    ----------
    kernel : int
        Cells of a window.
    stride, dilation : int
        Step from window to window, and from cell to cell within one.
    padding : "valid", "same" or int
        As in Keras, or so many cells on both sides.

    Raises
    ------
    TypeError, ValueError
    """

    kernel: int
    stride: int = 1
    dilation: int = 1
    padding: str | int = "valid"

    def __post_init__(self) -> None:
        for name in ("kernel", "stride", "dilation"):
            check_count(name, getattr(self, name))
        if self.padding not in PADDINGS and not is_whole(self.padding, 0):
            raise ValueError(
                "`padding` is no padding. Accepted is 'valid', 'same' or a whole number of 0 or more; received "
                f"{self.padding!r}."
            )

    @property
    def extent(self) -> int:
        """Cells from the first to the last of a window."""
        return (self.kernel - 1) * self.dilation + 1


@dataclass(frozen=True)
class FieldSide(FrozenRecord):
    """What the units of a map see along one side of an image.

    Parameters
    ----------
    low, high : (n_units,) int
        First and last pixel that each unit sees, from 0 on; a unit that sees padding alone has its low above its high.
    n_pixels : int
        Of the image, along this side.
    size : int
        Pixels of a field, those in the padding too.
    jump, start : int or None
        Pixels from field to field, and the first pixel of the first field, below 0 in the padding; None where fields do
        not step evenly.
    """

    low: Places
    high: Places
    n_pixels: int
    size: int
    jump: int | None
    start: int | None

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def n_units(self) -> int:
        """Units along this side."""
        return len(self.low)

    def through(self, layer: SlidingLayer) -> "FieldSide":
        """Return what the units of a layer see whose windows slide over these units.

        Raises
        ------
        ValueError
            If no window fits in.
        """
        below = (self.n_units, self.n_units)
        # The windows of Keras: an odd cell of padding lies behind the last unit.
        at = windows(below, (layer.kernel, layer.kernel), layer.padding, layer.stride, layer.dilation).rows
        low, high = self._seen(at)
        if self.jump is None or self.start is None:
            return FieldSide(low, high, self.n_pixels, int((high - low + 1).max(initial=0)), None, None)
        size = self.size + (layer.extent - 1) * self.jump
        return FieldSide(
            low, high, self.n_pixels, size, self.jump * layer.stride, self.start + int(at[0, 0]) * self.jump
        )

    def padded(self, before: int, after: int) -> "FieldSide":
        """Return it with so many cells of padding in front and behind; of numbers below 0 units are cut off."""
        at = np.arange(-before, self.n_units + after)[:, None]
        low, high = self._seen(at)
        start = None if self.start is None or self.jump is None else self.start - before * self.jump
        return FieldSide(low, high, self.n_pixels, self.size, self.jump, start)

    def repeated(self, times: int) -> "FieldSide":
        """Return what units see of which each is so many times there, as in up-sampling."""
        if times == 1:
            return self
        return FieldSide(self.low.repeat(times), self.high.repeat(times), self.n_pixels, self.size, None, None)

    def spread(self, kernel: int, stride: int, cut: int, n_units: int) -> "FieldSide":
        """Return what the units of a transposed convolution see, of which ``cut`` lie in front of the first."""
        first = np.arange(n_units)[:, None] + cut
        reaching = np.arange(self.n_units)[None, :]
        seen = (first - reaching * stride >= 0) & (first - reaching * stride < kernel)
        low = np.where(seen, self.low[None, :], self.n_pixels).min(axis=1, initial=self.n_pixels)
        high = np.where(seen, self.high[None, :], -1).max(axis=1, initial=-1)
        return FieldSide(low, high, self.n_pixels, int((high - low + 1).max(initial=0)), None, None)

    def everywhere(self, n_units: int = 1) -> "FieldSide":
        """Return what units see that take in all of these."""
        low, high = np.repeat(self.low.min(), n_units), np.repeat(self.high.max(), n_units)
        only = n_units == 1
        return FieldSide(
            low,
            high,
            self.n_pixels,
            int(high[0] - low[0] + 1),
            self.n_pixels if only else None,
            int(low[0]) if only else None,
        )

    def _seen(self, at: Places) -> tuple[Places, Places]:
        """Return first and last pixel of units that see these cells of a row, (n_units, n_cells)."""
        inside = (at >= 0) & (at < self.n_units)
        cells = at.clip(0, self.n_units - 1)
        low = np.where(inside, self.low[cells], self.n_pixels).min(axis=1)
        high = np.where(inside, self.high[cells], -1).max(axis=1)
        return low, high


def image_side(n_pixels: int) -> FieldSide:
    """Return the pixels of a side of an image as units that see themselves.

    Raises
    ------
    ValueError
        If it has no pixel, or too many.
    """
    check_count("n_pixels", n_pixels)
    if n_pixels > LONGEST:
        raise ValueError(f"`n_pixels` is too large. Accepted are up to {LONGEST} pixels; received {n_pixels}.")
    pixels = np.arange(n_pixels)
    return FieldSide(pixels, pixels, int(n_pixels), 1, 1, 0)


def receptive_fields(layers: Sequence[SlidingLayer], n_pixels: int) -> tuple[FieldSide, ...]:
    """Return what the units of each layer of a stack see along a side of an image; first of all its pixels.

    Parameters
    ----------
    layers : sequence of SlidingLayer
        From the image up.
    n_pixels : int

    Raises
    ------
    ValueError
        If a layer has no room for a window; which one is said.

    Examples
    --------
    >>> image, seen = receptive_fields([SlidingLayer(3, stride=2)], 7)
    >>> seen.n_units, seen.size, seen.jump, seen.low.tolist(), seen.high.tolist()
    (3, 3, 2, [0, 2, 4], [2, 4, 6])
    """
    sides = [image_side(n_pixels)]
    for number, layer in enumerate(layers, start=1):
        if layer.padding != "same" and layer.extent > sides[-1].n_units + 2 * _cells(layer.padding):
            raise ValueError(
                f"layer {number} has no room for a window. Accepted is a kernel of at most {sides[-1].n_units} cells "
                f"with its dilation, or padding; received {layer.extent}."
            )
        sides.append(sides[-1].through(layer))
    return tuple(sides)


def joined_fields(sides: Sequence[FieldSide]) -> FieldSide:
    """Return what units see that take in the units at the same place of several maps; one unit alone is everywhere.

    Raises
    ------
    ValueError
        If the maps have different numbers of units.
    """
    n_units = max(side.n_units for side in sides)
    if any(side.n_units not in (1, n_units) for side in sides):
        raise ValueError(
            f"`sides` do not fit together. Accepted are equal numbers of units, or one; received "
            f"{', '.join(str(side.n_units) for side in sides)}."
        )
    low = np.min([np.broadcast_to(side.low, n_units) for side in sides], axis=0)
    high = np.max([np.broadcast_to(side.high, n_units) for side in sides], axis=0)
    steps = {side.jump for side in sides}
    even = [(side.start, side.start + side.size) for side in sides if side.start is not None]
    if len(steps) > 1 or None in steps or len(even) < len(sides):
        return FieldSide(low, high, sides[0].n_pixels, int((high - low + 1).max(initial=0)), None, None)
    start, after = min(first for first, _ in even), max(last for _, last in even)
    return FieldSide(low, high, sides[0].n_pixels, after - start, sides[0].jump, start)


def pixels_holding(gradient: ArrayLike, share: float = 0.9) -> int:
    """Return how few pixels hold a share of all that a unit's response changes with.

    Parameters
    ----------
    gradient : (height, width) float
        How much the response changes with each pixel; its sign does not count.
    share : float
        From 0 to 1.

    Returns
    -------
    int
        0 where no pixel changes anything.

    Examples
    --------
    >>> pixels_holding([[0, 4, 1], [4, 1, 0]], 0.8)
    2
    """
    sizes = np.sort(np.abs(numbers("gradient", gradient).astype(np.float64)).ravel())[::-1]
    reached = np.cumsum(sizes)
    # A share of all, but for what is lost in adding up.
    return int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12)) + 1) if reached[-1] > 0 else 0


def _cells(padding: Any) -> int:
    return 0 if isinstance(padding, str) else int(padding)
