import contextlib
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import POOLINGS
from hcnn_widgets.classroom.pooling import Pooling
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets import PoolingLab
from hcnn_widgets.widgets.scene.marks import Group, Line, Pixels, Rect, Text

FIRST = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
COLUMNS, OUTPUT = 4 + 2, 4


@pytest.fixture
def make(make_lab):
    return lambda *given, **options: make_lab("PoolingLab", *given, **options)


@pytest.fixture
def lab(make):
    return make()


def board(lab, name):
    rows = [row for row in lab.scene(640).numbers if row[0] == name]
    shape = tuple(max(row[side] for row in rows) + 1 for side in (1, 2))
    return np.array([row[3] for row in rows]).reshape(shape)


def sentences(lab):
    return [place.sentence for place in lab.scene(640).places]


def marks_of(marks):
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from marks_of(mark.marks)


def controls_of(lab):
    return {getattr(each, "description", ""): each for each in lab.controls.children}


def test_the_first_view_takes_the_largest_of_each_window(lab):
    assert board(lab, "output").tolist() == [[6, 8], [3, 4]]
    assert sentences(lab)[OUTPUT] == "Output, row 1, column 1: max(1, 1, 5, 6) = 6. The winner: row 2, column 2."
    assert sentences(lab)[COLUMNS + 1] == "Image, row 2, column 2: 6. It wins in 1 window."
    assert lab.sentence() == "Max pooling of 4×4 pixels in 2×2 windows, stride 2, padding valid: 2×2 outputs."


def test_winners_have_a_ring_and_the_output_in_front_is_linked_with_its_own(lab):
    scene = lab.scene(640)
    (winners,) = [mark for mark in scene.marks if mark.key == "winners"]
    assert [mark.key for mark in winners.marks] == ["won-1-1", "won-1-3", "won-2-0", "won-3-3"]
    (link,) = [mark for mark in scene.places[scene.rest].marks if isinstance(mark, Line)]
    ring = winners.marks[0]
    assert ring.x < link.x1 < ring.x + ring.width + 8
    assert ring.y < link.y1 < ring.y + ring.height


@pytest.mark.parametrize("kind", ["max", "mean"])
@pytest.mark.parametrize(
    ("size", "stride", "padding"), [(2, 2, "valid"), (3, 1, "same"), (3, 2, "same"), (2, 1, "valid")]
)
def test_the_pooled_map_is_that_of_keras(make, kind, size, stride, padding):
    layer = {"max": keras.layers.MaxPooling2D, "mean": keras.layers.AveragePooling2D}[kind](size, stride, padding)
    expected = keras.ops.convert_to_numpy(layer(FIRST[None, :, :, None].astype("float32")))[0, :, :, 0]
    np.testing.assert_allclose(board(make(FIRST, kind, size, stride, padding), "output"), expected, rtol=1e-6)


def test_means_and_powers_are_written_out(make, press_keys):
    lab = make(kind="mean")
    assert sentences(lab)[OUTPUT].endswith("(1 + 1 + 5 + 6) / 4 = 3.25.")
    press_keys(lab, "k")
    assert "((|1|^2 + |1|^2 + |5|^2 + |6|^2) / 4)^(1/2) = 3.96863." in sentences(lab)[OUTPUT]
    controls_of(lab)["p"].value = 1
    assert board(lab, "output")[0, 0] == pytest.approx(3.25)


def test_at_the_edge_a_window_has_the_pixels_that_it_sees_and_no_padding(make):
    lab = make(kind="mean", size=3, padding="same")
    assert sentences(lab)[COLUMNS + OUTPUT + 1].endswith("(1 + 0 + 3 + 4) / 4 = 2.")
    assert board(lab, "output")[1, 1] == 2


def test_a_shift_marks_what_has_changed_and_compares_with_other_poolings(make):
    lab = make([[1, 9, 0, 0], [0, 0, 0, 0], [5, 5, 5, 5], [5, 5, 5, 5]], view="shift")
    assert board(lab, "shifted image")[0].tolist() == [1, 1, 9, 0]
    assert board(lab, "its output").tolist() == [[1, 9], [5, 5]]
    scene = lab.scene(900)
    (changed,) = [mark for mark in scene.marks if mark.key == "its output"]
    fills = [mark.fill for mark in changed.marks if mark.key.startswith("cell")]
    assert fills[0] == fills[1] != fills[2] == fills[3]
    (bars,) = [mark for mark in scene.marks if mark.key == "shares"]
    words = {mark.key: mark.words for mark in bars.marks if isinstance(mark, Text)}
    assert words["share-max"] == words["share-mean"] == "50%"
    assert words["share-none"] == "88%"  # 14 of 16
    assert "50% of its outputs stay as they are, and 88% of the pixels" in scene.said


def test_the_gradient_goes_to_winners_alone_or_is_spread(lab):
    (views,) = [control for control in lab.controls.children if type(control).__name__ == "ToggleButtons"]
    views.value = "gradient"
    assert board(lab, "gradient").tolist() == [[0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1]]
    assert "reaches 4 of 16 pixels" in lab.sentence()
    controls_of(lab)["Pooling"].value = "mean"
    assert (board(lab, "gradient") == 0.25).all()
    assert "spread over the window" in sentences(lab)[OUTPUT]


def test_switches_are_kept_by_a_pooling_that_has_winners(make, press_keys):
    lab = make(kind="mean", view="unpool")
    assert (lab.state["kind"], lab.state["view"]) == ("max", "unpool")
    assert board(lab, "unpooled").tolist() == [[0, 0, 0, 0], [0, 6, 0, 8], [3, 0, 0, 0], [0, 0, 0, 4]]
    press_keys(lab, "k")
    assert (lab.state["kind"], lab.state["view"]) == ("mean", "pooled")


def test_keys_menus_and_the_player_do_the_same(lab, press_keys):
    press_keys(lab, "w", "s", "p", "v")
    assert [lab.state[name] for name in ("size", "stride", "padding", "view")] == [3, 3, "same", "shift"]
    controls = controls_of(lab)
    assert [controls[name].value for name in ("Window", "Stride", "Padding")] == [3, 3, "same"]
    lab.reset()
    press_keys(lab, " ")  # from a pixel to the first output
    press_keys(lab, " ", place=OUTPUT + 1)
    assert lab.state["focus"] == ["output", 1, 0]
    (player,) = [control for control in lab.controls.children if type(control).__name__ == "Slider"]
    player.value = 3
    assert lab.state["focus"] == ["output", 1, 1]
    controls["Image"].value = "photograph"
    assert np.shape(lab.state["image"]) == (32, 48)
    assert len(lab._passed) == 2


def test_numbers_are_typed_and_taken_back(lab, press_keys):
    press_keys(lab, *"10.5")
    press_keys(lab, "7", place=OUTPUT)
    assert board(lab, "output").tolist() == [[10.5, 8], [3, 4]]
    press_keys(lab, "Enter", place=1)
    controls_of(lab)["Cell"].value = 20
    assert board(lab, "output")[0, 0] == 20
    lab.undo()
    lab.undo()
    assert board(lab, "output")[0, 0] == 6


def test_what_does_not_fit_is_said_and_changes_nothing(make):
    lab = make([[1, 2], [3, 4]])
    controls_of(lab)["Window"].value = 3
    assert (lab.state["size"], controls_of(lab)["Window"].value) == (2, 2)
    assert lab.panel.notice.startswith("`padding` leaves no place for a window.")


def test_its_state_and_its_line_show_it_again(make, press_keys):
    lab = make(FIRST + 0.5, "lp", 3, 1, p=3, source="Drawn by hand.")
    press_keys(lab, "v", " ")
    again = make(json.loads(json.dumps(lab.state)))
    assert again.scene(500).plain() == lab.scene(500).plain()
    assert eval(lab.line, {"hw": hw}).state == lab.state


def test_a_new_pooling_is_in_the_menu_and_in_the_bars(monkeypatch, make):
    entry = Pooling(lambda seen, inside, p: seen[:, :, 0, 0], lambda seen, inside, p: seen * 0, "the first")
    monkeypatch.setitem(POOLINGS, "first", entry)
    lab = make(kind="first", view="shift")
    assert "first" in controls_of(lab)["Pooling"].options
    assert any(sentence.endswith("the first of 1, 1, 5, 6 = 1.") for sentence in sentences(lab))
    assert "keras" not in lab.code
    assert "share-first" in {mark.key for mark in marks_of(lab.scene(640).marks)}


CHOICES = [
    {},
    {"kind": "mean", "size": 3, "stride": 1, "padding": "same"},
    {"kind": "lp", "p": 3, "view": "gradient"},
    {"size": 3, "stride": 2, "padding": "same", "view": "gradient"},
    {"kind": "mean", "view": "gradient"},
    {"view": "unpool"},
]


@pytest.mark.parametrize("choices", CHOICES, ids=range(len(CHOICES)))
def test_the_lines_of_code_run_and_print_what_is_shown(make, choices):
    if choices.get("view") in ("gradient", "unpool"):
        pytest.importorskip("tensorflow")
    lab = make(np.random.default_rng(0).permutation(30).reshape(5, 6) - 12.0, **choices)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    printed = [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", out.getvalue())]
    pooled, (*_, last) = board(lab, "output").ravel(), lab.shown.boards
    assert printed == pytest.approx(
        [*pooled, *pooled, *(board(lab, last).ravel() if last != "output" else [])], rel=1e-5
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [280, 640, 1200])
@pytest.mark.parametrize("view", ["pooled", "shift", "gradient", "unpool"])
@pytest.mark.parametrize("side", [4, 16])
def test_cells_and_words_stay_within_the_room_at_every_size(make, width, view, side):
    scene = make(np.full((side, side), -123.456), size=3, stride=2, padding="same", view=view).scene(width)
    marks = [*marks_of(scene.marks), *(mark for place in scene.places for mark in marks_of(place.marks))]
    boxes = [mark for mark in marks if isinstance(mark, (Rect, Text))]
    assert all(mark.x >= 0 and mark.x + getattr(mark, "width", 0) <= width for mark in boxes)
    assert all(mark.y + getattr(mark, "height", 0) <= scene.height for mark in boxes)


def test_a_photograph_is_drawn_as_pixels_and_the_picture_shows_it(make):
    lab = make(np.arange(64 * 48, dtype=np.uint8).reshape(64, 48), view="unpool")
    images = [mark.image for mark in marks_of(lab.scene(640).marks) if isinstance(mark, Pixels)]
    assert [image.shape for image in images] == [(64, 48), (32, 24), (64, 48)]
    picture = np.asarray(Image.open(io.BytesIO(lab.picture())).convert("L"))
    assert picture.shape[1] == 640


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image": np.ones(3)}, r"`image` must be finite numbers in cells. Accepted .* received \(3,\)"),
        ({"image": [[np.inf]]}, "`image` must be finite numbers"),
        ({"kind": "maximum"}, "`kind='maximum'` is unknown. Accepted are 'max', 'mean', 'lp'"),
        ({"size": 0}, "`size` is no count"),
        ({"stride": 9}, "`stride` is too large. Accepted are 1 to 8; received 9"),
        ({"size": 5}, "`padding` leaves no place for a window"),
        ({"padding": "full"}, "`padding='full'` is unknown. Accepted are 'valid', 'same'"),
        ({"p": 0.5}, "`p` is no exponent. Accepted is a number of 1 or more; received 0.5"),
        ({"view": "shifted"}, "`view='shifted'` is unknown"),
        ({"focus": ("unpooled", 0, 0)}, "`focus` is no cell. Accepted is .* one of image, output, within"),
        ({"strides": 1}, "`strides` is no argument of PoolingLab.* the nearest is 'stride'"),
    ],
)
def test_what_is_no_pooling_is_refused(changes, words):
    with pytest.raises((TypeError, ValueError), match=words):
        PoolingLab(**changes)
