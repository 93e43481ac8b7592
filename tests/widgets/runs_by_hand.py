"""A real run over steps that a test counts, for what depends on the run's own thread."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from hcnn_widgets.learning.loop import Loop, batches
from hcnn_widgets.learning.run import LatestRun, Run


class CountedModel:
    """Has of a model what a run and the training monitor ask for."""

    run = LatestRun()

    def __init__(self, name: str = "hcnn") -> None:
        self.name, self.goal, self.categories = name, None, ()
        self.rule = SimpleNamespace(learning_rate=1e-3, measures=())


def counting_run(each_step: Callable[[], object] = lambda: None, name: str = "hcnn") -> Run:
    """Start an endless training that calls something at every step."""

    def train(numbers: Any, _rates: Any) -> Any:
        threading.Event().wait(0.002)
        each_step()
        return np.ones((1, len(numbers)))

    def make_loop(training: Any) -> Loop:
        steps: Any = SimpleNamespace(train=train)
        stream = batches(8, 2, 0)
        return Loop(steps, training.control, training.history, stream, 10**6, 10, lambda done: 1.0, None, ())

    return Run(CountedModel(name), make_loop, 10**6, 10)


def until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait until something holds; say whether it came to hold."""
    for _ in range(int(seconds / 0.005)):
        if condition():
            return True
        threading.Event().wait(0.005)
    return condition()
