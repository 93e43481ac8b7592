"""What a lab of layered perceptrons shows: points, weights, and the training so far; all else follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.classroom.mlp import UNIT_KINDS, MlpPass, UnitKind, cross_entropy, mlp_pass, mlp_weights
from hcnn_widgets.classroom.separability import is_separable, margin
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

LETTERS = "ABCDEFGHIJKL"
LARGEST_WEIGHT = 1e6


class Moment(NamedTuple):
    """A moment of a training: weights after so many epochs, and how far off the answers were."""

    epoch: int
    loss: float
    weights: tuple[Array, ...]


class Unit(NamedTuple):
    """Where a unit stands: its layer, the first hidden one being 0, and its place in it."""

    layer: int
    place: int


@dataclass(frozen=True, eq=False)
class MlpShown:
    """A network of two inputs and one output, and its points.

    Parameters
    ----------
    points : (n_points, 2) float
    targets : (n_points,) of 0 and 1
    weights : tuple of (n_below + 1, n_units) float
        Of each layer, the output last; the last row is the bias.
    units : str
        Kind of the hidden units.
    focus : int
        The point whose sums are written out.
    unit : int
        The unit whose map is seen: hidden ones from the first on, the output last.
    axes : (int, int)
        Units of the last hidden layer that the hidden space shows.
    optimizer : str
    rate : float
    seed : int
        Of random weights.
    history : tuple of Moment
        Of the training, with the weights that it began with.
    at : int
        The moment that is shown.
    """

    points: Array
    targets: Any
    weights: tuple[Array, ...]
    units: str = "step"
    focus: int = 0
    unit: int = 0
    axes: tuple[int, int] = (0, 1)
    optimizer: str = "adam"
    rate: float = 0.1
    seed: int = 7
    history: tuple[Moment, ...] = ()
    at: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments; of a training the weights that are shown."""
        return {
            "points": self.points.tolist(),
            "targets": self.targets.tolist(),
            "weights": [layer.tolist() for layer in self.weights],
            "axes": list(self.axes),
            **{name: getattr(self, name) for name in ("units", "focus", "unit", "optimizer", "rate", "seed")},
        }

    # --- what follows ---------------------------------------------------------------------------------------------
    @property
    def kind(self) -> UnitKind:
        """What the hidden units are."""
        return UNIT_KINDS[self.units]

    @property
    def n_hidden(self) -> tuple[int, ...]:
        """Units of each hidden layer."""
        return tuple(layer.shape[1] for layer in self.weights[:-1])

    @cached_property
    def all_units(self) -> tuple[Unit, ...]:
        """Every unit, the output last."""
        return tuple(Unit(n, place) for n, layer in enumerate(self.weights) for place in range(layer.shape[1]))

    def name_of(self, unit: Unit) -> str:
        """Return the name of a unit: h1 of the last hidden layer, g1 of one before it, "out"."""
        if unit.layer == len(self.weights) - 1:
            return "out"
        return f"{'h' if unit.layer == len(self.weights) - 2 else 'g'}{unit.place + 1}"

    def names_below(self, layer: int) -> tuple[str, ...]:
        """Return the names of what a layer takes in."""
        if layer == 0:
            return "x1", "x2"
        return tuple(self.name_of(Unit(layer - 1, place)) for place in range(self.weights[layer - 1].shape[1]))

    @property
    def chosen(self) -> Unit:
        """The unit whose map is seen."""
        return self.all_units[self.unit]

    def passed(self, points: Array) -> MlpPass:
        """Return what goes through the layers at points of the plane."""
        return mlp_pass(points, self.weights, self.units)

    @cached_property
    def now(self) -> MlpPass:
        """What goes through the layers at the points that are shown."""
        return self.passed(self.points)

    @property
    def outputs(self) -> Any:
        """The class that each point is taken for, (n_points,)."""
        return (self.now.output > 0.5).astype(int)

    @property
    def wrong(self) -> Any:
        """Whether a point is taken for the other class, (n_points,) bool."""
        return self.outputs != self.targets

    @property
    def n_right(self) -> int:
        """Points that are taken for what they are."""
        return int((~self.wrong).sum())

    @property
    def loss(self) -> float:
        """Cross-entropy of the answers."""
        return cross_entropy(self.now.output, self.targets)

    @cached_property
    def separable_below(self) -> bool:
        """Whether a line separates the classes in the plane."""
        return is_separable(self.points, self.targets)

    @cached_property
    def room_above(self) -> float:
        """How much room the output unit has between the classes in the hidden space, relative to it; 0 for none."""
        hidden = self.now.h[-2]
        return margin(hidden, self.targets) / float(np.hypot(1, np.abs(hidden).max()))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the points where they are few: 00, 01, 10 and 11 of corners, else letters."""
        if len(self.points) > len(LETTERS):
            return ()
        if np.isin(self.points, (0, 1)).all():
            return tuple(f"{x1:g}{x2:g}" for x1, x2 in self.points)
        return tuple(LETTERS[: len(self.points)])

    def point_name(self, point: int) -> str:
        """Return what a point is called in words."""
        return self.names[point] if self.names else f"{point + 1} of {len(self.points)}"

    # --- what is done ---------------------------------------------------------------------------------------------
    def by_hand(self, weights: Sequence[Array] | None = None, **changes: Any) -> "MlpShown":
        """Change weights, points or what the units are: the training so far is no longer that of this network."""
        kept = self.weights if weights is None else tuple(weights)
        return replace(self, weights=kept, history=(), at=0, **changes)

    def with_weight(self, unit: Unit, row: int, value: float) -> "MlpShown":
        """Give a unit another weight; the row behind those of its inputs is the bias."""
        layers = [layer.copy() for layer in self.weights]
        layers[unit.layer][row, unit.place] = np.clip(value, -LARGEST_WEIGHT, LARGEST_WEIGHT)
        return self.by_hand(layers)

    def of_layers(self, n_hidden: Sequence[int], seed: int | None = None) -> "MlpShown":
        """Begin anew with random weights, in so many hidden units."""
        drawn_by = self.seed if seed is None else seed
        weights = mlp_weights((2, *n_hidden, 1), drawn_by)
        return self.by_hand(weights, seed=drawn_by, unit=sum(n_hidden), axes=(0, 1))

    def moved_point(self, point: int, at: Any) -> "MlpShown":
        """Put a point somewhere else."""
        points = self.points.copy()
        points[point] = at
        return self.by_hand(points=points, focus=point)

    def with_target(self, point: int, target: int) -> "MlpShown":
        """Put a point into the other class, or the same one."""
        targets = self.targets.copy()
        targets[point] = target
        return self.by_hand(targets=targets, focus=point)

    def at_moment(self, number: int) -> "MlpShown":
        """Go to a moment of the training."""
        kept = min(max(number, 0), len(self.history) - 1)
        return replace(self, weights=self.history[kept].weights, at=kept)

    def learnt(self, moment: Moment) -> "MlpShown":
        """Go on to a new moment of the training; what came after the moment that is shown is forgotten."""
        passed = self.history[: self.at + 1] or (Moment(0, self.loss, self.weights),)
        return replace(self, weights=moment.weights, history=(*passed, moment), at=len(passed))
