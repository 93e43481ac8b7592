import json

import numpy as np
import pytest

from hcnn_widgets.classroom import CORNERS, GATES, POINT_SETS

OR, NAND, AND = (list(GATES[name].best_line) for name in ("OR", "NAND", "AND"))
POINT_ROW = 3


@pytest.fixture
def make(make_mlp):
    return make_mlp


def press(lab, *keys, row=0, column=0):
    columns = lab.scene(600).columns
    for key in keys:
        lab.panel.pressed(row * columns + column, key)


def seen_in(lab, which):
    return {each.key: each for each in lab.drawings()[which].seen}


def slow_pass(weights, point, hidden, output):
    """Oracle: unit by unit, number by number; what each layer answers."""
    below, layers = list(point), []
    for number, layer in enumerate(weights):
        function = output if number == len(weights) - 1 else hidden
        above = []
        for unit in range(len(layer[0])):
            z = layer[-1][unit]
            for row, value in enumerate(below):
                z += layer[row][unit] * value
            above.append(function(z))
        layers.append(above)
        below = above
    return layers


FUNCTIONS = {
    "step": lambda z: 1.0 if z > 0 else 0.0,
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}


# --- what is seen ---------------------------------------------------------------------------------------------------
def test_the_first_view_is_xor_solved_exactly_by_or_nand_and_and(make):
    lab = make()
    assert lab.state["weights"] == [np.transpose([OR, NAND]).tolist(), [[weight] for weight in AND]]
    assert lab.state["units"] == "step"
    assert lab.shown.now.output.tolist() == list(GATES["XOR"].outputs)
    assert lab.sentence().startswith(
        "4 of 4 right. No line separates the classes in the plane; in the hidden space, a line does."
    )


def test_in_the_hidden_space_both_points_of_class_1_fall_together(make):
    lab = make()
    hidden = seen_in(lab, 1)
    assert hidden["ones-hidden"].at.tolist() == [[1, 1], [1, 1]]
    assert hidden["zeros-hidden"].at.tolist() == [[0, 1], [1, 0]]
    assert set(hidden["names-hidden"].words) == {"00", "01, 10", "11"}


def test_the_line_of_the_output_unit_separates_the_classes_in_the_hidden_space(make):
    line = seen_in(make(), 1)["output-line"].at
    assert len(line) == 2
    np.testing.assert_allclose(line @ AND[:2] + AND[2], 0, atol=1e-12)


@pytest.mark.no_cover
@pytest.mark.parametrize("units", FUNCTIONS)
@pytest.mark.parametrize("hidden", [2, (3, 4)])
def test_points_and_grid_go_through_the_layers_as_number_by_number(make, units, hidden):
    lab = make("circles", hidden=hidden, units=units, axes=(1, 0))
    output = FUNCTIONS["step" if units == "step" else "sigmoid"]
    weights = lab.state["weights"]
    found = [slow_pass(weights, point, FUNCTIONS[units], output) for point in lab.state["points"]]
    drawn = seen_in(lab, 1)
    ones = [layers[-2][1::-1] for layers, target in zip(found, lab.state["targets"], strict=True) if target == 1]
    np.testing.assert_allclose(drawn["ones-hidden"].at, ones, atol=1e-12)
    right = sum((layers[-1][0] > 0.5) == target for layers, target in zip(found, lab.state["targets"], strict=True))
    assert lab.sentence().startswith(f"{right} of 60 right")
    grid, bent = seen_in(lab, 0)["grid"].at, drawn["bent"].at
    for row in (0, 61, 100, len(grid) - 1):
        if np.isnan(grid[row]).any():
            assert np.isnan(bent[row]).all()
        else:
            layers = slow_pass(weights, grid[row], FUNCTIONS[units], output)
            np.testing.assert_allclose(bent[row], layers[-2][1::-1], atol=1e-12)


def test_a_map_is_blue_where_a_unit_answers_1_and_purple_where_it_answers_0(make):
    lab = make()
    (x, y), pixels = (0.5, 0.5), seen_in(lab, 0)["map"].pixels
    n = len(pixels)

    def at(x1, x2):
        return tuple(pixels[int((y + 1 - x2) / 2 * n), int((x1 - x + 1) / 2 * n), :3].tolist())

    blue, purple = (0, 114, 178), (170, 68, 153)
    assert [at(x1 + 0.01, x2 + 0.01) for x1, x2 in CORNERS] == [purple, blue, blue, purple]
    press(lab, "Enter", row=0)
    pixels = seen_in(lab, 0)["map"].pixels
    assert [at(x1 + 0.01, x2 + 0.01) for x1, x2 in CORNERS] == [purple, blue, blue, blue]
    assert "Coloured by the answers of h1." in lab.sentence()


def test_lines_of_hidden_units_lie_where_their_sums_are_0(make):
    for place, weights in enumerate((OR, NAND)):
        line = seen_in(make(), 0)[f"line-{place}-True"].at
        np.testing.assert_allclose(line @ weights[:2] + weights[2], 0, atol=1e-12)


def test_points_that_a_line_separates_are_said_to_need_one_unit_alone(make):
    lab = make(points=CORNERS, targets=GATES["AND"].outputs)
    assert "A line separates these points already: one unit would be enough." in lab.sentence()


def test_what_no_plane_separates_in_the_hidden_space_is_said(make):
    lab = make("XOR", weights=[[[1, 1], [1, 1], [-0.5, -0.5]], [[1], [1], [-0.5]]])
    assert "nor does anything flat in the hidden space" in lab.sentence()


# --- by hand --------------------------------------------------------------------------------------------------------
def test_a_weight_is_typed_digit_by_digit_and_taken_back_at_once(make):
    lab = make()
    press(lab, *"2.75-", row=0, column=1)
    assert lab.state["weights"][0][0] == [-2.75, -1]
    press(lab, "Backspace", row=0, column=1)
    assert lab.state["weights"][0][0] == [-2.7, -1]
    press(lab, "u")
    assert lab.state["weights"][0][0] == [1, -1]
    press(lab, "-", row=1, column=3)
    assert lab.state["weights"][0][2] == [-0.5, -1.5]
    press(lab, "7", row=2, column=2)
    press(lab, "4", row=2, column=3)
    assert np.ravel(lab.state["weights"][1]).tolist() == [1, 7, 4]


def test_shift_and_arrow_keys_nudge_a_weight_or_move_the_point_in_focus(make):
    lab = make()
    press(lab, "ArrowUp", "ArrowRight", row=0, column=2)
    assert lab.state["weights"][0][1][0] == 1.25
    press(lab, "ArrowRight", "ArrowDown", row=POINT_ROW, column=1)
    assert lab.state["points"][0] == [0.0625, -0.0625]
    press(lab, "ArrowLeft", row=POINT_ROW)
    assert lab.state["focus"] == 3
    press(lab, *"0.5", row=POINT_ROW, column=2)
    press(lab, "Enter", row=POINT_ROW, column=3)
    assert (lab.state["points"][3], lab.state["targets"][3]) == ([1, 0.5], 1)


def test_a_point_is_dragged_and_pressed_in_either_plane(page, make):
    lab = make()
    ones, hidden = lab.plane._marks["ones"], lab.planes[1]._marks["zeros-hidden"]
    page.say(ones, event="drag_start", index=1, point={"x": 1, "y": 0})
    assert lab.state["focus"] == 2
    page.say(ones, event="drag", index=1, point={"x": 1.2, "y": 0.26})
    page.say(ones, event="drag_end", index=1, point={"x": 1.2, "y": 0.26})
    assert lab.state["points"][2] == [1.1875, 0.25]
    press(lab, "u")
    assert (lab.state["points"][2], lab.state["focus"]) == ([1, 0], 0)
    page.say(hidden, event="element_click", data={"x": 1, "y": 0, "index": 1})
    assert lab.state["focus"] == 3
    page.say(hidden, event="element_click", data={"index": 9})
    page.say(hidden, event="element_click", data=[1])
    assert lab.state["focus"] == 3


def test_points_are_added_and_taken_away(page, make):
    lab = make()
    page.click(lab._controls.add)
    assert len(lab.state["points"]) == 5
    assert lab.state["focus"] == 4
    apart = np.linalg.norm(np.diff([lab.state["points"][4], *lab.state["points"][:4]], axis=0), axis=1)
    assert apart.min() > 0.25
    press(lab, *"xxxxx")
    assert len(lab.state["points"]) == 2


def test_the_plane_grows_with_a_point_that_is_given_outside_of_it(make):
    lab = make(points=[[0, 0], [40, 0], [0, 3]], targets=[0, 1, 1])
    assert lab.drawings()[0].span == 50


def test_axes_of_the_hidden_space_are_chosen_among_more_than_two_units(make):
    lab = make("moons")
    press(lab, "a", row=2)
    assert (lab.state["axes"], lab.drawings()[1].names) == ([2, 0], ("h3", "h1"))
    press(lab, "Enter", row=3, column=lab.scene(600).columns - 1)
    assert lab.state["axes"] == [3, 2]
    press(lab, "a", row=3)
    assert lab.state["axes"] == [2, 3]
    assert not len(seen_in(lab, 1)["output-line"].at)


def test_presets_units_and_layers_are_chosen_from_menus(make):
    lab = make()
    lab._controls.points.value = "moons"
    assert lab.state["points"] == POINT_SETS["moons"].drawn().points.tolist()
    assert (lab._controls.units.value, lab._controls.hidden.value) == ("tanh", (4,))
    lab._controls.hidden.value = (8, 8)
    assert [np.shape(layer) for layer in lab.state["weights"]] == [(3, 8), (9, 8), (9, 1)]
    lab._controls.units.value = "relu"
    lab._controls.rate.value = 0.3
    lab._controls.steps.value = "sgd"
    assert [lab.state[name] for name in ("units", "rate", "optimizer")] == ["relu", 0.3, "sgd"]
    before = lab.state["weights"]
    press(lab, "w")
    assert lab.state["weights"] != before
    press(lab, "r")
    assert lab._controls.points.value == "XOR"
    press(lab, "n")
    assert lab._controls.points.value is None


# --- words and room -------------------------------------------------------------------------------------------------
def test_sums_and_weights_are_places_with_sentences(make):
    lab = make()
    places = [place.sentence for place in lab.scene(860).places]
    assert places[1] == "The weight from x1 to h1 is 1."
    assert places[3] == "The bias of h1 is −0.5."
    assert places[4] == "h1 at point 00: 1×0 + 1×0 − 0.5 = −0.5 → 0."
    assert places[2 * 5 + 4] == "out at point 00: 1×0 + 1×1 − 1.5 = −0.5 → 0."
    assert places[-1] == "Point 00, x = (0, 0), class 0: h1 = 0, h2 = 1, out = 0: right."


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [300, 460, 860, 1400])
@pytest.mark.parametrize("options", [{}, {"preset": "spiral"}, {"preset": "moons", "hidden": (4, 4)}])
def test_rows_and_cells_are_a_grid_and_have_room(make, width, options):
    scene = make(**options).scene(width)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"]
    cells = [cell for row in rows for cell in row.marks if getattr(cell, "part", "") == "gridcell"]
    assert [cell.place for cell in cells] == list(range(len(scene.places)))
    for mark in drawn(scene.marks):
        x = getattr(mark, "x", 0)
        assert 0 <= x <= width
        assert x + (getattr(mark, "width", 0)) <= width
        assert getattr(mark, "y", 0) <= scene.height


def drawn(marks):
    """Return all marks, those in groups too."""
    return [each for mark in marks for each in (drawn(mark.marks) if hasattr(mark, "marks") else [mark])]


def test_a_unit_shows_its_map_larger_while_it_is_pointed_at(make):
    scene = make().scene(860)
    large = {mark.key: mark for mark in scene.places[0].marks}
    small = next(mark for mark in drawn(scene.marks) if mark.key == "tile-0")
    assert large["magnified"].width > 2 * small.width
    np.testing.assert_array_equal(large["magnified"].image, small.image)
    assert small.place == 0


def test_a_link_is_as_wide_as_its_weight_and_leads_to_its_cell(make):
    lab = make("XOR", weights=[[[4, -2], [1, 0], [0, 0]], [[1], [1], [0]]])
    links = {mark.key: mark for mark in drawn(lab.scene(860).marks) if mark.key.startswith("link-")}
    widths = [links[f"link-0-{unit}-{row}"].stroke_width for unit, row in ((0, 0), (1, 0), (0, 1), (1, 1))]
    assert widths == sorted(widths, reverse=True)
    assert [links[f"link-0-{unit}-0"].stroke for unit in (0, 1)] == ["series-0", "series-3"]
    assert links["link-0-1-0"].place == 5 + 1


@pytest.mark.parametrize("options", [{}, {"preset": "spiral", "units": "relu", "axes": (3, 1)}])
def test_a_state_shows_the_same_again(make, options):
    lab = make(**options)
    press(lab, *"1.5", row=0, column=2)
    again = make(json.loads(json.dumps(lab.state)))
    assert again.state == lab.state
    assert again.scene(520).plain() == lab.scene(520).plain()


@pytest.mark.parametrize("preset", ["XOR", "moons"])
def test_every_weight_is_read_in_a_narrow_panel_too(make, preset):
    lab = make(preset, weights=None if preset == "moons" else [[[-1.234, -1], [1, 0.567], [0.5, 2]], [[1], [1], [0]]])
    scene = lab.scene(300)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"][: len(lab.shown.all_units)]
    cells = [cell for row in rows for cell in row.marks[2:-1] if getattr(cell, "marks", ())]
    assert len(cells) == sum(layer.size for layer in lab.shown.weights)
    assert all(cell.marks[1].words and not cell.marks[1].whole for cell in cells)


@pytest.mark.no_cover
@pytest.mark.parametrize("hidden", [(2,), (3, 3), (8,)])
def test_the_names_of_the_columns_are_read_whole(make, hidden):
    scene = [make(hidden=hidden).panel.scene(width) for width in (640, 900, 1200)]
    headings = [mark.words for each in scene for mark in each.marks if mark.key.startswith("heading-")]
    assert {"map", "point", "x1"} <= set(headings)
    assert not [words for words in headings if "\u2026" in words]
