"""A training run: goes on in a thread of its own while the notebook, the panels and the script stay free."""

import asyncio
import atexit
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from .control import OVER, Control
from .history import History
from .loop import Loop
from .rule import check_learning_rate
from .terminal import show_progress

T = TypeVar("T")
_alive: "weakref.WeakSet[Run]" = weakref.WeakSet()


class Run:
    """Training under way: read it, steer it, wait for it. Every member may be used from any thread.

    Made by ``GoalDrivenModel.train``; training has started when you hold it.

    Attributes
    ----------
    history : History
        The curves: loss and score per step, and on held-out images once an epoch.
    model : GoalDrivenModel
        What is being trained.
    n_steps, steps_per_epoch : int
        How many steps there are to do, in all and per pass through the images.
    """

    def __init__(self, model: Any, make_loop: Callable[["Run"], Loop], n_steps: int, steps_per_epoch: int) -> None:
        self.model, self.n_steps, self.steps_per_epoch = model, n_steps, steps_per_epoch
        self.history = History()
        self.control = Control()
        self._learning_rate = model.rule.learning_rate
        self._loop: Loop | None = None
        self._started = time.perf_counter()
        self._thread = threading.Thread(target=self._train, args=(make_loop,), name="hcnn-training", daemon=True)
        _alive.add(self)
        self._thread.start()

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
    def steps_done(self) -> int:
        """Training steps taken so far."""
        return self._loop.done if self._loop else 0

    @property
    def epoch(self) -> float:
        """Passes through the images so far."""
        return self.steps_done / self.steps_per_epoch

    @property
    def elapsed_s(self) -> float:
        """Seconds spent training, without compiling and pauses."""
        return self._loop.active_s if self._loop else 0.0

    @property
    def time_left_s(self) -> float | None:
        """Estimate of the seconds that are left; None before there is ground for one."""
        if not self._loop or self.steps_done < 2:
            return None
        return self.elapsed_s / self.steps_done * (self.n_steps - self.steps_done)

    @property
    def learning_rate(self) -> float:
        """Learning rate at the start of the schedule; a new value acts from the next chunk of steps on.

        Raises
        ------
        ValueError
            If the new value is not a finite number of at least 0.
        """
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._learning_rate = check_learning_rate(rate)

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
            Runs on the training thread, which waits for it: keep it short. When training is over it runs at once.

        Returns
        -------
        concurrent.futures.Future
            Its result, or what it raised.
        """
        return self.control.at_boundary(job)

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
        self.control.over.wait(10)

    # --- the training thread ------------------------------------------------------------------------------------
    def _train(self, make_loop: Callable[["Run"], Loop]) -> None:
        try:
            self._loop = make_loop(self)
            state, detail = self._loop.run(), None
        except ArithmeticError as error:
            state, detail = "failed", str(error)
        except BaseException as error:  # whatever it was, the panel and the script must be told
            state, detail = "failed", f"Training failed: {type(error).__name__}: {error}"
        self.control.end(state, detail)
        _alive.discard(self)

    def __repr__(self) -> str:
        """Describe the state in a line."""
        return f"<Run of {self.model.name}: {self.state}, step {self.steps_done:,} of {self.n_steps:,}>"


@atexit.register
def _stop_all() -> None:
    """Let no thread be inside compiled code while the interpreter goes away."""
    runs = [run for run in _alive if run.state not in OVER]
    for run in runs:
        run.stop()
    for run in runs:
        run.control.over.wait(5)
