from itertools import pairwise

import numpy as np
import pytest
from bars_by_hand import IT, NAN, V4, bars, scene, told, words
from scene_marks import flat, group

from hcnn_widgets.widgets.predictivity.bars_layout import highest_score, lowest_score, ticks
from hcnn_widgets.widgets.predictivity.bars_scene import bars_scene
from hcnn_widgets.widgets.scene.marks import Line, Text
from hcnn_widgets.widgets.scores.score_measure import Measure


def score_at(drawn, y):
    """Read a score off the axis, by two of its ticks."""
    rules = {float(mark.key.removeprefix("rule-")): mark.y1 for mark in group(drawn, "axis") if isinstance(mark, Line)}
    return 0.2 * (rules[0.0] - y) / (rules[0.0] - rules[0.2])


def test_bars_are_as_high_as_their_scores_on_the_axis_and_go_down_from_0_where_negative():
    drawn = scene()
    tops = [score_at(drawn, bar.y) for bar in bars(drawn)]
    feet = [score_at(drawn, bar.y + bar.height) for bar in bars(drawn)]
    np.testing.assert_allclose(tops, [0.3, 0.4, 0.5, 0, 0, 0.2], atol=1e-6)
    np.testing.assert_allclose(feet, [0, 0, 0, -0.1, 0, 0], atol=1e-6)


@pytest.mark.parametrize("width", [300, 560, 1200])
def test_bars_do_not_overlap_and_a_pointer_finds_each_of_them_up_to_the_middle_of_its_neighbours(width):
    drawn = scene(width=width)
    for left, right in pairwise(bars(drawn)):
        assert left.x + left.width <= right.x
    assert bars(drawn)[-1].x + bars(drawn)[-1].width <= width
    pointed = group(drawn, "pointed")
    assert [mark.place for mark in pointed] == list(range(6))
    for bar, mark, place in zip(bars(drawn), pointed, drawn.places, strict=True):
        assert mark.x <= bar.x < bar.x + bar.width <= mark.x + mark.width
        assert place.beside[:2] == (bar.x, bar.x + bar.width)
    assert all(a.x + a.width == pytest.approx(b.x) for a, b in pairwise(pointed))


def test_a_card_has_what_training_added_with_its_interval_where_that_is_known():
    plain, gained = told(V4), told(V4)
    gained.header["gains"] = ["", "", "+0.150 (+0.100 to +0.200, p = 0.01)"]
    without, within = (bars_scene(one, 560).places for one in (plain, gained))
    (row,) = [row for row in within[2].rows if row not in without[2].rows]
    assert (row.name, row.value) == ("trained \u2212 untrained", "+0.150 (+0.100 to +0.200, p = 0.01)")
    assert within[2].sentence.endswith(", trained less untrained +0.150 (+0.100 to +0.200, p = 0.01)")
    assert [place.rows for place in within[:2]] == [place.rows for place in without[:2]]


def test_the_best_bar_is_outlined_and_carries_its_value():
    drawn = scene()
    assert [bool(bar.stroke) for bar in bars(drawn)] == [False, False, True, False, False, True]
    assert [mark.words for mark in flat(drawn.marks) if mark.key == "best-value"] == ["0.50", "0.20"]
    assert "\u2013" in words(group(drawn, "brain-1"))


def test_untrained_pixels_and_ceiling_are_marked_at_their_scores():
    drawn = scene(V4)
    marks = {mark.key: mark for mark in group(drawn, "brain-0")}
    expected = {"pixels": 0.26, "untrained-0": 0.2, "untrained-1": 0.3, "untrained-2": 0.35}
    assert {key: score_at(drawn, marks[key].y1) for key in expected} == pytest.approx(expected)
    assert score_at(drawn, marks["error-0"].y1) == pytest.approx(0.28)
    assert score_at(drawn, marks["error-0"].y2) == pytest.approx(0.32)


@pytest.mark.parametrize(
    ("value", "error"),
    [([0.1, 0.86, 0.1], NAN), ([0.1, 0.1, 0.86], NAN), ([0.86, 0.1, 0.2], 0.01), ([0.3, 0.1, 0.2], NAN)],
)
def test_the_number_of_the_ceiling_leaves_the_best_score_alone(value, error):
    drawn = scene({"area": "V4", "value": value, "error": [error, NAN, NAN], "ceiling": 0.87})
    ceiling, best = (
        next(mark for mark in flat(drawn.marks) if mark.key == key) for key in ("ceiling-value", "best-value")
    )
    # Both are about 28 pixels wide; the best score has its middle at its x.
    aside = ceiling.x > best.x + 14 or ceiling.x + 28 < best.x - 14
    assert aside or abs(ceiling.y - best.y) >= 13


def test_the_best_score_is_written_over_every_line_on_a_rim():
    marks = group(scene({**V4, "value": [0.3, 0.4, 0.86], "ceiling": 0.9}), "brain-0")
    best = next(place for place, mark in enumerate(marks) if mark.key == "best-value")
    assert marks[best].rim
    assert all(place < best for place, mark in enumerate(marks) if isinstance(mark, Line))


def test_marks_reach_neither_legend_nor_names_without_a_ceiling_and_where_the_untrained_network_does_better():
    row = {"area": "V4", "value": [-0.12, 0.05, 0.08], "error": [0.12, 0.1, 0.1], "untrained": [0.05, 0.3, 0.4]}
    drawn = scene({**row, "pixels": 0.45})
    marks = group(drawn, "brain-0")
    ends = [end for mark in marks if isinstance(mark, Line) for end in (mark.y1, mark.y2)]
    name = next(mark for mark in marks if mark.key == "name")
    assert min(ends) > max(mark.y for mark in group(drawn, "legend") if isinstance(mark, Text))
    assert max(ends) < name.y - name.size


def test_the_drawing_says_which_recordings_are_simulated_and_what_the_numbers_are():
    said = words(scene().marks)
    assert (said.count("simulated"), said.count("recorded")) == (1, 1)
    assert "192 images; RidgeCV; median over sites; made up" in " ".join(said)
    long = " ".join(["long"] * 300)
    drawn = scene(convention=long)
    assert long in drawn.label
    assert max(mark.y for mark in flat(drawn.marks) if isinstance(mark, Text)) < drawn.height - 2


def test_scores_of_no_training_have_no_step_and_a_legend_of_what_is_there():
    row = {**IT, "ceiling": 0.8}
    still = scene(row, trains=False)
    assert still.title == "Neural predictivity"
    assert "noise ceiling (\u2191 above)" in words(group(still, "legend"))
    assert "untrained" not in words(group(still, "legend"))
    assert "untrained" in words(group(scene(row), "legend"))
    assert scene(row).title == "Neural predictivity at step 340"


def test_a_bar_says_its_score_and_all_that_it_is_held_against():
    places = scene().places
    assert places[0].sentence == "V4: model area V1 0.30, error 0.02, untrained 0.20, pixels 0.26, ceiling 0.87"
    assert places[5].sentence == "IT (simulated): model area V4 0.20"
    assert places[4].sentence == "IT (simulated): model area V2 \u2013"
    assert [(row.name, row.value, row.strong) for row in places[0].rows] == [
        ("model V1", "0.30 \u00b1 0.02", True),
        ("untrained", "0.20", False),
        ("pixels", "0.26", False),
        ("noise ceiling", "0.87", False),
    ]
    assert [row.name for row in places[5].rows] == ["model V4"]
    assert [place.badge for place in places[2:4]] == ["", "simulated"]


def test_a_measure_in_percent_is_written_so_on_axis_bars_and_card():
    drawn = scene(V4, measure=Measure("explained variance (%)", percent=True))
    assert {"0", "20", "explained variance (%)"} <= set(words(group(drawn, "axis")))
    assert "50 %" in words(group(drawn, "brain-0"))
    assert drawn.places[0].rows[0].value == "30 % \u00b1 2 %"
    assert drawn.places[0].note == "explained variance (%)"


def test_the_axis_reaches_from_0_or_a_tenth_below_what_is_drawn_to_a_tenth_above():
    assert (lowest_score(told(V4).scores), highest_score(told(V4).scores)) == (0.0, pytest.approx(0.6))
    assert lowest_score(told({**IT, "value": [-0.07, NAN, 0.2]}).scores) == pytest.approx(-0.1)
    assert highest_score(told({"area": "V4", "value": [NAN] * 3}).scores) == pytest.approx(0.2)


D3 = [
    (0, 0.9, [0, 0.2, 0.4, 0.6, 0.8]),
    (-0.2, 0.5, [-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5]),
    (0, 0.2, [0, 0.05, 0.1, 0.15, 0.2]),
    (-1.3, 0.4, [-1, -0.5, 0]),
]
"""What d3-scale has as ticks(5)."""


@pytest.mark.parametrize(("low", "high", "expected"), D3)
def test_ticks_are_those_of_d3(low, high, expected):
    np.testing.assert_allclose(ticks(low, high), expected, atol=1e-12)


def test_a_ceiling_above_all_bars_is_a_number_with_an_arrow_and_takes_no_room_from_them():
    high, within = scene(V4), scene({**V4, "ceiling": 0.55})
    assert "ceiling 0.87 \u2191" in words(group(high, "brain-0"))
    assert not [mark for mark in group(high, "brain-0") if mark.key == "ceiling"]
    (line,) = [mark for mark in group(within, "brain-0") if mark.key == "ceiling"]
    assert score_at(within, line.y1) == pytest.approx(0.55)
    assert high.places[0].rows[-1].value == "0.87"
    tops = [min(bar.y for bar in bars(drawn)) for drawn in (high, within)]
    assert tops[0] == tops[1]


def with_whole(row=V4, width=560, **of_whole):
    """Return a drawing of scores on 192 of 640 images, with that at the end on all of them."""
    part, whole = told(row), told({**row, **of_whole})
    part.header["part"], whole.header["all_images"] = "192 of 640 images", "all 640 images"
    part.header["all_images"] = "all 640 images"
    return bars_scene(part, width), bars_scene(part._replace(whole=whole), width)


def test_the_score_at_the_end_on_all_images_stands_beside_the_bars_with_its_own_baselines_and_moves_none():
    before, after = with_whole(value=[0.3, 0.52, 0.4], untrained=[0.1, 0.41, 0.2], pixels=0.33, error=[0.03] * 3)
    assert [(bar.x, bar.width) for bar in bars(before)] == [(bar.x, bar.width) for bar in bars(after)]
    assert before.height == after.height
    marks = {mark.key: mark for mark in group(after, "brain-0")}
    assert score_at(after, marks["last"].points[:, 1].mean()) == pytest.approx(0.52, abs=0.01)
    lines = ("last-untrained", "last-pixels", "untrained-1", "pixels")
    assert [score_at(after, marks[key].y1) for key in lines] == pytest.approx([0.41, 0.33, 0.3, 0.26])
    assert marks["last"].points[:, 0].min() > bars(after)[-1].x + bars(after)[-1].width
    assert "last" not in {mark.key for mark in group(before, "brain-0")}
    assert all("at the end, on all 640 images" in words(group(drawn, "legend")) for drawn in (before, after))


def test_the_score_at_the_end_is_pointed_at_and_saved_with_the_others():
    before, after = with_whole(value=[0.3, 0.52, 0.4])
    assert (len(before.places), len(after.places)) == (3, 4)
    place = after.places[3]
    assert place.title == "V4, at the end, on all 640 images"
    assert place.sentence.startswith("At the end, on all 640 images: V4: model area V2 0.52, error 0.02")
    assert (place.rows[0].name, place.rows[0].value) == ("model V2", "0.52")
    assert [mark.place for mark in group(after, "pointed")] == [0, 1, 2, 3]
    assert len(after.numbers) == len(before.numbers) + 3


def test_scores_on_all_images_keep_no_place_for_others():
    assert len(group(scene(V4), "pointed")) == 3
    assert not any("at the end" in line for line in words(group(scene(V4), "legend")))
