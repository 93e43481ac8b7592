"""The thread that trains, with what it tells: it keeps neither the run nor the model alive that it trains for.

A person holds a `Run` or a model, and a `Run` holds its model. When the last of them is let go, as by a cell that is
run again, the model goes, and its going stops the thread, which nobody could steer any more.
"""

import atexit
import itertools
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from .control import OVER, Control
from .history import History

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

    from .loop import Loop

T = TypeVar("T")
_numbers = itertools.count()
_alive: "set[TrainingThread]" = set()


class TrainingThread:
    """A training as its own thread sees it: a `MeasuredRun` whose model may be gone.

    Parameters
    ----------
    model : GoalDrivenModel
        Held weakly.
    learning_rate : float
        At the start.
    n_steps, steps_per_epoch : int

    Attributes
    ----------
    name : str
        The model's.
    control, history
        What is asked for, and what was measured.
    loop : Loop or None
        None until the network is ready to be compiled.
    thread : threading.Thread or None
        None before the start.
    held_out : StimulusSet or None
        Images that are measured and not learned from.
    """

    def __init__(self, model: Any, learning_rate: float, n_steps: int, steps_per_epoch: int) -> None:
        self.name, self.number = model.name, next(_numbers)
        self.learning_rate, self.n_steps, self.steps_per_epoch = learning_rate, n_steps, steps_per_epoch
        self.control, self.history = Control(), History()
        self.loop: Loop | None = None
        self.thread: threading.Thread | None = None
        self.held_out: StimulusSet | None = None
        self._model = weakref.ref(model)
        self._run: weakref.ref[Any] | None = None
        self._kept: Any = None
        self._ending = False
        self._finaliser = weakref.finalize(model, self.abandon)
        self._finaliser.atexit = False

    def start(self, make_loop: Callable[["TrainingThread"], "Loop"]) -> None:
        """Begin to train; what makes the loop runs in the thread, and must not hold the model."""
        _alive.add(self)
        self.thread = threading.Thread(target=self._train, args=(make_loop,), name="hcnn-training", daemon=True)
        self.thread.start()

    # --- read ---------------------------------------------------------------------------------------------------
    @property
    def model(self) -> Any | None:
        """What is being trained, as long as somebody else holds it."""
        return self._model()

    @property
    def run(self) -> Any:
        """The `Run` in somebody's hands, or None."""
        return self._run() if self._run is not None else None

    @property
    def state(self) -> str:
        """One of ``control.STATES``: "training", "paused", "finished", "failed", ..."""
        return self.control.state

    @property
    def alive(self) -> bool:
        """Whether the network may still change."""
        return not self.control.over.is_set()

    @property
    def steps_done(self) -> int:
        """Training steps taken so far."""
        return self.loop.done if self.loop else 0

    def at_boundary(self, job: Callable[[], T]) -> "Future[T]":
        """Have a function called at the next boundary between steps; see ``Run.at_boundary``."""
        return self.control.at_boundary(job)

    # --- whose it is --------------------------------------------------------------------------------------------
    def known_as(self, run: Any) -> None:
        """Take this `Run` for the one to give out: held weakly while training goes on, and for good when it is over."""
        self._run = weakref.ref(run)
        if self._ending:
            self._kept = run

    def abandon(self) -> None:
        """Stop, and say so, since nobody can do it any more."""
        if self.state in OVER or self.state == "stopping":
            return
        self.control.stop()
        with suppress(Exception):  # where nothing can be said, as while the interpreter ends, nothing need be
            sys.stdout.write(
                f"The training of {self.name} was stopped at step {self.steps_done:,} of {self.n_steps:,}: "
                "no variable and no panel led to it any more.\n"
            )

    # --- the thread ---------------------------------------------------------------------------------------------
    def _train(self, make_loop: Callable[["TrainingThread"], "Loop"]) -> None:
        self.control.begin()
        try:
            self.loop = make_loop(self)
            state, detail = self.loop.run(), None
        except ArithmeticError as error:
            state, detail = "failed", str(error)
        except BaseException as error:  # whatever it was, the panel and the script must be told
            state, detail = "failed", f"Training failed: {type(error).__name__}: {error}"
        self._ending = True
        self._finaliser.detach()  # from here on the run and the model may hold each other
        self._kept = self.run
        self.control.end(state, detail)
        _alive.discard(self)


def earlier_trainings(run: Any) -> list[TrainingThread]:
    """Return the trainings of models of the same name that began before a run, and that nobody has stopped.

    Parameters
    ----------
    run : TrainingRun
        One that is no `Run` has none.
    """
    mine = getattr(run, "training", None)
    if not isinstance(mine, TrainingThread):
        return []
    others = [other for other in list(_alive) if other.name == mine.name and other.number < mine.number]
    return sorted((other for other in others if other.alive and other.state != "stopping"), key=lambda it: it.number)


@atexit.register
def _stop_all() -> None:
    """Let no thread be inside compiled code while the interpreter goes away."""
    trainings = [training for training in list(_alive) if training.state not in OVER]
    for training in trainings:
        training.control.stop()
    for training in trainings:
        training.control.over.wait(5)
