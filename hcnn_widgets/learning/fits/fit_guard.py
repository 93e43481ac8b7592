"""Notice that ``model.fit`` was left by an exception or an interrupt: Keras tells its callbacks nothing of it."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

SKIPPED = ("keras.src.callbacks", "hcnn_widgets.")
"""Modules between whoever trains and the guard."""
LONGEST_REASON = 300
LOOK_S = 0.25
"""How often it is looked whether the call still goes on, in s."""
WORDS_S = 1.0
"""How long to wait for the error that has ended the call, in s; a notebook shows it a moment later."""
LEFT_EARLY = "interrupted", "model.fit ended before its time, by an exception or an interrupt."


class FitGuard:
    """Knows the call that trains, and whether it goes on.

    Made on the thread that trains, from within that call.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._frames = [frame for frame in _outwards(sys._getframe(1)) if not _is_between(frame)]

    def goes_on(self) -> bool:
        """Return whether the thread is still inside of the call."""
        now = sys._current_frames().get(self._thread)
        return any(frame is self._frames[0] for frame in _outwards(now))

    def watch(self, ended: threading.Event, finish: Callable[[str, str], None]) -> None:
        """Have a function told the state and the sentence if the call is left before somebody says that it has ended.

        It is called on a thread of its own.
        """
        threading.Thread(target=self._watch, args=(ended, finish), name="hcnn-fit-guard", daemon=True).start()

    def _watch(self, ended: threading.Event, finish: Callable[[str, str], None]) -> None:
        while not ended.wait(LOOK_S) and self.goes_on():
            pass
        if ended.is_set():
            self._frames.clear()  # all that is held in the call goes with it
            return
        until = time.monotonic() + WORDS_S
        while (verdict := self.verdict()) is None and time.monotonic() < until and not ended.wait(0.05):
            pass
        if not ended.is_set():
            finish(*(verdict or LEFT_EARLY))

    def verdict(self) -> tuple[str, str] | None:
        """Return the state in which the call has ended and a sentence; None as long as nothing is known of it."""
        for error in _known_errors(self._thread):
            if any(frame is ours for frame in _frames_of(error.__traceback__) for ours in self._frames):
                if isinstance(error, KeyboardInterrupt):
                    return "interrupted", "model.fit was interrupted from the keyboard."
                words = f"{type(error).__name__}: {error}"
                return "failed", f"model.fit failed: {words[:LONGEST_REASON]}"
        return None


def _is_between(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith(SKIPPED)


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _frames_of(traceback: TracebackType | None) -> Iterator[FrameType]:
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next


def _known_errors(thread: int) -> Iterator[BaseException]:
    """Yield the error that a thread handles just now, and the one that an interactive shell has shown last."""
    handled: Any = sys._current_exceptions().get(thread)
    for error in (handled[1] if isinstance(handled, tuple) else handled, getattr(sys, "last_value", None)):
        if isinstance(error, BaseException):
            yield error
