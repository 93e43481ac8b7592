"""The package's logger: silent by itself, and heard by who listens."""

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest

from hcnn_widgets.learning.training_thread import TrainingThread
from hcnn_widgets.sweeps.begin_sweep import _hand_out
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow


class Model:
    name = "hcnn"


def said_of_a_training(caplog: pytest.LogCaptureFixture, run) -> list[str]:
    caplog.set_level(logging.INFO, "hcnn_widgets")
    model = Model()
    training = TrainingThread(model, 0.1, n_steps=4, steps_per_epoch=4)
    training.title = "nine by nine"
    training.start(lambda its: SimpleNamespace(run=run, done=3))
    assert training.control.over.wait(60)
    return [record.getMessage() for record in caplog.records if record.name == "hcnn_widgets.learning"]


def test_a_run_is_heard_of_when_it_begins_and_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    said = said_of_a_training(caplog, lambda: "stopped")
    assert said == ["nine by nine begins: 4 steps", "nine by nine stopped after 3 of 4 steps"]


def test_a_run_that_fails_says_why(caplog: pytest.LogCaptureFixture) -> None:
    def run() -> str:
        raise ArithmeticError("The loss is no number.")

    assert said_of_a_training(caplog, run)[-1] == "nine by nine failed after 3 of 4 steps: The loss is no number."


def test_a_network_that_a_sweep_leaves_out_is_heard_of(caplog: pytest.LogCaptureFixture) -> None:
    rows = [SweepRow(0), SweepRow(1, error="too large")]
    _hand_out(Sweep(2, {}), lambda calls: rows, None, {}, None)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "network 1 of a sweep is left out: too large")
    ]


def test_nothing_is_written_where_nobody_listens() -> None:
    code = (
        "from hcnn_widgets.records.log import logger\n"
        "import logging; logger('sweeps').warning('network 3 is left out')\n"
        "assert logging.getLogger('hcnn_widgets').handlers"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("", "")
