"""Layer-to-area match of a network in training, scored within halves of the images."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.comparison import CONVENTION, N_FOLDS, LiveComparison, notes_in_order, score_all
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.live.score_table import Details
from hcnn_widgets.mapping.noise.known_ceiling import KnownCeiling, known_ceiling
from hcnn_widgets.mapping.prediction.notes import notes_of_halves
from hcnn_widgets.mapping.prediction.tables.layer_area_match import image_halves
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]


class LiveMatch:
    """Live match: a model area is chosen for each brain area on half of the images and scored on the other half.

    Maps are fitted and tested within each half. The held-out predictions of the live score, read on each half, would
    not do: maps that predict one half are fitted on images of the other half, so that the two halves share noise from
    the similarity of their images, and choosing raises the reported score even for unrelated activations. Maps within
    halves share nothing; stimuli with identical images are in the same half.

    Parameters
    ----------
    recordings : sequence of RecordingSet
    comparisons : sequence of LiveComparison
        Made of the recordings; their images are divided into halves.
    n_units : int
        Units drawn from every model area.
    seed : int

    Raises
    ------
    ValueError
        If a half has fewer than 10 images or too few different ones, or no site that varies.
    """

    def __init__(
        self, recordings: Sequence[RecordingSet], comparisons: Sequence[LiveComparison], n_units: int, seed: int
    ) -> None:
        self._n_units = n_units
        self._place = {row: place for place, comparison in enumerate(comparisons) for row in comparison.rows}
        shown = [
            recording.select(comparisons[self._place[row]].stimuli.stimulus_ids)
            for row, recording in enumerate(recordings)
        ]
        halves = [image_halves(recording, seed) for recording in shown]
        self._chosen, self._reported = ([half[side] for half in halves] for side in (0, 1))
        self._choosing = live_comparisons(self._chosen, None, seed)
        self._reporting = live_comparisons(self._reported, None, seed)

    def score(self, activations: Sequence[ActivationSet]) -> LayerAreaMatch:
        """Score both halves.

        Parameters
        ----------
        activations : sequence of ActivationSet
            One per comparison.
        """
        choosing, choosing_error, _ = self._scored(self._choosing, activations)
        reporting, reporting_error, details = self._scored(self._reporting, activations)
        n_reporting = _counts(self._reporting)
        words = CONVENTION.format(n_folds=N_FOLDS, n_stimuli=min(n_reporting), units=self._n_units)
        return LayerAreaMatch(
            model_areas=activations[0].areas,
            brain_areas=tuple(recording.area for recording in self._reported),
            choosing=choosing,
            choosing_error=choosing_error,
            reporting=reporting,
            reporting_error=reporting_error,
            reliability=np.array([ceiling.value for ceiling in self._ceilings[1]]),
            n_sites=np.array([len(row[0].site_ids) for row in details]),
            n_choosing=_counts(self._choosing),
            n_reporting=n_reporting,
            simulated=tuple(recording.simulated for recording in self._reported),
            convention=words,
            notes=(*self._notes, *activations[0].notes),
            source="; ".join(dict.fromkeys(recording.source for recording in self._reported if recording.source)),
        )

    def _scored(
        self, comparisons: Sequence[LiveComparison], activations: Sequence[ActivationSet]
    ) -> tuple[Array, Array, Details]:
        return score_all(comparisons, [activations[self._place[comparison.rows[0]]] for comparison in comparisons])

    @cached_property
    def _ceilings(self) -> list[list[KnownCeiling]]:
        """Noise ceilings of the recordings on the choosing half and on the reporting half."""
        return [
            [known_ceiling(recording, ~recording.constant_sites()) for recording in half]
            for half in (self._chosen, self._reported)
        ]

    @cached_property
    def _notes(self) -> tuple[str, ...]:
        choosing, reporting = (
            [(*several, *limit.notes) for several, limit in zip(notes_in_order(half), limits, strict=True)]
            for half, limits in zip((self._choosing, self._reporting), self._ceilings, strict=True)
        )
        return notes_of_halves([recording.area for recording in self._reported], choosing, reporting)


def _counts(comparisons: Sequence[LiveComparison]) -> NDArray[np.int64]:
    """Return the number of images of each recording."""
    counts = {row: len(comparison.stimuli) for comparison in comparisons for row in comparison.rows}
    return np.array([counts[row] for row in sorted(counts)])
