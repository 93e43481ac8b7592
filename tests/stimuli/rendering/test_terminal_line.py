"""Progress on a terminal: only what takes long, and nothing stays."""

import io
import sys
from types import SimpleNamespace

import pytest

from hcnn_widgets.stimuli.rendering import terminal_line as line
from hcnn_widgets.stimuli.rendering.terminal_line import CLEARED, terminal_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(line, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_what_takes_over_a_second_is_shown_until_it_is_done(clock, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    show = terminal_line()
    show(64, 8000)
    assert terminal.getvalue() == ""
    clock.now = 1.5
    show(1024, 8000)
    assert terminal.getvalue() == f"{CLEARED}Drawing images: 1,024 of 8,000"
    show(8000, 8000)
    assert terminal.getvalue().endswith(CLEARED)


def test_what_is_done_within_a_second_is_not_shown(clock, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    show = terminal_line()
    clock.now = 0.5
    show(8000, 8000)
    assert terminal.getvalue() == ""


def test_without_a_terminal_nothing_is_shown(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert terminal_line() is None
