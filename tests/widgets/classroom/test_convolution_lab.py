import json

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from scipy.signal import convolve2d, correlate2d

import hcnn_widgets as hw
from hcnn_widgets.classroom import FAMOUS_KERNELS

COLUMNS = 3 + 2 + 2
"""A pixel in row r and column c is place r * COLUMNS + c; the kernel's and output's follow."""
CORNER, KERNEL, OUTPUT = 0, 3, 5
NINE, SLIDE = np.arange(9).reshape(3, 3), np.array([[0, 1], [2, 3]])


@pytest.fixture
def make(make_lab):
    return lambda *given, **options: make_lab("ConvolutionLab", *given, **options)


@pytest.fixture
def lab(make):
    return make()


def sentences(lab):
    return [place.sentence for place in lab.scene(640).places]


def output(lab):
    rows = [row for row in lab.scene(640).numbers if row[0] == "output"]
    shape = tuple(max(row[side] for row in rows) + 1 for side in (1, 2))
    return np.array([row[3] for row in rows], dtype=object).reshape(shape)


def test_the_first_view_is_the_slide(lab):
    assert output(lab).tolist() == [[19, 25], [37, 43]]
    assert sentences(lab)[OUTPUT] == "Output, row 1, column 1: 0×0 + 1×1 + 3×2 + 4×3 = 19"
    assert sentences(lab)[COLUMNS + 1] == "Image, row 2, column 2: 4. 4 windows see it."
    assert sentences(lab)[CORNER] == "Image, row 1, column 1: 0. 1 window sees it."
    assert sentences(lab)[COLUMNS + KERNEL].startswith("Kernel, row 2, column 1: 2. It meets one pixel of every window")
    assert lab.sentence() == (
        "Cross-correlation of 3×3 pixels with a kernel of 2×2: padding valid, stride 1, output 2×2."
    )


def test_numbers_of_several_digits_with_a_point_and_a_sign_are_typed(page, lab, ticker):
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    for key in "-12.5":
        page.say(lab.panel, kind="press", place=COLUMNS + KERNEL + 1, key=key)
    ticker.round()
    assert page.frames(lab.panel)[-1]["places"][OUTPUT]["sentence"].endswith("3×2 + 4×(−12.5) = −43")
    image, kernel = NINE.astype(float), np.array([[0, 1], [2, -12.5]])
    assert output(lab).tolist() == correlate2d(image, kernel, "valid").tolist()
    page.say(lab.panel, kind="press", place=COLUMNS + KERNEL + 1, key="Backspace")
    assert lab.state["kernel"][1][1] == -12
    lab.undo()
    assert lab.state["kernel"][1][1] == 3
    page.say(lab.panel, kind="press", place=OUTPUT, key="5")
    assert lab.state["kernel"][1][1] == 3


def test_a_cell_that_is_walked_to_begins_a_new_number(lab, press_keys):
    press_keys(lab, "4", "2")
    press_keys(lab, "7", place=1)
    press_keys(lab, "8")
    assert lab.state["image"][0] == [8, 7, 2]
    press_keys(lab, "-")
    assert lab.state["image"][0][0] == -8
    press_keys(lab, "Enter", "-")
    assert lab.state["image"][0][0] == 8
    assert sentences(lab)[CORNER].startswith("Image, row 1, column 1: 8.")


def test_padding_stride_dilation_and_a_turned_kernel_are_a_key_away(lab, press_keys):
    press_keys(lab, "p")
    assert output(lab).tolist() == [[19, 25, 10], [37, 43, 16], [7, 8, 0]]
    press_keys(lab, "s")
    assert output(lab).tolist() == [[19, 10], [7, 0]]
    press_keys(lab, "s", "s", "s", "p")
    assert output(lab).tolist() == correlate2d(NINE, SLIDE, "full").tolist()
    press_keys(lab, "r", "f")
    assert output(lab).tolist() == convolve2d(NINE, SLIDE, "valid").tolist() == [[5, 11], [23, 29]]
    assert sentences(lab)[OUTPUT].endswith("0×3 + 1×2 + 3×1 + 4×0 = 5")
    press_keys(lab, "r", "d")
    assert output(lab).tolist() == [[0 * 0 + 2 * 1 + 6 * 2 + 8 * 3]]


def test_a_cell_of_a_turned_kernel_is_the_one_that_is_seen(lab, press_keys):
    press_keys(lab, "f")
    press_keys(lab, "9", place=KERNEL)
    assert lab.state["kernel"] == [[0, 1], [2, 9]]


def test_channels_stand_below_one_another_and_are_summed(make, press_keys):
    image, kernel = np.stack([NINE, NINE + 1], -1), np.stack([SLIDE, SLIDE + 1], -1)
    lab = make(image, kernel, bias=0.5)
    channels = [correlate2d(image[..., n], kernel[..., n], "valid") for n in (0, 1)]
    assert output(lab).tolist() == (sum(channels) + 0.5).tolist()
    assert sentences(lab)[4 * COLUMNS].startswith("Image, channel 2, row 2, column 1: 4.")
    assert sentences(lab)[OUTPUT].startswith("Output, row 1, column 1: 0×0 + 1×1 + 1×1 + 2×2 + ")
    assert sentences(lab)[OUTPUT].endswith(" + 0.5 = 56.5")
    press_keys(lab, "1", "0", place=4 * COLUMNS)
    assert lab.state["image"][1][0] == [3, 10]
    (one,) = [control for control in lab.controls.children if getattr(control, "description", "") == "Channels"]
    one.value = 3
    assert np.shape(lab.state["image"]) == (3, 3, 3)
    assert output(lab)[0, 0] == pytest.approx(output(make(np.array(lab.state["image"]), np.array(lab.state["kernel"]),
                                                          bias=0.5))[0, 0])  # fmt: skip
    one.value = 1
    assert np.shape(lab.state["kernel"]) == (2, 2)


def test_changes_are_taken_back_one_by_one_or_all_at_once(lab, press_keys):
    start = lab.state
    press_keys(lab, "9", "p", "u")
    assert lab.state["padding"] == "valid"
    assert lab.state["image"][0][0] == 9
    press_keys(lab, "s", "f", "r")
    assert lab.state == {**start, "focus": lab.state["focus"]}
    press_keys(lab, "u")
    assert lab.state["image"] == start["image"]


def test_space_on_a_pixel_moves_the_window_on_from_where_it_is(lab, press_keys):
    press_keys(lab, " ", place=CORNER)
    assert lab.state["focus"] == ["output", 0, 1]
    press_keys(lab, " ", place=CORNER)
    assert lab.state["focus"] == ["output", 1, 0]


def test_space_and_the_player_walk_the_outputs_and_are_no_change(lab, press_keys):
    seen = [lab.state["focus"]]
    for place in (OUTPUT, OUTPUT + 1, COLUMNS + OUTPUT, COLUMNS + OUTPUT + 1):
        press_keys(lab, " ", place=place)
        seen.append(lab.state["focus"])
    assert seen == [["output", row, column] for row, column in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 0))]
    (player,) = [control for control in lab.controls.children if type(control).__name__ == "Slider"]
    player.value = 3
    assert lab.state["focus"] == ["output", 1, 1]
    assert lab.scene(640).rest == COLUMNS + OUTPUT + 1
    assert len(lab._passed) == 1


def test_outputs_to_be_predicted_are_hidden_until_they_are_typed(lab, press_keys):
    press_keys(lab, "g")
    assert output(lab).tolist() == [[None, None], [None, None]]
    assert sentences(lab)[OUTPUT] == "Output, row 1, column 1: 0×0 + 1×1 + 3×2 + 4×3 = ? Type what it will be."
    press_keys(lab, "1", "9", place=OUTPUT)
    assert output(lab).tolist() == [[19, None], [None, None]]
    assert sentences(lab)[OUTPUT].endswith("= 19 ✓ right.")
    press_keys(lab, "7", place=OUTPUT + 1)
    assert lab.sentence().endswith("Predict first: 1 right, 0 wrong, 3 to go.")
    assert sentences(lab)[OUTPUT + 1].endswith("= ? 7: Enter takes it.")
    press_keys(lab, "Enter", place=OUTPUT + 1)
    assert lab.sentence().endswith("Predict first: 1 right, 1 wrong, 2 to go.")
    assert not any("37" in sentence or "43" in sentence for sentence in sentences(lab))
    for keys, place in (("25", OUTPUT + 1), ("37", COLUMNS + OUTPUT), ("43", COLUMNS + OUTPUT + 1)):
        press_keys(lab, "Enter", *keys, place=place)
    assert lab.sentence().endswith("All are predicted right.")
    press_keys(lab, "p")
    assert lab.state["answers"] == [[None] * 3] * 3


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("6", "6 is not it: it is the sum with the kernel turned by 180 degrees."),
        ("18", "18 is not it: it is the sum with rows and columns of the kernel exchanged."),
        ("19", "19 is not it: the bias is forgotten."),
        ("3", "3 is not it."),
    ],
)
def test_a_wrong_prediction_is_told_its_likely_mistake(make, press_keys, answer, words):
    lab = make(bias=1, predict=True)
    press_keys(lab, *answer, "Enter", place=OUTPUT)
    assert sentences(lab)[OUTPUT].endswith(words)


def test_what_does_not_fit_is_said_and_changes_nothing(make, press_keys):
    lab = make([[1, 2]], np.ones((2, 2)), "same")
    press_keys(lab, *"ppppppp")
    assert (lab.state["padding"], lab.panel.notice) == ("same", "")  # "valid" is passed over
    controls = {getattr(control, "description", ""): control for control in lab.controls.children}
    controls["Padding"].value = "valid"
    assert (controls["Padding"].value, lab.state["padding"]) == ("same", "same")
    assert lab.panel.notice.startswith("`padding` leaves no place for a window.")


def test_its_state_and_its_line_show_it_again(make, press_keys):
    lab = make(np.stack([NINE, NINE + 1], -1), SLIDE, bias=-0.5, source="Drawn by hand.")
    press_keys(lab, "9", "p", "s", "d", "f", "v", "g")
    press_keys(lab, "4", "Enter", place=OUTPUT + 1)
    again = make(json.loads(json.dumps(lab.state)))
    assert again.scene(500).plain() == lab.scene(500).plain()
    assert eval(lab.line, {"hw": hw}).state == lab.state


def test_controls_do_what_keys_do_and_follow_them(lab, press_keys):
    controls = {getattr(each, "description", ""): each for each in lab.controls.children}
    press_keys(lab, "p", "s", "d", "f", "v", "g")
    assert [controls[name].value for name in ("Padding", "Stride", "Dilation", "Turn the kernel", "Predict first")] == [
        "same", 2, 2, True, True,
    ]  # fmt: skip
    assert controls["Show"].value == "one product of matrices"
    controls["Reset"].click()
    controls["Padding"].value = "same"
    controls["Bias"].value = 2.5
    assert output(lab).tolist() == [[21.5, 27.5, 12.5], [39.5, 45.5, 18.5], [9.5, 10.5, 2.5]]
    press_keys(lab, "Enter", place=1)
    assert controls["Cell"].value == 1
    controls["Cell"].value = 10.25
    assert lab.state["image"][0] == [0, 10.25, 2]
    assert controls["Image"].value == controls["Kernel"].options[-1] == "own numbers"
    controls["Undo"].click()
    assert controls["Image"].value == "0, 1, 2, ..."


def test_sizes_and_famous_kernels_are_chosen(lab):
    controls = [each for each in lab.controls.children if getattr(each, "description", "") in ("Side", "Kernel")]
    side, kernel, kernel_side = controls
    side.value = 6
    assert lab.state["image"] == np.arange(36).reshape(6, 6).tolist()
    kernel.value = "Gaussian"
    expected = gaussian_filter(np.arange(36.0).reshape(6, 6), 0.85, truncate=1)[1:-1, 1:-1]
    np.testing.assert_allclose(output(lab).astype(float), expected, atol=0.3)
    kernel_side.value = 2
    assert lab.state["kernel"] == FAMOUS_KERNELS["Gaussian"].values[:2, :2].tolist()


def test_every_famous_kernel_works_on_the_photograph(lab):
    controls = {getattr(each, "description", ""): each for each in lab.controls.children}
    controls["Image"].value = "photograph"
    assert np.shape(lab.state["image"]) == (32, 48)
    assert "china.jpg of scikit-learn" in lab.state["source"]
    image = np.array(lab.state["image"])
    for name, famous in FAMOUS_KERNELS.items():
        controls["Kernel"].value = name
        np.testing.assert_allclose(output(lab).astype(float), correlate2d(image, famous.values, "valid"), atol=1e-9)
    assert lab.panel.notice == ""
