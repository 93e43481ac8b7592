import contextlib
import io
import json
import re

import numpy as np
import pytest
from PIL import Image
from scipy.signal import correlate2d

import hcnn_widgets as hw
from hcnn_widgets.widgets import ConvolutionLab

COLUMNS = 3 + 2 + 2
"""A pixel in row r and column c is place r * COLUMNS + c; the kernel's and output's follow."""
CORNER, KERNEL, OUTPUT = 0, 3, 5


@pytest.fixture
def lab(page, clock, ticker):
    return ConvolutionLab(clock=clock, ticker=ticker)


def press(lab, *keys, place=CORNER):
    for key in keys:
        lab.pressed(place, key)


def sentences(lab):
    return [place.sentence for place in lab.scene(640).places]


def output(lab):
    rows = [row for row in lab.scene(640).numbers if row[0] == "output"]
    shape = tuple(max(row[side] for row in rows) + 1 for side in (1, 2))
    return np.array([row[3] for row in rows]).reshape(shape)


def test_the_first_view_is_the_slide(lab):
    assert output(lab).tolist() == [[19, 25], [37, 43]]
    assert sentences(lab)[OUTPUT] == "Output, row 1, column 1: 0×0 + 1×1 + 3×2 + 4×3 = 19"
    assert sentences(lab)[COLUMNS + 1] == "Image, row 2, column 2: 4. 4 windows see it."
    assert sentences(lab)[CORNER] == "Image, row 1, column 1: 0. 1 window sees it."
    assert sentences(lab)[COLUMNS + KERNEL] == "Kernel, row 2, column 1: 2."
    assert lab.sentence().startswith(
        "An image of 3 by 3 and a kernel of 2 by 2, padding valid, stride 1, make an output of 2 by 2. Arrow keys walk"
    )


def test_places_are_a_grid_over_all_boards_where_a_lower_board_goes_on(lab):
    scene = lab.scene(640)
    assert (scene.columns, len(scene.places)) == (COLUMNS, 3 * COLUMNS)
    assert sentences(lab)[2 * COLUMNS + KERNEL] == sentences(lab)[COLUMNS + KERNEL]
    pointed = [
        (mark.place, group.key) for group in scene.marks if group.key in ("image", "kernel", "output")
        for mark in group.marks if mark.key.startswith("cell")
    ]  # fmt: skip
    for place, board in pointed:
        assert sentences(lab)[place].startswith(board.capitalize())
    assert len({place for place, _ in pointed}) == 9 + 4 + 4


def test_the_window_of_an_output_cell_lies_over_the_pixels_that_it_sees(lab):
    scene = lab.scene(640)
    (image,) = [group for group in scene.marks if group.key == "image"]
    cells = {mark.key: mark for mark in image.marks}
    (window,) = [mark for mark in scene.places[COLUMNS + OUTPUT + 1].marks if mark.key == "window"]
    first, last = cells["cell-1-1"], cells["cell-2-2"]
    assert (window.x, window.y) == (first.x, first.y)
    assert window.x + window.width == pytest.approx(last.x + last.width)
    assert window.y + window.height == pytest.approx(last.y + last.height)


def test_what_is_typed_changes_the_output(page, lab, ticker):
    page.say(lab, kind="ack", sequence=lab.sequence)
    page.say(lab, kind="press", place=COLUMNS + KERNEL + 1, key="7")
    ticker.round()
    assert page.frames(lab)[-1]["places"][OUTPUT]["sentence"].endswith("3×2 + 4×7 = 35")
    press(lab, "-", "Enter", place=COLUMNS + 1)
    image, kernel = np.arange(9).reshape(3, 3), np.array([[0, 1], [2, 7]])
    image[1, 1] = -3
    assert output(lab).tolist() == correlate2d(image, kernel, "valid").tolist()
    press(lab, "5", place=OUTPUT)
    assert output(lab).tolist() == correlate2d(image, kernel, "valid").tolist()


def test_padding_stride_and_a_turned_kernel_are_a_key_away(lab):
    press(lab, "p")
    assert output(lab).tolist() == [[19, 25, 10], [37, 43, 16], [7, 8, 0]]
    assert [mark.key for mark in lab.scene(640).marks if mark.key.startswith("cell-pad")] == [
        f"cell-pad-{row}-{column}" for row, column in [(0, 3), (1, 3), (2, 3), (3, 0), (3, 1), (3, 2), (3, 3)]
    ]
    press(lab, "s")
    assert output(lab).tolist() == [[19, 10], [7, 0]]
    press(lab, "p", "s", "s", "f")
    assert output(lab).tolist() == [[5, 11], [23, 29]]


def test_changes_are_taken_back_one_by_one_or_all_at_once(lab):
    start = lab.state
    press(lab, "9", "p", "u")
    assert lab.state["padding"] == "valid"
    assert lab.state["image"][0][0] == 9
    press(lab, "s", "f", "r")
    assert lab.state == start
    press(lab, "u")
    assert lab.state == start


def test_its_state_is_plain_data_that_shows_it_again(page, lab, clock, ticker):
    press(lab, "9", "p", "s")
    state = json.loads(json.dumps(lab.state))
    assert ConvolutionLab(**state, clock=clock, ticker=ticker).scene(500).plain() == lab.scene(500).plain()


def test_a_kernel_that_fits_with_padding_only_keeps_it(page, clock, ticker):
    lab = ConvolutionLab([[1, 2]], np.ones((2, 2)), "same", clock=clock, ticker=ticker)
    press(lab, "p")
    assert lab.state["padding"] == "same"
    assert output(lab).tolist() == [[3, 2]]


@pytest.mark.parametrize("width", [280, 640])
def test_cells_and_words_stay_within_the_room_at_every_size(page, clock, ticker, width):
    lab = ConvolutionLab(np.full((16, 16), -123.456), np.ones((5, 5)), "same", clock=clock, ticker=ticker)
    scene = lab.scene(width)
    marks = [mark for group in scene.marks for mark in getattr(group, "marks", (group,))]
    marks += [mark for place in scene.places for mark in place.marks]
    assert all(mark.x >= 0 and mark.x + getattr(mark, "width", 0) <= width for mark in marks)
    assert all(mark.y + getattr(mark, "height", 0) <= scene.height for mark in marks)


def test_the_still_picture_shows_the_boards(lab):
    picture = np.asarray(Image.open(io.BytesIO(lab.picture())).convert("L"))
    assert picture.shape[1] == 640
    cells = [mark for group in lab.scene(640).marks for mark in group.marks if mark.key.startswith("cell")]
    for mark in cells:
        inside = picture[
            int(mark.y) + 4 : int(mark.y + mark.height) - 4, int(mark.x) + 4 : int(mark.x + mark.width) - 4
        ]
        assert inside.min() < 100  # its number


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image": np.ones((3, 3, 1))}, r"`image` must be finite numbers in cells. Accepted .* received \(3, 3, 1\)"),
        ({"image": np.ones((33, 3))}, r"`image` must be .* up to 32 x 32; received \(33, 3\)"),
        ({"kernel": [[np.nan]]}, "`kernel` must be finite numbers in cells"),
        ({"padding": "full"}, "`padding` is no padding"),
        ({"padding": 1}, "`padding=1` is unknown. Accepted are 'valid', 'same'"),
        ({"stride": 0}, "`stride` is no count"),
        ({"strides": 1}, "`strides` is no argument of ConvolutionLab.* the nearest is 'stride'"),
    ],
)
def test_what_is_no_convolution_is_refused(changes, words):
    with pytest.raises((TypeError, ValueError), match=words):
        ConvolutionLab(**changes)


def test_a_state_in_place_of_the_image_and_a_copied_line_show_the_same(page, lab, clock, ticker):
    press(lab, "9", "p", "s")
    assert ConvolutionLab(lab.state, clock=clock, ticker=ticker).state == lab.state
    assert lab.line.startswith("hw.widgets.ConvolutionLab(image=[[9, 1, 2], ")
    assert eval(lab.line, {"hw": hw}).state == lab.state


@pytest.mark.parametrize("keys", ["", "p", "s", "ps", "f"])
def test_the_lines_of_code_run_and_print_what_is_shown(lab, keys):
    press(lab, *keys)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", out.getvalue())]
    expected = output(lab).ravel().tolist()
    assert numbers == [*expected, *expected]


def test_another_size_of_the_output_is_said(page, lab, ticker):
    page.say(lab, kind="ack", sequence=lab.sequence)
    page.say(lab, kind="press", place=CORNER, key="p")
    ticker.round()
    assert page.frames(lab)[-1]["said"].endswith("padding same, stride 1, make an output of 3 by 3.")
