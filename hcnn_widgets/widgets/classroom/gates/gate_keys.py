"""What a gate lab shows after a key or a move."""

from dataclasses import replace

import numpy as np

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, typed
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .gate_plane import MIDDLE, SPAN, STEP, grips_of, line_through
from .gate_scene import COLUMNS, NAMES
from .gate_shown import COMBINATIONS, GateShown

Change = GateShown | None


def after_key(shown: GateShown, place: int, key: str) -> Change:
    """Return what is shown after a key at a place of the table; None where it changes nothing."""
    (row, column), n_lines = divmod(place, COLUMNS), len(shown.lines)
    if key == "t":
        return shown.solved()
    if key == "l":
        return shown.with_second(not shown.two)
    if key == "c":
        after = (COMBINATIONS.index(shown.combine) + 1) % len(COMBINATIONS)
        return replace(shown, combine=COMBINATIONS[after]) if shown.two else None
    if row < n_lines:
        return _after_line_key(shown, row, column, key)
    if row >= n_lines + 4:
        return shown.of_gate(NAMES[(row - n_lines - 4) * COLUMNS + column]) if key == "Enter" else None
    return _after_corner_key(shown, row - n_lines, column, key)


def kept_end(shown: GateShown, line: int, number: int) -> Array | None:
    """Return the place that stays while a line is dragged by one of its handles; None where it is out of sight."""
    grips = grips_of(shown.lines[line])
    return np.round(grips[1 - number] / STEP) * STEP if len(grips) else None


def after_move(shown: GateShown, line: int, at: tuple[float, float], kept: Array) -> Change:
    """Return what is shown when a line is dragged to a point of the plane, and passes through another that it keeps."""
    spot = np.clip(np.round(np.array(at) / STEP) * STEP, np.array(MIDDLE) - SPAN, np.array(MIDDLE) + SPAN)
    return shown.with_line(line, line_through(spot, kept, shown.lines[line]))


def line_of(key: str) -> int:
    """Return the line that a handle is of, as `gate_plane` names it."""
    return int(key.removeprefix("grip-"))


def _after_line_key(shown: GateShown, line: int, column: int, key: str) -> Change:
    weights = shown.lines[line].copy()
    if key in NUDGES:
        right, up = NUDGES[key]
        nudge = np.array([0, 0, right + up]) if column == 2 else np.array([right, up, 0])
        return shown.with_line(line, weights + STEP * nudge)
    if column == 3:
        # 0.0 - 0.0 is 0.0, and -0.0 would be written "-0".
        return shown.with_line(line, 0.0 - weights) if key == "Enter" else None
    value = typed(float(weights[column]), key)
    if value is None:
        return None
    weights[column] = value
    return shown.with_line(line, weights)


def _after_corner_key(shown: GateShown, corner: int, column: int, key: str) -> Change:
    if column == 0:
        outputs = {"Enter": 1 - shown.outputs[corner], "0": 0, "1": 1}
        return shown.with_output(corner, outputs[key]) if key in outputs else None
    if key != "Enter":
        return None
    return shown.with_second(True) if column == 2 and not shown.two else replace(shown, focus=corner)
