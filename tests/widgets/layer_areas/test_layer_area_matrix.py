import importlib

import pytest
from brain_side import a_match, activations, live_score, recordings, table

from hcnn_widgets.widgets.layer_areas.layer_area_matrix import LayerAreaMatrix


@pytest.fixture
def score():
    return live_score()


@pytest.fixture
def matrix(page, run, clock, ticker, score):
    return LayerAreaMatrix(run, "recordings", score=lambda *_: score, clock=clock, ticker=ticker)


def arrive(matrix, score, ticker, latest):
    score.latest = latest
    matrix.panel._gate.acknowledged(matrix.panel.sequence)
    ticker.round()


def test_a_match_of_a_run_moves_with_each_score(page, matrix, score, ticker):
    assert matrix.panel.message == "scoring…"
    arrive(matrix, score, ticker, table(100, match=a_match()))
    arrive(matrix, score, ticker, table(200, match=a_match(choosing=[[0.9, 0, 0], [0.9, 0, 0]])))
    early, late = page.frames(matrix.panel)
    assert (early["step"], late["step"]) == (100, 200)
    assert [column["chosen"] for column in late["columns"]] == [0, 0]
    assert matrix.sentence().startswith("At step 200, V4 goes with model area V1, r 0.30")


def test_a_score_that_came_before_the_match_was_asked_for_is_waited_out_in_words(matrix, score, ticker):
    arrive(matrix, score, ticker, table(100))
    assert matrix.panel.message == "The match comes with the next score…"
    assert matrix.panel.header == {}


def test_what_is_wrong_is_said(matrix, score, ticker):
    score.error = "`recordings` of V4 cannot be scored live."
    ticker.round()
    assert matrix.panel.message == "`recordings` of V4 cannot be scored live."


def test_by_default_it_asks_for_the_shared_score_with_its_match(page, run, clock, ticker, monkeypatch, score):
    module = importlib.import_module("hcnn_widgets.mapping.live.score")
    asked = []
    monkeypatch.setattr(module, "live_score", lambda *both, match: asked.append((*both, match)) or score)
    LayerAreaMatrix(run, "recordings", clock=clock, ticker=ticker)
    assert asked == [(run, "recordings", True)]


def test_a_score_that_ended_without_a_match_is_asked_for_once_more(page, run, clock, ticker, score):
    asked = []

    def make(*_):
        asked.append(True)
        return score if len(asked) == 1 else live_score()

    score.latest, score.alive, run.state = table(1200), False, "finished"
    matrix = LayerAreaMatrix(run, "recordings", score=make, clock=clock, ticker=ticker)
    assert len(asked) == 2
    assert not matrix.over


def test_a_score_that_ends_with_its_match_is_the_last_one(matrix, score, run, ticker):
    run.state, score.alive = "finished", False
    arrive(matrix, score, ticker, table(1200, match=a_match()))
    assert matrix.over
    assert matrix.panel.header["step"] == 1200


def test_arrays_are_matched_in_a_thread_and_again_for_another_map(page, clock, ticker):
    matrix = LayerAreaMatrix(activations(), [recordings(), recordings("IT", seed=2)], clock=clock, ticker=ticker)
    arrive_static(matrix, ticker)
    header = matrix.panel.header
    assert (header["step"], header["brain_areas"]) == (None, ["V4", "IT"])
    assert [header["model_areas"][column["chosen"]] for column in header["columns"]] == ["right", "right"]
    assert matrix.over
    matrix._method.value = "ridge"
    arrive_static(matrix, ticker)
    assert matrix.panel.header["convention"].startswith("ridge (alpha 1)")


def arrive_static(matrix, ticker):
    assert matrix.panel._at_rest.wait(30)
    matrix.panel._gate.acknowledged(matrix.panel.sequence)
    ticker.round()


def test_there_is_no_correction_to_choose_since_each_cell_says_all(page, matrix):
    descriptions = [getattr(control, "description", "") for control in matrix.children[0].children]
    assert descriptions == ["Map", "Splits", "Code"]


def test_the_picture_and_the_sentence_come_with_the_match(matrix, score, ticker):
    assert matrix.picture() == b""
    assert matrix.sentence() == "scoring…"
    arrive(matrix, score, ticker, table(100, match=a_match()))
    assert matrix.picture().startswith(b"\x89PNG")


def test_the_code_matches_what_is_recorded_or_given(page, matrix, clock, ticker):
    compile(matrix.code, "code", "exec")
    assert "model.record" in matrix.code
    given = LayerAreaMatrix(activations(), recordings(), method="ridge", splits="grouped", clock=clock, ticker=ticker)
    arrive_static(given, ticker)
    names = {"activations": activations(), "recordings": [recordings()]}
    exec(given.code, names)
    reported = f"{names['match'].reported[0]:.2f}"
    assert f"V4 goes with model area right, r {reported}" in given.sentence()
