"""Whether a training holds the kernel's main thread, where messages from the page are handled otherwise.

``model.fit`` in a cell does. Frames go out all the while; what the page says is heard meanwhile where kernel and page
have subshells, and else when the cell has ended.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

GRACE_S = 3.0
"""How long a page may take to be heard for the first time before it is said that it cannot be, in s."""
DEAF = "The buttons are off while model.fit holds the kernel; to stop it, interrupt the kernel"


class _Busy:
    began: float | None = None
    heard = False


def training_begins() -> None:
    """Note that this thread trains from now on."""
    if threading.current_thread() is threading.main_thread():
        _Busy.began, _Busy.heard = time.monotonic(), False


def training_ends() -> None:
    """Note that the main thread trains no more."""
    _Busy.began = None


def page_heard() -> None:
    """Note that a message from a page has been handled."""
    if _Busy.began is not None:
        _Busy.heard = True


def nobody_answers() -> bool:
    """Return whether the main thread trains and no page has been heard since: frames cannot be acknowledged."""
    return _Busy.began is not None and not _Busy.heard


def kernel_is_deaf() -> bool:
    """Return whether that has been so for long enough to say that buttons cannot act."""
    began = _Busy.began
    return began is not None and not _Busy.heard and time.monotonic() - began > GRACE_S


_when_begun: list[Callable[[], None]] = []


def when_any_fit_begins(action: Callable[[], None], wanted: bool = True) -> None:
    """Have a function called whenever a watched fit begins, on the thread that fits; or no more."""
    if wanted and action not in _when_begun:
        _when_begun.append(action)
    elif not wanted and action in _when_begun:
        _when_begun.remove(action)


def a_fit_begins() -> None:
    """Tell those who want to know."""
    for action in list(_when_begun):
        with suppress(Exception):  # who looks on must not end a training
            action()
