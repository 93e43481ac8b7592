import numpy as np
import pytest

from hcnn_widgets.classroom import CORNERS, mistake_bound, perceptron_run
from hcnn_widgets.widgets.classroom.perceptron.perceptron_given import PRESETS

COLUMNS = 4
W1, W2, BIAS, NEXT = range(4)
A, B, C, D = (COLUMNS * row for row in range(1, 5))
X1, X2, TARGET, SUM = range(4)


@pytest.fixture
def make(make_perceptron):
    return make_perceptron


def press(lab, *keys, place=0):
    for key in keys:
        lab.panel.pressed(place, key)


def weights(lab):
    return lab.shown.w.tolist()


def sentences(lab):
    return [place.sentence for place in lab.scene(520).places]


def seen(lab):
    return {each.key: each for each in lab.drawing().seen}


def test_the_first_view_is_and_with_a_line_that_gets_two_corners_wrong(make):
    lab = make()
    assert lab.state["targets"] == [0, 0, 0, 1]
    assert lab.sentence() == "2 of 4 answers are wrong."
    assert sentences(lab)[B + SUM] == "Point B: 0.5×0 + 1×1 − 0.25 = 0.75 → 1, wrong. Enter presents it."
    assert sentences(lab)[BIAS] == "The bias b is −0.25."
    assert seen(lab)["wrong"].at.tolist() == [[0, 1], [1, 0]]


def test_a_z_of_0_gives_0_and_is_said(make):
    lab = make("AND", weights=[1, 1, -1])
    assert "= 0 → 0, right. z = 0 gives 0." in sentences(lab)[B + SUM]
    assert lab.shown.outputs.tolist() == [int(x1 + x2 - 1 > 0) for x1, x2 in CORNERS]


@pytest.mark.parametrize("preset", ["AND from 0", "OR", "far apart", "close"])
def test_a_run_is_that_of_the_classroom_with_as_many_mistakes_beside_its_bound(make, preset):
    lab = make(preset)
    points, targets = PRESETS[preset]["points"], PRESETS[preset]["targets"]
    expected = perceptron_run(points, targets)
    lab.run()
    press(lab, *"s" * len(lab.shown.order))
    n_shown = len(lab.shown.order)
    assert lab.shown.order == tuple(expected.shown[:n_shown].tolist())
    assert weights(lab) == expected.weights[-1].tolist()
    assert expected.mistakes[n_shown:].sum() == 0
    assert lab.sentence().endswith(f"All {len(points)} answers are right. Nothing is learnt any more.")
    tally = [mark.words for mark in lab.scene(900).marks if mark.key.startswith("tally")]
    assert f"{expected.n_mistakes} mistakes; at most {int(mistake_bound(points, targets) + 1e-9)}" in tally[0]


def test_on_xor_it_cycles_and_says_so(make):
    lab = make("XOR")
    lab.run()
    assert "mistakes never stop" in lab.sentence()
    press(lab, *"s" * len(lab.shown.order))
    assert "It cycles: the weights are back where they were 1 sweep ago." in lab.sentence()
    assert perceptron_run(CORNERS, [0, 1, 1, 0]).cycle == 1
    assert "there is no bound" in " ".join(getattr(mark, "words", "") for mark in lab.scene(900).marks)


def test_without_an_order_of_its_own_no_cycle_is_claimed(make):
    lab = make("XOR", shuffle=True)
    lab.run()
    press(lab, *"s" * 12)
    assert "It cycles" not in lab.sentence()
    sweep = lab.shown.order[:4]
    assert sorted(sweep) == [0, 1, 2, 3]
    assert sorted(lab.shown.order[4:8]) == [0, 1, 2, 3]


def test_a_mistake_draws_old_w_the_added_arrow_and_new_w(make):
    lab = make("AND from 0", weights=[0.5, 1, -0.25])
    press(lab, "Enter", place=B + SUM)
    marks = seen(lab)
    assert lab.sentence().startswith("Mistake on B: B is taken from w, and 1 from b.")
    assert marks["old"].at.tolist() == [[0, 0], [0.5, 1]]
    assert marks["added"].at.tolist() == [[0.5, 1], [0.5, 0]]
    assert marks["w"].at.tolist() == [[0, 0], [0.5, 0]]
    assert marks["added-name"].words == ("−B",)
    assert weights(lab) == [0.5, 0, -1.25]
    press(lab, "Enter", place=A + SUM)
    assert lab.sentence().startswith("A was right: nothing changes.")
    assert not len(seen(lab)["old"].at)


def test_presentations_are_ticks_and_can_be_gone_back_to(make):
    lab = make("OR")
    press(lab, *"ssss")
    after = [lab.shown.weights[:, 0].tolist(), *(step.after[:, 0].tolist() for step in lab.shown.steps)]
    ticks = [mark for mark in lab.scene(520).marks if mark.key.startswith("tick-")]
    heights = [mark.y2 - mark.y1 for mark in ticks]
    assert [height == max(heights) for height in heights] == lab.shown.mistaken.tolist()
    for at in (3, 1, 0):
        lab._slider.value = at
        assert weights(lab) == after[at]
    press(lab, "s")
    assert (lab.shown.at, len(lab.shown.order)) == (1, 4)
    press(lab, "Enter", place=D + SUM)
    assert lab.shown.order == (0, 3)


def test_points_line_and_arrow_are_dragged(page, make):
    lab = make()

    def drag(key, number, x, y, index=0):
        mark = lab.plane._marks[key]
        page.say(mark, event="drag_start", index=index, point={"x": 0, "y": 0})
        page.say(mark, event="drag", index=index, point={"x": x / 2, "y": y / 2})
        page.say(mark, event="drag_end", index=index, point={"x": x, "y": y})

    drag("zeros", 2, 1.3, -0.7, index=2)
    assert lab.state["points"][2] == [1.25, -0.75]
    drag("w-handle", 0, -1.02, 0.49)
    assert weights(lab) == [-1, 0.5, -0.25]
    drag("line-handle", 0, 0.5, 0.5)
    assert weights(lab) == [-1, 0.5, 0.25]
    assert len(lab._passed) == 4
    press(lab, "u", "u", "u")
    assert lab.state == make().state


def test_the_keyboard_alone_does_the_same(make):
    lab = make()
    press(lab, "ArrowRight", "ArrowDown", place=C + SUM)
    assert lab.state["points"][2] == [1.125, -0.125]
    press(lab, "ArrowUp", place=W1)
    assert weights(lab) == [0.5, 1.125, -0.25]
    press(lab, "ArrowRight", place=BIAS)
    assert weights(lab) == [0.5, 1.125, -0.125]
    press(lab, "2", "-", place=W2)
    assert weights(lab) == [0.5, -2, -0.125]
    press(lab, "Enter", place=A + TARGET)
    assert lab.state["targets"] == [1, 0, 0, 1]
    press(lab, "2", "-", place=D + X2)
    assert lab.state["points"][3] == [1, -2]
    press(lab, "9", place=D + X2)
    assert lab.state["points"][3] == [1, -2]


def test_points_come_and_go(make):
    lab = make()
    press(lab, *"n" * 20)
    assert len(lab.state["points"]) == 12
    assert len({tuple(point) for point in lab.state["points"]}) == 12
    press(lab, *"x" * 20, place=A)
    assert len(lab.state["points"]) == 2
    assert lab.state["focus"] < 2


def test_with_the_bias_folded_the_boundary_passes_through_the_origin(make):
    lab = make(weights=[1, 1, -0.5])
    press(lab, "f")
    marks = seen(lab)
    (origin,) = marks["origin"].at
    assert marks["boundary"].at[0].tolist() == origin.tolist()
    assert marks["w3"].at[0].tolist() == origin.tolist()
    assert sentences(lab)[B + SUM].startswith("Point B: 1×0 + 1×1 − 0.5×1 = 0.5 → 1")
    # Points of the boundary's edge on the sheet, taken back from the sketch, answer 0 as (x1, x2, 1).
    for x, y in marks["cut"].at:
        x2 = (y - 0.5 * 2) / 0.45
        x1 = x - 0.45 * x2
        assert x1 + x2 - 0.5 == pytest.approx(0, abs=1e-9)
    press(lab, "f")
    assert len(lab.plane.figure.marks) == len(lab.drawing().seen)


def test_units_learn_side_by_side_and_one_is_shown(make):
    lab = make("two units")
    lab.run()
    press(lab, *"s" * len(lab.shown.order))
    both = np.array(PRESETS["two units"]["targets"])
    expected = perceptron_run(CORNERS, both)
    assert lab.state["weights"] == [[0, 0], [0, 0], [0, 0]]
    np.testing.assert_array_equal(lab.shown.now, expected.weights[len(lab.shown.order)])
    assert lab.sentence().startswith("D was right") or "of unit 1" in lab.sentence()
    lab._unit.value = 2
    assert weights(lab) == lab.shown.now[:, 1].tolist()
    assert len(seen(lab)["other-0"].at) == 2


def test_controls_are_set_to_what_is_shown(page, make):
    lab = make("XOR", fold=True)
    assert (lab._preset.value, lab._fold.value, lab._slider.max, lab._undo.disabled) == ("XOR", True, 0, True)
    lab._preset.value = "close"
    assert (len(lab.state["points"]), lab._fold.value, lab._undo.disabled) == (10, True, False)
    page.click(lab._step)
    assert (lab._slider.value, lab._slider.max) == (1, 1)
    page.click(lab._reset)
    assert (lab._preset.value, lab._slider.value, lab._slider.max) == ("XOR", 0, 0)
    press(lab, "ArrowUp", place=A)
    assert lab._preset.value is None
    page.click(lab._run)
    assert lab._slider.playing
    press(lab, "z")
    assert not lab._slider.playing


def test_a_bound_is_claimed_for_weights_that_begin_at_0_alone(make):
    tallies = [" ".join(getattr(mark, "words", "") for mark in make(name).scene(900).marks) for name in ("AND", "OR")]
    assert "holds for weights that begin at 0" in tallies[0]
    assert "at most 27 from weights of 0" in tallies[1]


def test_an_arrow_without_room_is_drawn_shorter_and_says_so_and_is_dragged_at_that_length(page, make):
    lab = make("AND", weights=[3, 0, -1])
    assert seen(lab)["w"].at.tolist() == [[0, 0], [1.5, 0]]
    assert lab.drawing().names[0] == "x1 (arrows are drawn 0.5 times as long)"
    mark = lab.plane._marks["w-handle"]
    page.say(mark, event="drag_start", index=0, point={"x": 1.5, "y": 0})
    page.say(mark, event="drag_end", index=0, point={"x": 1.0, "y": 1.0})
    assert weights(lab) == [2, 2, -1]
