"""Words in a drawing of bars: numbers of ceilings beside one another, and the caption."""

import io
import math
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from bars_by_hand import V4, scene, table, told, words
from PIL import Image
from scene_marks import flat, group

from hcnn_widgets.widgets.predictivity.bars_scene import bars_scene
from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBars
from hcnn_widgets.widgets.scene.word_room import text_width

ROOMS = [(1240, 420, 4), (853, 400, 4), (640, None, 4), (560, None, 7), (404, 165, 3), (300, None, 5)]
"""Width and height in pixels, the stage of a small screen among them, and brain areas side by side."""


@pytest.mark.parametrize(("width", "height", "n_areas"), ROOMS)
@pytest.mark.parametrize("ceiling", [0.95, 0.78])
@pytest.mark.parametrize("best", range(3))
def test_the_numbers_of_the_ceilings_of_neighbouring_areas_have_room_beside_one_another(
    width, height, n_areas, ceiling, best
):
    areas = [
        {"area": f"A{n}", "value": np.roll([0.77, 0.4, 0.4], best + n % 2), "ceiling": ceiling} for n in range(n_areas)
    ]
    drawn = bars_scene(told(*areas), width, height=height)
    numbers = [mark for mark in flat(drawn.marks) if mark.key == "ceiling-value"]
    ends = [(mark.x, mark.x + text_width(mark.words, mark.size)) for mark in numbers]
    assert all(f"{ceiling:.2f}" in mark.words for mark in numbers)
    assert len(numbers) == n_areas
    assert all(left[1] < right[0] for left, right in pairwise(ends))
    assert all(start >= 0 and end <= width for start, end in ends)
    for number, (start, end) in zip(numbers, ends, strict=True):
        for label in (mark for mark in flat(drawn.marks) if mark.key == "best-value"):
            half = text_width(label.words, label.size, bold=True) / 2
            assert abs(label.y - number.y) >= number.size or end < label.x - half or start > label.x + half


@pytest.mark.parametrize("width", [404, 640, 1200])
def test_a_caption_is_whole_in_a_still_picture_and_elsewhere_cut_so_that_nothing_jumps(width):
    long = "; ".join(["RidgeCV, per fold; median over sites"] * 12)
    shown = told(V4, convention=long)
    whole, cut = (bars_scene(shown, width, whole=each) for each in (True, False))
    said = f"192 images; {long}; made up"
    assert " ".join(words(group(whole, "caption"))) == said
    assert max(mark.y for mark in group(whole, "caption")) < whole.height
    lines = group(cut, "caption")
    assert len(lines) == 2
    assert lines[-1].words.endswith("\u2026")
    assert lines[-1].whole == said
    assert cut.height == scene(V4, width=width).height


def test_a_caption_that_is_not_cut_has_no_more_to_be_read():
    assert [mark.whole for mark in group(scene(V4, width=1200), "caption")] == ["", ""]


def test_the_still_picture_of_bars_has_the_whole_caption(page, run, clock, ticker):
    long = "; ".join(["RidgeCV, per fold; median over sites"] * 12)
    score = SimpleNamespace(latest=table(V4, convention=long), error=None, alive=True, close=lambda: None)
    panel = PredictivityBars(run, ["V4"], score=lambda *_: score, clock=clock, ticker=ticker).panel
    ticker.round()
    assert long in " ".join(words(group(panel.still_scene(), "caption")))
    assert long not in " ".join(words(group(panel.scene(640), "caption")))
    height = Image.open(io.BytesIO(panel.picture())).size[1]
    assert height == math.ceil(panel.still_scene().height)
