"""Work that a panel asks for and does not wait for: the newest question counts."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

from hcnn_widgets.widgets.beside.starting import exiting, started


class _Unwanted(Exception):
    """Ends work at its next word of progress: the interpreter is about to exit."""


class LatestJob:
    """Answers one question at a time on a thread of its own; a newer question takes the place of one that waits.

    Where no thread can be started, the question is answered while it is asked.

    Parameters
    ----------
    clock : callable
        Seconds, rising.

    Examples
    --------
    >>> job = LatestJob()
    >>> job.ask("sum", lambda progress: 1 + 1)
    >>> job.wait(10)
    True
    >>> job.answer("sum")
    2
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._waiting: tuple[Hashable, Callable[..., Any]] | None = None
        self._key: Hashable = None
        self._answer: Any = None
        self._error: Exception | None = None
        self._done, self._began, self._progress = True, 0.0, (0, 0)

    def ask(self, key: Hashable, work: Callable[..., Any]) -> None:
        """Have something worked out, unless it is, or is under way: then what waits is not wanted any more.

        Parameters
        ----------
        key : hashable
            What is asked.
        work : callable
            Called with a function that takes (done, of how many).
        """
        with self._lock:
            if key == self._key:
                self._waiting = None
                return
            if self._waiting is not None and key == self._waiting[0]:
                return
            self._waiting = key, work
            if self._thread is None:
                self._thread = started(self._go, "hcnn-panel-job", awaited=True)
            alone = self._thread is None
        if alone:
            self._go()

    def answer(self, key: Hashable) -> Any | None:
        """Return the answer, or None as long as there is none; raise the job's error."""
        with self._lock:
            if key != self._key or not self._done:
                return None
            if self._error is not None:
                raise self._error
            return self._answer

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        with self._lock:
            return self._thread is not None

    @property
    def seconds(self) -> float:
        """How long the present question has been worked on, in s; 0 when idle."""
        with self._lock:
            return 0.0 if self._done else self._clock() - self._began

    @property
    def progress(self) -> tuple[int, int]:
        """What is done of the present question, and of how many parts; (0, 0) where that is not known."""
        return self._progress

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is under way; say whether that is so."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return not self.busy

    def _go(self) -> None:
        while True:
            with self._lock:
                if self._waiting is None or exiting.is_set():
                    self._thread = None
                    return
                (self._key, work), self._waiting = self._waiting, None
                self._done, self._error, self._began, self._progress = False, None, self._clock(), (0, 0)
            answer, error = None, None
            try:
                answer = work(self._tell)
            except Exception as caught:  # raised again where the panel asks for the answer
                error = caught
            with self._lock:
                self._answer, self._error, self._done = answer, error, True

    def _tell(self, done: int, total: int) -> None:
        if exiting.is_set():
            raise _Unwanted
        self._progress = done, total
