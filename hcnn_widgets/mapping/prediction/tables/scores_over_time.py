"""Record of the scores in each time bin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.table import Column, Table, named
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class ScoresOverTime(Table, FrozenRecord):
    """Scores of all model areas against one brain area in each time bin; shows as a table.

    Parameters
    ----------
    area : str
        The brain area.
    model_areas : tuple of str
    time_ms : (n_times, 2) float64
        Start and end of each bin after stimulus onset.
    value, error : (n_model, n_times) float64
        Median over sites of Pearson r on held-out stimuli, and its standard deviation over folds / sqrt(n_folds); NaN
        where no site varies.
    per_site : (n_model, n_times, n_sites) float64
    reliability : (n_times,) float64
        Split-half reliability of the recordings with Spearman-Brown; NaN with one trial per stimulus.
    convention : str
        How the scores were computed.
    simulated : bool
        Whether the recordings are simulated.
    notes : tuple of str
        Notes that belong beside the scores, each with its time bins unless it applies to all.
    source : str
        Source of the recordings, to be cited.
    """

    area: str
    model_areas: tuple[str, ...]
    time_ms: Array
    value: Array
    error: Array
    per_site: Array
    reliability: Array
    convention: str
    simulated: bool = False
    notes: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        freeze_arrays(self)

    def _columns(self) -> list[Column]:
        starts, ends = self.time_ms.T
        columns = [
            Column("brain area", "", [named(self.area, self.simulated)] * len(self.time_ms)),
            Column("ms after onset", "", [f"{start:g} to {end:g}" for start, end in self.time_ms]),
            Column("", "start_ms", starts),
            Column("", "end_ms", ends),
        ]
        for area, value, error in zip(self.model_areas, self.value, self.error, strict=True):
            columns += [Column(f"{area} r", f"{area} r", value), Column("", f"{area} error", error)]
        ceiling = perfect_r(self.reliability)
        return [*columns, Column("", "reliability", self.reliability), Column("ceiling r", "", ceiling)]

    def _conventions(self) -> list[str]:
        return [f"r: {self.convention}", f"ceiling r: {CEILING_WORDS.format(where=' in each bin')}"]
