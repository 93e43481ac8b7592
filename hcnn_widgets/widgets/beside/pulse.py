"""A function that is called again and again, on a thread or on the event loop."""

import asyncio
import threading
from collections.abc import Callable

from .starting import running_loop, started


class Pulse:
    """Calls a function until it says that it is over: on a thread of its own, or on the event loop where none starts.

    Parameters
    ----------
    beat : callable
        Returns the seconds to its next call, or None after its last one. It must not raise.
    name : str
        Of the thread.

    Examples
    --------
    >>> pauses, over = [0.0, None], threading.Event()
    >>> pulse = Pulse(lambda: pauses.pop(0) if len(pauses) > 1 else over.set(), "example")
    >>> pulse.begin(), over.wait(10)
    (True, True)
    """

    def __init__(self, beat: Callable[[], float | None], name: str) -> None:
        self._beat, self._name = beat, name
        self._wake = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due: asyncio.TimerHandle | None = None

    def begin(self) -> bool:
        """Begin at once; say whether there is a thread or an event loop to do so on."""
        if started(self._on_thread, self._name) is not None:
            return True
        self._loop = running_loop()
        self._call_in(0.0)
        return self._loop is not None

    def wake(self) -> None:
        """Have the next call come now."""
        self._wake.set()
        if self._due is not None:
            self._call_in(0.0)

    def _on_thread(self) -> None:
        while True:
            self._wake.clear()
            pause = self._beat()
            if pause is None:
                return
            self._wake.wait(pause)

    def _on_loop(self) -> None:
        self._due = None
        pause = self._beat()
        if pause is not None:
            self._call_in(pause)

    def _call_in(self, pause: float) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due = None if self._loop is None else self._loop.call_later(pause, self._on_loop)
