"""A training run: goes on in a thread of its own while the notebook, the panels and the script stay free."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .checkpoints import Checkpoints
from .loop import Loop
from .rule import check_learning_rate
from .run_setup import RunSetup
from .terminal import show_progress
from .training_thread import TrainingThread, titled

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet

T = TypeVar("T")
END_S = 0.25
"""How long an interrupted wait waits for the steps under way, in s: a frame and its measuring, not a compilation."""


class Run:
    """Training under way: read it, steer it, wait for it. Every member may be used from any thread.

    Made by ``GoalDrivenModel.train``; training has started when you hold it. It stops when neither this nor the model
    can be reached any more, by a variable or a panel.

    Attributes
    ----------
    history : History
        The curves: loss and score per step, and on held-out images once an epoch.
    model : GoalDrivenModel
        What is being trained.
    training : TrainingThread
        The same without a hold on the model, for what works beside the training.
    """

    def __init__(
        self,
        model: Any,
        make_loop: Callable[[TrainingThread], Loop],
        n_steps: int,
        steps_per_epoch: int,
        setup: RunSetup | None = None,
    ) -> None:
        self._hold(model, TrainingThread(model, model.rule.learning_rate, n_steps, steps_per_epoch))
        self.training.setup = setup or self.training.setup
        self.training.start(make_loop)

    @classmethod
    def of(cls, model: Any, training: TrainingThread) -> "Run":
        """Return the run of a training that there is: the one in somebody's hands, or else a new one."""
        run = training.run
        if run is None:
            run = cls.__new__(cls)
            run._hold(model, training)
        return run

    def _hold(self, model: Any, training: TrainingThread) -> None:
        self.model, self.training = model, training
        self.control, self.history = training.control, training.history
        training.known_as(self)

    # --- read ---------------------------------------------------------------------------------------------------
    @property
    def state(self) -> str:
        """One of ``control.STATES``: "training", "paused", "finished", "failed", ..."""
        return self.control.state

    @property
    def state_message(self) -> str:
        """The state as a sentence; of a failed run, what went wrong."""
        return self.control.message

    @property
    def alive(self) -> bool:
        """Whether the run may still change the network."""
        return not self.control.over.is_set()

    @property
    def n_steps(self) -> int:
        """Training steps to be taken in all; 0 where that is not known."""
        return self.training.n_steps

    @property
    def steps_per_epoch(self) -> int:
        """Training steps a pass through the images; 0 where that is not known."""
        return self.training.steps_per_epoch

    @property
    def steps_done(self) -> int:
        """Training steps taken so far."""
        return self.training.steps_done

    @property
    def held_out(self) -> "StimulusSet | None":
        """Images that are measured and not learned from; None where there are none."""
        return self.training.held_out

    @property
    def epoch(self) -> float:
        """Passes through the images so far."""
        return self.steps_done / self.steps_per_epoch if self.steps_per_epoch else 0.0

    @property
    def title(self) -> str:
        """What you call the run: "9 x 9 kernels"; set it to name the run in tables and beside its curves."""
        return self.training.title

    @title.setter
    def title(self, title: str) -> None:
        if not isinstance(title, str) or not title.strip():
            raise ValueError(f"`title` must be text that is not empty; received {title!r}.")
        self.training.title = titled(title)

    @property
    def setup(self) -> RunSetup:
        """What the run began with: seed, learning rate, descriptions of the images, versions."""
        return self.training.setup

    @property
    def checkpoints(self) -> Checkpoints:
        """Kernels at the start and at some steps: ``run.checkpoints.of("V1")``."""
        return self.training.checkpoints

    @property
    def guesses(self) -> dict[str, dict[str, Any]]:
        """What somebody expected of the run before it was over, by what was guessed; see ``hw.widgets.Guess``."""
        return self.training.guesses

    @property
    def saved_scores(self) -> tuple[Any, ...]:
        """Scores over training that came with the run from a folder; of a run under way: ``hw.mapping.live_score``."""
        return self.training.saved_scores

    @property
    def elapsed_s(self) -> float:
        """Seconds spent training, without compiling and pauses."""
        return self.training.loop.active_s if self.training.loop else 0.0

    @property
    def time_left_s(self) -> float | None:
        """Estimate of the seconds that are left; None before there is ground for one."""
        return self.training.loop.seconds_left if self.training.loop else None

    @property
    def learning_rate(self) -> float:
        """Learning rate at the start of the schedule; a new value acts from the next chunk of steps on.

        Raises
        ------
        ValueError
            If the new value is not a finite number of at least 0.
        """
        return self.training.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.training.learning_rate = check_learning_rate(rate)

    # --- steer --------------------------------------------------------------------------------------------------
    def pause(self) -> None:
        """Halt after the steps under way."""
        self.control.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        self.control.resume()

    def step(self) -> None:
        """Take one single step, then stay paused."""
        self.control.step()

    def stop(self) -> None:
        """End the run after the steps under way; the network keeps what it has learned."""
        self.control.stop()

    def at_boundary(self, job: Callable[[], T]) -> "Future[T]":
        """Have a function called at the next boundary between steps, where the network's weights may be read.

        Parameters
        ----------
        job : callable without arguments
            Runs on the training thread, which waits for it: keep it short. When training is over, or when it is asked
            for by another such function, it runs at once.

        Returns
        -------
        concurrent.futures.Future
            Its result, or what it raised.
        """
        return self.control.at_boundary(job)

    # --- keep ---------------------------------------------------------------------------------------------------
    def save(self, folder: "str | PathLike[str]") -> None:
        """Save the run as a folder, whole or not at all, which `hw.load_run` shows again without training.

        In it are tables and text that can be read without this package: choices, seed, versions, the curves, the scores
        that were watched, kernels at some steps, and the network as Keras writes it. Of the images there is a
        description, and no pixels.

        Parameters
        ----------
        folder : str or path
            A new folder, or one that this method wrote before.

        Raises
        ------
        FileExistsError
            If there is something else.
        ValueError
            If the network has been trained further since, or goal or rule are your own and nobody could make them
            again.
        """
        self.at_boundary(lambda: self.model._save_run(self, folder)).result()

    # --- wait ---------------------------------------------------------------------------------------------------
    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end in a script, with a line of progress where there is a terminal.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait at most.

        Returns
        -------
        bool
            Whether the run is over. An interrupt from the keyboard ends the run as "interrupted".
        """
        try:
            return show_progress(self, self.control.over, timeout)
        except KeyboardInterrupt:
            self._interrupt()
            raise

    async def wait(self) -> "Run":
        """Wait for the end in a notebook: ``await run.wait()``; buttons and panels go on working meanwhile.

        Interrupting the kernel ends the run as "interrupted".
        """
        try:
            while self.alive:
                await asyncio.sleep(0.1)
        except (KeyboardInterrupt, asyncio.CancelledError):
            self._interrupt()
            raise
        return self

    def _interrupt(self) -> None:
        self.control.stop("interrupted")
        self.control.over.wait(END_S)

    def __repr__(self) -> str:
        """Describe the state in a line."""
        return f"<Run of {self.model.name}: {self.state}, step {self.steps_done:,} of {self.n_steps:,}>"


class LatestRun:
    """The attribute ``run`` of a model: its latest run, made anew for whoever asks when nobody holds it.

    So a model holds its training and a run its model, with no circle in which both would outlive their last user.
    """

    @overload
    def __get__(self, model: None, owner: type) -> "LatestRun": ...
    @overload
    def __get__(self, model: object, owner: type) -> Any: ...
    def __get__(self, model: object | None, owner: type) -> Any:
        """Return the run of a model, or None before the first."""
        if model is None:
            return self
        held = vars(model).get("_latest_run")
        return Run.of(model, held) if isinstance(held, TrainingThread) else held

    def __set__(self, model: object, run: Any) -> None:
        """Take another run for the latest."""
        vars(model)["_latest_run"] = getattr(run, "training", run)
