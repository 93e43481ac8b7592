import contextlib
import io
import re

import numpy as np
import pytest
from PIL import Image
from scene_marks import flat

from hcnn_widgets.widgets.scene.marks import Pixels, Rect, Text

COLUMNS, OUTPUT = 3 + 2 + 2, 5


@pytest.fixture
def make(make_lab):
    return lambda *given, **options: make_lab("ConvolutionLab", *given, **options)


def board(scene, name):
    (group,) = [mark for mark in scene.marks if mark.key == name]
    return {mark.key: mark for mark in group.marks}


def test_places_are_a_grid_over_all_boards_where_a_lower_board_goes_on(make):
    scene = make().scene(640)
    said = [place.sentence for place in scene.places]
    assert (scene.columns, len(scene.places), scene.rest) == (COLUMNS, 3 * COLUMNS, OUTPUT)
    assert said[2 * COLUMNS + 3] == said[COLUMNS + 3]
    pointed = set()
    for name in ("image", "kernel", "output"):
        for mark in board(scene, name).values():
            if mark.key.startswith("cell"):
                assert said[mark.place].startswith(name.capitalize())
                pointed.add(mark.place)
    assert len(pointed) == 9 + 4 + 4


def test_the_window_of_an_output_lies_over_the_pixels_that_it_sees(make):
    scene = make().scene(640)
    cells = board(scene, "image")
    (window,) = [mark for mark in scene.places[COLUMNS + OUTPUT + 1].marks if mark.key == "window-0"]
    first, last = cells["cell-1-1"], cells["cell-2-2"]
    assert (window.x, window.y) == pytest.approx((first.x, first.y))
    assert window.x + window.width == pytest.approx(last.x + last.width)
    assert window.y + window.height == pytest.approx(last.y + last.height)


def test_a_pixel_shows_the_outputs_that_see_it_and_a_weight_the_pixels_that_it_meets(make):
    scene = make().scene(640)
    cells = board(scene, "output")
    (frame,) = [mark for mark in scene.places[2].marks if mark.key == "seeing"]
    assert (frame.x, frame.y, frame.width) == pytest.approx(
        (cells["cell-0-1"].x, cells["cell-0-1"].y, cells["cell-0-1"].width)
    )
    (frame,) = [mark for mark in scene.places[COLUMNS + 4].marks if mark.key == "met"]
    first = board(scene, "image")["cell-1-1"]
    assert (frame.x, frame.y, frame.width) == pytest.approx((first.x, first.y, 2 * first.width))


def test_every_product_has_a_tile_whose_colour_is_its_sign_and_size(make):
    scene = make([[1, 1], [-1, 0]], [[2, 4], [4, 1]]).scene(640)
    marks = {mark.key: mark for mark in flat(scene.places[scene.rest].marks)}
    assert [marks[f"product-{n}"].words for n in range(4)] == ["2", "4", "−4", "0"]
    assert [marks[f"term-{n}"].words for n in range(4)] == ["1 × 2", "1 × 4", "(−1) × 4", "0 × 1"]
    red_blue = [(int(marks[f"tile-{n}"].fill[1:3], 16), int(marks[f"tile-{n}"].fill[5:7], 16)) for n in range(4)]
    assert [red > blue for red, blue in red_blue] == [False, False, True, False]
    assert red_blue[1][0] < red_blue[0][0] < red_blue[3][0]
    assert marks["total"].words == "= 2"


def test_the_ring_of_padding_is_hatched_and_only_where_windows_see_it(make):
    def padded(**choices):
        rects = [mark for mark in make(**choices).scene(640).marks if mark.key.startswith("pad-")]
        assert all(mark.hatched for mark in rects)
        return [mark.key for mark in rects]

    assert padded() == []
    ring = [(0, 3), (1, 3), (2, 3), (3, 0), (3, 1), (3, 2), (3, 3)]
    assert padded(padding="same") == [f"pad-0-{row}-{column}" for row, column in ring]
    assert len(padded(padding=1)) == 16


def test_as_a_product_of_matrices_every_window_is_a_row(make):
    scene = make(view="matrix").scene(640)
    (matrix,) = [mark for mark in scene.marks if mark.key == "matrix"]
    words = {mark.key: mark.words for mark in matrix.marks if isinstance(mark, Text)}
    rows = [[float(words[f"number-patch-{row}-{column}"]) for column in range(4)] for row in range(4)]
    kernel = [float(words[f"number-weight-{n}"]) for n in range(4)]
    sums = [float(words[f"number-sum-{n}"]) for n in range(4)]
    assert (np.array(rows) @ kernel).tolist() == sums == [19, 25, 37, 43]
    assert "row" in {mark.key for mark in scene.places[OUTPUT].marks}


def test_how_many_windows_see_a_pixel_lies_over_the_image(make):
    scene = make(view="windows").scene(640)
    words = [board(scene, "image")[f"number-{row}-{column}"].words for row in range(3) for column in range(3)]
    assert words == list("121242121")
    assert scene.said.endswith("1 window sees the corner, up to 4 the rest.")
    assert make(view="windows", padding="full").scene(640).said.endswith("Every pixel is seen by 4 windows.")


@pytest.mark.no_cover
def test_a_large_image_is_drawn_as_pixels_whose_outputs_are_places(make):
    image = np.arange(64 * 64, dtype=float).reshape(64, 64)
    scene = make(image, -np.ones((3, 3))).scene(640)
    grey, coloured = (mark for mark in flat(scene.marks) if isinstance(mark, Pixels))
    assert grey.image.shape == (64, 64)
    assert coloured.image.shape == (62, 62, 3)
    assert (grey.image.min(), grey.image.max()) == (0, 255)
    rects = [mark for mark in board(scene, "output").values() if mark.key.startswith("at-")]
    assert len(rects) == 62 * 62
    last = max(rects, key=lambda mark: mark.place)
    assert scene.places[last.place].sentence.startswith("Output, row 62, column 62:")


@pytest.mark.parametrize("width", [280, 640, 1200])
@pytest.mark.parametrize(
    ("side", "kernel", "options"),
    [
        (3, (2, 2), {"predict": True}),
        (16, (5, 5), {"padding": "same"}),
        (12, (3, 3), {"view": "matrix", "bias": -1.25}),
        (7, (7, 7), {"padding": "full", "view": "windows", "dilation": 2}),
    ],
)
def test_cells_and_words_stay_within_the_room_at_every_size(make, width, side, kernel, options):
    scene = make(np.full((side, side), -123.456), np.ones(kernel), **options).scene(width)
    marks = [*flat(scene.marks), *(mark for place in scene.places for mark in flat(place.marks))]
    boxes = [mark for mark in marks if isinstance(mark, (Rect, Text))]
    assert all(mark.x >= 0 and mark.x + getattr(mark, "width", 0) <= width for mark in boxes)
    assert all(mark.y + getattr(mark, "height", 0) <= scene.height for mark in boxes)


def test_the_still_picture_shows_the_boards_and_the_sum_in_front(make):
    lab = make()
    picture = np.asarray(Image.open(io.BytesIO(lab.picture())).convert("L"))
    assert picture.shape[1] == 640
    scene = lab.scene(640)
    cells = [mark for mark in flat(scene.marks) if mark.key.startswith("cell")]
    tiles = [mark for mark in flat(scene.places[scene.rest].marks) if mark.key.startswith("tile")]
    for mark in (*cells, *tiles):
        inside = picture[
            int(mark.y) + 4 : int(mark.y + mark.height) - 4, int(mark.x) + 4 : int(mark.x + mark.width) - 4
        ]
        assert inside.max() - inside.min() > 100  # its number


CHOICES = [
    {},
    {"padding": "same"},
    {"padding": "full", "turned": True},
    {"stride": 2, "padding": 1, "bias": -0.5},
    {"dilation": 2, "padding": "same"},
    {"dilation": 2, "stride": 2, "padding": "same", "turned": True, "bias": 3},
    {"padding": "reflect", "stride": 2},
    {"padding": "wrap", "dilation": 2},
]


@pytest.mark.parametrize(("padding", "mode"), [("reflect", "reflect"), ("wrap", "wrap")])
def test_on_the_padding_stand_the_pixels_that_are_repeated_there(make, padding, mode):
    scene = make(np.arange(12).reshape(3, 4), np.ones((3, 3)), padding).scene(640)
    words = {mark.key: mark.words for mark in flat(scene.marks) if mark.key.startswith("zero-")}
    expected = np.pad(np.arange(12).reshape(3, 4), 1, mode=mode)
    ring = [(row, column) for row, column in np.ndindex(5, 6) if row in (0, 4) or column in (0, 5)]
    assert words == {f"zero-0-{row - 1}-{column - 1}": str(expected[row, column]) for row, column in ring}


@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize("choices", CHOICES, ids=range(len(CHOICES)))
def test_the_lines_of_code_run_and_print_what_is_shown_three_times(make, choices, n_channels):
    random = np.random.default_rng(0)
    image, kernel = random.integers(-5, 6, (5, 4, n_channels)), random.integers(-3, 4, (2, 3, n_channels))
    lab = make(image, kernel, **choices)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", out.getvalue())]
    expected = [row[3] for row in lab.scene(640).numbers[1:] if row[0] == "output"]
    assert numbers == pytest.approx([*expected, *expected, *expected])
