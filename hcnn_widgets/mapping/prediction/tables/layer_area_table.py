"""The table of a layer-to-area match: what was chosen on one half of the images, and what the other half says of it."""

import csv
from dataclasses import dataclass
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.plain_table import as_markdown, as_text, escaped
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
CEILING = CEILING_WORDS.format(where=" on the other half")
"""What stands beside the ceilings of a match."""
CSV_NAMES = (
    *("brain_area", "model_area", "simulated", "chosen", "choosing_r", "choosing_error", "reporting_r"),
    *("reporting_error", "reliability", "n_sites", "n_choosing", "n_reporting"),
)


@dataclass(frozen=True, eq=False, repr=False)
class LayerAreaMatch(FrozenRecord):
    """Scores of all model areas on either half of the images, and which one the first half chose.

    Shows as a table: what was chosen is bold in a notebook and starred in text.

    Parameters
    ----------
    model_areas, brain_areas : tuple of str
    choosing, choosing_error : (n_brain, n_model) float64
        Median over sites of Pearson r on held-out images, within the half that chooses, and its standard deviation over
        folds / sqrt(n_folds). Not to be reported: the best of them is too high.
    reporting, reporting_error : (n_brain, n_model) float64
        The same within the other half.
    reliability : (n_brain,) float64
        Split-half reliability of the recordings of the reporting half with Spearman-Brown; NaN with one trial.
    n_sites, n_choosing, n_reporting : (n_brain,) int64
        Sites that vary, and images in either half.
    simulated : tuple of bool
        Per brain area, whether its recordings are simulated.
    convention : str
        How the scores were computed.
    notes : tuple of str
        What a reader must know, each with its brain area.
    source : str
        Whose recordings these are.
    """

    model_areas: tuple[str, ...]
    brain_areas: tuple[str, ...]
    choosing: Array
    choosing_error: Array
    reporting: Array
    reporting_error: Array
    reliability: Array
    n_sites: NDArray[np.int64]
    n_choosing: NDArray[np.int64]
    n_reporting: NDArray[np.int64]
    simulated: tuple[bool, ...]
    convention: str
    notes: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def chosen_index(self) -> NDArray[np.intp]:
        """Place among the model areas of the one chosen for each brain area, (n_brain,); the first of equals."""
        places: NDArray[np.intp] = np.where(np.isnan(self.choosing), -np.inf, self.choosing).argmax(axis=1)
        return places

    @property
    def chosen(self) -> tuple[str, ...]:
        """The model area chosen for each brain area."""
        return tuple(self.model_areas[index] for index in self.chosen_index)

    @property
    def reported(self) -> Array:
        """Score of the chosen model area on the half of the images that had no say, (n_brain,) float64."""
        return self.reporting[np.arange(len(self.brain_areas)), self.chosen_index]

    @property
    def reported_error(self) -> Array:
        """Error of `reported`, (n_brain,) float64."""
        return self.reporting_error[np.arange(len(self.brain_areas)), self.chosen_index]

    # --- show ---------------------------------------------------------------------------------------------------
    def to_csv_text(self) -> str:
        """Give a line per pair of areas in full precision as CSV, with a line of names first; NaN is empty."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(CSV_NAMES)
        for brain, model in self._pairs():
            cell = brain, model
            scores = (self.choosing[cell], self.choosing_error[cell], self.reporting[cell], self.reporting_error[cell])
            writer.writerow(
                [
                    *(self.brain_areas[brain], self.model_areas[model], self.simulated[brain]),
                    model == self.chosen_index[brain],
                    *("" if np.isnan(one) else one for one in (*scores, self.reliability[brain])),
                    *(self.n_sites[brain], self.n_choosing[brain], self.n_reporting[brain]),
                ]
            )
        return text.getvalue()

    def __repr__(self) -> str:
        """Show an aligned table; a star marks the model area chosen for each brain area."""
        cells = [self._cells(*pair) for pair in self._pairs()]
        for row in self._chosen_rows():
            cells[row][1] += " *"
        return "\n".join([as_text(self._header(), cells), *self._remarks()])

    def _repr_markdown_(self) -> str:
        bold = {(row, column) for row in self._chosen_rows() for column in (1, 3)}
        table = as_markdown(self._header(), [self._cells(*pair) for pair in self._pairs()], bold)
        return "\n\n".join([table, *map(escaped, self._remarks())])

    def _pairs(self) -> list[tuple[int, int]]:
        return [(brain, model) for brain in range(len(self.brain_areas)) for model in range(len(self.model_areas))]

    def _chosen_rows(self) -> list[int]:
        return [brain * len(self.model_areas) + int(model) for brain, model in enumerate(self.chosen_index)]

    def _header(self) -> list[str]:
        names = ["brain area", "model area", "r choosing half", "r other half", "error"]
        return [*names, "ceiling r", "sites", "images choosing", "images other"]

    def _cells(self, brain: int, model: int) -> list[str]:
        area = f"{self.brain_areas[brain]} (simulated)" if self.simulated[brain] else self.brain_areas[brain]
        cell = brain, model
        limit = perfect_r(self.reliability[brain])
        numbers = (self.choosing[cell], self.reporting[cell], self.reporting_error[cell], limit)
        counts = (self.n_sites[brain], self.n_choosing[brain], self.n_reporting[brain])
        shown = ("–" if np.isnan(number) else f"{number:.3f}" for number in numbers)
        return [area, self.model_areas[model], *shown, *(f"{count:,}" for count in counts)]

    def _remarks(self) -> list[str]:
        """Give what stands under the table."""
        return [
            "Chosen: the highest r on one half of the images. Read its r on the other half, which had no say.",
            f"r, within either half: {self.convention}.",
            f"ceiling r: {CEILING}.",
            *(f"{note}." for note in self.notes),
            *([f"Recordings: {self.source}."] if self.source else []),
        ]
