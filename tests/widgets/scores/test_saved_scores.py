"""Panels of a run from a folder: what was saved shows at once, with and without the recordings."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.saved_score import SavedScore
from hcnn_widgets.mapping.live.score_table import ScoreTable


def table(step: int, value: float, final: bool = False) -> ScoreTable:
    return ScoreTable(
        step=step,
        model_areas=("V1", "V2"),
        brain_areas=("V4",),
        value=np.array([[value, value / 2]]),
        error=np.full((1, 2), 0.01),
        untrained=np.array([[0.1, 0.2]]),
        ceiling=np.array([0.9]),
        reliability=np.array([0.81]),
        n_reliability=np.array([40]),
        pixels=np.array([0.05]),
        n_stimuli=40,
        convention="made up",
        simulated=(False,),
        source="nobody",
        final=final,
    )


@pytest.fixture
def loaded(run: Any) -> Any:
    run.train(1200)
    run.state = "finished"
    run.saved_scores = (SavedScore(["print"], [table(100, 0.2), table(700, 0.3), table(1200, 0.4, True)]),)
    return run


@pytest.mark.parametrize("name", ["ScoreTrace", "BrainMap", "PredictivityBars"])
def test_saved_scores_show_without_recordings_and_are_final(
    name: str, page: Any, loaded: Any, clock: Any, ticker: Any
) -> None:
    panel = getattr(hw.widgets, name)(loaded, clock=clock, ticker=ticker)
    for _ in range(3):
        ticker.round()
    inner = getattr(panel, "panel", panel)
    assert inner.over
    assert "0.4" in panel.sentence() or ".40" in panel.sentence()


def test_the_trace_has_every_score_that_was_saved(page: Any, loaded: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.ScoreTrace(loaded, clock=clock, ticker=ticker)
    for _ in range(3):
        ticker.round()
    columns, *rows = panel.panel.header["numbers"]
    assert {row[columns.index("step")] for row in rows} == {100, 700, 1200}


def test_a_run_without_saved_scores_says_that_there_are_no_recordings(
    page: Any, run: Any, clock: Any, ticker: Any
) -> None:
    panel = hw.widgets.BrainMap(run, clock=clock, ticker=ticker)
    ticker.round()
    assert panel.message == "No recordings to compare with."
