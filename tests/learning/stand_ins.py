"""Stand-ins for the parts of a run that need no network here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.loop import Loop, batches
from hcnn_widgets.learning.run import LatestRun, Run
from hcnn_widgets.learning.training_thread import TrainingThread


@dataclass
class CountedSteps:
    """Steps that only count: the loss of the k-th image batch ever taken is 1/k; of each chunk the first rate."""

    seconds: float = 0.0
    loss_at: Callable[[int], float] = lambda k: 1.0 / k
    rates: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    n_validations: int = 0
    gate: threading.Semaphore | None = None

    def train(self, numbers: Any, rates: Any) -> tuple[Any, Any]:
        self.rates.append(float(rates[0]))
        if self.gate is not None:
            self.gate.acquire()
        threading.Event().wait(self.seconds * len(numbers))
        done = sum(self.sizes)
        self.sizes.append(len(numbers))
        steps = np.arange(done + 1, done + len(numbers) + 1)
        return np.array([self.loss_at(k) for k in steps], np.float32), np.minimum(1, steps / 100).astype(np.float32)

    def evaluate(self, images: Any, targets: Any) -> tuple[float, float]:
        self.n_validations += 1
        return 0.5, 0.75


class StandInModel:
    """A name, a rule and the latest run: all that a run asks of its model."""

    run = LatestRun()

    def __init__(self, rule: Any = None, name: str = "stand-in") -> None:
        self.name = name
        self.rule = rule or Backpropagation(learning_rate=0.5, schedule="constant")


def started_run(
    steps: Any, n_steps: int = 40, steps_per_epoch: int = 10, validate: bool = True, model: Any = None
) -> Run:
    """Start a run over stand-in steps."""

    def make_loop(run: TrainingThread) -> Loop:
        return Loop(
            steps=steps,
            control=run.control,
            history=run.history,
            stream=batches(20, 2, 0),
            n_steps=n_steps,
            steps_per_epoch=steps_per_epoch,
            learning_rate=lambda done: run.learning_rate,
            validate=(lambda: steps.evaluate(None, None)) if validate else None,
            score_names=("accuracy",),
        )

    return Run(model or StandInModel(), make_loop, n_steps, steps_per_epoch)


def until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait until something holds; say whether it came to hold."""
    for _ in range(int(seconds / 0.005)):
        if condition():
            return True
        threading.Event().wait(0.005)
    return condition()
