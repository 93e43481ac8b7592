"""What a convolution lab takes, and what it refuses."""

import numpy as np
import pytest

from hcnn_widgets.widgets import ConvolutionLab


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.float32])
def test_arrays_of_every_kind_of_number_are_taken(make_lab, kind):
    lab = make_lab("ConvolutionLab", np.arange(9, dtype=kind).reshape(3, 3), np.array([[0, 1], [2, 3]], kind))
    assert [row[3] for row in lab.scene(640).numbers if row[0] == "output"] == [19, 25, 37, 43]


def test_an_image_of_ones_own_is_made_grey_and_small_and_said_to_be(make_lab):
    image = np.zeros((128, 256, 3), np.uint8)
    image[:, 128:] = (255, 0, 0)
    lab = make_lab("ConvolutionLab", image)
    shown = np.array(lab.state["image"])
    assert shown.shape == (32, 64)
    assert (shown[:, :32] == 0).all()
    assert (shown[:, 32:] == 76).all()  # 0.299 of 255
    assert lab.state["source"] == "The image that was given: grey, 128 x 256 pixels made 32 x 64."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"image": np.ones((3, 3, 1, 1))},
            r"`image` must be finite numbers in cells. Accepted .* received \(3, 3, 1, 1",
        ),
        (
            {"image": np.ones((3, 3, 4))},
            r"`image` has too many channels to be shown. Accepted are 1 to 3; received \(3",
        ),
        ({"image": [["a"]]}, "`image` must be numbers"),
        ({"kernel": [[np.nan]]}, "`kernel` must be finite numbers in cells"),
        ({"kernel": np.ones((12, 1))}, r"`kernel` must be .* up to 11 x 11, .*; received \(12, 1\)"),
        ({"kernel": np.ones((2, 2, 2))}, r"`kernel` must be .* \(height, width, 1\), as the image has channels"),
        ({"kernel": np.ones((4, 4))}, "`padding` leaves no place for a window"),
        (
            {"padding": "ful"},
            "`padding='ful'` is unknown. Accepted are 'valid', 'same', 'full', 'reflect', .*; the nearest is 'full'",
        ),
        ({"padding": 9}, "`padding` is no padding. Accepted are .* a whole number from 0 to 8; received 9"),
        ({"stride": 0}, "`stride` is no count"),
        ({"dilation": 9}, "`dilation` is too large. Accepted are 1 to 8; received 9"),
        ({"bias": [1, 2]}, "`bias` is no finite number"),
        ({"view": "product"}, "`view='product'` is unknown. Accepted are 'sum', 'matrix', 'windows'"),
        ({"turned": 1}, "`turned` is neither True nor False"),
        (
            {"image": [[1e308, 1e308], [1e308, -1e308]]},
            r"`image` must be .* no number beyond 1e\+09; received \(2, 2\)",
        ),
        ({"kernel": [[1e10]]}, r"`kernel` must be .* no number beyond 1e\+09; received \(1, 1\)"),
        ({"turned": [True]}, "`turned` is neither True nor False. Accepted are these two; received list"),
        ({"source": 3}, "`source` is no text. Accepted is a str; received int"),
        ({"answers": [["a", 1], [1, 1]]}, "`answers` holds what is no number. Accepted are numbers, .* received 'a'"),
        ({"answers": 5}, r"`answers` must have the shape of the output. Accepted is \(2, 2\), .* received \(\)"),
        ({"answers": [[1, 2], [3]]}, r"`answers`"),
        ({"predict": True, "answers": [[1]]}, r"`answers` must have the shape of the output. Accepted is \(2, 2\)"),
        ({"focus": ("output", 2, 0)}, "`focus` is no cell. .* received"),
        ({"focus": "output"}, "`focus` is no cell"),
        ({"strides": 1}, "`strides` is no argument of ConvolutionLab.* the nearest is 'stride'"),
    ],
)
def test_what_is_no_convolution_is_refused(changes, words):
    with pytest.raises((TypeError, ValueError), match=words):
        ConvolutionLab(**changes)


def test_no_zeros_on_any_side_is_valid_padding():
    assert ConvolutionLab(padding=0).state["padding"] == "valid"
