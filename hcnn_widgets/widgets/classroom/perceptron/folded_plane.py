"""A perceptron with its bias folded into w: a sketch of the space (x1, x2, 1), whose boundary passes through 0."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.classroom.plane.plane_drawing import (
    Area,
    Array,
    Dots,
    PlaneDrawing,
    Seen,
    Stroke,
    Words,
    clipped_line,
    half_plane,
)

from .perceptron_plane import NONE, share_of
from .perceptron_shown import LETTERS, PerceptronShown

DEPTH = np.array([0.45, 0.45])
"""How the second axis is drawn: backwards, slanting, as in a sketch of a room."""
ROOM = 1.6
"""How far the sketch reaches, relative to the plane."""
ORIGIN = np.zeros((1, 2))


def folded_plane(shown: PerceptronShown, span: float) -> PlaneDrawing:
    """Return the sketch: points lie on a sheet at x3 = 1, and the boundary passes through the origin.

    The bias is the third weight, and the line is where the boundary, a plane through the origin, cuts the sheet.
    """
    square = span * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)
    below, foot = _slanted(square, 0.0, span), _slanted(ORIGIN, 0.0, span)
    ends = _slanted(clipped_line(shown.w, span), 1.0, span)
    above = _slanted(half_plane(shown.w, span), 1.0, span)
    share = share_of(shown, span)
    tip = _slanted(share * shown.w[None, :2], share * float(shown.w[2]), span)
    arrow = np.vstack([foot, tip]) if shown.w.any() else NONE
    seen: tuple[Seen, ...] = (
        Area(key="floor", at=below, colour="muted", opacity=0.25),
        Area(key="boundary", at=np.vstack([foot, ends]) if len(ends) else NONE, colour="series-2", opacity=0.3),
        Area(key="sheet", at=_slanted(square, 1.0, span), colour="muted", opacity=0.3),
        Area(key="sheet-above", at=above, colour="series-0", opacity=0.2),
        Stroke(key="up", at=np.vstack([foot, _slanted(ORIGIN, 1.0, span)]), colour="quiet", dashed=True),
        Stroke(key="cut", at=ends, colour="ink", width=2.5),
        Stroke(key="w3", at=arrow, colour="series-2", width=3.0, arrow=True),
        Words(key="names-3", at=_labels(span, arrow), colour="ink", words=("0", "x3 = 1", "w")[: 2 + bool(len(arrow))]),
        Dots(key="origin", at=foot, colour="ink", size=8),
        *_points(shown, span),
    )
    return PlaneDrawing(ROOM * span, seen, ("x1 (x2 goes backwards)", "x3"))


def _points(shown: PerceptronShown, span: float) -> tuple[Seen, ...]:
    spots = _slanted(shown.points, 1.0, span)

    def named(numbers: Any) -> dict[str, Any]:
        return {"at": spots[numbers], "names": tuple(LETTERS[number] for number in numbers)}

    of_1, of_0, wrong = (np.flatnonzero(row) for row in (shown.classes == 1, shown.classes == 0, shown.wrong))
    return (
        Dots(key="wrong-3", at=spots[wrong], colour="series-1", size=26, filled=False),
        Dots(key="focus-3", at=spots[[shown.focus]], colour="focus", size=34, filled=False),
        Dots(key="ones-3", colour="series-0", size=15, **named(of_1)),
        Dots(key="zeros-3", colour="series-3", marker="square", size=14, filled=False, **named(of_0)),
    )


def _labels(span: float, arrow: Array) -> Array:
    sheet = _slanted(np.array([[-span, -span]]), 1.0, span)
    return np.vstack([[[0.06 * span, -0.66 * span]], sheet - [0.1 * span, 0.15 * span], 1.05 * arrow[1:]])


def _slanted(at: Array, height: float, span: float) -> Array:
    """Return points of the space, at a height of the third input, as the sketch has them; 0 lies below its middle."""
    return np.column_stack([at[:, 0], np.full(len(at), (height - 0.5) * span)]) + at[:, 1:] * DEPTH
