"""Table of a score's sites."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.table import SIMULATED, Column, Table

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class SiteScores(Table):
    """Scores of single sites; shows as a table, and has the r of each fold in its CSV.

    Parameters
    ----------
    site_ids : (n_sites,) str
    r : (n_sites,) float64
        Pearson r on held-out stimuli; NaN for constant sites.
    per_split : (n_folds, n_sites) float64
        The same within each fold.
    reliability : (n_sites,) float64
        NaN where unknown.
    convention : str
        How the score was computed, in words.
    simulated : bool
        Whether the recordings are simulated.
    notes : tuple of str
    """

    site_ids: NDArray[np.str_]
    r: Array
    per_split: Array
    reliability: Array
    convention: str
    simulated: bool = False
    notes: tuple[str, ...] = ()

    def _columns(self) -> list[Column]:
        return [
            Column("site", "site", self.site_ids.tolist()),
            Column("r", "r", self.r),
            Column("", "reliability", self.reliability),
            Column("ceiling r", "ceiling_r", perfect_r(self.reliability)),
            *(Column("", f"r_fold_{fold}", row) for fold, row in enumerate(self.per_split, start=1)),
            Column("", "simulated", [self.simulated] * len(self.r)),
        ]

    def _conventions(self) -> list[str]:
        marked = self.simulated and SIMULATED not in self.notes
        return [
            f"r: {self.convention}",
            f"ceiling r: {CEILING_WORDS.format(where='')}",
            *([SIMULATED] if marked else []),
        ]
