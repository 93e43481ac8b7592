"""Table of scores that keeps the score records behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.prediction.gains import Gains, site_draws
from hcnn_widgets.mapping.prediction.notes import notes_by_area, notes_of_scores
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]
Row = tuple[Score | None, ...]


@dataclass(frozen=True, eq=False)
class ScoredTable(ScoreTable):
    """Scores of all model areas against all recordings, with the records that correct them for noise.

    Parameters
    ----------
    scores : tuple of n_brain tuples of n_model Score
    untrained_scores : the same, of the network before training; None where there is none
    pixel_scores : tuple of n_brain Score or None
    """

    scores: tuple[Row, ...] = ()
    untrained_scores: tuple[Row, ...] = ()
    pixel_scores: Row = ()

    def corrected(self, correction: str) -> Array:
        """Return the scores corrected for noise, (n_brain, n_model), by any correction that the scores include."""
        return np.array([_corrected(row, correction) for row in self.scores])

    def corrected_untrained(self, correction: str) -> Array:
        """Return the untrained network's scores corrected for noise, (n_brain, n_model)."""
        return np.array([_corrected(row, correction) for row in self.untrained_scores])

    def corrected_pixels(self, correction: str) -> Array:
        """Return the pixels' scores corrected for noise, (n_brain,)."""
        return np.array(_corrected(self.pixel_scores, correction))


def _corrected(row: Row, correction: str) -> list[float]:
    return [np.nan if score is None else score.corrected(correction) for score in row]


def scored_table(
    recordings: Sequence[RecordingSet],
    scores: Sequence[dict[str, Score]],
    untrained: Sequence[dict[str, Score]],
    pixels: Sequence[Score | None],
    note: str = "",
) -> ScoredTable:
    """Return scores as a table.

    Parameters
    ----------
    recordings : n_brain RecordingSet
    scores : n_brain dicts of model area to Score
    untrained : n_brain dicts of model area to Score
        Empty where there is no untrained network.
    pixels : n_brain Score or None
    note : str
        Added to the convention.
    """
    areas = tuple(scores[0])
    trained = tuple(tuple(row.values()) for row in scores)
    controls = tuple(tuple(row.get(area) for area in areas) for row in untrained)
    firsts = [row[0] for row in trained]
    reliability = np.array([score.ceiling for score in firsts])
    brains = tuple(brain.area for brain in recordings)
    notes = [notes_of_scores([*row, grey], old) for row, grey, old in zip(trained, pixels, controls, strict=True)]
    return ScoredTable(
        step=0,
        model_areas=areas,
        brain_areas=brains,
        value=_numbers(trained, "value"),
        error=_numbers(trained, "error"),
        untrained=_numbers(controls, "value"),
        ceiling=perfect_r(reliability),
        reliability=reliability,
        n_reliability=np.array([len(brain) for brain in recordings]),
        pixels=_numbers((tuple(pixels),), "value")[0],
        n_stimuli=min(len(brain) for brain in recordings),
        convention="; ".join([firsts[0].convention, *([note] if note else [])]),
        simulated=tuple(brain.simulated for brain in recordings),
        source="; ".join(dict.fromkeys(brain.source for brain in recordings if brain.source)),
        notes=notes_by_area(brains, notes),
        final=True,
        details=tuple(tuple(detail_of(score) for score in row) for row in trained),
        gains=_gains(trained, controls),
        scores=trained,
        untrained_scores=controls,
        pixel_scores=tuple(pixels),
    )


def _gains(trained: tuple[Row, ...], untrained: tuple[Row, ...]) -> Gains | None:
    """Return the trained less the untrained scores, or None where any is missing."""
    of_both = [
        [[site_draws(score) for score in row if score is not None] for row in rows] for rows in (trained, untrained)
    ]
    complete = [len(row) for row in of_both[0]] == [len(row) for row in of_both[1]]
    return Gains.of(*of_both) if complete else None


def _numbers(rows: tuple[Row, ...], name: str) -> Array:
    return np.array([[np.nan if score is None else getattr(score, name) for score in row] for row in rows])


def detail_of(score: Score) -> SiteDetail:
    """Return the responses and predictions behind a score, z-scored by site as in a live score.

    Predictions in the unit of the model's units, as by a one-to-one map, are z-scored by their own mean and deviation.
    """
    kept = ~np.isnan(score.per_site)
    recorded, predicted = score.responses[:, kept], score.predictions[:, kept]
    mean, deviation = recorded.mean(axis=0), recorded.std(axis=0)
    base, scale = mean, deviation
    if MAPS[score.method].own_unit:
        base, scale = np.nanmean(predicted, axis=0), np.nanstd(predicted, axis=0)
    scale = np.where(scale > 0, scale, np.nan)
    return SiteDetail(
        score.stimulus_ids,
        score.site_ids[kept],
        ((recorded - mean) / deviation).astype(np.float32),
        ((predicted - base) / scale).astype(np.float32),
        score.per_site[kept],
        score.per_split[:, kept] if score.pooling == "per split" else np.zeros((0, 0)),
    )
