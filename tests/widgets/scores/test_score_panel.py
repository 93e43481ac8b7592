import importlib
import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBars


def table(step, value=0.4):
    return SimpleNamespace(
        step=step,
        model_areas=("V1", "V2"),
        brain_areas=("V4",),
        value=np.full((1, 2), value),
        error=np.full((1, 2), 0.02),
        untrained=np.full((1, 2), 0.3),
        ceiling=np.array([0.8]),
        pixels=np.array([0.26]),
        convention="median r",
        simulated=(False,),
        source="Cowley 2023",
        notes=(),
        n_stimuli=300,
        final=False,
    )


@pytest.fixture
def score():
    return SimpleNamespace(latest=None, error=None, alive=True)


@pytest.fixture
def bars(page, run, clock, ticker, score):
    return PredictivityBars(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)


def test_the_panel_waits_for_the_first_score_in_words(bars):
    assert bars.panel.message == "scoring…"
    assert bars.panel.header == {}


def test_a_new_score_reaches_the_page(page, bars, score, ticker):
    score.latest = table(100)
    ticker.round()
    assert bars.panel.message == ""
    assert page.frames(bars.panel)[-1]["title"] == "Neural predictivity at step 100"


def test_bars_and_map_ask_for_the_score_of_the_same_run_and_recordings(page, run, clock, ticker, score):
    asked = []

    def make(*both):
        asked.append(both)
        return score

    recordings = object()
    PredictivityBars(run, recordings, score=make, clock=clock, ticker=ticker)
    BrainMap(run, recordings, score=make, clock=clock, ticker=ticker)
    assert asked == [(run, recordings), (run, recordings)]


def test_what_went_wrong_in_scoring_is_said_in_the_panel(bars, score, ticker):
    score.error = "`recordings` of V4 cannot be scored live."
    ticker.round()
    assert (bars.panel.message, bars.panel.wrong) == ("`recordings` of V4 cannot be scored live.", True)


def test_recordings_that_are_refused_at_once_are_said_in_the_panel(page, run, clock, ticker):
    def refuse(*_):
        raise ValueError("`recordings` must be a RecordingSet; received 3.")

    panel = BrainMap(run, 3, score=refuse, clock=clock, ticker=ticker)
    assert panel.message == "`recordings` must be a RecordingSet; received 3."
    assert panel.over


def test_the_last_score_stays_and_the_run_is_let_go(page, bars, run, score, ticker):
    score.latest = table(100)
    ticker.round()
    page.say(bars.panel, kind="ack", sequence=bars.panel.sequence)
    run.state, score.alive, score.latest = "finished", False, table(1200, 0.5)
    ticker.round()
    assert bars.over
    assert not ticker.looks_after(bars.panel)
    page.say(bars.panel, kind="snapshot")
    ticker.round()
    assert page.frames(bars.panel)[-1]["title"] == "Neural predictivity at step 1,200"
    assert bars.panel.message == ""


def test_a_training_that_ends_before_the_first_score_says_so(bars, run, score, ticker):
    run.state, score.alive = "stopped", False
    ticker.round()
    assert bars.panel.message == "There is no score: training ended before the first one."


@pytest.mark.parametrize("kind", [PredictivityBars, BrainMap])
def test_without_a_run_or_recordings_the_panel_says_what_is_missing(page, run, clock, ticker, kind):
    assert message(kind(clock=clock, ticker=ticker)) == "No training to show yet."
    assert message(kind(run, clock=clock, ticker=ticker)) == "No recordings to compare with."


def message(panel):
    return getattr(panel, "panel", panel).message


@pytest.mark.parametrize("kind", [PredictivityBars, BrainMap])
def test_the_picture_is_a_png_and_the_sentence_tells_the_best_area(page, run, clock, ticker, score, kind):
    score.latest = table(100)
    panel = kind(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert panel.picture().startswith(b"\x89PNG")
    assert panel.sentence().startswith("At step 100, V4 is predicted best by model area V1, 0.40, ceiling 0.80")


def test_the_code_of_the_bars_names_a_layer_and_compiles(bars, score, ticker):
    score.latest = table(100)
    ticker.round()
    compile(bars.code, "code", "exec")
    assert 'get_layer("V2")' in bars.code


def test_the_code_scores_the_last_area_of_the_model(page, bars, score, ticker):
    assert 'get_layer("V4")' in bars.code
    score.latest = table(100)
    ticker.round()
    assert 'get_layer("V2")' in bars.code


def test_the_code_names_the_tap_of_an_area_also_when_the_run_is_over(page, run, clock, ticker, score):
    run.model.taps = {"V1": "conv1", "V2": "conv2", "V4": "conv3"}
    bars = PredictivityBars(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert 'get_layer("conv3")' in bars.code
    score.latest, score.alive = table(100), False
    ticker.round()
    assert 'get_layer("conv2")' in bars.code


def test_by_default_all_panels_of_one_run_share_the_live_score(page, run, clock, ticker, monkeypatch, score):
    module = importlib.import_module("hcnn_widgets.mapping.live.score")  # its function bears the same name
    asked = []
    monkeypatch.setattr(module, "live_score", lambda *both: asked.append(both) or score)
    BrainMap(run, "recordings", clock=clock, ticker=ticker)
    assert asked == [(run, "recordings")]


def coloured(png):
    """Give the share of pixels that are neither white, grey nor black."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    return np.mean(np.ptp(pixels, axis=2) > 24)


@pytest.mark.parametrize("panel_of", [BrainMap, PredictivityBars])
def test_a_still_picture_is_drawn_once_there_is_a_score(page, run, clock, ticker, score, panel_of):
    panel = panel_of(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    assert panel.picture() == b""
    score.latest = table(100)
    ticker.round()
    assert coloured(panel.picture()) > 0.01


def test_the_colour_of_an_area_on_the_map_follows_its_score(page, run, clock, ticker, score):
    pictures = []
    for value in (0.1, 0.7):
        score.latest = table(100, value)
        brain = BrainMap(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
        pictures.append(np.asarray(Image.open(io.BytesIO(brain.picture())).convert("RGB")).astype(int))
    assert pictures[0].shape == pictures[1].shape
    assert np.mean(np.abs(pictures[0] - pictures[1]).max(axis=2) > 24) > 0.01


def test_the_bars_can_be_given_another_run(page, run, clock, ticker, score, make_run, model):
    asked = []
    bars = PredictivityBars(run, "first", score=lambda *both: asked.append(both) or score, clock=clock, ticker=ticker)
    another = make_run(model)
    bars.follow(another, "second")
    assert asked == [(run, "first"), (another, "second")]


def test_scoring_is_ended_for_whoever_shows_it(bars, page, clock, ticker, score):
    closed = []
    score.close = lambda: closed.append(True)
    bars.panel.stop_scoring()
    BrainMap(clock=clock, ticker=ticker).stop_scoring()
    assert closed == [True]


def test_what_was_wrong_at_the_end_is_still_said_when_the_page_comes_back(page, bars, run, score, ticker):
    score.latest = table(100)
    ticker.round()
    page.say(bars.panel, kind="ack", sequence=bars.panel.sequence)
    run.state, score.alive, score.error = "finished", False, "Scoring stopped: ValueError: no."
    ticker.round()
    page.say(bars.panel, kind="snapshot")
    ticker.round()
    assert (bars.panel.message, bars.panel.wrong) == ("Scoring stopped: ValueError: no.", True)


def test_the_axis_of_the_bars_never_shrinks_while_scores_come_and_begins_anew_with_another_run(
    page, bars, run, score, ticker
):
    def rules(header):
        axis = next(mark for mark in header["marks"] if mark["key"] == "axis")
        return [(mark["key"], mark["y1"]) for mark in axis["marks"] if mark["kind"] == "line"]

    for value in (0.75, 0.1):
        score.latest = table(100, value)
        score.latest.ceiling[:] = value
        ticker.round()
        page.say(bars.panel, kind="ack", sequence=bars.panel.sequence)
    early, late = page.frames(bars.panel)[-2:]
    assert rules(early) == rules(late)
    score.latest = None
    bars.follow(run, "others")
    assert (bars.panel.header, bars.panel.model_areas, bars.panel._ends) == ({}, (), (0.0, 0.0))


@pytest.mark.parametrize("kind", [PredictivityBars, BrainMap])
def test_a_score_is_described_once_for_each_room_however_often_the_panel_is_asked(
    page, run, clock, ticker, score, kind, monkeypatch
):
    panel = kind(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)
    panel = getattr(panel, "panel", panel)
    drawn, scene = [], panel.scene
    monkeypatch.setattr(panel, "scene", lambda width: drawn.append(width) or scene(width))
    for _ in range(3):
        score.latest = score.latest or table(100)
        page.say(panel, kind="ack", sequence=panel.sequence)
        ticker.round()
    assert drawn == [640]
    page.say(panel, kind="room", view="a", width=500, height=0)
    ticker.round()
    score.latest = table(200)
    page.say(panel, kind="ack", sequence=panel.sequence)
    ticker.round()
    assert drawn == [640, 500, 500]
