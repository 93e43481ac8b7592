"""Guess first: marked before the end, kept with the run, settled by a sentence that says how far off it was."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.widgets.runs.guess_lines import GuessLine, guess_lines, verdict
from hcnn_widgets.widgets.runs.guess_scene import N_CELLS, guess_scene, value_at


def scores(value: float) -> Any:
    return SimpleNamespace(
        model_areas=("V1", "IT"),
        brain_areas=("V4",),
        value=np.array([[value, value - 0.1]]),
        untrained=np.array([[0.2, 0.1]]),
        ceiling=np.array([0.8]),
        simulated=(False,),
        n_stimuli=40,
        final=True,
    )


@pytest.fixture
def going(run: Any) -> Any:
    run.guesses, run.saved_scores = {}, ()
    return run


def guess_of(page: Any, panel: Any, ticker: Any, line: int, cell: int, key: str = "Enter") -> None:
    page.say(panel, kind="press", place=line * N_CELLS + cell, key=key)
    ticker.round()


def end(page: Any, panel: Any, run: Any, ticker: Any, accuracy: float, r: float | None) -> None:
    run.history.append("validation accuracy", [1200], [accuracy])
    run.saved_scores = () if r is None else (SimpleNamespace(latest=scores(r), alive=False),)
    run.steps_done, run.state = 1200, "finished"
    for _ in range(2):
        page.say(panel, kind="ack", sequence=panel.sequence)
        ticker.round()


def test_a_guess_before_the_run_goes_with_it_and_is_settled(page: Any, going: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.Guess(clock=clock, ticker=ticker)
    ticker.round()
    assert panel.sentence().startswith("Guess first")
    guess_of(page, panel, ticker, 0, 43)
    guess_of(page, panel, ticker, 1, 20)
    assert panel.guesses == {"accuracy": 0.86, "V4 r": 0.4}
    panel.follow(going)
    assert going.guesses == {"accuracy": {"value": 0.86, "step": 0}, "V4 r": {"value": 0.4, "step": 0}}
    ticker.round()
    assert panel.sentence() == "Held-out accuracy: you guessed 86 %. V4 r, best model area: you guessed 0.40."
    end(page, panel, going, ticker, 0.908, 0.47)
    assert panel.sentence() == (
        "Held-out accuracy: you guessed 86 %, it became 90.8 %: 4.8 points too low. "
        "V4 r, best model area: you guessed 0.40, it became 0.47: 0.07 too low."
    )
    assert panel.header["keys"] == []
    assert panel.over


def test_a_guess_made_while_it_trains_says_at_which_step(page: Any, going: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.Guess(going, clock=clock, ticker=ticker)
    going.train(300)
    guess_of(page, panel, ticker, 0, 50)
    assert "you guessed 100 % (at step 300)" in panel.sentence()
    guess_of(page, panel, ticker, 0, 50, "-")
    assert panel.guesses == {"accuracy": 0.99}


def test_after_the_end_nobody_guesses(page: Any, going: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.Guess(going, clock=clock, ticker=ticker)
    end(page, panel, going, ticker, 0.5, None)
    panel.pressed(3, "Enter")
    assert panel.guesses == {}
    assert panel.notice.startswith("The run is over.")
    assert panel.sentence().startswith("Guess first")


def test_a_score_that_no_panel_watched_leaves_its_guess_open(page: Any, going: Any, clock: Any, ticker: Any) -> None:
    panel = hw.widgets.Guess(going, clock=clock, ticker=ticker)
    guess_of(page, panel, ticker, 1, 25)
    end(page, panel, going, ticker, 0.5, None)
    assert panel.sentence().endswith("V4 r, best model area: you guessed 0.50.")


def test_a_run_from_a_folder_keeps_its_guesses_whatever_the_file_holds(going: Any) -> None:
    going.state = "finished"
    going.history.append("validation accuracy", [5], [0.9])
    odd = {"accuracy": {"value": 0.9, "step": -3}, "V4 r": {"value": float("nan")}, "x": 3}
    accuracy, brain = guess_lines(going, Quantity("accuracy", lowest=0.0, highest=1.0, percent=True), "V4", odd)
    assert verdict(accuracy) == "Held-out accuracy: you guessed 90 %, it became 90 %: right."
    assert brain.guess is None
    assert guess_lines(going, None, "V4", {"V4 r": {"value": "0.5"}})[0].guess is None


def test_a_goal_without_bounds_has_no_line_to_guess_on() -> None:
    lines = guess_lines(None, Quantity("error", "deg", higher_is_better=False), "IT", {})
    assert [line.key for line in lines] == ["IT r"]


def test_the_cells_of_a_line_cover_its_range_and_words_do_not_meet() -> None:
    line = GuessLine("a", "a", True, lowest=0.0, highest=1.0, guess=0.5, now=0.52)
    assert [value_at(line, cell) for cell in (0, 25, N_CELLS - 1)] == [0.0, 0.5, 1.0]
    for width in (300, 640, 2000):
        scene = guess_scene((line,), False, width)
        you, now = (next(mark for mark in scene.marks if mark.key == key) for key in ("you-0", "run-0"))
        assert now.x - you.x > 40
        assert len(scene.places) == N_CELLS


def test_the_panel_has_a_picture_and_refuses_what_is_no_run(page: Any, going: Any, clock: Any, ticker: Any) -> None:
    assert hw.widgets.Guess(going, clock=clock, ticker=ticker).picture().startswith(b"\x89PNG")
    with pytest.raises(TypeError, match="`run` must be a run"):
        hw.widgets.Guess("now")
    with pytest.raises(TypeError, match="`brain` must be the name of a brain area"):
        hw.widgets.Guess(brain=4)
