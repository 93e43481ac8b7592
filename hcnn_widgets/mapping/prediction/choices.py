"""Options of a score: accepted names, checks, and words for the convention."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hcnn_widgets.mapping.maps.penalties import PENALTIES, Alphas, Penalties, penalties_of
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.records.checks import check_count, check_seed, known_name

Pooling = Literal["per split", "pooled"]
Scaling = Literal["none", "z-score"]
Precision = Literal["float64", "float32"]
Direction = Literal["forward", "reverse"]

POOLINGS: tuple[Pooling, ...] = ("per split", "pooled")
SCALINGS: tuple[Scaling, ...] = ("none", "z-score")
PRECISIONS: dict[str, type[np.floating]] = {"float64": np.float64, "float32": np.float32}
DIRECTION_WORDS = {
    "forward": "sites predicted from units",
    "reverse": "reverse: units predicted from sites (Muzellec & Kar 2025)",
}
"""Direction -> words in the convention, which leaves out those of forward, the usual direction."""


@dataclass(frozen=True)
class Choices:
    """Options that define how a score is computed, checked on creation.

    Parameters
    ----------
    method, splits : str
        Names in `MAPS` and `SPLITS`.
    n_folds : int
    pooling, scaling, precision, direction : str
        As in `predictivity`.
    max_units : int or None
    seed : int
    alphas : str, (n_alphas,) float or Penalties
        As in `predictivity`; kept as `Penalties`.

    Raises
    ------
    ValueError
        If a name is unknown, a count, the seed or a penalty is invalid, penalties are given to a map that chooses none,
        or stimuli would be pooled over overlapping folds.
    """

    method: str = "ridgecv"
    splits: str = "brain-score"
    n_folds: int = 10
    pooling: Pooling = "per split"
    scaling: Scaling = "none"
    max_units: int | None = None
    seed: int = 0
    precision: Precision = "float64"
    direction: Direction = "forward"
    alphas: Alphas = "relative"

    def __post_init__(self) -> None:
        for argument, accepted in (
            ("method", MAPS),
            ("splits", SPLITS),
            ("pooling", POOLINGS),
            ("scaling", SCALINGS),
            ("precision", PRECISIONS),
            ("direction", DIRECTION_WORDS),
        ):
            known_name(argument, getattr(self, argument), accepted)
        check_count("n_folds", self.n_folds)
        if self.max_units is not None:
            check_count("max_units", self.max_units)
        check_seed(self.seed)
        object.__setattr__(self, "alphas", self._checked_alphas())
        if self.pooling == "pooled" and not SPLITS[self.splits].each_once:
            each_once = [name for name, splitting in SPLITS.items() if splitting.each_once]
            raise ValueError(
                f"`pooling='pooled'` needs each stimulus held out exactly once. Accepted are splits "
                f"{', '.join(map(repr, each_once))}; received splits={self.splits!r}, which holds some out several "
                "times and others never."
            )

    def _checked_alphas(self) -> Penalties:
        """Return the penalties to choose from; refuse others than the default where the map chooses none."""
        penalties = penalties_of(self.alphas)
        if not MAPS[self.method].takes_alphas and penalties != PENALTIES["relative"]:
            choosing = [name for name, linear_map in MAPS.items() if linear_map.takes_alphas]
            raise ValueError(
                f"`alphas` are of no use to method={self.method!r}. Accepted are methods "
                f"{', '.join(map(repr, choosing))}, which choose a penalty from these; or leave alphas out; received "
                f"{penalties.words}."
            )
        return penalties

    @property
    def reverse(self) -> bool:
        """Whether the recorded sites predict the model's units."""
        return self.direction == "reverse"

    def convention(self, n_folds: int) -> str:
        """Describe in words how the score is computed, with the actual number of folds."""
        chosen_from = f", from {penalties_of(self.alphas).words}" if MAPS[self.method].takes_alphas else ""
        words = [MAPS[self.method].words + chosen_from, SPLITS[self.splits].words.format(n=n_folds)]
        if self.reverse:
            words.insert(0, DIRECTION_WORDS["reverse"])
        if self.scaling == "z-score":
            words.append(f"{'sites' if self.reverse else 'units'} z-scored on the training stimuli")
        if self.max_units is not None:
            words.append(
                f"{self.max_units:,} units drawn at random where there are more"
                if self.reverse
                else f"random projection to {self.max_units:,} features where there are more units"
            )
        if self.precision == "float32":
            words.append("products in float32")
        each = "unit" if self.reverse else "site"
        words.append(
            f"Pearson r per {each} over all held-out predictions, median over {each}s"
            if self.pooling == "pooled"
            else f"Pearson r per {each} and fold, median over {each}s, mean over folds"
        )
        return "; ".join(words)
