"""The wait for a run's first step."""

import threading
from types import SimpleNamespace

import pytest

from hcnn_widgets.learning import training_run
from hcnn_widgets.learning.training_run import await_first_step


@pytest.fixture(autouse=True)
def much_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the wait end for its own reasons, not because the patience is over."""
    monkeypatch.setattr(training_run, "PATIENCE_S", 60.0)


def waiting(run: SimpleNamespace) -> tuple[threading.Thread, threading.Event]:
    given_up = threading.Event()
    thread = threading.Thread(target=await_first_step, args=(run, given_up), daemon=True)
    thread.start()
    return thread, given_up


def test_it_lasts_until_a_step_is_taken() -> None:
    run = SimpleNamespace(steps_done=0, state="training")
    thread, _ = waiting(run)
    thread.join(0.1)
    assert thread.is_alive()
    run.steps_done = 1
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize("state", ["waiting", "paused", "pausing", "stopping", "failed", "finished"])
def test_it_is_none_where_no_step_is_under_way(state: str) -> None:
    thread, _ = waiting(SimpleNamespace(steps_done=0, state=state))
    thread.join(10)
    assert not thread.is_alive()


def test_it_ends_when_it_is_given_up() -> None:
    thread, given_up = waiting(SimpleNamespace(steps_done=0, state="starting"))
    given_up.set()
    thread.join(10)
    assert not thread.is_alive()


def test_it_is_no_longer_than_patience_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_run, "PATIENCE_S", 0.05)
    thread, _ = waiting(SimpleNamespace(steps_done=0, state="starting"))
    thread.join(10)
    assert not thread.is_alive()
