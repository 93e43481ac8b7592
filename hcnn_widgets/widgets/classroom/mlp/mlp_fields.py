"""What units answer all over a plane, as pictures: one colour for answers of class 1, another for those of class 0."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .mlp_shown import MlpShown, Unit

ONE, ZERO = (0, 114, 178), (170, 68, 153)
"""Of points of class 1 and of class 0, and of weights above and below 0: the roles "series-0" and "series-3"."""
BRIGHTEST = 84
"""Opacity of a certain answer, so that lines and points are seen on it in both themes."""
TILE = 0.7
"""The same of a unit's tile, which lies on white."""
N_FINE, N_COARSE = 96, 32
"""Pixels along a side, of a plane and of a unit's tile."""


def grid_of(span: float, middle: tuple[float, float], n: int) -> Array:
    """Return the middles of the pixels of a plane, (n * n, 2), from the upper left on."""
    steps = span * ((2 * np.arange(n) + 1) / n - 1)
    x, y = np.meshgrid(middle[0] + steps, middle[1] - steps)
    return np.column_stack([x.ravel(), y.ravel()])


def signed_answers(shown: MlpShown, unit: Unit, answers: Array) -> Array:
    """Return answers of a unit from -1 to 1: 0 is where it does not tell the classes apart."""
    is_output = unit.layer == len(shown.weights) - 1
    kind = shown.kind
    if not is_output and kind.low < 0:
        return answers
    if not is_output and not np.isfinite(kind.high):
        return answers / max(float(answers.max()), 1e-12)
    return 2 * answers - 1


def field_pixels(signed: Array) -> NDArray[np.uint8]:
    """Return answers from -1 to 1, (n, n), as red, green, blue and opacity."""
    pixels = np.empty((*signed.shape, 4), np.uint8)
    pixels[..., :3] = np.where(signed[..., None] > 0, ONE, ZERO)
    pixels[..., 3] = np.round(BRIGHTEST * np.abs(signed))
    return pixels


def tile_pixels(signed: Array) -> NDArray[np.uint8]:
    """Return answers from -1 to 1, (n, n), as red, green and blue on white."""
    colour = np.where(signed[..., None] > 0, ONE, ZERO)
    return np.round(255 + TILE * np.abs(signed)[..., None] * (colour - 255.0)).astype(np.uint8)


def map_of_unit(shown: MlpShown, unit: Unit, span: float, middle: tuple[float, float]) -> NDArray[np.uint8]:
    """Return a unit's answers over the input plane, (n, n, 4)."""
    answers = shown.passed(grid_of(span, middle, N_FINE)).h[unit.layer][:, unit.place]
    return field_pixels(signed_answers(shown, unit, answers).reshape(N_FINE, N_FINE))


def tiles(shown: MlpShown, span: float, middle: tuple[float, float]) -> list[Any]:
    """Return the map of every unit, small, (n, n, 3) each, in the order of `MlpShown.all_units`."""
    passed = shown.passed(grid_of(span, middle, N_COARSE))
    return [
        tile_pixels(signed_answers(shown, unit, passed.h[unit.layer][:, unit.place]).reshape(N_COARSE, N_COARSE))
        for unit in shown.all_units
    ]
