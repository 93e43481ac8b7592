"""The panel of memory: what its lines, points and words say, against the records that it is made of."""

from typing import Any

import numpy as np
import pytest
from memory_by_hand import histories_by_hand, scores_by_hand
from scipy.stats import binomtest

import hcnn_widgets as hw


@pytest.fixture
def panel(page: Any, clock: Any, ticker: Any) -> Any:
    panel = hw.widgets.MemoryTrace(histories_by_hand(), scores_by_hand(), clock=clock, ticker=ticker)
    ticker.round()
    return panel


def group(panel: Any, key: str) -> dict[str, Any]:
    marks = next(mark["marks"] for mark in panel.panel.header["marks"] if mark["key"] == key)
    return {mark["key"]: mark for mark in marks}


def ends(panel: Any, number: int) -> list[float]:
    """Return how high the lines of a network end, history by history, in pixels."""
    lines = group(panel, f"trace-{number}")
    return [float(lines[f"history-{history}"]["points"].split(",")[-1]) for history in range(4)]


def test_histories_that_a_network_forgets_end_in_one_point_and_those_it_keeps_apart(panel: Any) -> None:
    assert len(set(ends(panel, 0))) == 4
    assert len(set(ends(panel, 1))) == 1


def test_lines_stand_as_the_states_of_the_unit_that_differs_most(panel: Any) -> None:
    last = panel.panel.histories.states["gated"]["IT"][-1]
    unit = last.std(axis=0).argmax()
    assert np.corrcoef(ends(panel, 0), last[:, unit])[0, 1] == pytest.approx(-1, abs=1e-4)


def test_matches_are_thick_and_the_others_thin(panel: Any) -> None:
    lines = group(panel, "trace-0")
    widths = [lines[f"history-{history}"]["stroke_width"] for history in range(4)]
    assert [width > 2 for width in widths] == [True, False, False, True]


def test_points_have_wilsons_interval_and_chance_its_line(panel: Any) -> None:
    marks, low = group(panel, "delays"), binomtest(30, 40).proportion_ci(method="wilson").low
    assert [row for row in panel.panel.header["numbers"] if row[:2] == ["gated", "fraction right"]][-1][4:] == [
        pytest.approx(0.75),
        pytest.approx(low),
        pytest.approx(binomtest(30, 40).proportion_ci(method="wilson").high),
    ]
    assert marks["chance"]["y1"] == marks["chance"]["y2"]
    middle = marks["dot-1-0"]["y"] + marks["dot-1-0"]["height"] / 2
    assert middle == pytest.approx(marks["chance"]["y1"], abs=0.1)
    assert marks["interval-0-0"]["x1"] < marks["delay-0"]["x"] < marks["interval-1-0"]["x1"]  # none hides another
    assert "(trained)" in marks["delay-2"]["words"]
    assert "(trained)" not in marks["delay-6"]["words"]


def test_keys_slider_and_areas_lead_through_the_units(panel: Any, page: Any, ticker: Any) -> None:
    before = ends(panel, 0)
    page.say(panel.panel, kind="press", place=0, key="n")
    ticker.round()
    assert panel._unit.value == 2
    assert ends(panel, 0) != before
    page.say(panel.panel, kind="press", place=0, key="p")
    page.say(panel.panel, kind="press", place=0, key="p")
    assert panel.panel.rank == 0
    page.change(panel._unit, value=3.0)
    assert panel.panel.rank == 2
    panel._area.value = "V1"
    assert panel._unit.max == 5
    assert "hw.in_time.histories" in panel.code
    compile(panel.code, "code", "exec")


def test_places_say_samples_and_scores(panel: Any) -> None:
    heard = [place["sentence"] for place in panel.panel.header["places"]]
    assert heard[0].startswith("Sample 3, a match of the test image, 3.")
    assert heard[1].startswith("Sample 1, another than the test image, 3.")
    assert heard[-1].startswith("none, 6 frames of delay: 0.500 right, 95 % interval 0.352 to 0.648")
    assert len(heard) == 4 + 6


def test_without_scores_the_traces_stand_alone_and_the_still_picture_shows_them(
    page: Any, clock: Any, ticker: Any
) -> None:
    alone = hw.widgets.MemoryTrace(histories_by_hand(), area="V1", clock=clock, ticker=ticker)
    ticker.round()
    assert [mark["key"] for mark in alone.panel.header["marks"]] == ["trace-0", "trace-1"]
    assert alone.panel.picture().startswith(b"\x89PNG")


def test_what_is_no_record_and_no_area_is_refused(page: Any) -> None:
    with pytest.raises(TypeError, match=r"`histories` is of another kind\. Accepted is a Histories"):
        hw.widgets.MemoryTrace([1])
    with pytest.raises(TypeError, match=r"`scores` is of another kind\. Accepted is a DelayScores"):
        hw.widgets.MemoryTrace(histories_by_hand(), [1])
    with pytest.raises(ValueError, match=r"`area=.V3.` is unknown"):
        hw.widgets.MemoryTrace(histories_by_hand(), area="V3")
