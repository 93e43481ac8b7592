"""Differences that tables of scores claim: trained minus untrained areas, the best area minus its neighbours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.prediction.bootstrap import Resampled, drawn_by_sites, resampled_medians
from hcnn_widgets.mapping.prediction.difference import Draws, drawn_difference
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
N_BOOTSTRAP = 1000
SPEAKS = (
    f"the 95 % interval and p speak of other sites, shown these images: paired bootstrap, {N_BOOTSTRAP:,} times sites "
    "drawn with replacement"
)
WORDS = f"difference, less: of two r; {SPEAKS}"


@dataclass(frozen=True, eq=False)
class Gains(FrozenRecord):
    """Scores of trained minus those of untrained areas, paired over sites.

    Parameters
    ----------
    value, low, high, p : (n_brain, n_model) float64
        Difference, ends of its 95 % interval, and two-sided p; NaN where unknown.
    """

    value: Array
    low: Array
    high: Array
    p: Array

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @classmethod
    def of(cls, trained: Sequence[Sequence[Draws]], untrained: Sequence[Sequence[Draws]]) -> "Gains":
        """Compare every trained area with the same area untrained.

        Parameters
        ----------
        trained, untrained : n_brain sequences of n_model Draws
        """
        rows = zip(trained, untrained, strict=True)
        found = [[drawn_difference(*pair) for pair in zip(*row, strict=True)] for row in rows]
        numbers = np.array([[(each.value, each.low, each.high, each.p) for each in row] for row in found])
        return cls(*np.moveaxis(numbers, -1, 0))

    def words(self, brain: int, model: int) -> str:
        """Return a difference in short: "+0.048 (+0.020 to +0.071, p = 0.004)"; empty where it is unknown."""
        value, low, high, p = (float(part[brain, model]) for part in (self.value, self.low, self.high, self.p))
        if np.isnan(value + low):
            return ""
        return f"{value:+.3f} ({low:+.3f} to {high:+.3f}, p {'< 0.002' if p < 0.002 else f'= {p:.2g}'})"


def site_draws(score: Resampled) -> Draws:
    """Return a score in samples of its sites; of all scores of the same sites in the same samples."""
    return Draws.of(score, drawn_by_sites(score, N_BOOTSTRAP, seed=0))


def draws_of_medians(value: float, per_split: Array) -> Draws:
    """Return a score whose r of each fold and site is known, (n_folds, n_sites), in samples of its sites."""
    return Draws(value, resampled_medians(per_split, N_BOOTSTRAP, seed=0), per_split.shape[1])


def neighbours_of(
    brain_areas: Sequence[str], model_areas: Sequence[str], best: Iterable[int], draws: Sequence[Sequence[Draws]]
) -> tuple[str, ...]:
    """Return words on the best model area of each brain area less the model areas before and after it.

    Parameters
    ----------
    brain_areas, model_areas : sequence of str
        The latter from the input up.
    best : iterable of int
        Index of the best model area of each brain area.
    draws : n_brain sequences of n_model Draws

    Returns
    -------
    tuple of str
        "IT: model area V4 less V2 +0.021, +0.004 to +0.038, p = 0.01; less IT ..."; empty for a single model area.
    """
    said = []
    for brain, place, row in zip(brain_areas, best, draws, strict=True):
        others = [other for other in (place - 1, place + 1) if 0 <= other < len(model_areas)]
        found = [f"less {model_areas[other]} {drawn_difference(row[place], row[other]).words}" for other in others]
        said += [f"{brain}: model area {model_areas[place]} {'; '.join(found)}"] if found else []
    return tuple(said)
