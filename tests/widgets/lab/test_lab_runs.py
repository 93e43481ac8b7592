"""The runs of a dashboard: the one before stays beside the present one, each can be opened, and guesses go along."""

import pytest
from past_runs import a_run
from stand_in_lab import finish, train


def beside(lab):
    """Return the titles of the curves that are not the run's own."""
    charts = lab.monitor.panel.header.get("charts", ())
    return {line["label"] for chart in charts for line in chart["series"] if line.get("ghost")}


@pytest.fixture
def two(page, lab, world, ticker):
    """Train twice, each run to its end."""
    for rate in (1.0, 0.5):
        train(page, lab)
        lab.run.title = f"loss {rate:g}"
        lab.run.train(10, loss=rate)
        finish(page, lab, world, ticker)
    return lab


def test_the_first_run_has_none_beside_it(page, lab, world, ticker):
    train(page, lab)
    lab.run.train(10)
    finish(page, lab, world, ticker)
    assert lab.beside is None
    assert beside(lab) == set()


def test_the_run_before_stays_beside_the_present_one(two, world):
    assert two.beside is world.runs[0]
    assert beside(two) == {"loss 1, training"}


def test_undoing_brings_the_run_beside_back_as_well(page, two, world, ticker):
    page.click(two._start_over)
    assert two.run is None
    page.click(two._start_over)
    assert (two.run, two.beside) == (world.runs[1], world.runs[0])
    finish(page, two, world, ticker)
    assert beside(two) == {"loss 1, training"}


def test_a_run_of_the_table_is_opened_with_the_one_that_was_shown_beside_it(page, two, ticker):
    past, shown = a_run(0.5), two.run
    two.runs.add(past)
    two.views.tabs.index = 2
    two.runs.panel.selected = two.runs.rows[-1].number
    page.click(two.runs._open)
    assert two.run is past
    assert two.beside is shown
    assert two.views.selected_index == 0
    assert two.recordings == ["V4", "IT"]


def test_while_a_training_goes_on_another_run_is_not_opened_in_its_place(page, lab):
    train(page, lab)
    lab.runs.add(a_run(0.5))
    lab.runs.panel.selected = lab.runs.rows[-1].number
    page.click(lab.runs._open)
    assert lab.run.alive
    assert (
        lab.runs.panel.notice == "A training is under way here. Accepted is another run once it is over: Stop ends it."
    )


def test_a_guess_made_before_train_is_pressed_is_that_of_the_run(page, lab):
    page.say(lab.guess, kind="press", place=43, key="Enter")
    train(page, lab)
    assert lab.guess.guesses == {"accuracy": 0.86}


def test_the_next_run_is_guessed_anew(page, two):
    assert two.guess.guesses == {}
    page.click(two._start_over)
    page.say(two.guess, kind="press", place=40, key="Enter")
    assert two.guess.guesses == {"accuracy": 0.8}
