import contextlib
import io
import json

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import CORNERS
from hcnn_widgets.widgets import PerceptronLab
from hcnn_widgets.widgets.classroom.perceptron.perceptron_given import PRESETS

COLUMNS = 4
B_SUM = 2 * COLUMNS + 3


@pytest.fixture
def make(make_perceptron):
    return make_perceptron


@pytest.fixture
def press(press_keys):
    return press_keys


@pytest.mark.no_cover
@pytest.mark.parametrize("preset", PRESETS)
def test_a_state_and_a_copied_line_show_the_same(make, preset, press):
    lab = make(preset)
    press(lab, *"sss", "f", "b")
    state = json.loads(json.dumps(lab.state))
    again = make(state)
    assert again.state == lab.state
    assert again.scene(520).plain() == lab.scene(520).plain()
    copied = eval(lab.line, {"hw": hw})
    assert copied.state == lab.state
    copied.close()


@pytest.mark.parametrize("keys", ["", "sss", "sssssssssb"])
def test_the_lines_of_code_run_and_print_the_weights_and_answers_that_are_shown(make, keys, press):
    lab = make("AND")
    press(lab, *keys)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    first, numpy_answers, keras_answers = out.getvalue().splitlines()
    numbers = [float(word) for word in first.replace("[", " ").replace("]", " ").split()]
    assert numbers == lab.shown.w.tolist()
    assert numpy_answers == keras_answers == str(lab.shown.outputs)


def test_a_learning_rate_of_its_own_is_in_the_lines(make, press):
    lab = make("OR", eta=0.5)
    press(lab, *"ss")
    assert "0.5 * (targets[n] - output)" in lab.code
    assert lab.shown.w.tolist() == [0, 0.5, 0.5]


def test_the_sentence_is_said_when_it_changes_and_by_those_who_hear(page, make, ticker):
    lab = make()
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    page.say(lab.panel, kind="press", place=B_SUM, key="Enter")
    ticker.round()
    header = page.frames(lab.panel)[-1]
    assert header["said"] == lab.sentence()
    assert header["label"].startswith(lab.sentence())


def test_rows_and_cells_are_a_grid_of_which_every_cell_is_a_place(make):
    scene = make("far apart").scene(400)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"]
    cells = [cell.place for row in rows for cell in row.marks if getattr(cell, "part", "") == "gridcell"]
    assert cells == list(range(len(scene.places))) == list(range(11 * COLUMNS))


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [280, 460, 1200])
@pytest.mark.parametrize("preset", ["AND", "close", "two units"])
def test_what_is_drawn_has_room(make, width, preset, press):
    lab = make(preset)
    press(lab, *"s" * 30)
    scene = lab.scene(width)
    for mark in drawn(scene.marks):
        x = getattr(mark, "x", getattr(mark, "x1", 0))
        assert 0 <= x <= width
        assert getattr(mark, "y", getattr(mark, "y1", 0)) <= scene.height


def drawn(marks):
    """Return all marks, those in groups too."""
    return [each for mark in marks for each in (drawn(mark.marks) if hasattr(mark, "marks") else [mark])]


def test_the_still_picture_shows_plane_and_table(make):
    lab = make()
    picture = np.asarray(Image.open(io.BytesIO(lab.picture())).convert("RGB")).astype(int)
    assert picture.shape[1] == 384 + 520
    plane, table = picture[:, :384], picture[:, 384:]
    blue = (plane[..., 2] - plane[..., 0] > 60).sum()
    assert blue > 100  # the point that is to be 1
    assert table.min() < 60


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"preset": "NAND"}, "`preset='NAND'` is unknown"),
        ({"points": [[0, 0]], "targets": [0]}, r"`points` must be points of a plane. .* received \(1, 2\)"),
        ({"points": [[0, 0, 0]] * 3, "targets": [0, 1, 0]}, r"`points` must be points of a plane"),
        ({"points": [[0, 0]] * 13, "targets": [0] * 13}, "2 to 12 points"),
        (
            {"points": [[0, 0], [1, np.inf]], "targets": [0, 1]},
            "`targets` must be 0 or 1 for each of the finite points",
        ),
        ({"points": CORNERS, "targets": [0, 1, 2, 1]}, "`targets` must be 0 or 1"),
        ({"points": CORNERS, "targets": [0, 1, 1]}, "`targets` must be 0 or 1"),
        ({"weights": [1, 2]}, "`weights` must be one an input"),
        ({"weights": [1, 2, np.nan]}, "`weights` must be finite"),
        ({"points": CORNERS, "targets": np.zeros((4, 5))}, "of 1 to 4 units"),
        ({"order": [0, 4]}, r"`order` must be rows of points. .* below 4; received \[0, 4\]"),
        ({"order": [0, 1], "at": 3}, "`at` is not there. Accepted is 0 to 2; received 3"),
        ({"order": 5}, r"`order` must be rows of points. .* received \[5\]"),
        ({"focus": 4}, "`focus` is not there"),
        ({"unit": None}, "`unit` is not there. Accepted is 0 to 0; received None"),
        ({"fold": "no"}, "`fold` is neither True nor False. Accepted are these two; received str"),
        ({"shuffle": np.zeros(3)}, "`shuffle` is neither True nor False"),
        ({"unit": 1}, "`unit` is not there. Accepted is 0 to 0; received 1"),
        ({"eta": 0}, "`eta` is no learning rate"),
        ({"seed": None}, "`seed` is no seed"),
        ({"target": [0, 1]}, "`target` is no argument of PerceptronLab.* the nearest is 'targets'"),
    ],
)
def test_what_is_no_perceptron_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        PerceptronLab(**options)
