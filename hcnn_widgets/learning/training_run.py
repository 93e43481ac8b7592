"""Protocol of a training run, as panels, live measurements and the sidebar use it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, Protocol, TypeVar, runtime_checkable

from hcnn_widgets.goal.quantity import Quantity

from .busy_kernel import kernel_is_deaf
from .history import History

T = TypeVar("T")
PATIENCE_S = 5.0
"""How long all else leaves the processors to a network that is being compiled, in s, so that something moves."""


@runtime_checkable
class MeasuredRun(Protocol):
    """What a measurement beside the training asks of it; a model at rest answers like a run that is over.

    Attributes
    ----------
    model : GoalDrivenModel
        What is being trained: ``areas``, ``recorder``, ``untrained``, and of a `TrainingRun` also ``name``, ``goal``,
        ``rule``, ``categories`` and ``pixels``. While the run goes on, its weights are read through `at_boundary`
        alone.
    """

    model: Any

    @property
    def state(self) -> str:
        """A word of ``control.STATES``: "training", "paused", "finished", "failed", ..."""
        ...

    @property
    def alive(self) -> bool:
        """Whether the run may still change the network."""
        ...

    @property
    def steps_done(self) -> int:
        """Training steps taken so far."""
        ...

    def at_boundary(self, job: Callable[[], T]) -> "Future[T]":
        """Have the training thread call a function between two steps; when training is over, call it at once."""
        ...


@runtime_checkable
class TrainingRun(MeasuredRun, Protocol):
    """A run as panels and the sidebar see it, who did not start it; `Run` is the one that trains.

    Every member may be used from any thread and returns at once; only `join` waits.
    """

    @property
    def history(self) -> History:
        """The curves: loss, score and what the rule measures per step, and on held-out images once an epoch."""
        ...

    @property
    def state_message(self) -> str:
        """The state as a sentence; of a failed run, what went wrong."""
        ...

    @property
    def n_steps(self) -> int:
        """Training steps to be taken in all."""
        ...

    @property
    def steps_per_epoch(self) -> int:
        """Training steps a pass through the images."""
        ...

    @property
    def epoch(self) -> float:
        """Passes through the images so far."""
        ...

    @property
    def elapsed_s(self) -> float:
        """Seconds spent training, without compiling and pauses."""
        ...

    @property
    def time_left_s(self) -> float | None:
        """Estimate of the seconds that are left; None before there is ground for one."""
        ...

    @property
    def learning_rate(self) -> float:
        """Learning rate at the start of the schedule."""
        ...

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        """Train with another one from the next chunk of steps on."""
        ...

    def pause(self) -> None:
        """Halt after the steps under way."""
        ...

    def resume(self) -> None:
        """Go on after a pause."""
        ...

    def step(self) -> None:
        """Take one single step, then stay paused."""
        ...

    def stop(self) -> None:
        """End the run after the steps under way."""
        ...

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end, for so many seconds at most; say whether the run is over."""
        ...


def quantities_of(run: TrainingRun | None) -> tuple[Quantity, ...]:
    """Return the quantities of a run besides the loss: the scores of its goal, then the measures of its rule.

    Of a training that Keras does, what is known of its metrics.
    """
    if run is None:
        return ()
    told: tuple[Quantity, ...] | None = getattr(without_hold(run), "quantities", None)
    if told is not None:
        return told
    model = run.model
    scores = () if model.goal is None else model.goal.score_kinds(model.categories)
    rule = getattr(model, "rule", None)
    return (*(_scored_by(rule, score) for score in scores), *getattr(rule, "measures", ()))


def _scored_by(rule: Any, score: Quantity) -> Quantity:
    """Return a score that says whose it is where it is not the whole network's."""
    whose = getattr(rule, "scored_by", "")
    return replace(score, unit=", ".join(filter(None, (score.unit, whose)))) if whose else score


def is_deaf(run: TrainingRun | None) -> bool:
    """Return whether buttons cannot act on a run, since it holds the thread that would hear them."""
    return run is not None and hasattr(without_hold(run), "when_again") and run.alive and kernel_is_deaf()


def without_hold(run: MeasuredRun) -> MeasuredRun:
    """Return a run for a thread beside the training: its ``model`` is None once nobody else holds the model or the run.

    A run that knows no other form of itself is returned as it is.
    """
    return getattr(run, "training", run)


def await_first_step(run: MeasuredRun, given_up: threading.Event) -> None:
    """Leave the processors to a network that is being compiled, until it has taken a step, `PATIENCE_S` at most.

    Parameters
    ----------
    run : MeasuredRun
    given_up : threading.Event
        Ends the wait when set.
    """
    latest = time.monotonic() + PATIENCE_S
    while run.steps_done == 0 and run.state in ("starting", "training") and time.monotonic() < latest:
        if given_up.wait(0.02):
            return
