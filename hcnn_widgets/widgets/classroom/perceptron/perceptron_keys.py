"""What a perceptron lab shows after a key or a move."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, typed
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .perceptron_given import MOST_POINTS
from .perceptron_plane import STEPS_OF_A_SPAN, on_grid
from .perceptron_scene import COLUMNS
from .perceptron_shown import PerceptronShown

Change = PerceptronShown | None
OF_ALL: Mapping[str, Callable[[PerceptronShown], PerceptronShown]] = MappingProxyType(
    {
        "s": lambda shown: shown.stepped(),
        "b": lambda shown: replace(shown, at=max(0, shown.at - 1)),
        "z": lambda shown: shown.by_hand((0, 0, 0)),
        "f": lambda shown: replace(shown, fold=not shown.fold),
    }
)
"""Keys that act wherever they are pressed."""


def after_key(shown: PerceptronShown, place: int, key: str, span: float) -> Change:
    """Return what is shown after a key at a place of the table; None where it changes nothing."""
    row, column = divmod(place, COLUMNS)
    if key in OF_ALL:
        return OF_ALL[key](shown)
    if key == "n":
        return with_point(shown, span)
    if row == 0:
        return _after_weight_key(shown, column, key, span)
    if key == "x":
        return without_point(shown, row - 1)
    return _after_point_key(shown, row - 1, column, key, span)


def after_move(
    shown: PerceptronShown, key: str, number: int, at: tuple[float, float], span: float, share: float
) -> Change:
    """Return what is shown when a point, the line or the arrow is dragged to a point of the plane.

    Parameters
    ----------
    shown : PerceptronShown
    key, number : str and int
        What is dragged, as `perceptron_plane` names it.
    at : (float, float)
    span, share : float
        Of the plane, and of the arrows' length.
    """
    spot = np.array(on_grid(at, span))
    w = shown.w
    if key in ("ones", "zeros"):
        return shown.moved_point(number, spot)
    if key == "w-handle":
        return shown.by_hand((*(spot / share), w[2]))
    # The line keeps its direction, and passes through where it is held.
    step = span / STEPS_OF_A_SPAN
    return shown.by_hand((*w[:2], float(np.round(-(w[:2] @ np.array(at)) / step) * step)))


def with_point(shown: PerceptronShown, span: float) -> Change:
    """Add a point where there is most room, of the class that has fewer."""
    if len(shown.points) == MOST_POINTS:
        return None
    sides = span * np.arange(-3, 4) / 4
    spots = np.array([(x, y) for y in sides for x in sides])
    room = np.linalg.norm(spots[:, None] - shown.points[None], axis=2).min(axis=1)
    fewer = (shown.targets.mean(axis=0) < 0.5).astype(np.float64)
    points = np.vstack([shown.points, spots[np.argmax(room)]])
    return shown.by_hand(points=points, targets=np.vstack([shown.targets, fewer]), focus=len(points) - 1)


def without_point(shown: PerceptronShown, point: int) -> Change:
    """Take a point away; the last two stay."""
    if len(shown.points) <= 2:
        return None
    kept: Array = np.delete(np.arange(len(shown.points)), point)
    focus = min(shown.focus, len(kept) - 1)
    return shown.by_hand(points=shown.points[kept], targets=shown.targets[kept], focus=focus)


def _after_weight_key(shown: PerceptronShown, column: int, key: str, span: float) -> Change:
    if key == "Enter":
        return shown.stepped() if column == 3 else None
    weights, step = shown.w.copy(), span / STEPS_OF_A_SPAN
    if key in NUDGES:
        right, up = NUDGES[key]
        weights += step * (np.array([0, 0, right + up]) if column == 2 else np.array([right, up, 0]))
        return shown.by_hand(weights)
    value = typed(float(weights[column]), key) if column < 3 else None
    if value is None:
        return None
    weights[column] = value
    return shown.by_hand(weights)


def _after_point_key(shown: PerceptronShown, point: int, column: int, key: str, span: float) -> Change:
    if key in NUDGES:
        nudged = shown.points[point] + span / STEPS_OF_A_SPAN * np.array(NUDGES[key])
        return shown.moved_point(point, np.clip(nudged, -span, span))
    if column == 2:
        flipped = {"Enter": 1 - int(shown.classes[point]), "0": 0, "1": 1}
        return shown.with_target(point, flipped[key]) if key in flipped else None
    if column == 3 or key == "Enter":
        return shown.presenting(point) if key == "Enter" and column == 3 else replace(shown, focus=point)
    return _typed_point(shown, point, column, key, span)


def _typed_point(shown: PerceptronShown, point: int, column: int, key: str, span: float) -> Change:
    value: Any = typed(float(shown.points[point, column]), key)
    if value is None or abs(value) > span:
        return None
    spot = shown.points[point].copy()
    spot[column] = value
    return shown.moved_point(point, spot)
