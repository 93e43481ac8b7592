"""Threads and timers where they can be started; Python in a browser has an event loop in their place."""

import asyncio
import atexit
import threading
import weakref
from collections.abc import Callable

WAIT_AT_EXIT_S = 5.0
exiting = threading.Event()
_awaited: "weakref.WeakSet[threading.Thread]" = weakref.WeakSet()


def started(work: Callable[[], object], name: str, *, awaited: bool = False) -> threading.Thread | None:
    """Return a daemon thread that has begun to work, or None where none can be started.

    Parameters
    ----------
    work : callable
        What the thread does.
    name : str
        Of the thread.
    awaited : bool
        Whether the interpreter waits at its exit, some seconds at most, until the thread has ended: needed where the
        work may be inside compiled code then, which would abort the process. It is to end soon once `exiting` is set.

    Examples
    --------
    >>> done = []
    >>> started(lambda: done.append(1), "example").join()
    >>> done
    [1]
    """
    thread = threading.Thread(target=work, name=name, daemon=True)
    try:
        thread.start()
    except RuntimeError:  # "can't start new thread": Python in a browser, or a process at its limit
        return None
    if awaited:
        _awaited.add(thread)
    return thread


@atexit.register
def _let_them_end() -> None:
    """Let no thread be inside compiled code while the interpreter goes away."""
    exiting.set()
    for thread in list(_awaited):
        thread.join(WAIT_AT_EXIT_S)


def threads_start() -> bool:
    """Return whether a thread can be started here and now."""
    return started(lambda: None, "hcnn-probe") is not None


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop that runs on this thread, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def later(work: Callable[[], object], pause_s: float, name: str) -> "threading.Timer | asyncio.TimerHandle | None":
    """Have something done after a pause in s, on a thread or else on the event loop; `cancel` of the answer undoes it.

    Returns
    -------
    threading.Timer, asyncio.TimerHandle or None
        None where there is neither, and nothing will be done.
    """
    timer = threading.Timer(pause_s, work)
    timer.name, timer.daemon = name, True
    try:
        timer.start()
    except RuntimeError:
        loop = running_loop()
        return None if loop is None else loop.call_later(pause_s, work)
    return timer
