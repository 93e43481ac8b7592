"""The flags between the people who steer a run and the one thread that trains.

Whoever calls these from outside (a button, another thread, a script) only sets a flag and returns; the training thread
looks at the flags between two chunks of steps. Nobody but the training thread touches the model.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

STATES = {
    "starting": "Starting: the network is being compiled.",
    "training": "Training.",
    "pausing": "Pausing after the steps under way.",
    "paused": "Paused.",
    "stopping": "Stopping after the steps under way.",
    "stopped": "Stopped before the end.",
    "finished": "Finished.",
    "failed": "Failed.",
    "interrupted": "Interrupted from the keyboard.",
}
OVER = frozenset({"stopped", "finished", "failed", "interrupted"})


class Control:
    """State of a run and the requests made of it; every method may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._state = "starting"
        self._detail: str | None = None
        self._paused = False
        self._stop_as: str | None = None
        self._single_steps = 0
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self.over = threading.Event()

    # --- asked from outside -------------------------------------------------------------------------------------
    @property
    def state(self) -> str:
        """One of ``STATES``: what the run does, or is about to do."""
        with self._changed:
            if self._state in OVER:
                return self._state
            if self._stop_as:
                return "stopping"
            if self._paused and not self._single_steps and self._state == "training":
                return "pausing"
            return self._state

    @property
    def message(self) -> str:
        """The state as a sentence; of a failed run, what went wrong."""
        with self._changed:
            return self._detail if self._detail and self._state in OVER else STATES[self.state]

    def pause(self) -> None:
        """Ask for a halt after the steps under way."""
        with self._changed:
            self._paused, self._single_steps = True, 0
            self._changed.notify_all()

    def resume(self) -> None:
        """Go on after a pause."""
        with self._changed:
            self._paused, self._single_steps = False, 0
            self._changed.notify_all()

    def step(self) -> None:
        """Ask for one single step, and a pause after it."""
        with self._changed:
            self._paused = True
            self._single_steps += 1
            self._changed.notify_all()

    def stop(self, as_state: str = "stopped") -> None:
        """Ask for the end after the steps under way."""
        with self._changed:
            if self._state not in OVER:
                self._stop_as = self._stop_as or as_state
            self._changed.notify_all()

    def at_boundary(self, job: Callable[[], T]) -> "Future[T]":
        """Have a function called by the training thread between two chunks, or here and now when training is over."""
        future: Future[T] = Future()
        with self._changed:
            self._jobs.put((job, future))
            self._changed.notify_all()
            if self._state in OVER:
                self.do_jobs()
        return future

    # --- called by the training thread --------------------------------------------------------------------------
    def do_jobs(self) -> None:
        """Call the functions that wait for a step boundary; what one raises goes to its own Future."""
        while True:
            try:
                job, future = self._jobs.get_nowait()
            except Empty:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)

    def may_go_on(self) -> bool:
        """Do the waiting jobs, wait while paused; say whether there is to be another chunk.

        While paused the thread sleeps until somebody asks for something; it goes on doing boundary jobs.
        """
        while True:
            self.do_jobs()
            with self._changed:
                if self._stop_as:
                    return False
                if not self._paused or self._single_steps:
                    self._state = "training"
                    return True
                self._state = "paused"
                if self._jobs.empty():
                    self._changed.wait()

    def take_single_step(self) -> bool:
        """Return whether the next chunk is to be one single step, and count it as taken."""
        with self._changed:
            if self._paused and self._single_steps:
                self._single_steps -= 1
                return True
            return False

    def end(self, state: str, detail: str | None = None) -> None:
        """Close the run in a said state; jobs still waiting are done first."""
        with self._changed:
            self._state, self._detail = state, detail
            self.do_jobs()
            self._changed.notify_all()
        self.over.set()

    @property
    def stop_as(self) -> str:
        """The state in which a run that was asked to stop ends."""
        return self._stop_as or "stopped"
