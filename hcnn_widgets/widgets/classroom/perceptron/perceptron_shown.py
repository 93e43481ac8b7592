"""What a perceptron lab shows: points, weights, and the presentations so far; all else follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from hcnn_widgets.classroom.perceptron import PerceptronRun, Presentation, folded, heaviside, presentation
from hcnn_widgets.classroom.separability import is_separable, mistake_bound
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

MOST_PRESENTATIONS = 2000
SWEEPS = 50
"""Sweeps that a run takes at most: on points that no line separates it would never end."""
LETTERS = "ABCDEFGHIJKL"


@dataclass(frozen=True, eq=False)
class PerceptronShown:
    """A perceptron and its points.

    Parameters
    ----------
    points : (n_points, 2) float
    targets : (n_points, n_units) of 0 and 1
    weights : (3, n_units) float
        Before the first presentation; the bias is last.
    order : tuple of int
        The points that were presented, one after the other.
    at : int
        Presentations that are shown: fewer than there were where a person has gone back.
    focus, unit : int
        The point whose sum is written out, and the output unit that the plane shows.
    fold, shuffle : bool
        Whether the bias is drawn as a third weight; whether each sweep has an order of its own.
    eta : float
    seed : int
        Of the orders.
    """

    points: Array
    targets: Array
    weights: Array
    order: tuple[int, ...] = ()
    at: int = 0
    focus: int = 0
    unit: int = 0
    fold: bool = False
    shuffle: bool = False
    eta: float = 1.0
    seed: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments; a single unit has no axis of its own."""
        single = self.targets.shape[1] == 1
        boards = {name: (board[:, 0] if single else board) for name, board in self._boards.items()}
        return {
            "points": self.points.tolist(),
            **{name: board.tolist() for name, board in boards.items()},
            "order": list(self.order),
            **{name: getattr(self, name) for name in ("at", "focus", "unit", "fold", "shuffle", "eta", "seed")},
        }

    @property
    def _boards(self) -> Mapping[str, Any]:
        return {"targets": self.targets.astype(int), "weights": self.weights}

    # --- what follows ---------------------------------------------------------------------------------------------
    @cached_property
    def steps(self) -> tuple[Presentation, ...]:
        """Every presentation so far."""
        made: list[Presentation] = []
        weights = self.weights
        for point in self.order:
            made.append(presentation(self.points[point], self.targets[point], weights, self.eta))
            weights = made[-1].after
        return tuple(made)

    @cached_property
    def now(self) -> Array:
        """Weights now, (3, n_units)."""
        return self.steps[self.at - 1].after if self.at else self.weights

    @property
    def w(self) -> Array:
        """Weights of the unit that is shown, (3,)."""
        return self.now[:, self.unit]

    @cached_property
    def z(self) -> Array:
        """The sum w . x + b of each point for the unit that is shown, (n_points,)."""
        return folded(self.points) @ self.w

    @property
    def outputs(self) -> Any:
        """h(z) of each point, (n_points,)."""
        return heaviside(self.z)

    @property
    def classes(self) -> Any:
        """Targets of the unit that is shown, (n_points,)."""
        return self.targets[:, self.unit].astype(int)

    @property
    def wrong(self) -> Any:
        """Whether the unit that is shown is wrong on a point, (n_points,)."""
        return self.outputs != self.classes

    @property
    def all_right(self) -> bool:
        """Whether every unit is right on every point: nothing is learnt any more."""
        return bool((heaviside(folded(self.points) @ self.now) == self.targets).all())

    @property
    def last(self) -> Presentation | None:
        """The presentation that has just been seen; None before the first."""
        return self.steps[self.at - 1] if self.at else None

    @cached_property
    def mistaken(self) -> Any:
        """Whether the unit that is shown was wrong at a presentation, (n_presentations,) bool."""
        return np.array([bool(step.added[:, self.unit].any()) for step in self.steps], bool)

    @cached_property
    def separable(self) -> bool:
        """Whether a line separates the classes of the unit that is shown."""
        return is_separable(self.points, self.classes)

    @property
    def bound(self) -> float | None:
        """The most mistakes from weights of 0; None where the weights begin elsewhere, or no line separates."""
        if self.weights[:, self.unit].any() or not self.separable:
            return None
        bound = mistake_bound(self.points, self.classes)
        return bound if np.isfinite(bound) else None

    @cached_property
    def cycle(self) -> int | None:
        """Sweeps after which the weights come back for ever, where the presentations that are shown tell it."""
        n_points, shown = len(self.points), self.order[: self.at]
        n_whole = len(shown) // n_points * n_points
        if n_whole < n_points or shown[:n_whole] != tuple(range(n_points)) * (n_whole // n_points):
            return None
        passed = np.array([self.weights, *(step.after for step in self.steps[:n_whole])])
        wrong = np.array([step.is_mistake for step in self.steps[:n_whole]])
        return PerceptronRun(np.array(shown[:n_whole]), passed, wrong, n_points, shuffled=False).cycle

    @property
    def next_point(self) -> int:
        """The point whose turn it is."""
        n_points = len(self.points)
        if self.at < len(self.order):
            return self.order[self.at]
        if self.shuffle:
            sweep, place = divmod(self.at, n_points)
            return int(np.random.default_rng([self.seed, sweep]).permutation(n_points)[place])
        return (self.order[-1] + 1) % n_points if self.order else 0

    # --- what is done ---------------------------------------------------------------------------------------------
    def stepped(self) -> "PerceptronShown":
        """Present the point whose turn it is."""
        shown = self if self.at < len(self.order) else self.presenting(self.next_point)
        return replace(shown, at=self.at + 1, focus=shown.order[self.at])

    def presenting(self, point: int) -> "PerceptronShown":
        """Present a point next; what came after the presentations that are shown is forgotten."""
        order = (*self.order[: self.at][-MOST_PRESENTATIONS:], point)
        return replace(self, order=order, at=len(order), focus=point)

    def run(self) -> "PerceptronShown":
        """Present points until every one is right, the weights come back, or `SWEEPS` sweeps have passed."""
        order, weights, passed = list(self.order[: self.at]), self.now, set()
        for _ in range(SWEEPS * len(self.points)):
            point = replace(self, order=tuple(order), at=len(order)).next_point
            right = (heaviside(folded(self.points) @ weights) == self.targets).all()
            came_back = point == 0 and not self.shuffle and weights.tobytes() in passed
            if right or came_back:
                break
            if point == 0:
                passed.add(weights.tobytes())
            weights = presentation(self.points[point], self.targets[point], weights, self.eta).after
            order.append(point)
        return replace(self, order=tuple(order), at=len(order), focus=order[-1] if order else self.focus)

    def by_hand(self, weights: Any = None, **changes: Any) -> "PerceptronShown":
        """Change weights of the unit that is shown, or points and targets: presentations are counted from here on."""
        now = self.now.copy()
        if weights is not None:
            now[:, self.unit] = weights
        return replace(self, weights=now, order=(), at=0, **changes)

    def moved_point(self, point: int, at: Any) -> "PerceptronShown":
        """Put a point somewhere else."""
        points = self.points.copy()
        points[point] = at
        return self.by_hand(points=points, focus=point)

    def with_target(self, point: int, target: int) -> "PerceptronShown":
        """Say what the unit that is shown should answer to a point."""
        targets = self.targets.copy()
        targets[point, self.unit] = target
        return self.by_hand(targets=targets, focus=point)
