"""Work that is done once nobody has asked for it for a while, on a thread of its own."""

import threading
from collections.abc import Callable

WORKING = threading.Lock()
"""Held by the one piece of work of this kernel that is under way: pictures of several panels wait for one another."""


class AfterPause:
    """Does the last of several things asked for shortly after one another.

    Examples
    --------
    >>> done = []
    >>> later = AfterPause()
    >>> later.do(lambda: done.append("first"), 60)
    >>> later.do(lambda: done.append("last"), 0)
    >>> later.wait(10)
    >>> done
    ['last']
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def do(self, action: Callable[[], object], pause_s: float) -> None:
        """Have this done after a pause in s, unless something else is asked for before that."""

        def work() -> None:
            with WORKING:
                action()

        timer = threading.Timer(pause_s, work)
        timer.name, timer.daemon = "hcnn-after-pause", True
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = timer
            timer.start()

    def cancel(self) -> None:
        """Leave undone what has not begun."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()

    def wait(self, timeout: float) -> None:
        """Wait until what was asked for last is done, at most ``timeout`` s."""
        with self._lock:
            timer = self._timer
        if timer is not None:
            timer.join(timeout)
