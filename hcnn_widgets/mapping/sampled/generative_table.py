"""Table of what predicts newly drawn sites: recorded sites, drawn ones, controls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import Column, Table, named
from hcnn_widgets.mapping.prediction.difference import ScoreDifference
from hcnn_widgets.mapping.sampled.site_medians import SiteMedian
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
RECORDED = "recorded sites"


@dataclass(frozen=True, eq=False, repr=False)
class GenerativeTest(Table, FrozenRecord):
    """How well stand-ins predict recorded sites that they have never met, beside recorded sites in their place.

    Shows as a table.

    Parameters
    ----------
    stand_ins : tuple of str
        What predicts: "recorded sites" first, then "model V4", "untrained V4" and the controls.
    per_site : (n_stand_ins, n_sites) float64
        Pearson r of every recorded site, mean over the splits that held it out; NaN where it was never held out.
    medians : tuple of SiteMedian
        Median over sites of each, with its interval over sites.
    differences : tuple of ScoreDifference
        Of each less that of the recorded sites, paired over sites; of the first 0.
    n_recorded, n_stand_ins : int
        Recorded sites, and units of model and controls, that predict at a time.
    n_splits, n_stimuli : int
    brain_area : str
    simulated : bool
        Whether the recorded sites are simulated.
    convention : str
    notes : tuple of str
    source : str
        Source of the recordings, to be cited.
    """

    stand_ins: tuple[str, ...]
    per_site: Array
    medians: tuple[SiteMedian, ...]
    differences: tuple[ScoreDifference, ...]
    n_recorded: int
    n_stand_ins: int
    n_splits: int
    n_stimuli: int
    brain_area: str
    simulated: bool
    convention: str
    notes: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        freeze_arrays(self)

    def serves(self, stand_in: int) -> str:
        """Return in a sentence whether stand-ins do as well as recorded sites, by the interval of the difference."""
        less, name = self.differences[stand_in], f"stand-ins from {self.stand_ins[stand_in]}"
        if less.high < 0:
            return f"{name} predict new sites less well than recorded sites do"
        if less.low > 0:
            return f"{name} predict new sites better than recorded sites do"
        return f"{name} and recorded sites cannot be told apart by how they predict new sites"

    def _columns(self) -> list[Column]:
        return [
            Column("new sites of", "", [named(self.brain_area, self.simulated)] * len(self.stand_ins)),
            Column("predicted by", "predicted_by", self.stand_ins),
            Column("", "brain_area", [self.brain_area] * len(self.stand_ins)),
            Column("", "simulated", [self.simulated] * len(self.stand_ins)),
            Column("r", "r", [each.value for each in self.medians]),
            Column("from", "r_low", [each.low for each in self.medians]),
            Column("to", "r_high", [each.high for each in self.medians]),
            Column("less recorded", "difference", self._less("value")),
            Column("from", "difference_low", self._less("low")),
            Column("to", "difference_high", self._less("high")),
            Column("p", "difference_p", self._less("p")),
        ]

    def _less(self, field: str) -> list[float]:
        return [float("nan"), *(float(getattr(each, field)) for each in self.differences[1:])]

    def _conventions(self) -> list[str]:
        return [
            *(self.serves(place) for place in range(1, len(self.stand_ins))),
            f"r: {self.convention}",
            "Intervals: 95 % percentile bootstrap over sites, differences paired over sites; other images and other "
            "stand-ins would move them further",
        ]
