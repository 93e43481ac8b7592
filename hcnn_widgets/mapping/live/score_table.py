"""Scores of every model area against every brain area at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.noise.corrections import check_correction, corrected_scores
from hcnn_widgets.mapping.prediction.gains import Gains
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.records.data_out import data_frame
from hcnn_widgets.records.frozen_record import FrozenRecord

Array = NDArray[np.float64]
Details = tuple[tuple[SiteDetail, ...], ...]
"""A tuple per brain area, with a record per model area."""
PER_PAIR = {"r": "value", "error": "error", "untrained": "untrained"}
PER_BRAIN = {
    "ceiling": "ceiling",
    "reliability": "reliability",
    "n_reliability": "n_reliability",
    "pixels": "pixels",
    "simulated": "simulated",
}
"""Columns of files and of DataFrames -> fields of a ScoreTable."""


@dataclass(frozen=True, eq=False)
class ScoreTable(FrozenRecord):
    """Scores of all model areas against all recordings, with their controls and ceilings.

    Parameters
    ----------
    step : int
        Training step after which the activations were recorded.
    model_areas, brain_areas : tuple of str
        Columns and rows.
    value, error : (n_brain, n_model) float64
        Median over sites of Pearson r, and its standard deviation over folds / sqrt(n_folds).
    untrained : (n_brain, n_model) float64
        The same with the weights from before training; NaN until known.
    ceiling : (n_brain,) float64
        Expected r of a perfect model: the square root of `reliability`; NaN where that is not above 0.
    reliability : (n_brain,) float64
        Split-half reliability of the recordings with Spearman-Brown, Brain-Score's "ceiling"; NaN where there is none,
        as with one trial.
    n_reliability : (n_brain,) int64
        Images behind the reliability, all that were recorded: with fewer images, chance alone makes it higher.
    pixels : (n_brain,) float64
        Score of the image in 16 x 16 grey blocks.
    n_stimuli : int
        Images behind the scores, the smallest number where recordings differ.
    convention : str
        How the scores were computed.
    simulated : tuple of bool
        Per brain area, whether its recordings are simulated.
    source : str
        Source of the recordings, to be cited.
    notes : tuple of str
        Notes that belong beside the scores: sites left out, images under several ids, no ceiling; each with its brain
        areas unless it applies to all.
    final : bool
        Whether these are the scores after training.
    details : tuple of n_brain tuples of n_model SiteDetail, optional
        Responses and predictions behind each value: ``details[brain][model]``. Only the newest scores of a run have
        them.
    match : LayerAreaMatch, optional
        Model area chosen for each brain area on one half of the images, and its score on the other; None unless asked
        for.
    gains : Gains, optional
        Trained less untrained scores, with intervals; of a training only after its end.
    whole : ScoreTable, optional
        The scores after training on all images that were recorded, where these are on a part of them: more images make
        better maps, so that the two cannot be joined.

    Raises
    ------
    ValueError
        If the shape of an array or of the details does not fit the areas.
    """

    step: int
    model_areas: tuple[str, ...]
    brain_areas: tuple[str, ...]
    value: Array
    error: Array
    untrained: Array
    ceiling: Array
    reliability: Array
    n_reliability: NDArray[np.int64]
    pixels: Array
    n_stimuli: int
    convention: str
    simulated: tuple[bool, ...]
    source: str
    notes: tuple[str, ...] = ()
    final: bool = False
    details: Details | None = None
    match: LayerAreaMatch | None = None
    gains: Gains | None = None
    whole: "ScoreTable | None" = None

    def __post_init__(self) -> None:
        rows, table = (len(self.brain_areas),), (len(self.brain_areas), len(self.model_areas))
        shapes = dict.fromkeys(("value", "error", "untrained"), table) | dict.fromkeys(
            ("ceiling", "reliability", "n_reliability", "pixels"), rows
        )
        for name, shape in shapes.items():
            array = np.array(getattr(self, name), dtype=np.int64 if name == "n_reliability" else np.float64)
            if array.shape != shape:
                raise ValueError(f"`{name}` has the wrong shape. Accepted is {shape}; received {array.shape}.")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        lengths = None if self.details is None else [len(row) for row in self.details]
        if lengths is not None and lengths != [table[1]] * table[0]:
            raise ValueError(
                f"`details` has the wrong shape. Accepted are {table[0]} rows of {table[1]}; "
                f"received rows of {lengths}."
            )

    def corrected(self, correction: str) -> Array:
        """Return the scores corrected for noise in the recordings.

        Parameters
        ----------
        correction : "r2/c" or "(r/c)2"
            As in `Score.corrected`; c is `reliability`.

        Returns
        -------
        (n_brain, n_model) float64
            NaN where a score is below 0 or a reliability not above chance.

        Raises
        ------
        ValueError
            If the correction is unknown.
        """
        check_correction(correction, "score")
        return corrected_scores(self.value, self.reliability, correction, self.n_reliability)

    def to_dataframe(self) -> Any:
        """Return the scores as a pandas DataFrame, a row per brain area and model area.

        Returns
        -------
        pandas.DataFrame
            Columns step, brain_area, model_area, r, error, untrained, ceiling, reliability, n_reliability, pixels,
            simulated and n_stimuli, as the fields of this class; ``attrs`` has convention, notes and source.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return frame_of_tables([self])


def frame_of_tables(tables: Sequence[ScoreTable]) -> Any:
    """Return tables as one DataFrame, see `ScoreTable.to_dataframe`; what is said is what the newest table says."""
    places = [
        (table, brain, model)
        for table in tables
        for brain in range(len(table.brain_areas))
        for model in range(len(table.model_areas))
    ]
    columns: dict[str, list[Any]] = {
        "step": [table.step for table, _, _ in places],
        "brain_area": [table.brain_areas[brain] for table, brain, _ in places],
        "model_area": [table.model_areas[model] for table, _, model in places],
    }
    columns |= {name: [getattr(t, field)[b, m] for t, b, m in places] for name, field in PER_PAIR.items()}
    columns |= {name: [getattr(t, field)[b] for t, b, _ in places] for name, field in PER_BRAIN.items()}
    columns["n_stimuli"] = [table.n_stimuli for table, _, _ in places]
    last = tables[-1] if tables else None
    said = {} if last is None else {name: getattr(last, name) for name in ("convention", "notes", "source")}
    return data_frame(columns, said)
