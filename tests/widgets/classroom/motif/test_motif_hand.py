"""Tiles that a pointer moves, and the layout for a stage."""

import pytest

import hcnn_widgets as hw
from hcnn_widgets.widgets.classroom.motif.motif_keys import place_of
from hcnn_widgets.widgets.classroom.motif.motif_layout import motif_layout
from hcnn_widgets.widgets.scene.marks import Text

LECTURE = ["filter", "activate", "pool", "normalise"]


@pytest.fixture
def lab(clock, ticker):
    return hw.widgets.MotifLab(clock=clock, ticker=ticker)


def drag(lab, *way):
    """Hold a pointer down at the first place and lead it over the others; places are (kind, number)."""
    for n, at in enumerate(way):
        lab.pressed(place_of(*at), "Drag" if n else "Draw")


def stages(lab):
    return lab.state["stages"]


def test_a_tile_goes_where_the_pointer_leads_it_and_that_is_one_step(lab):
    assert stages(lab) == LECTURE
    drag(lab, ("tile", 1), ("tile", 2), ("tile", 3))
    assert stages(lab) == ["activate", "pool", "filter", "normalise"]
    lab.undo()
    assert stages(lab) == LECTURE


def test_a_tile_that_is_led_beyond_its_row_stands_at_its_end(lab):
    drag(lab, ("tile", 3), ("tile", 0))
    assert stages(lab) == ["pool", "filter", "activate", "normalise"]
    drag(lab, ("tile", 1), ("earlier", 3))
    assert stages(lab) == ["filter", "activate", "normalise", "pool"]


def test_a_chip_is_led_into_the_row(lab):
    drag(lab, ("add", 2), ("add", 3), ("tile", 2), ("tile", 3))
    assert stages(lab) == ["filter", "activate", "pool", "pool", "normalise"]
    lab.undo()
    assert stages(lab) == LECTURE


def test_neither_the_image_nor_a_button_nor_a_point_of_the_curve_is_a_tile(lab):
    drag(lab, ("tile", 0), ("tile", 2))
    drag(lab, ("remove", 0), ("tile", 2))
    drag(lab, ("point", 0), ("tile", 2))
    drag(lab, ("tile", 1), ("point", 3))
    assert stages(lab) == LECTURE


def test_more_tiles_than_have_room_are_not_taken(clock, ticker):
    lab = hw.widgets.MotifLab(stages=["filter"] * 6, clock=clock, ticker=ticker)
    drag(lab, ("add", 1), ("tile", 2))
    assert stages(lab) == ["filter"] * 6


def test_a_click_after_a_drag_that_came_back_changes_no_setting(lab):
    drag(lab, ("tile", 2), ("tile", 3), ("tile", 2))
    lab.pressed(place_of("tile", 2), "Enter")
    assert (stages(lab), lab.state["activation"]) == (LECTURE, "relu")
    drag(lab, ("tile", 2))
    lab.pressed(place_of("tile", 2), "Enter")
    assert lab.state["activation"] != "relu"


def words(scene):
    return [mark for mark in flat(scene.marks) if isinstance(mark, Text)]


def flat(marks):
    for mark in marks:
        yield mark
        yield from flat(getattr(mark, "marks", ()))


@pytest.mark.parametrize("width", [900, 936])
def test_on_the_stage_all_of_it_has_room_at_its_own_size(lab, width):
    scene = lab.scene(width, 480)
    assert scene.height <= 480
    assert min(mark.size for mark in words(scene)) >= 12
    for mark in words(scene):
        assert 0 <= mark.y <= 480
    chips = [mark.x for mark in words(scene) if mark.key.startswith("chip")]
    assert max(chips) < min(mark.x for mark in words(scene) if mark.key == "contrast") + 20


def test_where_there_is_no_end_below_nothing_is_left_out(lab):
    assert lab.scene(900).height == lab.scene(900, 4000).height
    assert any(mark.key.startswith("hint") for mark in words(lab.scene(900)))
    assert not motif_layout(4, 300, 200).is_beside, "beside the tiles of a narrow panel nothing has room"
