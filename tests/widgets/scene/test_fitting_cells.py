"""Panels within a cell of a given height, as a dashboard gives them one."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from brain_side import table

from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBars
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTrace
from hcnn_widgets.widgets.scene.marks import Group, Line, Rect, Text
from hcnn_widgets.widgets.scene.word_room import text_width

CELLS = [(386, 130), (386, 176), (386, 212), (300, 240), (560, 300), (800, 200), (1500, 700)]
PANELS = [PredictivityBars, BrainMap, ScoreTrace]
DESCENT = 0.3


def scored(step, n_brain=3):
    base = table(step, brains=n_brain)
    value = np.linspace(0.1, 0.6, n_brain * len(base.model_areas)).reshape(n_brain, -1) + step / 10_000
    known = {"error": np.full_like(value, 0.02), "untrained": value - 0.1, "ceiling": np.full(n_brain, 0.9)}
    return replace(base, value=value, details=None, **known)


@pytest.fixture
def shown(page, run, clock, ticker):
    """Return a maker of the panel that draws, of scores of three brain areas."""

    def make(kind):
        tables = [scored(step) for step in (10, 200, 700)]
        score = SimpleNamespace(latest=tables[-1], history=tables, error=None, alive=True)
        panel = kind(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
        return getattr(panel, "panel", panel)

    return make


def flat(marks):
    for mark in marks:
        if isinstance(mark, Group):
            if mark.clip is None:
                yield from flat(mark.marks)
        else:
            yield mark


def box(mark):
    """Return left, top, right and bottom of words, rectangle or line."""
    if isinstance(mark, Rect):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Line):
        return min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2)
    if mark.turned:
        half = text_width(mark.words, mark.size) / 2
        return mark.x - mark.size, mark.y - half, mark.x, mark.y + half
    wide = text_width(mark.words, mark.size, mark.bold)
    left = mark.x - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
    return left, mark.y - mark.size, left + wide, mark.y + DESCENT * mark.size


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[0]}x{cell[1]}")
@pytest.mark.parametrize("kind", PANELS)
def test_a_drawing_stays_within_its_cell_and_its_words_are_large_enough_to_be_read(shown, kind, cell):
    scene = shown(kind).scene(*cell)
    assert scene.width == cell[0]
    assert scene.height <= cell[1]
    marks = [mark for mark in flat(scene.marks) if isinstance(mark, (Rect, Line, Text))]
    assert min(mark.size for mark in marks if isinstance(mark, Text)) >= 12
    for mark in marks:
        left, top, right, bottom = box(mark)
        assert min(left, top) >= -1, mark
        assert right <= cell[0] + 2, mark
        assert bottom <= cell[1] + 1, mark


@pytest.mark.parametrize("kind", [PredictivityBars, ScoreTrace])
def test_in_a_low_cell_words_go_before_the_plot_is_squeezed(shown, kind):
    panel = shown(kind)
    rules = {
        height: [mark.y1 for mark in flat(panel.scene(386, height).marks) if mark.key.startswith("rule-")]
        for height in (150, 200, 800)
    }
    axes = {height: max(at) - min(at) for height, at in rules.items()}
    assert axes[150] > 70
    assert axes[800] > axes[200]
    captions = [any(mark.key == "caption" for mark in panel.scene(386, height).marks) for height in rules]
    assert captions == [False, False, True]
    assert panel.scene(386, 150).label == panel.scene(386).label


def test_a_brain_has_its_cards_beside_it_where_they_have_no_room_below(shown):
    panel = shown(BrainMap)
    beside, below = panel.scene(386, 200), panel.scene(386, 900)
    assert below.plain() == panel.scene(386).plain()

    def cards(scene):
        return [
            next(box for box in mark.marks if isinstance(box, Rect))
            for mark in scene.marks
            if mark.key.startswith("card-")
        ]

    assert {card.x for card in cards(beside)} == {386 - cards(beside)[0].width - 0.5}
    assert min(card.y for card in cards(below)) > 200


def test_a_view_that_tells_its_height_has_the_scene_for_it_and_another_one_for_its_own(page, shown, ticker):
    panel = shown(PredictivityBars)
    page.say(panel, kind="room", view="cell", width=400, height=180)
    page.say(panel, kind="room", view="own", width=400, height=0)
    ticker.round()
    newest = page.frames(panel)[-1]
    heights = [newest["height"], *(scene["height"] for scene in newest["others"])]
    assert heights == [panel.scene(400).height, panel.scene(400, 180).height]
    assert heights[1] <= 180
    page.say(panel, kind="room", view="cell", width=400, height=3)
    ticker.round()
    assert page.frames(panel)[-1]["height"] == panel.scene(400, 120).height
