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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from hcnn_widgets.records.log import logger

from .checkpoints import Checkpoints
from .control import OVER, Control
from .history import History
from .run_setup import RunSetup

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

    from .loop import Loop

T = TypeVar("T")
_log = logger("learning")
_numbers = itertools.count(1)
_alive: "set[TrainingThread]" = set()
_known: "weakref.WeakSet[TrainingThread]" = weakref.WeakSet()
_listeners: "weakref.WeakSet[Any]" = weakref.WeakSet()
_listing = threading.Lock()
NO_THREAD = (
    "A training needs a thread of its own. Accepted is a process that may start one more, which a browser's Python may "
    "not, and a hub's at its limit neither;"
)


MOST_TITLE = 100
"""Letters of what a person calls a run."""


def titled(words: str) -> str:
    """Return what a person calls a run as a line that is not too long.

    Examples
    --------
    >>> titled("  nine  by nine ")
    'nine by nine'
    """
    return " ".join(words.split())[:MOST_TITLE].rstrip()


@dataclass(frozen=True)
class PastLoop:
    """What is left of the loop of a training that is over: its steps, and its seconds of training."""

    done: int
    active_s: float
    seconds_left: float | None = None


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
    title : str
        What a person calls the run; at first the model's name and the number of the run.
    control, history
        What is asked for, and what was measured.
    setup : RunSetup
        What it began with.
    checkpoints : Checkpoints
        Kernels at the start and at some steps.
    guesses : dict of str
        What a person expects of it, by what is guessed (`widgets.Guess`); plain data.
    saved_scores : tuple
        Scores over training that came with the run from a folder.
    loop : Loop or PastLoop or None
        None until the network is ready to be compiled.
    thread : threading.Thread or None
        None before the start.
    held_out : StimulusSet or None
        Images that are measured and not learned from.
    """

    def __init__(self, model: Any, learning_rate: float, n_steps: int, steps_per_epoch: int) -> None:
        self.name, self.number = model.name, next(_numbers)
        self.learning_rate, self.n_steps, self.steps_per_epoch = learning_rate, n_steps, steps_per_epoch
        self.title = f"{model.name} {self.number}"
        self.control, self.history = Control(), History()
        self.setup, self.checkpoints = RunSetup(learning_rate=learning_rate), Checkpoints()
        self.on_score = ""  # a sentence on whose the score is
        self.guesses: dict[str, dict[str, Any]] = {}
        self.saved_scores: tuple[Any, ...] = ()
        self.loop: Loop | PastLoop | None = None
        self.thread: threading.Thread | None = None
        self.held_out: StimulusSet | None = None
        self._model = weakref.ref(model)
        self._run: weakref.ref[Any] | None = None
        self._kept: Any = None
        self._ending = False
        self._finaliser = weakref.finalize(model, self.abandon)
        self._finaliser.atexit = False
        with _listing:
            _known.add(self)

    @classmethod
    def past(cls, model: Any, rate: float, n_steps: int, steps_per_epoch: int, loop: PastLoop) -> "TrainingThread":
        """Return a training of which a file tells; to be filled, and then `concluded`."""
        training = cls(model, rate, n_steps, steps_per_epoch)
        training.loop = loop
        training._finaliser.detach()
        return training

    def concluded(self, state: str, message: str) -> None:
        """Be over, in a said state, without having trained here; who listens is told."""
        self._ending = True
        self.control.end(state, message)
        _tell_listeners()

    def start(self, make_loop: Callable[["TrainingThread"], "Loop"]) -> None:
        """Begin to train; what makes the loop runs in the thread, and must not hold the model.

        Raises
        ------
        RuntimeError
            If no thread can be started.
        """
        _alive.add(self)
        thread = threading.Thread(target=self._train, args=(make_loop,), name="hcnn-training", daemon=True)
        try:
            self.thread = thread
            thread.start()
        except RuntimeError as error:
            self.thread = None
            _alive.discard(self)
            words = f"{NO_THREAD} received: {error}."
            self.concluded("failed", words)
            raise RuntimeError(words) from error
        _tell_listeners()

    # --- read ---------------------------------------------------------------------------------------------------
    @property
    def note(self) -> str:
        """A sentence that stands beside the run's state; empty for none."""
        return self.on_score

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
        self.log_begin()
        try:
            self.loop = loop = make_loop(self)
            state, detail = loop.run(), None
        except ArithmeticError as error:
            state, detail = "failed", str(error)
        except BaseException as error:  # whatever it was, the panel and the script must be told
            state, detail = "failed", f"Training failed: {type(error).__name__}: {error}"
        self._ending = True
        self._finaliser.detach()  # from here on the run and the model may hold each other
        self._kept = self.run
        self.log_end(state, detail)
        self.control.end(state, detail)
        _alive.discard(self)

    def log_begin(self) -> None:
        """Tell the package's logger that training begins."""
        _log.info("%s begins%s", self.title, f": {self.n_steps} steps" if self.n_steps else "")

    def log_end(self, state: str, detail: str | None) -> None:
        """Tell it how the training has ended."""
        why = f": {detail}" if detail else ""
        _log.info("%s %s after %d of %d steps%s", self.title, state, self.steps_done, self.n_steps, why)


def known_trainings() -> list[TrainingThread]:
    """Return the trainings of this process that somebody can still reach, in the order in which they began."""
    with _listing:
        found = [training for training in _known if training.thread is not None or not training.alive]
    return sorted(found, key=lambda training: training.number)


def tell_of_trainings(listener: Any) -> None:
    """Have ``listener.training_began()`` called, on any thread, whenever a run begins or comes from a folder.

    Parameters
    ----------
    listener : object
        Held weakly.
    """
    with _listing:
        _listeners.add(listener)


def _tell_listeners() -> None:
    with _listing:
        listeners = list(_listeners)
    for listener in listeners:
        with suppress(Exception):  # a table that cannot answer must not keep a training from beginning
            listener.training_began()


def earlier_trainings(run: Any) -> list[TrainingThread]:
    """Return the trainings of models of the same name that began before a run, and that nobody has stopped.

    Parameters
    ----------
    run : TrainingRun
        One that is no `Run`, or from a folder, has none.
    """
    mine = getattr(run, "training", None)
    if not isinstance(mine, TrainingThread) or mine.thread is None:
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
