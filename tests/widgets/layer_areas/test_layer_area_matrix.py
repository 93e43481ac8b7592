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


def cells(header):
    """Return the table behind a drawing, a dict per cell."""
    names, *rows = header["numbers"]
    return [dict(zip(names, row, strict=True)) for row in rows]


def chosen(header):
    return [row["model area"] for row in cells(header) if row["chosen"] == "yes"]


def test_a_match_of_a_run_moves_with_each_score(page, matrix, score, ticker):
    assert matrix.panel.message == "scoring…"
    arrive(matrix, score, ticker, table(100, match=a_match()))
    arrive(matrix, score, ticker, table(200, match=a_match(choosing=[[0.9, 0, 0], [0.9, 0, 0]])))
    early, late = page.frames(matrix.panel)
    assert [header["title"].split()[-1] for header in (early, late)] == ["100", "200"]
    assert chosen(late) == ["V1", "V1"]
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
    assert cells(matrix.panel.header)[0]["step"] == 1200


def test_arrays_are_matched_in_a_thread_and_again_for_another_map(page, clock, ticker):
    matrix = LayerAreaMatrix(activations(), [recordings(), recordings("IT", seed=2)], clock=clock, ticker=ticker)
    arrive_static(matrix, ticker)
    rows = cells(matrix.panel.header)
    assert [(row["step"], row["brain area"]) for row in rows[::2]] == [(None, "V4"), (None, "IT")]
    assert chosen(matrix.panel.header) == ["right", "right"]
    assert matrix.over
    matrix._method.value = "ridge"
    arrive_static(matrix, ticker)
    assert cells(matrix.panel.header)[0]["convention"].startswith("ridge (alpha 1)")


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


def test_the_colours_and_the_room_of_the_caption_never_shrink_while_scores_come(matrix, score, ticker):
    def box(header):
        return next(mark for mark in header["marks"] if mark["key"] == "row-0")["marks"][1]["marks"][0]["fill"]

    arrive(matrix, score, ticker, table(100, match=a_match(convention=" ".join(["long"] * 200))))
    before = matrix.panel.header
    lower = a_match(reporting=[[0.3, 0.1, 0.1], [0.1, 0.1, 0.2]])
    arrive(matrix, score, ticker, table(200, match=lower))
    after = matrix.panel.header
    assert (box(after), after["height"]) == (box(before), before["height"])
    assert before["title"] != after["title"]


def test_before_its_first_match_the_panel_has_its_name_and_the_next_source_begins_anew(matrix, run, score, ticker):
    assert matrix.panel.title == "Model areas against brain areas"
    arrive(matrix, score, ticker, table(100, match=a_match()))
    matrix.follow(run, None)
    assert (matrix.panel.header, matrix.picture(), matrix.panel._top) == ({}, b"", 0)


def test_a_match_is_described_once_however_often_the_panel_is_asked(matrix, score, ticker, monkeypatch):
    drawn, scene = [], matrix.panel.scene
    monkeypatch.setattr(matrix.panel, "scene", lambda width: drawn.append(width) or scene(width))
    for _ in range(3):
        arrive(matrix, score, ticker, score.latest or table(100, match=a_match()))
    assert drawn == [640]
