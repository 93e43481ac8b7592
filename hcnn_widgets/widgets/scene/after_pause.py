"""Work that is done once nobody has asked for it for a while, on a thread of its own."""

import threading
from collections.abc import Callable
from typing import Any

from hcnn_widgets.widgets.beside.starting import later

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
        self._timer: Any = None  # of a thread, or of the event loop
        self._due: object = None

    def do(self, action: Callable[[], object], pause_s: float) -> None:
        """Have this done after a pause in s, unless something else is asked for before that.

        Without a thread or an event loop to wait on it is done now.
        """

        def work() -> None:
            with WORKING:
                if self._due is work:  # else something else was asked for while this waited for its turn
                    action()

        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._due = work
            self._timer = timer = later(work, pause_s, "hcnn-after-pause")
        if timer is None:
            work()

    def cancel(self) -> None:
        """Leave undone what has not begun."""
        with self._lock:
            self._due = None
            if self._timer is not None:
                self._timer.cancel()

    def wait(self, timeout: float) -> None:
        """Wait until what was asked for last is done, at most ``timeout`` s."""
        with self._lock:
            timer = self._timer
        if isinstance(timer, threading.Timer):
            timer.join(timeout)
