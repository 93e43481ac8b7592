"""ReceptiveFieldLab of stacks by numbers: what it shows, what keys and controls do, and its lines of code."""

import contextlib
import io
import json
from itertools import repeat

import pytest
from drawn_networks import words
from scene_marks import flat, group

import hcnn_widgets as hw
from hcnn_widgets.widgets.classroom.receptive_field.field_layout import places_of
from hcnn_widgets.widgets.classroom.receptive_field.field_shown import PRESETS
from hcnn_widgets.widgets.classroom.receptive_field.field_table import NAMES
from hcnn_widgets.widgets.scene.marks import Rect, Text

KERNEL, STRIDE, DILATION, PADDING = 1, 2, 3, 4
LENET = {"layers": [5, (2, 2), 5, (2, 2), 5], "size": 32}


@pytest.fixture
def lab(make_lab):
    return make_lab("ReceptiveFieldLab")


def press(lab, layer, column, *keys):
    for key in keys:
        lab.panel.pressed(places_of(lab.told()).of_cell(layer - 1, column), key)


def column(lab, name):
    at = NAMES.index(name)
    return [row[at] for row in lab.scene(800).numbers[1:]]


def box_of(lab, key):
    """Return first and last row and column of a box that is drawn on the image, in pixels of the image."""
    box = {mark.key: mark for mark in flat(lab.scene(800).marks)}[key]
    paper = next(mark for mark in flat(group(lab.scene(800), "image")) if mark.key == "paper")
    pixel = paper.width / lab.shown.size
    return tuple(
        round(edge)
        for edge in (
            (box.y - paper.y) / pixel,
            (box.y + box.height - paper.y) / pixel - 1,
            (box.x - paper.x) / pixel,
            (box.x + box.width - paper.x) / pixel - 1,
        )
    )


def test_the_first_view_is_the_slide_with_its_formula(lab):
    assert lab.sentence() == (
        "7 × 7 become 3 × 3: ⌊(7 − 3) / 2⌋ + 1 = 3. Layer 1: unit (2, 2) of 3 × 3 sees 3 × 3 px, rows 3 to 5 and "
        "columns 3 to 5."
    )
    assert box_of(lab, "seen") == (2, 4, 2, 4)
    assert (len(lab.scene(800).places), lab.scene(800).columns) == (4 * len(NAMES), len(NAMES))
    assert lab.scene(800).places[0].sentence.endswith("sees 3 × 3 px, rows 1 to 3 and columns 1 to 3.")


def test_a_stride_moves_all_later_boxes_and_jumps(make_lab):
    lab = make_lab("ReceptiveFieldLab", [(3, 2), 3, 3], size=19)
    assert column(lab, "jump") == ["2", "2", "2"]
    assert column(lab, "field") == ["3 × 3", "7 × 7", "11 × 11"]
    press(lab, 1, STRIDE, "3")
    assert column(lab, "jump") == ["3", "3", "3"]
    assert column(lab, "field") == ["3 × 3", "9 × 9", "15 × 15"]
    first_row, last_row, _, _ = box_of(lab, "seen")
    assert last_row - first_row + 1 == 15


def test_lenet_5_has_the_published_fields_and_jumps(make_lab):
    lab = make_lab("ReceptiveFieldLab", **LENET)
    assert column(lab, "field") == ["5 × 5", "6 × 6", "14 × 14", "16 × 16", "32 × 32"]
    assert column(lab, "jump") == ["1", "2", "2", "4", "4"]
    assert column(lab, "map") == ["28 × 28", "14 × 14", "10 × 10", "5 × 5", "1 × 1"]
    assert lab.state["layer"] == 4
    assert lab._preset.value == "LeNet-5"


def test_boxes_of_all_layers_look_at_the_same_place(make_lab):
    lab = make_lab("ReceptiveFieldLab", [3, 3, 3], size=11, unit=(2, 2))
    assert box_of(lab, "seen") == (2, 8, 2, 8)
    assert box_of(lab, "box-1") == (3, 7, 3, 7)
    assert box_of(lab, "box-0") == (4, 6, 4, 6)


def test_numbers_are_typed_added_to_and_taken_from_and_what_does_not_fit_is_said(lab):
    press(lab, 1, KERNEL, "5", "Enter", "-")
    assert lab.state["layers"] == [[5, 2, 1, "valid"]]
    press(lab, 1, KERNEL, "8")
    assert "layer 1 has no room for a window" in lab.panel.message
    assert lab.state["layers"] == [[5, 2, 1, "valid"]]
    press(lab, 1, DILATION, "-")
    assert lab.state["layers"][0][2] == 1
    press(lab, 1, PADDING, "Enter")
    assert lab.panel.message == ""
    assert lab.state["layers"] == [[5, 2, 1, "same"]]
    assert lab.sentence().startswith("7 × 7 become 4 × 4: ⌈7 / 2⌉ = 4.")
    press(lab, 1, PADDING, "Enter")
    assert lab.sentence().startswith("7 × 7 become 3 × 3: ⌊(7 + 2×1 − 5) / 2⌋ + 1 = 3.")


def test_a_dilated_kernel_is_counted_by_its_extent(make_lab):
    lab = make_lab("ReceptiveFieldLab", [(3, 1, 2)])
    assert lab.sentence().startswith("7 × 7 become 3 × 3: ⌊(7 − 5) / 1⌋ + 1 = 3.")


def test_a_field_that_reaches_into_the_padding_is_cut_off_and_says_so(make_lab):
    lab = make_lab("ReceptiveFieldLab", [(3, 1, 1, "same")], unit=(0, 3))
    assert "sees 2 × 3 px, rows 1 to 2 and columns 3 to 5, cut off at the border from 3 × 3." in lab.sentence()
    assert column(lab, "first sees") == ["0 to 2"]


def test_layers_are_added_removed_and_opened_and_undone(lab, press_keys):
    press(lab, 1, 0, "n")
    assert lab.state["layers"] == [[3, 2, 1, "valid"], [3, 1, 1, "valid"]]
    assert (lab.state["layer"], lab.state["unit"]) == (2, [0, 0])
    press(lab, 1, 0, "Enter")
    assert lab.state["layer"] == 1
    press(lab, 2, 0, "x")
    assert len(lab.state["layers"]) == 1
    assert lab._remove.disabled
    press_keys(lab, "u")
    assert len(lab.state["layers"]) == 2
    press_keys(lab, "r")
    assert lab.state == make_plain()


def make_plain():
    return {"layers": [[3, 2, 1, "valid"]], "size": 7, "layer": 1, "unit": [1, 1]}


def test_units_are_kept_by_enter_and_moved_by_one_with_shift(lab, press_keys):
    press_keys(lab, "Enter", place=2 * len(NAMES) + 2)
    assert lab.state["unit"] == [2, 2]
    press_keys(lab, "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert lab.state["unit"] == [1, 0]
    assert box_of(lab, "seen") == (2, 4, 0, 2)


def test_a_large_map_is_walked_in_steps_of_several_units(make_lab, press_keys):
    lab = make_lab("ReceptiveFieldLab", [3], size=42)
    scene = lab.scene(800)
    assert (len(scene.places), scene.columns) == (15 * 14, 14)
    press_keys(lab, "Enter", place=15)
    assert lab.state["unit"] == [3, 3]


@pytest.mark.parametrize("name", PRESETS)
def test_presets_and_a_size_of_ones_own_are_a_menu_and_a_number(make_lab, page, name):
    lab = make_lab("ReceptiveFieldLab", [2], size=9)
    assert lab._preset.value == "your own"
    lab._preset.value = name
    assert lab.state["size"] == PRESETS[name][0]
    assert lab._size.value == PRESETS[name][0]
    lab._size.value = PRESETS[name][0] + 3
    assert lab.state["size"] == PRESETS[name][0] + 3
    assert lab._preset.value == "your own"


def test_its_state_is_plain_data_that_shows_it_again_and_its_line_runs(make_lab):
    lab = make_lab("ReceptiveFieldLab", **LENET, layer=3, unit=(2, 7))
    again = make_lab("ReceptiveFieldLab", json.loads(json.dumps(lab.state)))
    assert again.scene(700).plain() == lab.scene(700).plain()
    made = eval(lab.line, {"hw": hw})  # the line is the product's own
    assert made.state == lab.state
    made.close()


@pytest.mark.parametrize(("layers", "unit"), [([(3, 2)], (1, 1)), ([(3, 1, 1, "same"), (2, 2, 1, 1)], (2, 3))])
def test_the_lines_of_code_give_the_table_and_the_box(make_lab, layers, unit):
    lab, printed = make_lab("ReceptiveFieldLab", layers, unit=unit), io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lab.code, {})
    *rows, box = printed.getvalue().strip().split("\n")
    n_units, size, jump, first = map(int, rows[-1].split())
    seen = lab.rows[-1].rows
    assert (n_units, size, jump, first) == (seen.n_units, seen.size, seen.jump, seen.start)
    numbers = [int(word) for word in box.replace("[", " ").replace("]", " ").split()]
    first_row, last_row, first_column, last_column = lab.rows[-1].box(unit)
    assert numbers == [first_row, first_column, last_row, last_column]


@pytest.mark.parametrize("width", [280, 400, 640, 1200])
def test_all_stands_within_the_drawing_at_any_width(make_lab, width):
    lab = make_lab("ReceptiveFieldLab", **LENET)
    scene = lab.scene(width)
    boxes = [mark for mark in flat(scene.marks) if isinstance(mark, Rect)]
    assert min(box.x for box in boxes) >= 0
    assert max(box.x + box.width for box in boxes) <= width
    assert max(mark.y for mark in flat(scene.marks) if isinstance(mark, Text)) <= scene.height


def test_the_still_picture_has_the_table_beneath_the_image(lab):
    assert {"image, 7 × 7 px", "layer 1", "first sees"} <= set(words(lab.scene(860).marks))
    assert lab.picture().startswith(b"\x89PNG")


def test_map_and_table_are_one_grid_in_which_a_shorter_row_goes_on(lab):
    scene, width = lab.scene(800), len(NAMES)
    sentences = [place.sentence for place in scene.places]
    assert sentences[2] == sentences[3] == sentences[width - 1]
    assert sentences[3 * width] == "layer 1: opened."
    assert sentences[3 * width + STRIDE] == "Stride of layer 1: 2. It can be changed."
    places = [mark.place for mark in flat(scene.marks) if getattr(mark, "place", None) is not None]
    assert set(places) == {row * width + column for row in range(3) for column in range(3)} | set(
        range(3 * width, 4 * width)
    )


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        ([[]], {}, "`layers` are too many or none.*received 0"),
        ([[(3, 2, 1, "valid", 1)]], {}, "`layers` has one that is no layer"),
        ([[9]], {}, "layer 1 has no room for a window"),
        ([[(10**9, 1, 1, "same")]], {}, "`kernel` of layer 1 is too large.*up to 512.*received 1000000000"),
        ([[3, (3, 1, 1, 10**9)]], {}, "`padding` of layer 2 is too large.*up to 512.*received 1000000000"),
        ([[(3, 1, 1, 500)] * 3], {}, "`padding` makes the map of layer 2 too large.*up to 1024.*received 2003"),
        ([repeat(3)], {}, "`layers` are too many or none.*received more than 12"),
        ([], {"size": 0}, "`size` is no side of an image"),
        ([], {"layer": 2}, "`layer` is no number of a layer. Accepted are 1 to 1"),
        ([], {"unit": (3, 0)}, r"`unit` is not in layer 1.*to \(2, 2\)"),
        ([], {"image": [[1.0]]}, "`image` is of a model, and there is none"),
        ([], {"number": 1}, "`number` is of a model"),
    ],
)
def test_what_is_no_stack_is_refused(make_lab, given, options, message):
    with pytest.raises(ValueError, match=message):
        make_lab("ReceptiveFieldLab", *given, **options)


def test_one_number_is_no_sequence_of_layers(make_lab):
    with pytest.raises(TypeError, match=r"`layers` is no sequence.*received 5"):
        make_lab("ReceptiveFieldLab", 5)


def test_a_misspelt_word_is_refused(make_lab):
    with pytest.raises(TypeError, match="the nearest is 'layers'"):
        make_lab("ReceptiveFieldLab", layer_s=1)
