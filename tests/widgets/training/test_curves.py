import gc
import weakref

import numpy as np
import pytest

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.training_run import TrainingRun, quantities_of
from hcnn_widgets.widgets.training.curves import Curves


@pytest.fixture
def curves(page, run, clock, ticker):
    return Curves(run, clock=clock, ticker=ticker)


def test_curves_wait_in_words_until_there_is_a_step(curves):
    assert curves.message == "Waiting for the first step…"
    assert curves.header == {}


def test_new_steps_reach_the_page_at_the_next_round(page, curves, run, ticker):
    run.train(10)
    ticker.round()
    (frame,) = page.frames(curves)
    assert frame["charts"][0]["series"][0]["length"] == 10


def test_a_failed_run_says_why_in_the_panel_and_keeps_its_curves(curves, run, ticker):
    run.train(10)
    run.state, run.state_message = "failed", "The loss is no longer a number at step 10."
    ticker.round()
    assert (curves.message, curves.wrong) == ("The loss is no longer a number at step 10.", True)
    assert curves.header["charts"]
    assert curves.over


def test_a_finished_run_is_let_go_so_that_its_model_can_be_deleted(page, model, make_run, clock, ticker):
    run = make_run(model)
    run.train(3)
    curves = Curves(run, clock=clock, ticker=ticker)
    known = weakref.ref(run)
    run.state = "finished"
    page.say(curves, kind="ack", sequence=1)
    ticker.round()
    del run
    gc.collect()
    assert known() is None
    assert curves.header["charts"]
    page.say(curves, kind="snapshot")
    ticker.round()
    assert curves.message == ""


def test_without_a_run_the_panel_says_so_and_costs_nothing(page, clock, ticker):
    curves = Curves(clock=clock, ticker=ticker)
    assert curves.message == "No training to show yet."
    assert curves.over
    assert not ticker.looks_after(curves)


def test_following_another_run_takes_the_old_curves_off_the_page(curves, run, model, make_run, ticker):
    run.train(10)
    ticker.round()
    other = make_run(model)
    curves.follow(other)
    assert curves.header == {}
    assert curves.values == b""
    assert curves.message == "Waiting for the first step…"


def test_the_sentence_gives_the_last_value_of_every_curve(curves, run, ticker):
    run.train(10, loss=0.5)
    run.history.append("validation accuracy", [10], [0.75])
    ticker.round()
    assert curves.sentence() == "Training curves up to step 10: training loss 0.5, held-out accuracy 0.75."


def test_the_picture_is_a_png_of_the_frame(curves, run, ticker):
    assert curves.picture() == b""
    run.train(10)
    run.history.append("accuracy", np.arange(1, 11), np.linspace(0, 1, 10))
    ticker.round()
    assert curves.picture().startswith(b"\x89PNG")


def test_the_stand_in_answers_all_that_may_be_asked_of_a_run(run):
    assert isinstance(run, TrainingRun)


def test_the_quantities_are_the_goals_score_and_what_the_rule_measures(run):
    (score,), chance = run.model.goal.score_kinds(("cat", "dog")), 0.5
    angle = Quantity("angle", "degrees")
    run.model.rule.measures = (angle,)
    assert quantities_of(run) == (score, angle)
    assert score.chance == chance
    run.model.goal = None
    assert quantities_of(run) == (angle,)
    assert quantities_of(None) == ()
