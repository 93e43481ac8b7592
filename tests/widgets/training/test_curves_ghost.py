"""A run beside another: its curves in the charts of the other, under its title, also when it is gone."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.training.curves_frame import curves_frame, own_curves, read_curves
from hcnn_widgets.widgets.training.ghost import Ghost

ACCURACY = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True)


@pytest.fixture
def before() -> History:
    history = History()
    history.append("loss", [1, 2, 3], [3.0, 2.0, 1.0])
    history.append("accuracy", [1, 2, 3], [0.1, 0.2, 0.3])
    history.append("validation accuracy", [2, 3], [0.5, 0.6])
    history.append("angle", [1], [90.0])
    return history


@pytest.fixture
def now() -> History:
    history = History()
    history.append("loss", [1, 2], [4.0, 3.0])
    history.append("accuracy", [1, 2], [0.2, 0.4])
    return history


def test_each_chart_has_a_line_of_the_run_beside_held_out_where_there_is_one(before: History, now: History) -> None:
    frame = curves_frame(now, (ACCURACY,), beside=Ghost("last", before))
    lines = {(chart, label): points for chart, label, points in read_curves(frame.header, frame.values)}
    assert set(lines) == {
        ("loss", "training"),
        ("loss", "last, training"),
        ("accuracy", "training"),
        ("accuracy", "last, held-out"),
    }
    np.testing.assert_array_equal(lines["accuracy", "last, held-out"][0], [2, 3])
    np.testing.assert_allclose(lines["accuracy", "last, held-out"][1], [0.5, 0.6])
    flags = [line.get("ghost", False) for chart in frame.header["charts"] for line in chart["series"]]
    assert flags == [False, True, False, True]
    assert [label for _, label, _ in own_curves(frame.header, frame.values)] == ["training", "training"]


def test_before_the_first_step_the_run_beside_is_there_already(before: History) -> None:
    frame = curves_frame(History(), (ACCURACY,), beside=Ghost("last", before))
    assert frame.message == "Waiting for the first step…"
    assert [chart["label"] for chart in frame.header["charts"]] == ["loss", "accuracy"]
    assert own_curves(frame.header, frame.values) == []


def test_the_monitor_names_the_run_beside_and_does_not_hold_it(
    page: Any, run: Any, model: Any, before: History, clock: Any, ticker: Any
) -> None:
    other = type(run)(model)
    other.history, other.title, other.state = before, "yesterday", "finished"
    monitor = hw.widgets.TrainingMonitor(run, beside=other, clock=clock, ticker=ticker)
    run.train(20)
    for _ in range(3):
        clock.now += 1
        ticker.round()
    assert monitor.sentence().endswith("step 20: training loss 1. Beside: yesterday.")
    assert monitor.picture().startswith(b"\x89PNG")
    known = weakref.ref(other)
    del other
    gc.collect()
    assert known() is None
    monitor.follow(run)
    ticker.round()
    assert "yesterday" not in monitor.sentence()


def test_a_long_title_is_cut_and_what_is_no_run_is_refused(page: Any, run: Any, before: History) -> None:
    run.title = "a" * 500
    assert len(Ghost.of(run).title) == 24
    with pytest.raises(TypeError, match="`beside` must be a run"):
        hw.widgets.TrainingMonitor(run, beside="yesterday")


def test_what_a_diverged_run_beside_has_far_above_this_one_is_left_out(now: History) -> None:
    diverged = History()
    diverged.append("loss", [1, 2, 3, 4], [3.0, 9e3, 5.0, 2.0])
    frame = curves_frame(now, beside=Ghost("last", diverged))
    lines = {label: points for _, label, points in read_curves(frame.header, frame.values)}
    np.testing.assert_array_equal(lines["last, training"][1], [3.0, np.nan, 5.0, 2.0])
    np.testing.assert_array_equal(lines["last, training"][0], [1, 2, 3, 4])
    assert "log" not in frame.header["charts"][0]
