"""Table of readouts: areas by goals, trained, untrained, their difference, and the pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import Column, Table
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

from .readout_scores import PERCENTILES

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Readouts(Table, FrozenRecord):
    """How well each goal is read out from each area; in a notebook a table, bold where training has changed a score.

    Parameters
    ----------
    areas, goals : tuple of str
    measures : tuple of str
        What the score of each goal is: "accuracy" (averaged over categories) or "r" (Pearson's, averaged over numbers).
    chance : (n_goals,) float64
        The score of a readout of noise.
    trained, untrained, difference : (n_areas, n_goals, 3) float64
        Score, and the ends of its 95 % interval; untrained and difference are NaN where there is no untrained network.
    pixels : (n_goals, 3) float64
    n_images, n_folds : int
    n_units : tuple of int
        Of each area, that a readout sees.
    draws : (n_areas, n_goals, n_draws) float64
        Trained scores of images drawn with replacement, the same ones for all areas.
    notes : tuple of str
    """

    areas: tuple[str, ...]
    goals: tuple[str, ...]
    measures: tuple[str, ...]
    chance: Array
    trained: Array
    untrained: Array
    difference: Array
    pixels: Array
    n_images: int
    n_units: tuple[int, ...]
    n_folds: int
    draws: Array
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze_arrays(self)

    def above_chance(self, scores: Array) -> Array:
        """Return scores, (..., n_goals), on a scale that all goals share: 0 is chance, 1 is perfect."""
        shared: Array = (scores - self.chance) / (1 - self.chance)
        return shared

    def compare(self, area: str, other: str) -> Array:
        """Return what is told from one trained area and not from another, (n_goals, 3): difference, and its interval.

        Raises
        ------
        ValueError
            If one of them was not read out.
        """
        one, two = (
            self.areas.index(known_name(word, name, self.areas)) for word, name in (("area", area), ("other", other))
        )
        ends = np.percentile(self.draws[one] - self.draws[two], PERCENTILES, axis=-1)
        return np.stack([self.trained[one, :, 0] - self.trained[two, :, 0], *ends], axis=-1)

    @property
    def has_changed(self) -> NDArray[np.bool_]:
        """Where the interval of the difference by training does not hold 0, (n_areas, n_goals)."""
        changed: NDArray[np.bool_] = (self.difference[..., 1] > 0) | (self.difference[..., 2] < 0)
        return changed

    def _columns(self) -> list[Column]:
        n_areas, n_goals = self.trained.shape[:2]

        def of(values: Array, end: int) -> list[float]:
            return values[..., end].ravel().tolist()

        columns = [
            Column("area", "area", [area for area in self.areas for _ in range(n_goals)], True),
            Column("goal", "goal", self.goals * n_areas, True),
            Column("score", "score", self.measures * n_areas),
            Column("chance", "chance", self.chance.tolist() * n_areas),
            Column("pixels", "pixels", self.pixels[:, 0].tolist() * n_areas),
        ]
        for name in ("untrained", "trained", "difference"):
            values = getattr(self, name)
            columns += [
                Column(name, name, of(values, 0), marked=True),
                Column("from" if name == "difference" else "", f"{name}_low", of(values, 1)),
                Column("to" if name == "difference" else "", f"{name}_high", of(values, 2)),
            ]
        return columns

    def _marked_rows(self) -> list[int]:
        return np.flatnonzero(self.has_changed).tolist()

    def _conventions(self) -> list[str]:
        return [
            f"Ridge regression on {max(self.n_units):,} units of an area at most, each of {self.n_images:,} images "
            f"predicted by a readout fitted on the other {self.n_folds - 1} of {self.n_folds} parts, which choose the "
            "penalty",
            "accuracy: averaged over categories; r: Pearson's within each part, averaged over parts and numbers",
            "difference: trained less untrained; from, to: its 95 % interval, drawing the same images for both with "
            "replacement; readouts are not fitted anew. Marked where it does not hold 0, as in one of twenty by "
            "chance alone",
        ]
