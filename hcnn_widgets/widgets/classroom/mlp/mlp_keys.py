"""What a lab of layered perceptrons shows after a key or a move."""

from dataclasses import replace

import numpy as np

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES

from .mlp_given import MOST_POINTS
from .mlp_layout import columns_of
from .mlp_planes import STEPS_OF_A_SPAN, Middle, place_on_grid
from .mlp_scene import unit_at, weight_row
from .mlp_shown import MlpShown

Change = MlpShown | None
View = tuple[float, Middle]
NUDGE = 1 / 8
LONGEST_ENTRY = 8
ENTERED = frozenset("0123456789.-") | {"Backspace"}
"""Keys that write a number, one after the other."""


def after_key(shown: MlpShown, place: int, key: str, view: View) -> Change:
    """Return what is shown after a key at a place of the table; None where it changes nothing."""
    if key in ("b", "s"):
        return shown.at_moment(shown.at + (1 if key == "s" else -1)) if shown.history else None
    if key == "w":
        return shown.of_layers(shown.n_hidden, shown.seed + 1)
    if key == "n":
        return with_point(shown, view)
    if key == "x":
        return without_point(shown)
    row, column = divmod(place, columns_of(shown))
    unit = unit_at(shown, row)
    if unit is None:
        return _after_point_key(shown, column, key, view)
    weight = weight_row(shown, unit, column)
    if key in NUDGES and weight is not None:
        value = float(shown.weights[unit.layer][weight, unit.place]) + NUDGE * sum(NUDGES[key])
        return shown.with_weight(unit, weight, value)
    is_axis = column == columns_of(shown) - 1 and unit.layer == len(shown.weights) - 2
    if key == "a" or (key == "Enter" and is_axis):
        return with_axis(shown, unit.place) if unit.layer == len(shown.weights) - 2 else None
    return replace(shown, unit=row) if key == "Enter" and weight is None else None


def with_axis(shown: MlpShown, place: int) -> Change:
    """Put a hidden unit on the level axis of the hidden space; what was there comes upright."""
    if place == shown.axes[0]:
        return replace(shown, axes=shown.axes[::-1])
    return replace(shown, axes=(place, shown.axes[0]))


def number_at(shown: MlpShown, place: int) -> float | None:
    """Return the number in a cell that can be written over; None of any other cell."""
    row, column = divmod(place, columns_of(shown))
    unit = unit_at(shown, row)
    if unit is None:
        return float(shown.points[shown.focus, column - 1]) if column in (1, 2) else None
    weight = weight_row(shown, unit, column)
    return None if weight is None else float(shown.weights[unit.layer][weight, unit.place])


def with_number(shown: MlpShown, place: int, value: float, view: View) -> Change:
    """Write a number into a cell; a point stays within the plane."""
    row, column = divmod(place, columns_of(shown))
    unit = unit_at(shown, row)
    if unit is not None:
        weight = weight_row(shown, unit, column)
        return None if weight is None else shown.with_weight(unit, weight, value)
    (span, middle), spot = view, shown.points[shown.focus].copy()
    spot[column - 1] = np.clip(value, middle[column - 1] - span, middle[column - 1] + span)
    return shown.moved_point(shown.focus, spot)


def entered(text: str, key: str, there: float) -> str:
    """Return what is written after a key, where this was written before, "" for nothing yet.

    Examples
    --------
    >>> entered("1.", "5", 0.0), entered("", "-", 2.0), entered("-15", "Backspace", 0.0)
    ('1.5', '-2', '-1')
    """
    if key == "-":
        before = text or f"{there + 0.0:.6g}"
        return before[1:] if before.startswith("-") else f"-{before}"
    if key == "Backspace":
        return text[:-1]
    if (key == "." and "." in text) or len(text) >= LONGEST_ENTRY:
        return text
    return text + key


def entered_value(text: str) -> float:
    """Return the number that is written so far; 0 of a beginning such as "-" or ".".

    Examples
    --------
    >>> entered_value("-1.5"), entered_value("."), entered_value("")
    (-1.5, 0.0, 0.0)
    """
    return float(text) + 0.0 if any(letter.isdigit() for letter in text) else 0.0


def with_point(shown: MlpShown, view: View) -> Change:
    """Add a point where there is most room, of the class that has fewer."""
    if len(shown.points) == MOST_POINTS:
        return None
    span, middle = view
    sides = span * np.arange(-3, 4) / 4
    spots = np.array([(x, y) for y in sides for x in sides]) + middle
    room = np.linalg.norm(spots[:, None] - shown.points[None], axis=2).min(axis=1)
    fewer = int(shown.targets.mean() < 0.5)
    points = np.vstack([shown.points, spots[np.argmax(room)]])
    return shown.by_hand(points=points, targets=np.append(shown.targets, fewer), focus=len(points) - 1)


def without_point(shown: MlpShown) -> Change:
    """Take the point in focus away; the last two stay."""
    if len(shown.points) <= 2:
        return None
    kept = np.delete(np.arange(len(shown.points)), shown.focus)
    focus = min(shown.focus, len(kept) - 1)
    return shown.by_hand(points=shown.points[kept], targets=shown.targets[kept], focus=focus)


def _after_point_key(shown: MlpShown, column: int, key: str, view: View) -> Change:
    if column == 0:
        steps = {"Enter": 1, **{name: sum(step) for name, step in NUDGES.items()}}
        return replace(shown, focus=(shown.focus + steps[key]) % len(shown.points)) if key in steps else None
    if column == 3:
        classes = {"Enter": 1 - int(shown.targets[shown.focus]), "0": 0, "1": 1}
        return shown.with_target(shown.focus, classes[key]) if key in classes else None
    if key in NUDGES:
        span, middle = view
        nudged = shown.points[shown.focus] + span / STEPS_OF_A_SPAN * np.array(NUDGES[key])
        return shown.moved_point(shown.focus, np.clip(nudged, np.array(middle) - span, np.array(middle) + span))
    return None


def after_move(shown: MlpShown, number: int, at: tuple[float, float], view: View) -> Change:
    """Return what is shown when a point is dragged to a place of the plane."""
    return shown.moved_point(number, place_on_grid(at, *view))
