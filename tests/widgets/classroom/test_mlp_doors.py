"""What a lab of layers is given: tables, arrays of any kind, and what it refuses."""

import io

import numpy as np
import pandas
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import CORNERS
from hcnn_widgets.widgets import MlpLab

OUTPUTS = [0, 1, 1, 0]


def test_points_come_from_two_columns_of_a_table(make_mlp):
    table = pandas.DataFrame({"height": [0.5, 1.5, -1.0], "weight": [2, 1, 0], "kind": [0, 1, 1]})
    lab = make_mlp(points=table[["height", "weight"]], targets=table["kind"], hidden=3)
    assert lab.state["points"] == [[0.5, 2], [1.5, 1], [-1, 0]]
    assert lab.state["targets"] == [0, 1, 1]
    assert (lab.state["units"], np.shape(lab.state["weights"][0])) == ("tanh", (3, 3))


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, bool])
def test_bytes_whole_numbers_and_truths_are_points_and_targets(make_mlp, dtype):
    lab = make_mlp(points=np.array(CORNERS, np.uint8), targets=np.array(OUTPUTS, dtype))
    assert (lab.state["points"], lab.state["targets"]) == ([list(corner) for corner in CORNERS], OUTPUTS)


@pytest.mark.parametrize("preset", ["XOR", "spiral"])
def test_a_copied_line_makes_the_same_lab(make_mlp, preset):
    lab = make_mlp(preset)
    assert lab.line.startswith("hw.widgets.MlpLab(points=[[")
    copied = eval(lab.line, {"hw": hw})
    assert copied.state == lab.state
    copied.close()


def test_the_still_picture_shows_both_planes_and_the_network_below_them(make_mlp):
    picture = np.asarray(Image.open(io.BytesIO(make_mlp().picture())).convert("RGB")).astype(int)
    assert picture.shape[1] == 616
    for part in (picture[:308, :308], picture[:308, 308:]):
        assert (part[..., 2] - part[..., 0] > 30).sum() > 500  # what is answered 1 is blue
        assert (part[..., 0] - part[..., 1] > 30).sum() > 500  # what is answered 0 is purple
    assert picture[320:].min() < 60


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"preset": "NAND"}, "`preset='NAND'` is unknown"),
        ({"points": [[0, 0]], "targets": [0]}, r"`points` must be points of a plane. .* received \(1, 2\)"),
        ({"points": [[0, 0, 0]] * 3, "targets": [0, 1, 0]}, "`points` must be points of a plane"),
        ({"points": [[0, 0], [np.nan, 1]], "targets": [0, 1]}, "`points` must be points of a plane"),
        ({"points": [[0, 0], [2000, 1]], "targets": [0, 1]}, "farther than 1000 from 0"),
        ({"points": CORNERS, "targets": [0, 1, 2, 1]}, "`targets` must be 0 or 1"),
        ({"points": CORNERS, "targets": [0, 1, 1]}, r"`targets` must be 0 or 1 .* received \(3,\)"),
        ({"points": CORNERS}, "`targets`"),
        ({"weights": [[[1], [1], [0]], [[1], [0]]]}, r"2 to 8 units each; received layers of \(1,\)"),
        ({"weights": [np.ones((3, 2)), np.ones((2, 1))]}, r"layer 2 do not fit"),
        ({"weights": [np.full((3, 2), np.nan), np.ones((3, 1))]}, "`weights` must be finite"),
        ({"hidden": 9}, r"received layers of \(9,\)"),
        ({"hidden": 10**12}, r"received layers of \(1000000000000,\)"),
        ({"hidden": (2, 2, 2)}, r"received layers of \(2, 2, 2\)"),
        ({"hidden": ()}, r"received layers of \(\)"),
        ({"hidden": "4"}, "`hidden` must be units of hidden layers, .* received '4'"),
        ({"units": "gelu"}, "`units='gelu'` is unknown"),
        ({"optimizer": "adamw"}, "`optimizer='adamw'` is unknown"),
        ({"focus": 4}, "`focus` is not there. Accepted is 0 to 3; received 4"),
        ({"unit": 3}, "`unit` is not there. Accepted is 0 to 2; received 3"),
        ({"axes": (0, 0)}, "`axes` must be two units of the last hidden layer. Accepted are 0 to 1"),
        ({"axes": (0, 2)}, "`axes` must be two units"),
        ({"axes": 1}, "`axes` must be two units"),
        ({"rate": 0}, "`rate` is no learning rate"),
        ({"seed": None}, "`seed` is no seed"),
        ({"unit_kind": "step"}, "`unit_kind` is no argument of MlpLab.* the nearest is 'unit"),
    ],
)
def test_what_is_no_network_of_a_plane_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        MlpLab(**options)
