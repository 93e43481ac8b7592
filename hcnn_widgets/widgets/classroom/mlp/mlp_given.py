"""What a lab of layered perceptrons is given: checked, and the lecture's situations by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from hcnn_widgets.classroom.gates import GATES
from hcnn_widgets.classroom.mlp import UNIT_KINDS, checked_weights, mlp_weights
from hcnn_widgets.classroom.point_sets import POINT_SETS
from hcnn_widgets.records.checks import check_seed, is_number, is_whole, known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .mlp_shown import LARGEST_WEIGHT, MlpShown
from .mlp_training import OPTIMIZERS

MOST_POINTS, MOST_UNITS, MOST_LAYERS = 400, 8, 2
FARTHEST = 1000.0
BY_HAND = ("OR", "NAND", "AND")
"""Two hidden units and the output unit that are XOR."""


def shown_of(given: Mapping[str, Any]) -> MlpShown:
    """Return what a lab shows of its arguments; refuse what is no network of a plane.

    Raises
    ------
    TypeError, ValueError
    """
    points, targets = _points(given["points"]), _targets(given["targets"], len(numbers("points", given["points"])))
    known_name("units", given["units"], UNIT_KINDS)
    known_name("optimizer", given["optimizer"], OPTIMIZERS)
    check_seed(given["seed"])
    weights = _weights(given["weights"], given["hidden"], int(given["seed"]))
    n_units, n_last = sum(layer.shape[1] for layer in weights), weights[-2].shape[1]
    unit = n_units - 1 if given["unit"] is None else given["unit"]
    for name, value, limit in (("focus", given["focus"], len(points)), ("unit", unit, n_units)):
        if not (is_whole(value, 0) and value < limit):
            raise ValueError(f"`{name}` is not there. Accepted is 0 to {limit - 1}; received {value!r}.")
    axes = _axes(given["axes"], n_last)
    named = {name: given[name] for name in ("units", "optimizer")}
    return MlpShown(
        points,
        targets,
        weights,
        focus=int(given["focus"]),
        unit=int(unit),
        axes=axes,
        rate=_rate(given["rate"]),
        seed=int(given["seed"]),
        **named,
    )


def _points(given: Any) -> Array:
    points = numbers("points", given).astype(np.float64)
    fits = points.ndim == 2 and points.shape[1] == 2 and 2 <= len(points) <= MOST_POINTS
    if not fits or not (np.abs(points) <= FARTHEST).all():
        raise ValueError(
            f"`points` must be points of a plane. Accepted is (n_points, 2) with 2 to {MOST_POINTS} points, none "
            f"farther than {FARTHEST:g} from 0; received {points.shape}."
        )
    return points.copy()


def _targets(given: Any, n_points: int) -> Any:
    targets = numbers("targets", given)
    if targets.shape != (n_points,) or not np.isin(targets, (0, 1)).all():
        raise ValueError(
            f"`targets` must be 0 or 1 for each point. Accepted is ({n_points},) of them; received {targets.shape}."
        )
    return targets.astype(np.int64)


def _weights(given: Any, hidden: Any, seed: int) -> tuple[Array, ...]:
    """Return weights of one's own, or random ones for so many hidden units."""
    counts = (hidden,) if is_whole(hidden, 1) else hidden
    if given is None:
        if not isinstance(counts, list | tuple) or not all(is_whole(n, 1) for n in counts):
            raise ValueError(f"`hidden` must be units of hidden layers, such as 3 or (4, 4); received {hidden!r}.")
        _check_room(tuple(counts))  # before weights are drawn, of which there could be more than a computer holds
        weights = mlp_weights((2, *counts, 1), seed)
    else:
        weights = checked_weights(given, 2)
        _check_room(tuple(layer.shape[1] for layer in weights[:-1]))
    if not all((np.abs(layer) <= LARGEST_WEIGHT).all() for layer in weights):
        raise ValueError(
            f"`weights` must be finite. Accepted are numbers up to {LARGEST_WEIGHT:g}; received one that is larger, or "
            "no number."
        )
    return tuple(layer.copy() for layer in weights)


def _check_room(sizes: tuple[int, ...]) -> None:
    if not 1 <= len(sizes) <= MOST_LAYERS or not all(2 <= n <= MOST_UNITS for n in sizes):
        raise ValueError(
            f"A lab has room for {MOST_LAYERS} hidden layers. Accepted are 1 or {MOST_LAYERS} of 2 to {MOST_UNITS} "
            f"units each; received layers of {sizes}."
        )


def _axes(given: Any, n_units: int) -> tuple[int, int]:
    axes = tuple(given) if isinstance(given, list | tuple) else ()
    if len(axes) != 2 or axes[0] == axes[1] or not all(is_whole(axis, 0) and axis < n_units for axis in axes):
        raise ValueError(
            f"`axes` must be two units of the last hidden layer. Accepted are 0 to {n_units - 1}; received {given!r}."
        )
    return int(axes[0]), int(axes[1])


def _rate(given: Any) -> float:
    if not is_number(given) or not 0 < given < np.inf:
        raise ValueError(f"`rate` is no learning rate. Accepted is a number above 0; received {given!r}.")
    return float(given)


def preset(name: str) -> dict[str, Any]:
    """Return a situation of the lecture: its points, and what the network begins with."""
    entry = POINT_SETS[name]
    drawn = entry.drawn()
    begun = {"points": drawn.points, "targets": drawn.targets, "hidden": entry.n_hidden, "weights": None}
    return {**begun, "units": "tanh", **BEGUN.get(name, {})}


def _xor_by_hand() -> list[Any]:
    first, second, output = (GATES[name].best_line for name in BY_HAND)
    return [np.transpose([first, second]).tolist(), [[weight] for weight in output]]


BEGUN: Mapping[str, Mapping[str, Any]] = MappingProxyType({"XOR": {"weights": _xor_by_hand(), "units": "step"}})
"""Presets that begin otherwise than with random weights: OR and NAND, joined by AND, are XOR."""
