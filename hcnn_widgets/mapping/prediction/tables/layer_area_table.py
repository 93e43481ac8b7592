"""Table of a layer-to-area match: choices on half of the images, scores on the other half."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.table import Column, Table, named
from hcnn_widgets.mapping.prediction.gains import WORDS
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
CEILING = CEILING_WORDS.format(where=" on the other half")
"""Words beside the ceilings of a match."""


@dataclass(frozen=True, eq=False, repr=False)
class LayerAreaMatch(Table, FrozenRecord):
    """Scores of all model areas on both halves of the images, and the model areas that the first half chose.

    Shows as a table: the chosen model areas are bold in a notebook and starred in text.

    Parameters
    ----------
    model_areas, brain_areas : tuple of str
    choosing, choosing_error : (n_brain, n_model) float64
        Median over sites of Pearson r on held-out images, within the half that chooses, and its standard deviation over
        folds / sqrt(n_folds). Not to be reported: the highest of these scores is biased upwards.
    reporting, reporting_error : (n_brain, n_model) float64
        The same within the reporting half.
    reliability : (n_brain,) float64
        Split-half reliability of the recordings of the reporting half with Spearman-Brown; NaN with one trial.
    n_sites, n_choosing, n_reporting : (n_brain,) int64
        Sites that vary, and images in each half.
    simulated : tuple of bool
        Per brain area, whether its recordings are simulated.
    convention : str
        How the scores were computed.
    notes : tuple of str
        Notes that belong beside the scores, each with its brain area.
    source : str
        Source of the recordings, to be cited.
    neighbours : tuple of str
        Words on each chosen model area less its neighbours, on the reporting half.
    reported_sites : tuple of (n_folds, n_sites) float64
        Per brain area, r of the chosen model area in each fold and at each site of the reporting half; empty where that
        was not kept. What a difference from another network is paired over.
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
    neighbours: tuple[str, ...] = ()
    reported_sites: tuple[Array, ...] = ()

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def chosen_index(self) -> NDArray[np.intp]:
        """Index of the model area chosen for each brain area, (n_brain,); the first among equal scores."""
        places: NDArray[np.intp] = np.where(np.isnan(self.choosing), -np.inf, self.choosing).argmax(axis=1)
        return places

    @property
    def chosen(self) -> tuple[str, ...]:
        """The model area chosen for each brain area."""
        return tuple(self.model_areas[index] for index in self.chosen_index)

    @property
    def reported(self) -> Array:
        """Score of the chosen model area on the reporting half of the images, (n_brain,) float64."""
        return self.reporting[np.arange(len(self.brain_areas)), self.chosen_index]

    @property
    def reported_error(self) -> Array:
        """Error of `reported`, (n_brain,) float64."""
        return self.reporting_error[np.arange(len(self.brain_areas)), self.chosen_index]

    # --- show ---------------------------------------------------------------------------------------------------
    def _columns(self) -> list[Column]:
        n_model = len(self.model_areas)

        def of_brain(values: Iterable[Any]) -> list[Any]:
            """Return the value of each brain area for each of its rows, a row per model area."""
            return [value for value in values for _ in range(n_model)]

        chosen = np.arange(n_model) == self.chosen_index[:, np.newaxis]
        return [
            Column("brain area", "", of_brain([*map(named, self.brain_areas, self.simulated)])),
            Column("", "brain_area", of_brain(self.brain_areas)),
            Column("model area", "model_area", self.model_areas * len(self.brain_areas), marked=True),
            Column("", "simulated", of_brain(self.simulated)),
            Column("", "chosen", chosen.ravel()),
            Column("r choosing half", "choosing_r", self.choosing.ravel()),
            Column("", "choosing_error", self.choosing_error.ravel()),
            Column("r other half", "reporting_r", self.reporting.ravel(), marked=True),
            Column("error", "reporting_error", self.reporting_error.ravel()),
            Column("", "reliability", of_brain(self.reliability)),
            Column("ceiling r", "", of_brain(perfect_r(self.reliability))),
            Column("sites", "n_sites", of_brain(self.n_sites)),
            Column("images choosing", "n_choosing", of_brain(self.n_choosing)),
            Column("images other", "n_reporting", of_brain(self.n_reporting)),
        ]

    def _marked_rows(self) -> list[int]:
        """Return the indices of the rows of the chosen model areas."""
        return [brain * len(self.model_areas) + int(model) for brain, model in enumerate(self.chosen_index)]

    def _conventions(self) -> list[str]:
        return [
            "Chosen: the highest r on one half of the images. Read its r on the other half, which had no say",
            *([*self.neighbours, f"{WORDS}; on the other half"] if self.neighbours else []),
            f"r, within either half: {self.convention}",
            f"ceiling r: {CEILING}",
        ]
