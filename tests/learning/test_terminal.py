"""The line of progress in a script."""

import io
import sys

import pytest
from stand_ins import CountedSteps, started_run

from hcnn_widgets.learning.terminal import progress_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_says_state_steps_and_values() -> None:
    run = started_run(CountedSteps())
    run.join(60)
    assert progress_line(run) == (
        "finished: step 40 of 40, loss 0.025, accuracy 0.400, validation loss 0.500, validation accuracy 0.750"
    )


def test_a_terminal_is_shown_progress_and_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    run = started_run(CountedSteps(seconds=0.005), n_steps=100)
    assert run.join(10)
    lines = terminal.getvalue().split("\r\x1b[2K")
    assert any("s left" in line for line in lines)
    assert lines[-1].startswith("finished: step 100 of 100")


def test_a_file_is_written_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", log := io.StringIO())
    run = started_run(CountedSteps())
    assert run.join(60)
    assert log.getvalue() == ""


def test_a_time_limit_ends_the_wait_and_not_the_run() -> None:
    run = started_run(CountedSteps(seconds=0.005), n_steps=100_000)
    assert run.join(0.05) is False
    assert run.alive
    run.stop()
    assert run.join(60) is True
