"""The record of scores bin by bin."""

import csv
from dataclasses import dataclass
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.plain_table import as_markdown, as_text, escaped
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class ScoresOverTime(FrozenRecord):
    """Scores of all model areas against one brain area, one per time bin; shows as a table.

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
        What a reader must know, with the bins it holds for, where not for all.
    source : str
        Whose recordings these are.
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

    def to_csv_text(self) -> str:
        """Give a line per bin in full precision as CSV, with a line of names first; what is not known is empty."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        names = [f"{area} {what}" for area in self.model_areas for what in ("r", "error")]
        writer.writerow(["start_ms", "end_ms", *names, "reliability"])
        for index, window in enumerate(self.time_ms):
            pairs = np.stack([self.value[:, index], self.error[:, index]], axis=1).ravel()
            values = [*pairs, self.reliability[index]]
            writer.writerow([*window, *("" if np.isnan(one) else one for one in values)])
        return text.getvalue()

    def __repr__(self) -> str:
        """Show an aligned table, a line per bin."""
        return "\n".join([as_text(self._header(), self._cells()), *self._remarks()])

    def _repr_markdown_(self) -> str:
        return "\n\n".join([as_markdown(self._header(), self._cells()), *map(escaped, self._remarks())])

    def _header(self) -> list[str]:
        return ["brain area", "ms after onset", *(f"{area} r" for area in self.model_areas), "ceiling r"]

    def _cells(self) -> list[list[str]]:
        brain = f"{self.area} (simulated)" if self.simulated else self.area
        columns = np.concatenate([self.value, perfect_r(self.reliability)[np.newaxis]]).T
        return [
            [brain, f"{start:g} to {end:g}", *("–" if np.isnan(one) else f"{one:.3f}" for one in row)]
            for (start, end), row in zip(self.time_ms, columns, strict=True)
        ]

    def _remarks(self) -> list[str]:
        """Give what stands under the table."""
        return [
            f"r: {self.convention}.",
            f"ceiling r: {CEILING_WORDS.format(where=' in each bin')}.",
            *(f"{note}." for note in self.notes),
            *([f"Recordings: {self.source}."] if self.source else []),
        ]
