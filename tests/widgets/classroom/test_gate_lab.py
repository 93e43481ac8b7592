import contextlib
import io
import itertools
import json

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import CORNERS, GATES
from hcnn_widgets.widgets import GateLab

COLUMNS = 4


@pytest.fixture
def make(make_gates):
    return make_gates


def press(lab, *keys, row=0, column=0):
    for key in keys:
        lab.panel.pressed(row * COLUMNS + column, key)


def answers(lines, combine):
    """Oracle: what lines answer at the corners, number by number."""
    table = {"AND": min, "OR": max, "NAND": lambda h: 1 - min(h), "NOR": lambda h: 1 - max(h)}
    found = []
    for x1, x2 in CORNERS:
        hidden = [1 if w1 * x1 + w2 * x2 + b > 0 else 0 for w1, w2, b in lines]
        found.append(hidden[0] if len(hidden) == 1 else table[combine](hidden))
    return found


def best_by_search(outputs) -> int:
    """Oracle: the most corners right of a fine grid of lines."""
    sides = np.linspace(-2, 2, 9)
    lines = np.array(list(itertools.product(sides, sides, np.linspace(-3.25, 3.25, 14))))
    heights = np.column_stack([np.array(CORNERS), np.ones(4)]) @ lines.T
    return int(((heights > 0) == np.array(outputs, bool)[:, None]).sum(axis=0).max())


@pytest.mark.no_cover
@pytest.mark.parametrize("name", GATES)
def test_the_best_line_gets_as_many_corners_right_as_a_search_finds(make, name):
    lab = make(name)
    press(lab, "t")
    (line,) = lab.state["lines"]
    assert line == list(GATES[name].best_line)
    n_right = sum(map(int.__eq__, answers([line], "AND"), GATES[name].outputs))
    assert n_right == lab.shown.n_right == best_by_search(GATES[name].outputs) == (3 if name in ("XOR", "XNOR") else 4)
    assert f"the line gets {n_right} of 4 right" in lab.sentence()
    assert ("No line gets more than 3 of 4: 14 of the 16 gates are separable" in lab.sentence()) == (n_right == 3)


@pytest.mark.parametrize("name", GATES)
def test_two_lines_combined_are_any_gate(make, name):
    lab = make(name)
    press(lab, "l", "t")
    state = lab.state
    assert answers(state["lines"], state["combine"]) == list(GATES[name].outputs)
    assert "get 4 of 4 right" in lab.sentence()


@pytest.mark.parametrize("combine", ["AND", "OR", "NAND", "NOR"])
def test_answers_and_shaded_cells_are_those_of_the_combination(make, combine):
    lines = [[1, 1, -0.5], [1, -1, 0.25]]
    lab = make("XOR", lines=lines, combine=combine)
    assert lab.shown.answers.tolist() == answers(lines, combine)
    shaded = {seen.key: seen.at for seen in lab.drawing().seen if seen.key.startswith("cell-")}
    for key, corners in shaded.items():
        if len(corners):
            x, y = corners.mean(axis=0)
            sides = [int(w1 * x + w2 * y + b > 0) for w1, w2, b in lines]
            assert key == f"cell-{sides[0]}{sides[1]}"
    table = {"AND": "0001", "OR": "0111", "NAND": "1110", "NOR": "1000"}[combine]
    assert {key for key, corners in shaded.items() if len(corners)} == {
        f"cell-{first}{second}" for n, (first, second) in enumerate(CORNERS) if table[n] == "1"
    }


def test_the_first_view_is_and_not_yet_solved(make):
    lab = make()
    assert lab.sentence() == "AND: the line gets 3 of 4 right. A line exists that gets all 4."
    places = [place.sentence for place in lab.scene(520).places]
    assert places[2] == "The line: the bias b is −0.5."
    assert places[3 * COLUMNS + 1] == "x = (1, 0): answer = h(1×1 + 0×0 − 0.5 = 0.5) = 1: wrong, 0 is wanted."
    assert places[-1].startswith("always, 1 1 1 1: a line separates it")
    assert "XOR, 0 1 1 0: no line separates it, the best gets 3 of 4" in places[6 * COLUMNS + 2]


def test_the_truth_table_is_changed_beside_the_plane(page, make):
    lab = make("AND")
    press(lab, "Enter", row=2)
    assert (lab.state["outputs"], lab._gate.value) == ([0, 1, 0, 1], "x2")
    press(lab, "1", row=1)
    press(lab, "0", row=4)
    assert lab._gate.value == "NOT x1"
    ones = next(seen for seen in lab.drawing().seen if seen.key == "ones")
    assert (ones.at.tolist(), ones.names) == ([[0, 0], [0, 1]], ("00", "01"))
    page.click(lab._undo)
    assert lab._gate.value == "x2 OR NOT x1"
    page.click(lab._reset)
    assert lab._gate.value == "AND"


def test_gates_are_chosen_from_the_menu_or_the_gallery(make):
    lab = make()
    lab._gate.value = "XNOR"
    assert lab.state["outputs"] == [1, 0, 0, 1]
    press(lab, "Enter", row=6, column=2)
    assert lab._gate.value == "XOR"


def test_a_line_is_moved_by_keys(make):
    lab = make()
    press(lab, "ArrowUp", "ArrowRight")
    press(lab, "ArrowDown", column=2)
    press(lab, "7", "-", column=1)
    assert lab.state["lines"] == [[1.125, -7, -0.625]]
    press(lab, "Enter", column=3)
    assert lab.state["lines"] == [[-1.125, 7, 0.625]]
    press(lab, *["9"] * 3, column=2)
    assert not [seen for seen in lab.drawing().seen if seen.key == "line-0" and len(seen.at)]


def test_a_line_is_turned_by_dragging_an_end_and_the_other_stays(page, make):
    lab = make("AND", lines=[[1, 0, -0.5]])
    grips = lab.plane._marks["grip-0"]
    low = np.round(grips.y[0] * 8) / 8
    page.say(grips, event="drag_start", index=1, point={"x": 0.5, "y": 1.4})
    for x, y in ((0.2, 1.4), (-0.4, 0.9), (1.0, 1.5)):
        page.say(grips, event="drag", index=1, point={"x": x, "y": y})
        w1, w2, b = lab.state["lines"][0]
        assert w1 * 0.5 + w2 * low + b == pytest.approx(0)
        assert w1 * np.round(x * 8) / 8 + w2 * np.round(y * 8) / 8 + b == pytest.approx(0)
        assert w1 > 0  # the side of 1 stays
    page.say(grips, event="drag_end", index=1, point={"x": 1.0, "y": 1.5})
    press(lab, "u")
    assert lab.state["lines"] == [[1, 0, -0.5]]


def test_a_second_line_comes_and_goes_with_its_menu(make):
    lab = make("XOR")
    assert lab._combine.layout.display == "none"
    lab._second.value = True
    assert (len(lab.state["lines"]), lab._combine.layout.display) == (2, None)
    lab._combine.value = "OR"
    assert lab.state["combine"] == "OR"
    press(lab, "c")
    assert lab._combine.value == "NAND"
    press(lab, "l")
    assert (len(lab.state["lines"]), lab._second.value) == (1, False)
    press(lab, "c")
    assert lab.state["combine"] == "NAND"
    press(lab, "Enter", row=1, column=2)
    assert len(lab.state["lines"]) == 2


@pytest.mark.parametrize("keys", ["", "t", "lt", "ltc"])
def test_a_state_a_copied_line_and_the_lines_of_code_show_the_same(make, keys):
    lab = make("XOR")
    press(lab, *keys)
    assert make(json.loads(json.dumps(lab.state))).scene(520).plain() == lab.scene(520).plain()
    copied = eval(lab.line, {"hw": hw})
    assert copied.state == lab.state
    copied.close()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    numpy_answers, keras_answers = out.getvalue().splitlines()
    assert numpy_answers == keras_answers == str(np.array(answers(lab.state["lines"], lab.state["combine"])))


@pytest.mark.parametrize("two", [False, True])
def test_rows_and_cells_are_a_grid_of_which_every_cell_is_a_place(make, two):
    lab = make()
    press(lab, *"l" * two)
    scene = lab.scene(400)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"]
    cells = [cell for row in rows for cell in row.marks if getattr(cell, "part", "") == "gridcell"]
    assert [cell.place for cell in cells] == list(range(len(scene.places))) == list(range((9 + two) * COLUMNS))
    for cell in cells:
        box = cell.marks[0]
        assert box.x >= 0
        assert box.x + box.width <= 400
        assert box.y + box.height <= scene.height


def test_the_still_picture_shows_plane_table_and_gates(make):
    picture = np.asarray(Image.open(io.BytesIO(make("XOR").picture())).convert("L"))
    assert picture.shape[1] == 384 + 520
    assert picture[:, 384:].min() < 60
    assert picture[12:344, 44:372].min() < 60


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"gate": "IMPLIES"}, "`gate='IMPLIES'` is unknown"),
        ({"outputs": [0, 1, 1]}, r"`outputs` must be 0 or 1 at each corner. .* received \[0, 1, 1\]"),
        ({"outputs": [0, 1, 2, 0]}, "`outputs` must be 0 or 1 at each corner"),
        ({"lines": [1, 1, -1]}, r"`lines` must be one line or two. .* received \(3,\)"),
        ({"lines": np.ones((3, 3))}, r"received \(3, 3\)"),
        ({"lines": [[1, 1, np.nan]]}, "`lines` must be one line or two"),
        ({"combine": "XOR"}, "`combine='XOR'` is unknown"),
        ({"focus": 4}, "`focus` is no corner. Accepted is 0 to 3; received 4"),
        ({"line": [[1, 1, 1]]}, "`line` is no argument of GateLab.* the nearest is 'lines'"),
    ],
)
def test_what_is_no_gate_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        GateLab(**options)
