import threading
from collections.abc import Callable

import pytest

from hcnn_widgets.widgets.scene import after_pause
from hcnn_widgets.widgets.scene.after_pause import AfterPause


class Turn:
    """The lock of all such work, which tells when somebody waits for it."""

    def __init__(self) -> None:
        self._lock, self.waited_for = threading.Lock(), threading.Event()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.waited_for.set()
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.mark.parametrize(
    ("meanwhile", "expected"),
    [
        (lambda later, done: later.do(lambda: done.append("last"), 0), ["last"]),
        (lambda later, done: later.cancel(), []),
    ],
    ids=["something else is asked for", "nothing is wanted any more"],
)
def test_work_that_waits_for_its_turn_is_given_up_with_what_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[AfterPause, list[str]], None], expected: list[str]
) -> None:
    turn, later, done = Turn(), AfterPause(), []
    monkeypatch.setattr(after_pause, "WORKING", turn)
    with turn:
        later.do(lambda: done.append("first"), 0)
        assert turn.waited_for.wait(10)
        first = later._timer
        meanwhile(later, done)
    first.join(10)
    later.wait(10)
    assert done == expected
