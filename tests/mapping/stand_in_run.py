"""A run and its model by hand: no network, and a training thread that only does what is handed to it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

TRAINING = "stand-in-training"


class StandInModel:
    """Two areas: V1 sees the pixels from the beginning, IT the more of them the more it has learned."""

    areas = ("V1", "IT")

    def __init__(self, learned: float = 1.0) -> None:
        self.learned = learned
        self.recorders: list[tuple[int, int | None, int]] = []
        self.threads: list[str] = []
        self.n_untrained = 0

    def recorder(self, stimuli: StimulusSet, units: int | None = None, seed: int = 0) -> Callable[[], ActivationSet]:
        self.recorders.append((len(stimuli), units, seed))
        seen = stimuli.images.reshape(len(stimuli), -1)[:, :units]
        noise = np.random.default_rng(seed).random(seen.shape)

        def record() -> ActivationSet:
            self.threads.append(threading.current_thread().name)
            areas = {"V1": seen, "IT": self.learned * seen + (1 - self.learned) * noise}
            return ActivationSet(areas, stimuli.stimulus_ids)

        return record

    def untrained(self) -> "StandInModel":
        self.n_untrained += 1
        return StandInModel(learned=0.0)


class StandInRun:
    """A run whose state is set by hand; jobs at a boundary are done in a thread of its own."""

    def __init__(self, model: Any = None, state: str = "training") -> None:
        self.model, self.state, self.steps_done = model or StandInModel(), state, 1
        self.n_asked = 0
        self._training = ThreadPoolExecutor(1, thread_name_prefix=TRAINING)
        self._gate = threading.Event()

    @property
    def alive(self) -> bool:
        return self.state in ("training", "paused")

    def at_boundary(self, job: Callable[[], Any]) -> "Future[Any]":
        self.n_asked += 1
        return self._training.submit(job)

    def hold(self) -> None:
        """Come to no boundary until `go_on`."""
        self._training.submit(self._gate.wait)

    def go_on(self) -> None:
        self._gate.set()

    def finish(self, state: str = "finished") -> None:
        self.state = state

    def tidy_up(self) -> None:
        self.finish()
        self.go_on()
        self._training.shutdown()


def until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait until something holds; say whether it came to hold."""
    for _ in range(int(seconds / 0.01)):
        if condition():
            return True
        threading.Event().wait(0.01)
    return condition()
