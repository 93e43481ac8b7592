import contextlib
import io
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import C3_TABLE, bitmap, lenet5_maps, lenet5_weights
from hcnn_widgets.widgets import LeNet5Lab
from hcnn_widgets.widgets.classroom.lenet5 import lenet_training
from hcnn_widgets.widgets.classroom.lenet5.drawing import levels_of, seen
from hcnn_widgets.widgets.classroom.lenet5.lenet_places import N_PLACES, place_of, spot_of

EMPTY = ["." * 16] * 16


@pytest.fixture
def lab(page, clock, ticker):
    made = LeNet5Lab(clock=clock, ticker=ticker)
    yield made
    made.close()


def press(lab, *keys, place=0):
    for key in keys:
        lab.panel.pressed(place, key)


def words(lab, width=900):
    return [mark.words for mark in all_marks(lab.scene(width)) if hasattr(mark, "words")]


def all_marks(scene):
    def flat(marks):
        for mark in marks:
            yield from flat(mark.marks) if hasattr(mark, "marks") else [mark]

    return list(flat(scene.marks))


def of_place(lab, *spot):
    return lab.scene(900).places[place_of(*spot)]


def test_the_first_view_says_that_it_is_untrained_and_adds_up_to_60_000(lab):
    assert lab.sentence().startswith("Weights drawn at random. Train learns from handwritten digits")
    assert "Untrained. Nearest bitmap:" in lab.sentence()
    assert "156 + 12 + 1,516 + 32 + 48,120 + 10,164" in words(lab)
    assert "= 60,000 weights, 340,908 connections" in words(lab)
    assert "60 × 25 + 16 = 1,516" in words(lab)
    press(lab, "v")
    assert "156 + 2,416 + 48,120 + 10,164 + 850" in words(lab)
    assert any(line.startswith("= 61,706 weights") for line in words(lab))


def test_what_it_shows_is_what_the_network_responds(lab):
    image = seen(levels_of(lab.state["drawing"]))
    maps = lenet5_maps(image, lenet5_weights("published"))
    distances = [float(((maps["F6"].ravel() - bitmap(digit).ravel()) ** 2).sum()) for digit in range(10)]
    shown = [row[-1] for row in lab.scene(900).numbers if row[0] == "output" and row[5] != ""]
    np.testing.assert_allclose(shown, distances)
    best = int(np.argmin(distances))
    assert f"Nearest bitmap: {best}, distance {distances[best]:.1f}" in lab.sentence()
    assert f"squared distance {distances[3]:.1f}" in of_place(lab, "output", 3).sentence


@pytest.mark.no_cover
@pytest.mark.parametrize("number", range(16))
def test_a_map_of_c3_lights_its_inputs_in_s2_and_no_other(lab, number):
    place = of_place(lab, "C3", number)
    lit = [mark.key for mark in place.marks if mark.key.startswith("lit-")]
    assert lit == [f"lit-S2-{each}" for each in C3_TABLE[number]]
    drawn = {mark.key: mark for mark in all_marks(lab.scene(900))}
    for mark in place.marks:
        if mark.key.startswith("lit-"):
            of_s2 = drawn[mark.key.removeprefix("lit-")]
            assert (mark.x, mark.y, mark.width) == (of_s2.x, of_s2.y, of_s2.width)
    assert f"{len(lit)} × 25 + 1 = {25 * len(lit) + 1}" in [row.value for row in place.rows]
    press(lab, "v")
    assert sum(mark.key.startswith("lit-") for mark in of_place(lab, "C3", number).marks) == 6


def test_a_map_of_s2_lights_the_ten_maps_of_c3_that_see_it(lab):
    for number in range(6):
        lit = [mark.key for mark in of_place(lab, "S2", number).marks if mark.key.startswith("lit-C3")]
        assert lit == [f"lit-C3-{kernel}" for kernel, maps in enumerate(C3_TABLE) if number in maps]


def test_a_digit_that_is_pointed_at_has_its_bitmap_beside_f6(lab):
    (wanted,) = [mark for mark in of_place(lab, "output", 4).marks if mark.key == "wanted"]
    (target,) = [mark for mark in all_marks(lab.scene(900)) if mark.key == "target"]
    assert (wanted.x, wanted.y) == (target.x, target.y)
    blue = wanted.image[..., 2] > wanted.image[..., 0]
    np.testing.assert_array_equal(blue, bitmap(4) > 0)


def test_the_pen_inks_a_cell_and_those_on_the_way_and_the_rubber_takes_ink_away(lab):
    press(lab, "n")
    assert lab.state["drawing"] == EMPTY
    assert "The board is empty" in lab.sentence()
    press(lab, "Draw", place=place_of("board", 2, 3))
    press(lab, "Drag", place=place_of("board", 2, 9))
    drawn = levels_of(lab.state["drawing"])
    assert drawn[2].tolist() == [0, 0, 10, *[16] * 7, 10, *[0] * 5]
    press(lab, "e", "Enter", place=place_of("board", 2, 5))
    assert levels_of(lab.state["drawing"])[2].tolist() == [0, 0, 10, 16, 0, 0, 0, 16, 16, 16, 10, *[0] * 5]
    assert lab._rubber.value is True
    press(lab, "u", "u")
    assert lab.state["drawing"] == EMPTY  # a stroke is one step, however far it went


def test_a_click_that_changes_nothing_is_no_step(lab):
    press(lab, "n", "Draw", "Enter", "Drag", place=place_of("board", 5, 5))
    assert len(lab._passed) == 3
    press(lab, "Enter", place=place_of("C3", 5))
    assert len(lab._passed) == 3


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"drawing": ["..", ".."]}, r"`drawing` has rows that cannot be. Accepted are 16 rows of 16 signs"),
        ({"drawing": ["?" * 16] * 16}, "`drawing` has rows that cannot be"),
        ({"drawing": np.zeros((4, 4, 3))}, r"`drawing` is no digit. Accepted .* received \(4, 4, 3\)"),
        ({"drawing": np.broadcast_to(np.uint8(0), (10**5, 10**5))}, "`drawing` is too large.*up to 4096 pixels"),
        ({"drawing": [[np.nan]]}, "`drawing` is no digit"),
        ({"drawing": [[-1, 0]]}, "`drawing` is no digit"),
        ({"drawing": np.zeros((0, 3))}, "`drawing` is no digit"),
        ({"variant": "usual"}, "`variant='usual'` is unknown. Accepted are 'published', 'modern'"),
        ({"seed": -1}, "`seed` is no seed"),
        ({"model": "lenet.keras"}, "`model` is not a published LeNet-5 that has been built. Accepted .* received str"),
    ],
)
def test_what_makes_no_lab_is_refused(options, problem):
    with pytest.raises(ValueError, match=problem):
        LeNet5Lab(**options)


def test_a_misspelt_option_is_refused():
    with pytest.raises(TypeError, match=r"`varient` .*the nearest is 'variant'"):
        LeNet5Lab(varient="modern")


def test_its_state_is_plain_data_that_shows_it_again(lab, clock, ticker):
    press(lab, "v", "Draw", place=place_of("board", 12, 12))
    state = json.loads(json.dumps(lab.state))
    again = LeNet5Lab(state, clock=clock, ticker=ticker)
    assert again.scene(500).plain() == lab.scene(500).plain()
    by_line = eval(lab.line, {"hw": hw})
    assert by_line.state == lab.state
    for other in (again, by_line):
        other.close()


def test_a_press_on_the_page_comes_back_as_a_frame(page, lab, ticker):
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    page.say(lab.panel, kind="press", place=place_of("board", 0, 0), key="Draw")
    ticker.round()
    assert page.frames(lab.panel)[-1]["places"][0]["sentence"] == "Board, row 1, column 1: ink."


def test_controls_follow_and_lead(lab):
    lab._variant.value = "modern"
    assert lab.state["variant"] == "modern"
    press(lab, "v")
    assert lab._variant.value == "published"
    assert (lab._new.disabled, lab._undo.disabled) == (True, False)
    press(lab, "r")
    assert lab._undo.disabled


def test_places_are_a_grid_of_sixteen_columns_and_all_that_is_pointed_at_is_one(lab):
    scene = lab.scene(900)
    assert scene.columns == 16
    assert len(scene.places) == N_PLACES == 16 * 20
    pointed = {mark.place for mark in all_marks(scene) if mark.place is not None}
    assert {spot_of(place) for place in pointed} == {spot_of(place) for place in range(N_PLACES)}
    assert of_place(lab, "S2", 5).sentence == scene.places[16 * 16 + 15].sentence


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [280, 640, 780, 1400])
@pytest.mark.parametrize("variant", ["published", "modern"])
def test_all_marks_stay_within_the_room_at_every_width(page, clock, ticker, width, variant):
    lab = LeNet5Lab(variant=variant, clock=clock, ticker=ticker)
    scene = lab.scene(width)
    for mark in [*all_marks(scene), *(mark for place in scene.places for mark in place.marks)]:
        if hasattr(mark, "width"):
            assert mark.x >= 0
            assert mark.x + mark.width <= width + 0.5, mark.key
            assert mark.y + mark.height <= scene.height, mark.key
    lab.close()


def test_where_height_is_lacking_the_note_is_left_out_first(lab):
    whole, low = lab.scene(960), lab.scene(960, 500)
    assert [mark.key for mark in low.marks] == [mark.key for mark in whole.marks if mark.key != "note"]
    assert whole.height - low.height > 40
    assert lab.scene(960, 2000).height == whole.height


def test_the_still_picture_shows_board_and_maps(lab):
    picture = np.asarray(Image.open(io.BytesIO(lab.picture())).convert("RGB"))
    assert picture.shape[1] == 640
    (seen_mark,) = [mark for mark in all_marks(lab.scene(640)) if mark.key == "seen"]
    inside = picture[int(seen_mark.y) + 2 : int(seen_mark.y + seen_mark.height) - 2, int(seen_mark.x) + 2 :][:, :60]
    assert inside.min() < 20
    assert inside.max() > 150


def test_an_image_of_a_digit_is_one_that_is_not_learnt_from(lab):
    press(lab, "7")
    first = lab.state["drawing"]
    press(lab, "7")
    assert lab.state["drawing"] != first
    learnt, held_out = hw.stimuli.digits().split(0.2)
    blocks = levels_of(first)[::2, ::2] / 16
    assert not (np.abs(learnt.images[..., 0] - blocks).max(axis=(1, 2)) < 1e-6).any()
    same = np.abs(held_out.images[..., 0] - blocks).max(axis=(1, 2)) < 1e-6
    assert set(held_out.labels[same].tolist()) == {"7"}


def test_it_learns_while_it_is_looked_at_and_forgets(lab, ticker):
    lab._train.click()
    assert lab._train.disabled
    assert lab.training.join(120)
    ticker.round()
    lab.look()
    assert lab.panel.notice == ""
    assert not lab.training.going_on
    share = int(re.search(r"Trained\. (\d+)% of 359 other digits right", lab.sentence())[1])
    assert share > 85
    for own, kept in zip(lab.model.network.get_weights(), lab.training.weights, strict=True):
        np.testing.assert_array_equal(own, kept)
    assert not lab._train.disabled
    other = LeNet5Lab(lab.state, model=lab.model)
    assert other.response.order == lab.response.order
    assert other.response.is_trained
    other.close()
    lab._new.click()
    assert "Untrained." in lab.sentence()
    assert lab.model is None


def test_where_keras_is_missing_it_says_so_in_the_panel(lab, monkeypatch):
    def missing(*_):
        raise ModuleNotFoundError("No module named 'keras'")

    monkeypatch.setattr("hcnn_widgets.widgets.classroom.lenet5.lenet_training.lenet_model", missing)
    press(lab, "t")
    lab.training.join(10)
    lab.look()
    assert "Training needs Keras, TensorFlow and scikit-learn." in lab.panel.notice
    assert not lab.training.going_on
    assert "Untrained." in lab.sentence()


def test_where_scikit_learn_is_missing_an_image_is_refused_in_the_panel(lab, monkeypatch):
    def missing():
        raise ModuleNotFoundError("No module named 'sklearn'")

    monkeypatch.setattr(lab._digits, "_load", missing)
    press(lab, "3")
    assert lab.panel.notice.startswith("Images of digits come with scikit-learn. Accepted is a kernel")
    assert len(lab._passed) == 1


@pytest.mark.parametrize("variant", ["published", "modern"])
def test_its_lines_of_code_run_and_give_what_is_shown(variant, clock, ticker):
    lab = LeNet5Lab(variant=variant, clock=clock, ticker=ticker)
    lines = lab.code.replace("epochs=12", "epochs=1")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(lines, {})
    said = [np.array(each.split(), float) for each in re.findall(r"\[(.*?)\]", printed.getvalue(), re.DOTALL)]
    assert [len(each) for each in said] == [10, 10, 10]
    np.testing.assert_allclose(said[0], lab.response.output, atol=6e-4)
    np.testing.assert_allclose(said[1], said[0], atol=2e-3)
    assert np.abs(said[2] - said[1]).max() > 0.01
    lab.close()


def test_while_keras_is_loaded_the_words_say_for_how_long(monkeypatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(lenet_training, "time", SimpleNamespace(monotonic=lambda: clock.now))
    thread = SimpleNamespace(join=lambda timeout: None)
    monkeypatch.setattr(lenet_training, "started", lambda work, name, awaited: thread)
    training = lenet_training.LeNetTraining("modern", 0)
    training.begin()
    clock.now = 107.2
    assert training.words() == "Making ready to train: Keras, digits, network… 7 s"
