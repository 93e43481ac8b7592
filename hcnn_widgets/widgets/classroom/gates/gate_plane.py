"""The plane of a gate: its four corners, one line or two, and where the answer is 1."""

import numpy as np

from hcnn_widgets.classroom.gates import CORNERS
from hcnn_widgets.widgets.classroom.plane.plane_drawing import (
    Area,
    Array,
    Dots,
    PlaneDrawing,
    Seen,
    Stroke,
    Words,
    line_within,
    part_above,
    square_of,
)

from .gate_shown import GateShown

SPAN, MIDDLE = 1.25, (0.5, 0.5)
TICKS = (-0.5, 0.0, 0.5, 1.0, 1.5)
STEP = 1 / 8
"""Places that a drag or a nudge comes to: binary fractions, of which sums are exact."""
GRIPS = (0.15, 0.85)
"""Where along a line its two handles lie."""
ARROW = 0.28
FOOT = (0.58, 0.5)
"""Where along the first and the second line the arrow to its side of 1 begins."""
NONE = np.empty((0, 2))
COLOURS = ("ink", "series-2")
SIDES = ((0, 0), (0, 1), (1, 0), (1, 1))


def ends_of(line: Array) -> Array:
    """Return where a line enters and leaves the plane, (2, 2); none where it does not pass through."""
    return line_within(line, SPAN, MIDDLE)


def grips_of(line: Array) -> Array:
    """Return the two places by which a line is taken hold of, (2, 2)."""
    ends = ends_of(line)
    return np.array([ends[0] + share * (ends[1] - ends[0]) for share in GRIPS]) if len(ends) else NONE


def line_through(held: Array, other: Array, before: Array) -> Array:
    """Return the line through two points, whose side of 1 is that of the line before; that line where they meet.

    Parameters
    ----------
    held, other : (2,) float
    before : (3,) float
    """
    along = held - other
    w = np.array([-along[1], along[0]])
    if not w.any():
        return before
    w = w if w @ before[:2] >= 0 else -w
    return np.array([*w, -(w @ other)])


def gate_plane(shown: GateShown) -> PlaneDrawing:
    """Return the plane with the answers of all lines together."""
    seen: list[Seen] = [*_cells(shown)]
    for number, line in enumerate(shown.lines):
        seen += _line(number, line, shown.two)
    seen += _corners(shown)
    for number, line in enumerate(shown.lines):
        seen.append(
            Dots(key=f"grip-{number}", at=grips_of(line), colour=COLOURS[number], marker="diamond", size=13, moves=True)
        )
    return PlaneDrawing(SPAN, tuple(seen), ticks=TICKS, middle=MIDDLE)


def _cells(shown: GateShown) -> list[Seen]:
    """Return the parts of the plane into which the lines cut it, those where the answer is 1."""
    square, cells = square_of(SPAN, MIDDLE), []
    sides = SIDES if shown.two else ((0,), (1,))
    for side in sides:
        part = square
        for line, above in zip(shown.lines, side, strict=True):
            part = part_above(part, line if above else -line)
        is_1 = shown.answers_of(np.array([side]))[0] == 1
        at = part if is_1 and len(part) > 2 else NONE
        cells.append(Area(key="cell-" + "".join(map(str, side)), at=at, colour="series-0", opacity=0.16))
    return [*cells]


def _line(number: int, line: Array, two: bool) -> list[Seen]:
    """Return a line, and an arrow to its side of 1."""
    ends, colour = ends_of(line), COLOURS[number]
    at = ends[0] + FOOT[number] * (ends[1] - ends[0]) if len(ends) else np.zeros(2)
    towards = line[:2] / max(float(np.hypot(*line[:2])), 1e-12)
    arrow = np.array([at, at + ARROW * towards]) if len(ends) else NONE
    name = f"h{number + 1}" if two else "h"
    return [
        Stroke(key=f"line-{number}", at=ends, colour=colour, width=2.5),
        Stroke(key=f"arrow-{number}", at=arrow, colour=colour, width=2.5, arrow=True),
        Words(key=f"name-{number}", at=arrow[1:] + 0.07 * towards, colour=colour, words=(f"{name} = 1",)[: len(arrow)]),
    ]


def _corners(shown: GateShown) -> list[Seen]:
    """Return the corners: those to be 1 are filled circles, those to be 0 open squares, wrong ones have a ring."""
    corners, wanted = np.array(CORNERS, np.float64), np.array(shown.outputs)
    of_1, of_0, wrong = (np.flatnonzero(row) for row in (wanted == 1, wanted == 0, ~shown.right))
    names = [f"{x1}{x2}" for x1, x2 in CORNERS]
    return [
        Dots(key="wrong", at=corners[wrong], colour="series-1", size=30, filled=False),
        Dots(key="focus", at=corners[[shown.focus]], colour="focus", size=38, filled=False),
        Dots(key="ones", at=corners[of_1], colour="series-0", size=18, names=tuple(names[n] for n in of_1)),
        Dots(
            key="zeros",
            at=corners[of_0],
            colour="series-3",
            marker="square",
            size=17,
            filled=False,
            names=tuple(names[n] for n in of_0),
        ),
    ]
