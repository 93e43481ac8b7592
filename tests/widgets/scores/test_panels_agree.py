"""All panels of a run's scores show the same numbers, and say the same of the images behind them."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from brain_side import stimuli, table

from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBars
from hcnn_widgets.widgets.predictivity.predictivity_explorer import PredictivityExplorer
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTrace
from hcnn_widgets.widgets.scene.marks import Group, Text
from hcnn_widgets.widgets.scores.score_frame import read_scores

KINDS = (PredictivityBars, BrainMap, ScoreTrace, PredictivityExplorer)
PART = table(700, value=np.array([[0.31, 0.42]]))
ALL = replace(table(700, value=np.array([[0.39, 0.53]])), details=None, final=True, n_stimuli=100)


@pytest.fixture
def shown(page, run, clock, ticker):
    """Return a maker of the panels of these tables, the drawing of each."""

    def make(*tables):
        score = SimpleNamespace(latest=tables[-1], history=list(tables), error=None, alive=True, recordings=())
        made = [kind(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker) for kind in KINDS]
        ticker.round()
        return [getattr(panel, "panel", panel) for panel in made]

    return make


def words(marks):
    found = [mark.words for mark in marks if isinstance(mark, Text)]
    return found + [text for mark in marks if isinstance(mark, Group) for text in words(mark.marks)]


def test_bars_brain_trace_and_explorer_show_the_same_score_of_the_same_images(shown):
    bars, brain, trace, explorer = shown(table(100), PART)
    assert len(stimuli()) > 9
    for panel in (bars, brain, trace):
        said = " ".join(words(panel.scene(640).marks))
        assert "0.42" in said
        assert "9 of 100 images" in panel.scene(640).title
        assert "0.53" not in said
    assert explorer.header["part"] == "9 of 100 images"
    assert read_scores(explorer.header, explorer.values).value[0].max() == pytest.approx(0.42)


def test_at_the_end_all_say_the_score_on_all_images_beside_it(shown):
    bars, brain, trace, explorer = shown(table(100), replace(PART, final=True, whole=ALL))
    for panel in (bars, brain, trace):
        assert "0.42" in " ".join(words(panel.scene(640).marks))
        heard = " ".join([panel.scene(640).label, *(place.sentence for place in panel.scene(640).places)]).lower()
        assert "at the end, on all 100 images" in heard
        assert "0.53" in heard
    assert explorer.header["convention"].startswith("at the end, on all 100 images: V4 r 0.53 (model V2)")
    assert read_scores(explorer.header, explorer.values).value[0].max() == pytest.approx(0.42)
