"""History against a slow recount of the same values."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.learning.history import BinRow, History


def recount(values: list[float], width: int) -> list[tuple[float, float, float, float]]:
    """Gather values of the steps 1, 2, ... in bins of that width, the slow way."""
    bins: dict[int, list[tuple[int, float]]] = {}
    for step, value in enumerate(values, start=1):
        bins.setdefault(step // width, []).append((step, value))
    rows = []
    for _, pairs in sorted(bins.items()):
        ys = [y for _, y in pairs]
        rows.append((sum(x for x, _ in pairs) / len(pairs), sum(ys) / len(ys), min(ys), max(ys)))
    return rows


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=150), st.sampled_from([2, 4, 8, 16]), st.integers(1, 20))
def test_bins_are_those_of_a_slow_recount(values: list[float], max_bins: int, chunk: int) -> None:
    history = History(max_bins)
    for start in range(0, len(values), chunk):
        part = values[start : start + chunk]
        history.append("loss", np.arange(start + 1, start + len(part) + 1), part)
    width = 1
    while len(values) // width >= max_bins:
        width *= 2
    series = history.series("loss")
    got = np.column_stack([series.step, series.mean, series.low, series.high])
    np.testing.assert_allclose(got, recount(values, width), rtol=0, atol=1e-9)
    assert len(series) <= max_bins
    assert history.last("loss") == values[-1]


def test_points_already_drawn_do_not_move_until_bins_are_joined() -> None:
    history = History(max_bins=64)
    history.append("loss", np.arange(100), np.arange(100.0))
    before = history.series("loss").step
    history.append("loss", np.arange(100, 110), np.arange(10.0))
    np.testing.assert_array_equal(history.series("loss").step[: len(before)], before)


def test_a_curve_that_nobody_measured_is_empty() -> None:
    history = History()
    assert len(history.series("accuracy")) == 0
    assert history.last("accuracy") is None
    history.append("accuracy", [], [])
    assert history.names == ()


def test_every_change_is_told_by_the_version() -> None:
    history = History()
    before = history.version
    history.append("loss", 1, 2.0)
    assert history.version > before


def test_steps_and_values_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"one length; received \(2,\) and \(1,\)"):
        History().append("loss", [1, 2], [0.5])


@pytest.mark.parametrize("max_bins", [0, 1, 3])
def test_an_odd_number_of_bins_is_refused(max_bins: int) -> None:
    with pytest.raises(ValueError, match=f"even number of at least 2; received {max_bins}"):
        History(max_bins)


def test_a_reader_in_another_thread_never_sees_half_an_append() -> None:
    history, wrong = History(max_bins=8), []
    writer = threading.Thread(target=lambda: [history.append("loss", [i, i + 1], [1.0, 1.0]) for i in range(2000)])
    writer.start()
    while writer.is_alive():
        series = history.series("loss")
        if len(series) and not (np.allclose(series.mean, 1) and (series.low == 1).all()):
            wrong.append(series)
    writer.join()
    assert not wrong


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=150), st.integers(1, 900))
def test_a_history_that_is_made_of_its_rows_shows_the_same_curves(values: list[float], first: int) -> None:
    history = History()
    history.append("loss", np.arange(first, first + len(values)), values)
    history.append("validation loss", [first], values[:1])
    last = {name: history.last(name) for name in history.names}
    again = History.from_rows(history.rows(), last)
    assert again.names == history.names
    for name in history.names:
        ours, theirs = again.series(name), history.series(name)
        for field in ("step", "mean", "low", "high"):
            np.testing.assert_allclose(getattr(ours, field), getattr(theirs, field), rtol=1e-12, atol=1e-12)
        assert again.last(name) == history.last(name)


@pytest.mark.parametrize(
    "row",
    [("a", 3, 1, 4.0), ("a", 0, 1, 4.0), ("a", 1, 0, 4.0), ("a", 1, 1, np.inf), ("a", 1, 1, 500.0), ("a", 1, 1, -1.0)],
)
def test_rows_that_no_history_writes_are_refused(row: tuple[str, int, int, float]) -> None:
    with pytest.raises(ValueError, match="`rows` of 'a' make no curve"):
        History.from_rows([BinRow(*row, 1.0, 1.0, 1.0)], {})


@pytest.mark.parametrize("first", [1, 2])
def test_bins_of_two_widths_make_no_curve(first: int) -> None:
    rows = [BinRow("a", first, 1, 1.0, 1.0, 1.0, 1.0), BinRow("a", 4, 1, 9.0, 1.0, 1.0, 1.0)]
    with pytest.raises(ValueError, match="Accepted are bins of one width"):
        History.from_rows(rows, {})
