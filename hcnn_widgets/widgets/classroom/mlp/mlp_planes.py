"""The two planes of a network: its inputs, and its hidden space, in which the grid of the first one is bent."""

from typing import Any

import numpy as np

from hcnn_widgets.classroom.mlp import UNIT_KINDS
from hcnn_widgets.widgets.classroom.plane.plane_drawing import (
    Array,
    Dots,
    Field,
    PlaneDrawing,
    Seen,
    Stroke,
    Words,
    line_within,
)

from .mlp_fields import N_FINE, field_pixels, grid_of, map_of_unit, signed_answers
from .mlp_shown import MlpShown, Unit

SPANS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
STEPS_OF_A_SPAN = 16
"""Places that a drag or a nudge comes to, from the middle to the edge: binary fractions, of which sums are exact."""
N_LINES, N_CORNERS = 13, 61
"""Lines of the grid in each direction, and corners of each: enough that bends are smooth."""
NONE = np.empty((0, 2))
FEW, FEW_LINES = 24, 4
"""Up to so many points are drawn large, and up to so many lines bear their names."""
LETTER = 0.055
"""Width of a letter as a share of the span."""
Middle = tuple[float, float]


def view_of(points: Array) -> tuple[float, Middle]:
    """Return how far a plane reaches from its middle, so that all points have room, and its middle.

    Examples
    --------
    >>> view_of(np.array([[0, 0], [1, 1]])), view_of(np.array([[-1.5, 0.5]])), view_of(np.array([[0, 4000.0]]))
    ((1.0, (0.5, 0.5)), (2.0, (0.0, 0.0)), (4000.0, (0.0, 0.0)))
    """
    if points.min() >= -0.25 and points.max() <= 1.25:
        return 1.0, (0.5, 0.5)
    furthest = float(np.abs(points).max())
    return next((span for span in SPANS if furthest <= span), furthest), (0.0, 0.0)


def hidden_view(shown: MlpShown) -> tuple[float, Middle]:
    """Return the same of the hidden space: where its units answer."""
    kind = shown.kind
    if np.isfinite(kind.high):
        middle = (kind.low + kind.high) / 2
        return 0.8 * (kind.high - kind.low), (middle, middle)
    largest = max(float(shown.now.h[-2].max()), 0.1)
    span = next((span for span in (0.25, 0.5, *SPANS) if largest <= 1.6 * span), largest)
    return span, (0.75 * span, 0.75 * span)


def input_plane(shown: MlpShown, span: float, middle: Middle) -> PlaneDrawing:
    """Return the plane of the inputs, with the map of the chosen unit and the lines of the first hidden layer."""
    corners = _corners(span, middle)
    pixels = map_of_unit(shown, shown.chosen, span, middle)
    seen: list[Seen] = [Field(key="map", at=corners, colour="", pixels=pixels)]
    seen.append(Stroke(key="grid", at=_grid(span, middle), colour="border", width=1.0))
    seen += _unit_lines(shown, span, middle)
    seen += _dots(shown, shown.points, "", moves=True)
    ticks = tuple(round(middle[0] + span * share, 6) for share in (-0.5, 0, 0.5))
    return PlaneDrawing(span, tuple(seen), ("x1", "x2"), ticks, middle)


def hidden_plane(shown: MlpShown, span: float, middle: Middle) -> PlaneDrawing:
    """Return the space of two hidden units: the same points and grid, seen through them, and the output unit's line.

    Parameters
    ----------
    span, middle
        Of the plane of the inputs, whose grid is bent.
    """
    own_span, own_middle = hidden_view(shown)
    axes = list(shown.axes)
    grid = _grid(span, middle)
    whole = ~np.isnan(grid).any(axis=1)
    bent = np.full_like(grid, np.nan)
    bent[whole] = shown.passed(grid[whole]).h[-2][:, axes]
    at = shown.now.h[-2][:, axes]
    names = tuple(shown.name_of(Unit(len(shown.weights) - 2, axis)) for axis in axes)
    seen: tuple[Seen, ...] = (
        *_output(shown, own_span, own_middle),
        Stroke(key="bent", at=bent, colour="quiet", width=1.0),
        *_dots(shown, at, "-hidden", moves=False),
        *_shared_names(shown, at),
    )
    low, high = shown.kind.low, shown.kind.high
    ticks = (low, (low + high) / 2, high) if np.isfinite(high) else (low, own_span / 2, own_span, 1.5 * own_span)
    return PlaneDrawing(own_span, seen, (names[0], names[1]), ticks, own_middle)


def place_on_grid(at: Any, span: float, middle: Middle) -> Array:
    """Return the nearest place of a plane that a drag comes to."""
    step = span / STEPS_OF_A_SPAN
    steps = np.clip(np.round((np.array(at) - middle) / step), -STEPS_OF_A_SPAN, STEPS_OF_A_SPAN)
    return np.array(middle) + step * steps


def _corners(span: float, middle: Middle) -> Array:
    """Return the lower left and the upper right corner of a plane."""
    return np.array(middle) + np.array([[-span], [span]])


def _grid(span: float, middle: Middle) -> Array:
    """Return upright and level lines, NaN between them."""
    along, at = np.linspace(-span, span, N_CORNERS), np.linspace(-span, span, N_LINES)
    lines = [np.column_stack([np.full(N_CORNERS, x), along]) for x in at]
    lines += [line[:, ::-1] for line in lines]
    broken = [part for line in lines for part in (line + middle, [[np.nan, np.nan]])]
    return np.vstack(broken[:-1])


def _unit_lines(shown: MlpShown, span: float, middle: Middle) -> list[Seen]:
    """Return the line z = 0 of each unit of the first hidden layer, with its name; that of the chosen unit is bold.

    Many lines are thin, and only the chosen one has its name.
    """
    n_lines = shown.n_hidden[0]
    look = {"colour": "ink", "width": 2.0} if n_lines <= FEW_LINES else {"colour": "quiet", "width": 1.0}
    seen: list[Seen] = []
    for place in range(n_lines):
        chosen = shown.chosen == Unit(0, place)
        ends = line_within(shown.weights[0][:, place], span, middle)
        named = len(ends) and (chosen or n_lines <= FEW_LINES)
        words = (shown.name_of(Unit(0, place)),) if named else ()
        spot = _beside(ends, shown.weights[0][:2, place], span) if named else NONE
        bold = {"colour": "ink", "width": 3.5}
        key = f"line-{place}-{'bold' if chosen else n_lines <= FEW_LINES}"
        seen.append(Stroke(key=key, at=ends, **(bold if chosen else look)))  # type: ignore[arg-type]
        seen.append(Words(key=f"line-name-{place}", at=spot, colour="ink", words=words))
    return seen


def _beside(ends: Array, w: Array, span: float) -> Array:
    """Return where the name of a line stands, (1, 2): near its first end, on the side where its unit is above 0."""
    towards = w / max(float(np.hypot(*w)), 1e-12)
    return ends[:1] + 0.1 * (ends[1:] - ends[:1]) + span * (0.1 * towards - [0.05, 0.03])


def _output(shown: MlpShown, span: float, middle: Middle) -> list[Seen]:
    """Return what the output unit makes of the hidden space, where two units are all there is of it."""
    corners = _corners(span, middle)
    if shown.n_hidden[-1] != 2:
        empty = np.zeros((2, 2, 4), np.uint8)
        return [
            Field(key="output", at=NONE, colour="", pixels=empty),
            Stroke(key="output-line", at=NONE, colour="ink", width=3.0),
        ]
    weights = shown.weights[-1][[*shown.axes, 2], 0]
    z = grid_of(span, middle, N_FINE) @ weights[:2] + weights[2]
    last = Unit(len(shown.weights) - 1, 0)
    answers = UNIT_KINDS[shown.kind.output](z).reshape(N_FINE, N_FINE)
    line = line_within(weights, span, middle)
    return [
        Field(key="output", at=corners, colour="", pixels=field_pixels(signed_answers(shown, last, answers))),
        Stroke(key="output-line", at=line, colour="ink", width=3.0),
    ]


def _dots(shown: MlpShown, at: Array, end: str, moves: bool) -> list[Seen]:
    """Return the points: those of class 1 are filled circles, those of class 0 open squares, wrong ones have a ring."""
    large, ring = (15.0, 10.0) if len(at) <= FEW else (9.0, 6.0)
    of_1, of_0, wrong = (np.flatnonzero(row) for row in (shown.targets == 1, shown.targets == 0, shown.wrong))

    def of(rows: Any) -> dict[str, Any]:
        names = tuple(shown.names[row] for row in rows) if shown.names and moves else ()
        return {"at": at[rows], "ids": tuple(int(row) for row in rows), "names": names, "moves": moves}

    return [
        Dots(key=f"wrong{end}", at=at[wrong], colour="series-1", size=large + ring, filled=False),
        Dots(key=f"focus{end}", at=at[[shown.focus]], colour="focus", size=large + 18, filled=False),
        Dots(key=f"ones{end}", colour="series-0", size=large, **of(of_1)),
        Dots(key=f"zeros{end}", colour="series-3", marker="square", size=large - 1, filled=False, **of(of_0)),
    ]


def _shared_names(shown: MlpShown, at: Array) -> list[Seen]:
    """Return the names of few points beside their places; points that fall together have theirs side by side."""
    together: dict[tuple[float, float], list[str]] = {}
    for (x, y), name in zip(np.round(at, 3).tolist(), shown.names, strict=False):
        together.setdefault((x, y), []).append(name)
    (span, middle), words = hidden_view(shown), tuple(", ".join(names) for names in together.values())
    spots = np.array(list(together)).reshape(-1, 2) + 0.07 * span
    # Words begin at their place: those at the right edge begin so far to the left of the point that they have room.
    on_right = spots[:, 0] > middle[0] + 0.3 * span
    spots[:, 0] -= on_right * (0.14 + LETTER * np.array([len(word) for word in words])) * span
    return [Words(key="names-hidden", at=spots, colour="ink", words=words)]
