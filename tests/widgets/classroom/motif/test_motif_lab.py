import contextlib
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

import hcnn_widgets as hw
from hcnn_widgets.classroom import STAGES, Motif, Stage, grating
from hcnn_widgets.widgets.scene.colours import DIVERGING
from hcnn_widgets.widgets.scene.marks import Group

COLUMNS = 7
TILE, ADD, POINT, EARLIER, LATER, DOUBLE, REMOVE = (COLUMNS * row for row in range(7))
LECTURE = ["filter", "activate", "pool", "normalise"]


@pytest.fixture
def make(make_lab):
    return lambda *given, **options: make_lab("MotifLab", *given, **options)


def press(lab, *keys, place=TILE + 1):
    for key in keys:
        lab.panel.pressed(place, key)


def marks_of(marks):
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from marks_of(mark.marks)


def sentences(lab):
    return [place.sentence for place in lab.scene(640).places]


def test_the_first_view_is_the_lectures_order(make):
    lab = make()
    assert lab.state["stages"] == LECTURE
    assert lab.sentence().startswith("filter → activate → pool → normalise. This is the lecture's order. From 30 %")
    assert "it saturates" in lab.sentence()
    assert sentences(lab)[TILE] == "The image: a grating of contrast 50 %."
    assert re.match(
        r"Tile 3, pool: one value for a square of units, the largest of 2 x 2. Enter changes it. Out come 16 × 16, 4",
        sentences(lab)[TILE + 3],
    )


def test_tiles_are_moved_doubled_and_taken_away_by_keys(make):
    lab = make()
    press(lab, "ArrowRight", place=TILE + 3)
    assert lab.state["stages"] == ["filter", "activate", "normalise", "pool"]
    assert lab.scene(640).moved == TILE + 4
    press(lab, "ArrowLeft", place=TILE + 1)  # the first has no place further left
    press(lab, "d", place=TILE + 1)
    assert lab.state["stages"] == ["filter", "filter", "activate", "normalise", "pool"]
    assert lab.scene(640).moved is None
    press(lab, "x", place=TILE + 5)
    press(lab, "Delete", place=TILE + 1)
    assert lab.state["stages"] == ["filter", "activate", "normalise"]
    press(lab, "x", place=TILE)  # the image stays
    assert lab.state["stages"] == ["filter", "activate", "normalise"]
    press(lab, "l")
    assert lab.state["stages"] == LECTURE


def test_buttons_and_chips_do_the_same_by_a_click(make):
    lab = make()
    press(lab, "Enter", place=LATER + 2)
    assert lab.state["stages"] == ["filter", "activate", "normalise", "pool"]
    press(lab, "Enter", place=EARLIER + 1)
    press(lab, "Enter", place=DOUBLE + 0)
    press(lab, "Enter", place=REMOVE + 4)
    assert lab.state["stages"] == ["activate", "activate", "filter", "normalise"]
    press(lab, "Enter", place=ADD + 2)
    press(lab, "Enter", "Enter", place=ADD + 0)
    assert lab.state["stages"] == ["activate", "activate", "filter", "normalise", "pool", "filter"]
    press(lab, "Enter", place=ADD + 4)
    assert lab.state["stages"] == LECTURE


def test_every_button_and_chip_is_drawn_at_the_place_that_a_click_presses(make):
    lab = make()
    drawn = {mark.place for mark in marks_of(lab.scene(900).marks) if mark.place is not None}
    tiles = [kind + n for kind in (EARLIER, LATER, DOUBLE, REMOVE) for n in range(4)]
    assert drawn == {*range(5), *range(ADD, ADD + 5), *range(POINT, POINT + 7), *tiles}


def test_the_result_of_another_order_is_compared_with_the_lectures(make):
    lab = make()
    press(lab, "ArrowRight", place=TILE + 2)
    assert "The result is the same as in the lecture's order." in lab.sentence()
    press(lab, "r")
    press(lab, "ArrowRight", place=TILE + 3)
    maps = [Motif(stages).maps(grating(32, contrast=0.5))[-1] for stages in (lab.state["stages"], LECTURE)]
    off = np.linalg.norm(maps[0] - maps[1]) / np.linalg.norm(maps[1])
    assert f"The result differs by {100 * off:.0f} % from that of the lecture's order." in lab.sentence()
    press(lab, "x", place=TILE + 4)
    assert "The result has another size than that of the lecture's order." in lab.sentence()


def test_maps_are_the_pixels_of_the_motif(make):
    lab = make(mask=0.2)
    image = grating(32, contrast=0.5) + grating(32, 90, contrast=0.2) - 0.5
    tiles = {group.key: group for group in lab.scene(900).marks if group.key.startswith("tile-")}
    (shown,) = [mark for mark in tiles["tile-0"].marks if mark.key == "map-0"]
    assert shown.image.tolist() == np.round(255 * image).astype(int).tolist()
    last = Motif().maps(image)[-1]
    channels = [mark.image for mark in tiles["tile-4"].marks if mark.key.startswith("map-")]
    assert [channel.shape for channel in channels] == [(16, 16, 3)] * 4
    brightest = np.unravel_index(last[..., 0].argmax(), (16, 16))
    assert channels[0][brightest].tolist() == list(DIVERGING[-1])
    assert (channels[0][last[..., 0] == 0] == DIVERGING[len(DIVERGING) // 2]).all()


def test_a_second_grating_suppresses_the_unit_as_the_formula_says(make):
    lab = make(contrast=0.08)
    assert "second grating" not in lab.sentence()
    press(lab, "m")
    names, *rows = lab.scene(640).numbers
    assert names[:4] == ("contrast", "response alone", "second grating", "response with it")
    contrast, alone, mask, masked, formula = np.array(rows, float).T
    unit = lab.shown.curves.unit

    def response(c, m):
        return Motif().maps(grating(32, contrast=c) + grating(32, 90, contrast=m) - 0.5)[-1][unit]

    np.testing.assert_allclose(alone, [response(c, 0) for c in contrast])
    np.testing.assert_allclose(masked, [response(c, 0.3) for c in contrast])
    np.testing.assert_allclose(formula, alone, atol=0.02 * alone.max())
    assert set(mask) == {0.3}
    taken = 1 - response(0.08, 0.3) / response(0.08, 0)
    assert f"At 8 % the second grating takes away {100 * taken:.0f} % of it." in lab.sentence()
    assert taken > 0.5


def test_without_normalisation_nothing_saturates_and_no_formula_is_drawn(make):
    lab = make(stages=["filter", "activate", "pool"], mask=0.3)
    assert "The response grows in proportion to contrast: nothing saturates." in lab.sentence()
    words = [mark.words for mark in marks_of(lab.scene(640).marks) if mark.key == "formula"]
    assert words == ["No formula r = R cⁿ / (σⁿ + cⁿ + w mⁿ) is near these points."]


def test_enter_changes_what_a_tile_does_and_a_point_of_the_curve_gives_its_contrast(make):
    lab = make()
    for place, name in ((1, "n_orientations"), (2, "activation"), (3, "pooling"), (4, "sigma")):
        before = lab.state[name]
        choices = STAGES[LECTURE[place - 1]].choices
        press(lab, "Enter", place=TILE + place)
        assert lab.state[name] == choices[(choices.index(before) + 1) % len(choices)]
    press(lab, "Enter", place=POINT + 3)
    assert (lab.state["contrast"], lab._contrast.value) == (0.08, 0.08)
    press(lab, "+", "+", "-")
    assert lab.state["contrast"] == 0.13
    assert sentences(lab)[POINT].startswith("Contrast 1 %: the response is ")


def test_controls_follow_and_the_moves_of_a_slider_are_one_step(page, make):
    lab = make()
    for value in (0.4, 0.3, 0.2):
        lab._contrast.value = value
    lab._mask.value = 0.1
    assert (lab.state["contrast"], lab.state["mask"]) == (0.2, 0.1)
    page.click(lab._undo)
    assert (lab.state["contrast"], lab._mask.value) == (0.2, 0)
    page.click(lab._undo)
    assert (lab.state["contrast"], lab._contrast.value) == (0.5, 0.5)
    assert lab._undo.disabled
    lab._image.value = "object"
    assert sentences(lab)[TILE] == "The image: a rendered object of contrast 50 %."
    page.click(lab._reset)
    assert lab._image.value == "grating"


def test_an_image_of_ones_own_is_shown_whatever_its_numbers_are(make):
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, 15:] = 255
    lab = make(pixels, contrast=0.5)
    own = np.array(lab.state["image"])
    assert own.shape == (32, 32)
    assert [own[:, 0].max(), own[:, -1].min()] == pytest.approx([0, 1])
    assert lab.shown.pixels[0, [0, -1]] == pytest.approx(
        [
            0.5 - 0.25 * own.mean() / max(own.mean(), 1 - own.mean()),
            0.5 + 0.25 * (1 - own.mean()) / max(own.mean(), 1 - own.mean()),
        ]
    )
    assert "Own image" in lab._image.options
    grey = make(np.full((8, 8), 0.5))
    assert "The unit gives no answer at any contrast." in grey.sentence()
    assert len(grey.picture()) > 5000


def test_nothing_comes_out_of_no_contrast_and_no_tiles_are_the_image(make):
    assert "The unit" not in make(contrast=0.0, stages=LECTURE[::-1]).sentence()
    bare = make(stages=[])
    assert bare.sentence().startswith("No tile. The result has another size")
    press(bare, "Enter", place=REMOVE)
    press(bare, "ArrowRight", place=TILE)
    assert bare.state["stages"] == []
    assert len(bare.scene(640).places) == 7 * COLUMNS


def test_its_state_is_plain_data_and_its_line_shows_it_again(make):
    lab = make("object", mask=0.3)
    press(lab, "ArrowRight")
    state = json.loads(json.dumps(lab.state))
    assert make(state).scene(700).plain() | {"moved": 2} == lab.scene(700).plain()
    again = eval(lab.line, {"hw": hw})
    assert again.state == lab.state
    again.close()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"stages": ["filter", "filter", "pool", "normalise"], "image": "object", "pooling": "lp", "mask": 0.1},
        {"stages": ["normalise", "activate", "pool"], "activation": "tanh", "pooling": "mean", "image": np.eye(9)},
        {"stages": []},
    ],
)
def test_the_lines_of_code_run_and_numpy_and_keras_print_the_same(make, options):
    lab, out = make(**options), io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lab.code, {})
    last = lab.shown.maps[-1]
    lines = [
        [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", line)]
        for line in out.getvalue().splitlines()
    ]
    assert len(lines) == 2
    for line in lines:
        assert line == pytest.approx([*last.shape, last.min(), last.max()], abs=2e-3)


@pytest.mark.parametrize("width", [280, 520, 640, 1200])
def test_all_stays_within_the_room_at_every_width(make, width):
    scene = make(stages=[*LECTURE, "pool", "normalise"], mask=0.3).scene(width)
    marks = [*marks_of(scene.marks), *(mark for place in scene.places for mark in place.marks)]
    boxes = [mark for mark in marks if hasattr(mark, "width")]
    assert all(mark.x >= 0 and mark.x + mark.width <= width + 0.01 for mark in boxes)
    assert all(mark.y >= 0 and mark.y <= scene.height for mark in marks if hasattr(mark, "y"))


def test_tiles_do_not_lie_over_one_another(make):
    for width in (280, 640, 1200):
        scene = make(stages=[*LECTURE, "pool", "normalise"]).scene(width)
        tiles = [
            next(m for m in group.marks if m.key == "box") for group in scene.marks if group.key.startswith("tile-")
        ]
        assert len(tiles) == 7
        for n, one in enumerate(tiles):
            for other in tiles[:n]:
                aside = one.x >= other.x + other.width or other.x >= one.x + one.width
                assert aside or one.y >= other.y + other.height or other.y >= one.y + one.height


def test_the_still_picture_shows_the_maps(make):
    picture = np.asarray(Image.open(io.BytesIO(make().picture())).convert("RGB")).astype(int)
    blue = (picture[..., 2] - picture[..., 0] > 60).mean()
    assert blue > 0.01


def test_a_new_stage_is_a_tile_and_a_chip(make, monkeypatch):
    new = Stage(lambda x, motif: -x, "the sign turned", "x = -x", "x = -x", lambda motif: "", lambda motif: "-x")
    monkeypatch.setitem(STAGES, "turn", new)
    lab = make()
    press(lab, "Enter", place=ADD + 4)
    assert lab.state["stages"] == [*LECTURE, "turn"]
    press(lab, "Enter", place=TILE + 5)  # there is nothing to change in it
    assert sentences(lab)[TILE + 5].startswith("Tile 5, turn: the sign turned, -x. Out come")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"stages": ["filter"] * 7}, "`stages` are too many. Accepted are up to 6 tiles; received 7"),
        ({"stages": ["filer"]}, "`stages='filer'` is unknown. .* the nearest is 'filter'"),
        ({"image": "face"}, "`image='face'` is unknown. Accepted are 'grating', 'object'"),
        ({"image": np.ones((4, 4))}, r"`image` cannot be shown. .* received float64 \(4, 4\)"),
        ({"image": np.full((8, 8), 1e300)}, r"`image` cannot be shown. .* uint8 or in \[0, 1\]"),
        (
            {"n_orientations": 10**9},
            "`n_orientations` is too large to be shown. Accepted is up to 16; received 1000000000",
        ),
        ({"sigma": 1e2}, "`sigma` is too large to be shown. Accepted is up to 10; received 100.0"),
        ({"sigma": 1e300}, r"`sigma` is out of range. Accepted is 0.001 to 1000; received 1e\+300"),
        ({"contrast": 0.6}, "`contrast` is out of range. Accepted is 0 to 0.5; received 0.6"),
        ({"mask": "high"}, "`mask` is out of range. Accepted is 0 to 0.5; received 'high'"),
        ({"contrasts": 0.1}, "`contrasts` is no argument of MotifLab.* the nearest is 'contrast'"),
    ],
)
def test_what_is_no_motif_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        hw.widgets.MotifLab(**options)
