"""What a training prints, caught by its thread: it would land under whatever cell was run last.

A thread's lines are told from all others in the streams themselves, so that nobody who holds ``sys.stdout`` or
``sys.stderr`` already, such as a logger, goes past it. Streams are as they were once nobody listens.
"""

import re
import sys
import threading
import weakref
from contextlib import suppress
from typing import Any

MOST_LETTERS = 20_000
COLOURS_AND_MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x08")
"""What a terminal understands and a page does not."""

_listeners: "weakref.WeakKeyDictionary[threading.Thread, weakref.WeakSet[PrintedLines]]" = weakref.WeakKeyDictionary()
_divided: list[Any] = []
_lock = threading.RLock()
"""Taken again by who holds it: a panel that is freed meanwhile closes itself on the same thread."""


class PrintedLines:
    r"""The last lines that a thread has printed since somebody began to listen.

    Parameters
    ----------
    thread : threading.Thread or None
        None prints nothing.

    Attributes
    ----------
    version : int
        Grows with what is printed.

    Examples
    --------
    >>> def work():
    ...     print("step 1\rstep 2")
    >>> thread = threading.Thread(target=work)
    >>> printed = PrintedLines(thread)
    >>> thread.start(); thread.join()
    >>> printed.text
    'step 2'
    >>> printed.stop()
    """

    def __init__(self, thread: threading.Thread | None) -> None:
        self.version, self._text = 0, ""
        self._thread = thread
        if thread is not None:
            with _lock:
                _listeners.setdefault(thread, weakref.WeakSet()).add(self)
                for stream in (sys.stdout, sys.stderr):
                    _divide(stream)

    @property
    def text(self) -> str:
        """The lines; of one that was written over and over, as by a progress bar, its last state."""
        lines = COLOURS_AND_MOVES.sub("", self._text).split("\n")
        return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines).strip("\n")

    def write(self, text: str) -> None:
        """Add what the thread prints."""
        self._text = (self._text + text)[-MOST_LETTERS:]
        self.version += 1

    def stop(self) -> None:
        """Listen no more; what is printed from now on goes where it went before."""
        with _lock:
            if self._thread is not None and self._thread in _listeners:
                _listeners[self._thread].discard(self)
            if not any(_listeners.values()):
                while _divided:
                    with suppress(AttributeError):
                        del _divided.pop().write


def _divide(stream: Any) -> None:
    """Have a stream ask whose lines it is given."""
    if any(stream is known for known in _divided):
        return
    plain = stream.write

    def write(text: str) -> Any:
        heard = _listeners.get(threading.current_thread())
        if not heard:
            return plain(text)
        for printed in list(heard):
            printed.write(text)
        return len(text)

    with suppress(AttributeError):  # a stream that takes no other method keeps all lines
        stream.write = write
        _divided.append(stream)
