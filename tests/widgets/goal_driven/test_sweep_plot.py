"""The plot of a sweep: a dot a network as it comes, its untrained twin, and what is said of all."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

import hcnn_widgets as hw
from hcnn_widgets.sweeps.sweep_row import SweepRow

RNG = np.random.default_rng(0)
ACCURACY = RNG.uniform(0.2, 0.5, 12)
R = 0.3 + 0.3 * ACCURACY + RNG.normal(0, 0.02, 12)
SETTINGS = {"area": "V4 (simulated)", "epochs": 6, "seed": 0}


def row(number: int, **changes: Any) -> SweepRow:
    depth = number % 5 + 1
    options = {"areas": [f"V{n}" for n in range(depth)], "n_kernels": [8] * depth, "activation": "relu"}
    numbers: dict[str, Any] = {
        "accuracy": ACCURACY[number],
        "untrained_accuracy": 0.2 + number / 100,
        "best": R[number],
    }
    numbers |= {"top": 0.3, "untrained_best": 0.31, "untrained_top": 0.25, "best_area": "V0", "n_units": 50.0 + number}
    return SweepRow(number, options, **(numbers | changes))


@pytest.fixture
def sweep() -> hw.sweeps.Sweep:
    rows = [row(number) for number in range(12)]
    return hw.sweeps.Sweep.of_rows([*rows, SweepRow(12, error="ValueError: too large")], SETTINGS, None)


@pytest.fixture
def plot(sweep: Any, page: Any, clock: Any, ticker: Any) -> Any:
    plot = hw.widgets.SweepPlot(sweep, clock=clock, ticker=ticker)
    ticker.round()
    return plot


def marks(plot: Any, group: str) -> list[dict[str, Any]]:
    return next(mark["marks"] for mark in plot.panel.header["marks"] if mark["key"] == group)


def test_further_right_is_more_accurate_and_higher_is_better_predicted(plot: Any) -> None:
    dots = marks(plot, "networks")
    assert len(dots) == 12
    numbers = [int(dot["key"].rsplit("-", 1)[1]) for dot in dots]
    x, y = (np.array([dot[side] for dot in dots]) for side in "xy")
    assert numbers == np.argsort(ACCURACY).tolist()
    assert np.corrcoef(x, ACCURACY[numbers])[0, 1] == pytest.approx(1)
    assert np.corrcoef(y, R[numbers])[0, 1] == pytest.approx(-1)


def test_what_is_said_is_pearsons_r_with_fishers_interval(plot: Any) -> None:
    found = stats.pearsonr(ACCURACY, R)
    low, high = found.confidence_interval(0.95)
    first = marks(plot, "said")[0]["words"]
    for number in (found.statistic, low, high):
        assert f"{number:.2f}" in first
    assert "12 networks" in first


def test_untrained_twins_are_hollow_and_tied_to_their_networks(plot: Any) -> None:
    twins = marks(plot, "twins")
    assert [mark["kind"] for mark in twins] == ["line", "rect"] * 12
    assert all("fill" not in mark for mark in twins if mark["kind"] == "rect")


def test_the_title_says_simulated_and_the_sentence_the_errors(plot: Any) -> None:
    assert plot.panel.header["title"] == "Performance and predictivity of V4 (simulated)"
    assert "12 of 13 networks are scored, 1 ended with an error" in plot.panel.header["label"]


def test_a_key_plots_the_highest_area_and_a_click_chooses_a_network(page: Any, plot: Any, ticker: Any) -> None:
    page.say(plot.panel, kind="press", place=0, key="x")
    ticker.round()
    assert plot._score.value == "top"
    assert len({dot["y"] for dot in marks(plot, "networks")}) == 1
    page.say(plot.panel, kind="press", place=11, key="Enter")
    assert plot.chosen.number == int(np.argmax(ACCURACY))


def test_networks_appear_as_they_come(page: Any, clock: Any, ticker: Any) -> None:
    growing = hw.sweeps.Sweep(3, SETTINGS)
    plot = hw.widgets.SweepPlot(growing, clock=clock, ticker=ticker)
    ticker.round()
    assert marks(plot, "networks") == []
    assert "0 of 3 networks" in plot.panel.header["title"]
    growing.add(row(0))
    clock.now += 1
    ticker.round()
    page.say(plot.panel, kind="frame", frame=plot.panel.header.get("frame", 0))
    assert not plot.over
    plot.panel.renew()
    ticker.round()
    assert len(marks(plot, "networks")) == 1
    assert "r needs 4 different ones" in marks(plot, "said")[0]["words"]
    page.click(plot._stop)
    assert growing.to_stop.is_set()


def test_a_sweep_that_failed_says_why(page: Any, clock: Any, ticker: Any) -> None:
    failed = hw.sweeps.Sweep(3, SETTINGS)
    failed.end("failed", "OSError: disk full")
    plot = hw.widgets.SweepPlot(failed, clock=clock, ticker=ticker)
    ticker.round()
    assert "OSError: disk full" in plot.panel.message


def test_a_card_says_the_time_where_it_is_known(sweep: Any) -> None:
    from hcnn_widgets.widgets.goal_driven.sweep_words import network_card

    assert "time" not in [line.name for line in network_card(sweep.rows[0], "best")]
    assert ("time", "9 s") in [line[:2] for line in network_card(row(0, seconds=9.2), "best")]


def test_the_still_picture_and_the_table_hold_every_network(plot: Any) -> None:
    assert plot.panel.picture().startswith(b"\x89PNG")
    table = plot.panel.header["numbers"]
    assert len(table) == 14
    assert table[13][-1] == "ValueError: too large"


def test_the_code_names_the_sweep(plot: Any) -> None:
    compile(plot.code.replace("await ", ""), "code", "exec")
    assert "n=13, epochs=6, seed=0" in plot.code


def test_anything_but_a_sweep_is_refused() -> None:
    with pytest.raises(TypeError, match="sweep"):
        hw.widgets.SweepPlot([1, 2])
