"""The plane of labs: its geometry, and what goes to bqplot and comes back."""

import io
import subprocess
import sys

import ipywidgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hcnn_widgets.widgets.classroom.plane.plane import Plane
from hcnn_widgets.widgets.classroom.plane.plane_drawing import (
    Area,
    Dots,
    Field,
    PlaneDrawing,
    Stroke,
    Words,
    clipped_line,
    half_plane,
)
from hcnn_widgets.widgets.classroom.plane.plane_marks import plane_marks

WEIGHTS = st.tuples(*[st.integers(-6, 6)] * 3).map(lambda w: np.array(w, float) / 4)


def drawing(points=((0, 1), (1, 1)), moves=True, span=2.0):
    return PlaneDrawing(
        span,
        (
            Area(key="above", at=half_plane(np.array([1, 1, -1]), span), colour="series-0"),
            Stroke(key="w", at=[[0, 0], [1, 1]], colour="ink", arrow=True),
            Dots(key="points", at=points, colour="series-1", names=("A", "B"), ids=(4, 7), moves=moves),
            Words(key="name", at=[[1, 1]], colour="ink", words=("w",)),
        ),
        ticks=(-2.0, 0.0, 2.0),
    )


@pytest.fixture
def moves():
    return []


@pytest.fixture
def plane(page, moves):
    made = Plane(lambda *told: moves.append(told), lambda *told: moves.append(("picked", *told)))
    made.draw(drawing())
    return made


def mark_of(plane, key):
    return plane._marks[key]


@settings(max_examples=60, deadline=None)
@given(WEIGHTS)
def test_the_half_plane_has_the_area_of_a_fine_grid_of_points_above_0(weights):
    corners = half_plane(weights, 2.0)
    x, y = np.meshgrid(*[np.linspace(-2, 2, 402)[1::2] - 2 / 401] * 2)
    share = np.mean(weights[0] * x + weights[1] * y + weights[2] > 0)
    area = 0.0
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        area += (x1 * y2 - x2 * y1) / 2
    assert area / 16 == pytest.approx(share, abs=0.02)


@settings(max_examples=60, deadline=None)
@given(WEIGHTS)
def test_a_line_is_clipped_where_it_meets_the_edge(weights):
    ends = clipped_line(weights, 2.0)
    at_corners = [weights[0] * x + weights[1] * y + weights[2] for x in (-2, 2) for y in (-2, 2)]
    if len(ends):
        np.testing.assert_allclose(ends @ weights[:2] + weights[2], 0, atol=1e-9)
        np.testing.assert_allclose(np.abs(ends).max(axis=1), 2)
    else:
        assert min(at_corners) >= 0 or max(at_corners) <= 0


def test_a_plane_shows_a_drawing_in_variables_of_the_page(plane):
    points = mark_of(plane, "points")
    assert points.colors == ["var(--hcnn-series-1)"]
    assert mark_of(plane, "w").colors == ["var(--jp-ui-font-color0)"]
    assert (points.x.tolist(), points.y.tolist(), points.names.tolist()) == ([0, 1], [1, 1], ["A", "B"])
    assert [scale.max for scale in plane._scales.values()] == [2, 2]
    assert [mark.visible for mark in plane.figure.marks] == [True] * 4


def test_what_is_not_there_is_hidden_and_comes_back(plane):
    plane.draw(drawing(points=np.empty((0, 2))))
    assert not mark_of(plane, "points").visible
    plane.draw(PlaneDrawing(2.0, drawing().seen[:1]))
    assert plane.figure.marks == [mark_of(plane, "above")]
    plane.draw(drawing())
    assert mark_of(plane, "points").visible
    assert len(plane.figure.marks) == 4


def test_only_what_changes_is_sent(page, plane):
    before = len(page.messages)
    plane.draw(drawing())
    assert len(page.messages) == before
    plane.draw(drawing(points=((0, 1), (1, 0))))
    (message,) = page.messages[before:]
    assert set(message[1]["state"]) == {"y"}


def test_a_move_is_one_event_with_both_coordinates_and_the_dot_stays_below_the_pointer(page, plane, moves):
    points = mark_of(plane, "points")
    page.say(points, event="drag_start", index=1, point={"x": 1, "y": 1})
    page.say(points, event="drag", index=1, point={"x": 0.3, "y": -0.4}, origin={"x": 1, "y": 1})
    plane.draw(drawing(points=((0, 1), (0.25, -0.5))))
    assert points.x.tolist() == [0, 1]
    page.change(points, x=[0, 0.3], y=[1, -0.4])
    page.say(points, event="drag_end", index=1, point={"x": 0.3, "y": -0.4})
    assert moves == [("picked", "points", 7), ("points", 7, (0.3, -0.4), False), ("points", 7, (0.3, -0.4), True)]
    plane.draw(drawing(points=((0, 1), (0.25, -0.5))))
    assert (points.x.tolist(), points.y.tolist()) == ([0, 0.25], [1, -0.5])


@pytest.mark.parametrize(
    "told",
    [
        {"event": "drag", "index": 2, "point": {"x": 0, "y": 0}},
        {"event": "drag", "index": -1, "point": {"x": 0, "y": 0}},
        {"event": "drag", "index": True, "point": {"x": 0, "y": 0}},
        {"event": "drag", "index": 0, "point": {"x": float("nan"), "y": 0}},
        {"event": "drag", "index": 0, "point": {"x": "1", "y": 0}},
        {"event": "drag", "index": 0, "point": [0, 0]},
        {"event": "drag", "index": 0},
        {"event": "hover", "index": 0},
        {},
    ],
)
def test_messages_that_no_drag_sends_are_passed_over(page, plane, moves, told):
    page.say(mark_of(plane, "points"), **told)
    assert moves == []


def test_dots_that_do_not_move_cannot_be_dragged(plane):
    assert mark_of(plane, "points").enable_move
    plane.draw(PlaneDrawing(2.0, (Dots(key="ring", at=[[0, 0]], colour="focus"),)))
    assert not mark_of(plane, "ring").enable_move


def test_a_closed_plane_leaves_no_widget_behind(page):
    living = ipywidgets.widgets.widget._instances
    before = set(living)
    made = Plane(lambda *_: None, lambda *_: None)
    made.draw(drawing())
    assert set(living) != before
    made.close()
    assert set(living) == before


def test_a_still_picture_has_what_is_seen_where_bqplot_has_it():
    group = plane_marks(drawing(), 10, 20, 384)
    inside = {mark.key: mark for mark in group.marks[0].marks}
    first, second = inside["points-0"], inside["points-1"]
    middle = [mark.x + mark.width / 2 for mark in (first, second)]
    unit = (384 - 44 - 12) / 4
    assert middle[1] - middle[0] == pytest.approx(unit)
    assert middle[0] == pytest.approx(10 + 44 + 2 * unit)
    assert first.y + first.height / 2 == pytest.approx(20 + 12 + unit)
    assert [mark.words for mark in group.marks if getattr(mark, "words", "")][-2:] == ["x1", "x2"]


def test_bqplot_is_loaded_with_the_first_plane_and_prints_nothing():
    code = (
        "import sys, hcnn_widgets as hw\n"
        "hw.widgets.PerceptronLab, hw.widgets.GateLab\n"
        "print('bqplot' in sys.modules)\n"
        "hw.widgets.GateLab()\n"
        "print('bqplot' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert (done.stdout.split(), done.stderr) == (["False", "True"], "")


# --- fields, broken strokes and presses -----------------------------------------------------------------------------
def field(red):
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[..., 0], pixels[..., 3] = red, 128
    return PlaneDrawing(2.0, (Field(key="map", at=[[-2, -2], [2, 0]], colour="", pixels=pixels),))


def test_a_field_is_a_picture_between_two_corners_and_another_one_takes_its_turn(page):
    plane = Plane(lambda *_: None, lambda *_: None)
    living = ipywidgets.widgets.widget._instances
    shown = []
    for red in (200, 100, 50, 50):
        plane.draw(field(red))
        mark = mark_of(plane, "map")
        picture = np.asarray(Image.open(io.BytesIO(mark.image.value)))
        shown.append(mark.image)
        assert picture[0, 0].tolist() == [red, 0, 0, 128]
    assert (mark.x.tolist(), mark.y.tolist(), mark.visible) == ([-2, 2], [-2, 0], True)
    assert shown[0] is shown[2] is shown[3] is not shown[1]
    plane.draw(PlaneDrawing(2.0, (Field(key="map", at=np.empty((0, 2)), colour="", pixels=np.zeros((4, 4, 4))),)))
    assert not mark.visible
    plane.close()
    assert not [each for each in living.values() if isinstance(each, ipywidgets.Image)]


def test_the_still_picture_has_a_field_on_white_and_a_broken_stroke_in_parts():
    broken = Stroke(key="grid", at=[[0, 0], [1, 0], [np.nan, np.nan], [0, 1], [1, 1]], colour="ink")
    drawn = PlaneDrawing(2.0, (*field(200).seen, broken))
    inside = {mark.key: mark for mark in plane_marks(drawn, 0, 0, 384).marks[0].marks}
    assert inside["map"].image[0, 0].tolist() == [227, 127, 127]
    assert (inside["map"].height, inside["map"].width) == (164, 328)
    assert [len(inside[key].points) for key in ("grid", "grid-1")] == [4, 4]


def test_a_broken_stroke_that_stays_is_not_sent_again(page):
    plane = Plane(lambda *_: None, lambda *_: None)
    broken = Stroke(key="grid", at=[[0, 0], [1, 0], [np.nan, np.nan], [0, 1]], colour="ink")
    plane.draw(PlaneDrawing(2.0, (broken,)))
    before = len(page.messages)
    plane.draw(PlaneDrawing(2.0, (broken,)))
    assert len(page.messages) == before
    plane.close()


def test_dots_that_do_not_move_tell_that_they_are_pressed(page, plane, moves):
    plane.draw(drawing(moves=False))
    for data in ({"index": 1}, {"index": 2}, {"index": "1"}, None):
        page.say(mark_of(plane, "points"), event="element_click", data=data)
    assert moves == [("picked", "points", 7)]
    plane.draw(drawing())
    page.say(mark_of(plane, "points"), event="element_click", data={"index": 1})
    assert len(moves) == 1


def test_dots_become_smaller_and_lose_their_names(plane):
    small = Dots(key="points", at=[[0, 0]], colour="series-1", size=8.0, marker="square", moves=True)
    plane.draw(PlaneDrawing(2.0, (small,)))
    assert (mark_of(plane, "points").default_size, mark_of(plane, "points").names.tolist()) == (64, [""])
