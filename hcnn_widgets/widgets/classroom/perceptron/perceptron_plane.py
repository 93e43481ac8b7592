"""The plane of a perceptron: points, the line where z is 0, the arrow w, and what a presentation has added to it."""

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

from .perceptron_shown import LETTERS, PerceptronShown

SPANS = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
STEPS_OF_A_SPAN = 16
"""Places that a drag or a nudge comes to, from the middle to the edge: binary fractions, of which sums are exact."""
SHARES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""Lengths at which arrows are drawn, so that the longest has room."""
LINE_HANDLE = 0.8
"""Where along the line its handle lies, from one end to the other."""
NONE = np.empty((0, 2))


def span_of(points: Array) -> float:
    """Return how far a plane reaches so that all points have room.

    Examples
    --------
    >>> span_of(np.array([[0, 1]])), span_of(np.array([[0, -3]])), span_of(np.array([[4e3, 0]]))
    (2.0, 5.0, 4000.0)
    """
    furthest = float(np.abs(points).max())
    return next((span for span in SPANS if furthest <= span), furthest)


def on_grid(at: tuple[float, float], span: float) -> tuple[float, float]:
    """Return the nearest place of a plane that a drag comes to."""
    x, y = (np.clip(round(value / span * STEPS_OF_A_SPAN), -STEPS_OF_A_SPAN, STEPS_OF_A_SPAN) for value in at)
    return float(x) * span / STEPS_OF_A_SPAN, float(y) * span / STEPS_OF_A_SPAN


def share_of(shown: PerceptronShown, span: float) -> float:
    """Return the length of arrows relative to the plane's units: 1, unless w has no room."""
    arrows = [shown.w[:2]] + ([shown.last.before[:2, shown.unit]] if shown.last else [])
    longest = max(float(np.hypot(*arrow)) for arrow in arrows)
    return next((share for share in SHARES if share * longest <= 0.95 * span), SHARES[-1])


def line_handle(shown: PerceptronShown, span: float) -> Array:
    """Return where the line is taken hold of, (1, 2); none where it does not pass through the plane."""
    ends = clipped_line(shown.w, span)
    return ends[:1] + LINE_HANDLE * (ends[1:] - ends[:1]) if len(ends) else NONE


def perceptron_plane(shown: PerceptronShown, span: float, share: float) -> PlaneDrawing:
    """Return the plane of the unit that is shown; ``share`` is the length of its arrows."""
    handle = line_handle(shown, span)
    w = shown.w[None, :2] * share
    other_lines = [clipped_line(weights, span) for unit, weights in enumerate(shown.now.T) if unit != shown.unit]
    seen: tuple[Seen, ...] = (
        Area(key="above", at=half_plane(shown.w, span), colour="series-0"),
        Stroke(key="axis-1", at=[[-span, 0], [span, 0]], colour="muted", width=1.0),
        Stroke(key="axis-2", at=[[0, -span], [0, span]], colour="muted", width=1.0),
        *(
            Stroke(key=f"other-{n}", at=line, colour="quiet", width=1.5, dashed=True)
            for n, line in enumerate(other_lines)
        ),
        Stroke(key="line", at=clipped_line(shown.w, span), colour="ink", width=2.5),
        *_presented(shown, share),
        Stroke(key="w", at=np.vstack([np.zeros(2), w]) if w.any() else NONE, colour="series-2", width=3.0, arrow=True),
        Words(
            key="w-name",
            at=w * (1 + 0.11 * span / max(float(np.hypot(*w[0])), 1e-9)) if w.any() else NONE,
            colour="ink",
            words=("w",) if w.any() else (),
        ),
        *_points(shown),
        Dots(key="line-handle", at=handle, colour="ink", marker="diamond", size=13, moves=True),
        Dots(
            key="w-handle",
            at=w if w.any() else NONE,
            colour="series-2",
            marker="square",
            size=22,
            filled=False,
            moves=True,
        ),
    )
    # A long w is drawn shorter, and it is said.
    first = "x1" if share == 1 else f"x1 (arrows are drawn {share:g} times as long)"
    return PlaneDrawing(span, seen, (first, "x2"), ticks=(-span, -span / 2, 0.0, span / 2, span))


def _points(shown: PerceptronShown) -> tuple[Seen, ...]:
    """Return the points: those to be 1 are filled circles, those to be 0 open squares, wrong ones have a ring."""
    of_1, of_0, wrong = (np.flatnonzero(row) for row in (shown.classes == 1, shown.classes == 0, shown.wrong))
    return (
        Dots(key="wrong", at=shown.points[wrong], colour="series-1", size=26, filled=False),
        Dots(key="focus", at=shown.points[[shown.focus]], colour="focus", size=34, filled=False),
        Dots(key="ones", colour="series-0", size=15, moves=True, **_of(shown, of_1)),
        Dots(key="zeros", colour="series-3", marker="square", size=14, filled=False, moves=True, **_of(shown, of_0)),
    )


def _of(shown: PerceptronShown, numbers: Any) -> dict[str, Any]:
    """Return places, names and numbers of points."""
    names, ids = (tuple(each(number) for number in numbers) for each in (LETTERS.__getitem__, int))
    return {"at": shown.points[numbers], "names": names, "ids": ids}


def _presented(shown: PerceptronShown, share: float) -> tuple[Seen, ...]:
    """Return what the last presentation did: old w, and the arrow that was added to it."""
    old, added = NONE, NONE
    if shown.last is not None and shown.last.added[:, shown.unit].any():
        before, step = (share * each[:2, shown.unit] for each in (shown.last.before, shown.last.added))
        old = np.vstack([np.zeros(2), before]) if before.any() else NONE
        added = np.vstack([before, before + step]) if step.any() else NONE
    sign = "+" if shown.last is not None and shown.last.target[shown.unit] == 1 else "\u2212"
    name = f"{sign}{LETTERS[shown.order[shown.at - 1]]}" if len(added) else ""
    return (
        Stroke(key="old", at=old, colour="quiet", width=2.0, dashed=True, arrow=True),
        Stroke(key="added", at=added, colour="series-1", width=2.5, arrow=True),
        Words(key="old-name", at=0.3 * old[-1:], colour="quiet", words=("old w",) if len(old) else ()),
        Words(
            key="added-name",
            at=added[:1] + 0.6 * (added[1:] - added[:1]) if name else NONE,
            colour="series-1",
            words=(name,) if name else (),
        ),
    )
