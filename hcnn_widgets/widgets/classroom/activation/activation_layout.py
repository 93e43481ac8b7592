"""Where everything stands in the drawing of an activation function, and how numbers become pixels."""

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.marks import Path
from hcnn_widgets.widgets.scene.word_room import font_size

from .activation_shown import ActivationShown
from .pre_activations import N_USUAL, PreActivations

Array = NDArray[np.float64]
SIDE_BY_SIDE = 600
"""Pixels: from this width on numbers stand beside the plane, else beneath it."""
HIGHEST_PLANE = 300
SENTENCE_LINES = 3
TICKS_AT_MOST = 6


class Box(NamedTuple):
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.height


class ActivationLayout:
    """The boxes of a drawing, and the scales of its plane.

    Parameters
    ----------
    shown : ActivationShown
    given : PreActivations or None
    width : float
        In pixels.

    Attributes
    ----------
    plane, below, beside, column : Box
        The plane of the curves, the pre-activations beneath it, the values beside it, and the numbers.
    span, low, high : float
        The plane is -span to span across, low to high upwards.
    """

    def __init__(self, shown: ActivationShown, given: PreActivations | None, width: float) -> None:
        self.shown, self.width, self.font = shown, width, font_size(width)
        self.span = N_USUAL if given is None else given.span
        self.top = 1.5 * self.size * SENTENCE_LINES + 0.8 * self.font
        self.wide = width >= SIDE_BY_SIDE
        room = 0.66 * width if self.wide else width
        left, values = 3.2 * self.font, 0.13 * room
        across = room - left - values - 1.5 * self.font
        up = min(0.72 * across, HIGHEST_PLANE)
        self.plane = Box(left, self.top, across, up)
        self.below = Box(left, self.plane.foot + 0.4 * self.font, across, 0.3 * up)
        self.beside = Box(self.plane.right + 0.5 * self.font, self.top, values, up)
        foot = self.below.foot + 3.4 * self.font
        x, y = (room + self.font, self.top) if self.wide else (4.0, foot)
        self.column = Box(x, y, width - x - 4, max(33 * self.font, foot - self.top) if self.wide else 33 * self.font)
        self.height = max(foot, self.column.foot)
        self.high = 1.06 * self.span if np.isinf(shown.activation.high) else 1.25
        self.high = max(self.high, 1.25)
        self.low = min(-0.14 * self.high, 1.15 * float(self.curve[:, 1].min()))

    @property
    def size(self) -> float:
        """Pixels of the letters of the sentence."""
        return self.font + 2.0

    @cached_property
    def z(self) -> Array:
        """Pre-activations along the axis, (257,); at the threshold there is one, so that a bend is sharp."""
        even = np.linspace(-self.span, self.span, 257)
        bend = float(np.clip(self.shown.threshold, -self.span, self.span))
        return np.unique([*even, bend])

    @cached_property
    def curve(self) -> Array:
        """Points of the function, (n, 2)."""
        return np.column_stack([self.z, self.shown.value(self.z)])

    @cached_property
    def slopes(self) -> Array:
        """Points of its derivative, (n, 2); a jump stands upright."""
        return np.column_stack([self.z, self.shown.slope(self.z)])

    def across(self, z: Array | float) -> Array:
        """Return the pixels of pre-activations."""
        return self.plane.x + (np.asarray(z) / self.span + 1) / 2 * self.plane.width

    def up(self, value: Array | float) -> Array:
        """Return the pixels of values."""
        return self.plane.foot - (np.asarray(value) - self.low) / (self.high - self.low) * self.plane.height

    def placed(self, points: Array) -> Array:
        """Return the pixels of points (z, value), (n, 2)."""
        return np.column_stack([self.across(points[:, 0]), self.up(points[:, 1])])

    @property
    def z_ticks(self) -> Array:
        """Where the axis has numbers, (5,)."""
        return np.linspace(-self.span, self.span, 5)

    @property
    def value_ticks(self) -> Array:
        """Where the axis of the values has numbers: as many as can be read."""
        step = next(2.0**n for n in range(-3, 12) if (self.high - self.low) / 2.0**n < TICKS_AT_MOST)
        return step * np.arange(np.ceil(self.low / step), np.floor(self.high / step) + 1)


def polyline(key: str, points: Array, closed: bool = False, **look: Any) -> Path:
    """Return straight lines from point to point as a path of curves."""
    around = np.vstack([points, points[:1]]) if closed else points
    steps = np.diff(around, axis=0)
    curves = np.stack([around[:-1] + steps / 3, around[:-1] + 2 * steps / 3, around[1:]], axis=1).reshape(-1, 2)
    return Path(key, np.vstack([around[:1], curves]), closed, **look)
