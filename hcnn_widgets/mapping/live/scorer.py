"""Score a model in training: record activations, compare them, measure the cost."""

import os
import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.learning.training_run import MeasuredRun
from hcnn_widgets.mapping.live.comparison import CONVENTION, N_FOLDS, LiveComparison, notes_in_order, score_all
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.live.match import LiveMatch
from hcnn_widgets.mapping.live.score_table import Details, ScoreTable
from hcnn_widgets.mapping.live.work import Recorder, record_at_boundary
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.noise.known_ceiling import KnownCeiling, known_ceiling
from hcnn_widgets.mapping.noise.perfect_model import CEILING_WORDS, perfect_r
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.prediction.difference import Draws
from hcnn_widgets.mapping.prediction.gains import Gains, draws_of_medians
from hcnn_widgets.mapping.prediction.notes import notes_by_area, notes_of_untrained
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.no_control import NoControl

Array = NDArray[np.float64]


class LiveScorer:
    """Scorer of a model in training against recordings, table by table.

    Parameters
    ----------
    recordings : tuple of RecordingSet
    n_units : int
        Units drawn from every model area.
    n_stimuli : int or None
        Images drawn; None for all.
    seed : int

    Attributes
    ----------
    cost_s : float
        Cost of the last score to the training, in seconds: the time for which training waited, plus the processor time
        of the comparison divided by the number of processors.
    knows_untrained : bool
        Whether the untrained network has been scored on these images.
    matches : bool
        Whether each table is to hold a layer-to-area match; may be set at any time.
    """

    def __init__(self, recordings: tuple[RecordingSet, ...], n_units: int, n_stimuli: int | None, seed: int) -> None:
        self._recordings, self._n_units, self._seed = recordings, n_units, seed
        self._comparisons: list[LiveComparison] = []
        self._recorders: list[Recorder] = []
        self._ceilings: list[KnownCeiling] | None = None
        self._pixels: Array | None = None
        self._untrained: Array | None = None
        self._about_control: tuple[str, ...] = ()
        self._untrained_details: Details = ()
        self._match: LiveMatch | None = None
        self.matches = False
        self.cost_s = 0.0
        self.use(n_stimuli)

    def use(self, n_stimuli: int | None) -> None:
        """Score this many images from now on; baselines are kept if the number does not change."""
        comparisons = live_comparisons(self._recordings, n_stimuli, self._seed)
        if [len(new.stimuli) for new in comparisons] != [len(old.stimuli) for old in self._comparisons]:
            self._comparisons, self._recorders, self._match = comparisons, [], None
            self._pixels = self._untrained = None
            self._about_control, self._untrained_details = (), ()

    @property
    def knows_untrained(self) -> bool:
        """Whether the untrained network has been scored on these images."""
        return self._untrained is not None

    @property
    def n_stimuli(self) -> int:
        """Images behind the scores, the smallest number where recordings differ."""
        return min(len(comparison.stimuli) for comparison in self._comparisons)

    @property
    def on_all_images(self) -> bool:
        """Whether the scores are on all images that were recorded."""
        return all(len(each.stimuli) == len(self._recordings[each.rows[0]]) for each in self._comparisons)

    def let_go(self) -> None:
        """Forget the model."""
        self._recorders = []

    def get_ready(self, model: Any) -> None:
        """Compile the recorders, score the pixels, estimate the ceilings."""
        with one_blas_thread():
            if self._pixels is None:
                images = [pixels(comparison.stimuli) for comparison in self._comparisons]
                self._pixels = score_all(self._comparisons, images)[0][:, 0]
            if self._ceilings is None:
                self._ceilings = [
                    known_ceiling(recording, ~recording.constant_sites()) for recording in self._recordings
                ]
        if not self._recorders:
            self._recorders = self._recorders_of(model)

    def score(self, run: MeasuredRun, closed: threading.Event) -> ScoreTable | None:
        """Return the scores of activations recorded by the training thread at a step boundary; None if closed."""
        recorded = record_at_boundary(run, list(self._recorders), closed)
        if recorded is None:
            return None
        step, activations, waited_s = recorded
        began = time.thread_time()
        with one_blas_thread():
            value, error, details = score_all(self._comparisons, activations)
            match = self._matched(activations) if self.matches else None
        self.cost_s = waited_s + (time.thread_time() - began) / (os.cpu_count() or 1)
        return replace(self._table(step, activations[0], value, error, details), match=match)

    def check_match(self) -> None:
        """Refuse recordings that are too small to be divided into halves."""
        LiveMatch(self._recordings, live_comparisons(self._recordings, None, self._seed), self._n_units, self._seed)

    def _matched(self, activations: list[ActivationSet]) -> LayerAreaMatch:
        if self._match is None:
            self._match = LiveMatch(self._recordings, self._comparisons, self._n_units, self._seed)
        return self._match.score(activations)

    def with_untrained(self, model: Any, table: ScoreTable, final: bool = False) -> ScoreTable:
        """Return a table with the scores of the untrained network added; NaN, and a note, where there is none."""
        if self._untrained is None:
            try:
                self._untrained = self._control_score(model.untrained(), table.notes)
            except NoControl as error:
                self._untrained, self._about_control = np.full(table.value.shape, np.nan), (error.words,)
        notes = dict.fromkeys((*table.notes, *self._about_control))
        gains = None
        if final and table.details is not None and self._untrained_details:
            before = _draws(self._untrained, self._untrained_details)
            gains = Gains.of(_draws(table.value, table.details), before)
        return replace(table, untrained=self._untrained, notes=tuple(notes), final=final, gains=gains)

    def _control_score(self, control: Any, said: tuple[str, ...]) -> Array:
        activations = [recorder() for recorder in self._recorders_of(control)]
        self._about_control = notes_of_untrained(activations[0].notes, said)
        with one_blas_thread():
            value, _, self._untrained_details = score_all(self._comparisons, activations)
        return value

    def _recorders_of(self, model: Any) -> list[Recorder]:
        return [
            model.recorder(comparison.stimuli, units=self._n_units, seed=self._seed) for comparison in self._comparisons
        ]

    def _table(self, step: int, activations: ActivationSet, value: Array, error: Array, details: Details) -> ScoreTable:
        assert self._ceilings is not None
        assert self._pixels is not None
        reliability = np.array([ceiling.value for ceiling in self._ceilings])
        brains = tuple(recording.area for recording in self._recordings)
        words = CONVENTION.format(n_folds=N_FOLDS, n_stimuli=self.n_stimuli, units=self._n_units)
        return ScoreTable(
            step=step,
            model_areas=activations.areas,
            brain_areas=brains,
            value=value,
            error=error,
            untrained=np.full(value.shape, np.nan) if self._untrained is None else self._untrained,
            ceiling=perfect_r(reliability),
            reliability=reliability,
            n_reliability=np.array([len(recording) for recording in self._recordings]),
            pixels=self._pixels,
            n_stimuli=self.n_stimuli,
            convention=f"{words}; ceiling: {CEILING_WORDS.format(where='')}",
            simulated=tuple(recording.simulated for recording in self._recordings),
            source="; ".join(dict.fromkeys(recording.source for recording in self._recordings if recording.source)),
            notes=(*notes_by_area(brains, self._notes(self._ceilings)), *activations.notes, *self._about_control),
            details=details,
        )

    def _notes(self, ceilings: list[KnownCeiling]) -> list[tuple[str, ...]]:
        """Return the notes on each recording: on the scored images, and on its noise ceiling."""
        notes = notes_in_order(self._comparisons)
        return [(*several, *limit.notes) for several, limit in zip(notes, ceilings, strict=True)]


def _draws(value: Array, details: Details) -> list[list[Draws]]:
    """Return every score in samples of its sites, n_brain lists of n_model Draws."""
    return [
        [draws_of_medians(float(score), detail.per_split) for score, detail in zip(*row, strict=True)]
        for row in zip(value, details, strict=True)
    ]
