import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.training.curves_frame import curves_frame, read_curves

ACCURACY = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True)


def test_a_curve_that_has_left_its_range_by_far_asks_for_powers_of_ten_and_one_with_bounds_never_does() -> None:
    history = History()
    history.append("loss", range(1, 6), [2.0, 1.9, 1.8, 900.0, 1.7])
    history.append("accuracy", range(1, 6), [0.001, 0.001, 0.001, 0.9, 0.001])
    quantity = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0)
    charts = {chart["label"]: chart for chart in curves_frame(history, (quantity,)).header["charts"]}
    assert charts["loss"]["log"] is True
    assert "log" not in charts["accuracy"]


def series(n, seed=0):
    rng = np.random.default_rng(seed)
    mean = rng.standard_normal(n)
    return SimpleNamespace(step=np.arange(1.0, n + 1), mean=mean, low=mean - rng.random(n), high=mean + rng.random(n))


def test_points_already_drawn_stay_where_they_are_as_data_grow():
    history = History()
    history.append("loss", range(1, 900), np.sin(range(1, 900)))
    before = read_curves(*_parts(curves_frame(history)))[0][2]
    history.append("loss", range(900, 1000), np.sin(range(900, 1000)))
    after = read_curves(*_parts(curves_frame(history)))[0][2]
    assert np.array_equal(before[:, :-1], after[:, : before.shape[1] - 1])


def test_one_spike_in_a_hundred_thousand_steps_is_still_seen():
    history, values = History(), np.ones(100_000)
    values[[4_321, 98_765]] = 50.0, -7.0
    for start in range(0, 100_000, 7_000):
        history.append("loss", range(start + 1, start + 1 + len(values[start : start + 7_000])), values[start:][:7_000])
    _, _, (x, _, low, high) = read_curves(*_parts(curves_frame(history)))[0]
    assert (high.max(), low.min()) == (50.0, -7.0)
    width = x[1] - x[0]
    assert abs(x[high.argmax()] - 4_322) <= width
    assert abs(x[low.argmin()] - 98_766) <= width


@pytest.fixture
def history():
    there = History()
    there.append("loss", range(1, 5001), np.linspace(2, 1, 5000))
    there.append("accuracy", range(1, 5001), np.linspace(0, 1, 5000))
    there.append("validation loss", [1000, 2000], [1.5, 1.2])
    return there


def test_a_quantity_has_one_chart_for_training_and_held_out_images(history):
    header = curves_frame(history).header
    assert [(chart["label"], [line["label"] for line in chart["series"]]) for chart in header["charts"]] == [
        ("loss", ["training", "held-out"]),
        ("accuracy", ["training"]),
    ]
    assert header["x_label"] == "step"


def test_accuracy_has_its_whole_range_and_unit_and_loss_has_none(history):
    loss, accuracy = curves_frame(history, [ACCURACY]).header["charts"]
    assert (accuracy["y_min"], accuracy["y_max"], accuracy["unit"]) == (0.0, 1.0, "fraction correct")
    assert "y_min" not in loss


def test_a_frame_of_a_long_run_stays_small(history):
    frame = curves_frame(history)
    assert all(line["length"] <= 500 for chart in frame.header["charts"] for line in chart["series"])
    assert len(frame.values) + len(json.dumps(frame.header)) < 20_000


def test_values_can_be_read_back_by_offset_and_length(history):
    lines = {(chart, label): points for chart, label, points in read_curves(*_parts(curves_frame(history)))}
    held_out = lines["loss", "held-out"]
    assert np.array_equal(held_out[0], [1000, 2000])
    np.testing.assert_allclose(held_out[1], [1.5, 1.2], rtol=1e-6)
    x, mean, low, high = lines["loss", "training"]
    np.testing.assert_allclose(mean, 2 - (x - 1) / 4999, rtol=1e-5)
    assert (low <= mean).all()
    assert (mean <= high).all()


def test_chance_is_a_level_line_in_the_accuracy_chart(history):
    lines = {
        (chart, label): points
        for chart, label, points in read_curves(*_parts(curves_frame(history, [replace(ACCURACY, chance=0.125)])))
    }
    x, mean, *_ = lines["accuracy", "chance"]
    assert x[0] == 0.0
    assert x[1] > 4990
    assert np.array_equal(mean, [0.125, 0.125])


def test_few_held_out_points_are_marked_and_training_points_are_not(history):
    (training, held_out), _ = (chart["series"] for chart in curves_frame(history).header["charts"])
    assert held_out["marker"]
    assert not training["marker"]


def test_a_loss_that_is_not_a_number_travels_as_not_known():
    curve = series(2)
    curve.mean[1] = np.nan
    history = SimpleNamespace(names=("loss",), series=lambda name: curve)
    ((_, _, points),) = read_curves(*_parts(curves_frame(history)))
    assert np.isnan(points[1, 1])


def test_before_the_first_step_the_panel_says_so():
    frame = curves_frame(History())
    assert frame.header == {}
    assert frame.message == "Waiting for the first step…"


def _parts(frame):
    return frame.header, frame.values


def test_what_a_rule_measures_besides_has_a_chart_with_its_unit_and_a_range_where_both_ends_are_known(history):
    history.append("angle", [1, 2], [90.0, 60.0])
    history.append("sparseness", [1, 2], [0.5, 0.6])
    quantities = [Quantity("angle", "degrees", lowest=0.0, highest=180.0), Quantity("sparseness", lowest=0.0)]
    *_, angle, sparseness = curves_frame(history, quantities).header["charts"]
    assert (angle["label"], angle["unit"], angle["y_min"], angle["y_max"]) == ("angle", "degrees", 0.0, 180.0)
    assert [line["label"] for line in angle["series"]] == ["training"]
    assert "y_min" not in sparseness


def test_a_curve_that_left_its_range_with_the_first_steps_and_stayed_away_asks_for_powers_of_ten() -> None:
    history = History()
    history.append("loss", range(1, 9), [2.1, 6e5, 2e7, 1.9e7, 1.8e7, 1.8e7, 1.7e7, 1.7e7])
    assert curves_frame(history).header["charts"][0]["log"] is True


def test_a_curve_that_falls_far_and_not_for_long_has_an_even_axis() -> None:
    history = History()
    history.append("loss", range(1, 7), [6.0, 5.0, 4.0, 3.0, 1.0, 0.1])
    assert "log" not in curves_frame(history).header["charts"][0]
