"""Where a network in training stands in the plot of accuracy against predictivity, measured beside its training."""

import os
import time
from typing import Any, NamedTuple

from hcnn_widgets.activations.recorder import Recorder
from hcnn_widgets.learning.training_run import MeasuredRun
from hcnn_widgets.mapping.live.gathering import live_comparisons, stratified_rows
from hcnn_widgets.mapping.live.match import LiveMatch
from hcnn_widgets.mapping.live.work import LiveWork, record_at_boundary
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .one_network import Task, readout_accuracy

MOST_IMAGES = 256
"""Images of each kind that a moment is measured on: learnt, held out, and recorded."""


class LiveMoment(NamedTuple):
    """Where a network stood at a step.

    Attributes
    ----------
    step : int
    accuracy : float
        Of a linear readout of the highest area on held-out images.
    best : float
        r of the area that predicts best, chosen on other images.
    best_area : str
    """

    step: int
    accuracy: float
    best: float
    best_area: str


class LivePlace(LiveWork[LiveMoment]):
    """Moments of a network on its way through the plot, on fewer images than its row has at the end.

    What is measured is what `scored_row` measures, with the same units and the same way of choosing; fewer images make
    both numbers lower than the row's. It ends with the training.

    Parameters
    ----------
    run : Run
        In training.
    task : Task
    interval_s, share : float
        As in `LiveWork`.
    """

    WORK = "The moving dot"
    HEAD_START_S = 1.0
    """More than other works have: small networks learn most of what they learn in a second or two."""

    def __init__(self, run: MeasuredRun, task: Task, interval_s: float = 0.25, share: float = 0.04) -> None:
        self._task, self._compiled = task, False
        self._match: LiveMatch | None = None
        self._recorders: list[Recorder] = []
        self._parts = tuple(_drawn(each, task.seed) for each in (task.images, task.held_out))
        super().__init__(run, interval_s, share)

    @property
    def words(self) -> str:
        """On how many images a moment is measured: "on 256 of 1,280 images"."""
        n, of = (sum(map(len, each)) for each in (self._parts, (self._task.images, self._task.held_out)))
        return f"on {n:,} of {of:,} images" if n < of else f"on all {of:,} images"

    def _get_ready(self, model: Any, final: bool) -> None:
        task = self._task
        with one_blas_thread():
            (compared,) = live_comparisons((task.recordings,), MOST_IMAGES, task.seed)
            self._match = LiveMatch((task.recordings,), [compared], task.units, task.seed)
        top = {model.areas[-1]: model.taps[model.areas[-1]]}
        self._recorders = [
            Recorder(model.network, taps, shown, task.units, task.seed, pixels=model.pixels)
            for taps, shown in ((model.taps, compared.stimuli), *((top, part) for part in self._parts))
        ]

    def _measure(self, run: MeasuredRun, final: bool) -> tuple[LiveMoment, float] | None:
        recorded = record_at_boundary(run, self._recorders, self._closed)
        if recorded is None or self._match is None:
            return None
        step, (shown, *units), waited_s = recorded
        began = time.thread_time()
        with one_blas_thread():
            found = self._match.score([shown])
            learnt, asked = (each[each.areas[0]] for each in units)
            accuracy = readout_accuracy(learnt, self._parts[0].labels, asked, self._parts[1].labels)
        waited_s, self._compiled = waited_s if self._compiled else 0.0, True  # the first time is preparation
        cost_s = waited_s + (time.thread_time() - began) / (os.cpu_count() or 1)
        return LiveMoment(step, accuracy, float(found.reported[0]), found.chosen[0]), cost_s

    def _complete(self, model: Any, measured: LiveMoment, final: bool) -> LiveMoment:
        return measured

    def _at_the_end(self, run: MeasuredRun) -> None:
        """Measure no more: the row that follows is measured on all images."""

    def _let_go(self) -> None:
        self._recorders, self._match = [], None


def _drawn(images: StimulusSet, seed: int) -> StimulusSet:
    return images.select(stratified_rows(images.labels, len(images), MOST_IMAGES, seed))
