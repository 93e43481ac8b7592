"""The flags between the people who steer a run and the one thread that trains.

Whoever calls these from outside (a button, another thread, a script) only sets a flag and returns; the training thread
looks at the flags between two chunks of steps. Nobody but the training thread touches the model, and when training is
over one thread at a time: the first that asks, which does what others ask for meanwhile, so that these never wait.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

STATES = {
    "waiting": "Waiting for model.fit(..., callbacks=[watcher]).",
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
IDLE = OVER | {"waiting"}
"""States in which nobody trains: what is asked for at a boundary is done at once, by whoever asks."""


class Control:
    """State of a run and the requests made of it; every method may be called from any thread.

    Parameters
    ----------
    state : {"starting", "waiting"}
        At the beginning: "waiting" for a training that others start.
    """

    def __init__(self, state: str = "starting") -> None:
        self._changed = threading.Condition(threading.RLock())
        self._state = state
        self._detail: str | None = None
        self._paused = False
        self._stop_as: str | None = None
        self._single_steps = 0
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._at_work: int | None = None
        self._late = threading.Lock()
        self.over = threading.Event()

    # --- asked from outside -------------------------------------------------------------------------------------
    @property
    def state(self) -> str:
        """One of ``STATES``: what the run does, or is about to do."""
        with self._changed:
            if self._state in IDLE:
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

    @property
    def halts(self) -> bool:
        """Whether a halt or the end is asked for."""
        return self._paused or self._stop_as is not None

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
            if self._state not in IDLE:
                self._stop_as = self._stop_as or as_state
            self._changed.notify_all()

    def at_boundary(self, job: Callable[[], T]) -> "Future[T]":
        """Have a function called by the training thread between two chunks, or here and now when training is over.

        A job that asks for another one is at a boundary already: its own is done at once, before those that wait.
        """
        future: Future[T] = Future()
        if self._at_work == threading.get_ident():
            _do(job, future)
            return future
        with self._changed:
            self._jobs.put((job, future))
            self._changed.notify_all()
            idle = self._state in IDLE
        if idle:
            self._do_late_jobs()
        return future

    def _do_late_jobs(self) -> None:
        """Do the jobs that came while nobody trains, unless another thread is at it, which then does these, too."""
        while not self._jobs.empty() and self._late.acquire(blocking=False):
            try:
                if self._state not in IDLE:  # training has begun meanwhile, and does them
                    return
                self.do_jobs()
            finally:
                self._late.release()

    # --- called by the training thread --------------------------------------------------------------------------
    def begin(self) -> None:
        """Note that this thread trains: it need not wait for a boundary."""
        self._at_work = threading.get_ident()

    def begin_again(self) -> None:
        """Begin to train on this thread, for the first time or after an end; nothing asked for before counts.

        Waits for a job that another thread does while nobody trains.
        """
        with self._late, self._changed:
            self._state, self._detail, self._stop_as = "starting", None, None
            self._paused, self._single_steps = False, 0
            self.over.clear()
            self.begin()

    def do_jobs(self) -> None:
        """Call the functions that wait for a step boundary; what one raises goes to its own Future."""
        before, self._at_work = self._at_work, threading.get_ident()
        try:
            while not self._jobs.empty():
                _do(*self._jobs.get_nowait())
        finally:
            self._at_work = before

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
        """Close the run in a said state; jobs still waiting are done first, without the lock that readers take."""
        while not self._ended(state, detail):
            self.do_jobs()
        self.over.set()

    def _ended(self, state: str, detail: str | None) -> bool:
        """Close the run unless a job waits; return whether it is closed."""
        with self._changed:
            if not self._jobs.empty():
                return False
            self._state, self._detail, self._at_work = state, detail, None
            self._changed.notify_all()
            return True

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for."""
        return self._stop_as is not None

    @property
    def stop_as(self) -> str:
        """The state in which a run that was asked to stop ends."""
        return self._stop_as or "stopped"


def _do(job: Callable[[], Any], future: "Future[Any]") -> None:
    if future.set_running_or_notify_cancel():
        try:
            future.set_result(job())
        except BaseException as error:
            future.set_exception(error)
