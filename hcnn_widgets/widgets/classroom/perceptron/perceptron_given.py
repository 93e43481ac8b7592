"""What a perceptron lab is given: checked, and the lecture's situations by name."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from hcnn_widgets.classroom.gates import CORNERS, GATES
from hcnn_widgets.classroom.perceptron import presentation
from hcnn_widgets.records.checks import check_seed, is_whole
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.classroom.lab_doors import checked_flag
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .perceptron_shown import MOST_PRESENTATIONS, PerceptronShown

MOST_POINTS, MOST_UNITS = 12, 4


def shown_of(given: Mapping[str, Any]) -> PerceptronShown:
    """Return what a lab shows of its arguments; refuse what is no perceptron on a plane.

    Raises
    ------
    TypeError, ValueError
    """
    points = numbers("points", given["points"]).astype(np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not 2 <= len(points) <= MOST_POINTS:
        raise ValueError(
            f"`points` must be points of a plane. Accepted is (n_points, 2) with 2 to {MOST_POINTS} points; received "
            f"{points.shape}."
        )
    targets = _column("targets", given["targets"])
    weights = np.zeros((3, targets.shape[1])) if given["weights"] is None else _column("weights", given["weights"])
    # Its own checks say what fits together: a point presented, and nothing learnt of it.
    presentation(points[0], targets[0], weights, given["eta"])
    return replace(_checked(points, targets, weights), **_choices(given, len(points), targets.shape[1]))


def _checked(points: Array, targets: Array, weights: Array) -> PerceptronShown:
    if len(targets) != len(points) or not np.isin(targets, (0, 1)).all() or not np.isfinite(points).all():
        raise ValueError(
            f"`targets` must be 0 or 1 for each of the finite points. Accepted is {(len(points),)} or "
            f"{(len(points), 'n_units')}; received {targets.shape}."
        )
    if targets.shape[1] > MOST_UNITS or not np.isfinite(weights).all():
        raise ValueError(
            f"`weights` must be finite, of 1 to {MOST_UNITS} units. Accepted is (3,) or (3, n_units); received "
            f"{weights.shape}."
        )
    return PerceptronShown(points.copy(), targets.astype(np.float64), weights.astype(np.float64))


def _choices(given: Mapping[str, Any], n_points: int, n_units: int) -> dict[str, Any]:
    """Return what is chosen, each within what there is."""
    order = tuple(given["order"]) if np.iterable(given["order"]) else (given["order"],)
    if not all(is_whole(point, 0) and point < n_points for point in order) or len(order) > MOST_PRESENTATIONS:
        raise ValueError(
            f"`order` must be rows of points. Accepted are up to {MOST_PRESENTATIONS} whole numbers below {n_points}; "
            f"received {list(order[:5])}."
        )
    limits = {"at": len(order) + 1, "focus": n_points, "unit": n_units}
    for name, limit in limits.items():
        missing = given[name] is None and name == "at"
        if not missing and not (is_whole(given[name], 0) and given[name] < limit):
            raise ValueError(f"`{name}` is not there. Accepted is 0 to {limit - 1}; received {given[name]!r}.")
    check_seed(given["seed"])
    at = len(order) if given["at"] is None else int(given["at"])
    whole = {"focus": int(given["focus"]), "unit": int(given["unit"]), "seed": int(given["seed"])}
    flags = {name: checked_flag(name, given[name]) for name in ("fold", "shuffle")}
    return {"order": tuple(map(int, order)), "at": at, **whole, **flags, "eta": float(given["eta"])}


def _column(argument: str, given: Any) -> Array:
    """Return an array with an axis of units."""
    array = numbers(argument, given)
    return array[:, None] if array.ndim == 1 else array


def _apart(gap: float) -> dict[str, Any]:
    """Return two rows of five points each, so far apart."""
    below = [(-1.5, 0.25), (-1.0, -0.75), (-0.25, -1.0), (0.5, -0.5), (1.25, -1.5)]
    points = [*below, *((x, y + gap) for x, y in below)]
    return {"points": points, "targets": [0] * 5 + [1] * 5, "weights": [0, 0, 0]}


PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "AND": {"points": CORNERS, "targets": GATES["AND"].outputs, "weights": [0.5, 1, -0.25]},
        "AND from 0": {"points": CORNERS, "targets": GATES["AND"].outputs, "weights": [0, 0, 0]},
        "OR": {"points": CORNERS, "targets": GATES["OR"].outputs, "weights": [0, 0, 0]},
        "XOR": {"points": CORNERS, "targets": GATES["XOR"].outputs, "weights": [0, 0, 0]},
        "far apart": _apart(1.75),
        "close": _apart(1.25),
        "two units": {
            "points": CORNERS,
            "targets": list(zip(GATES["AND"].outputs, GATES["OR"].outputs, strict=True)),
            "weights": np.zeros((3, 2)).tolist(),
        },
    }
)
"""What the lecture begins with: the corners that are 1 when both inputs are, and a line that gets two of them wrong."""
