import pytest

from hcnn_widgets.widgets.panel.words import duration, in_words, shows_errors
from hcnn_widgets.widgets.training.state_line import share_done, state_line


def test_an_error_with_a_sentence_of_its_own_keeps_it():
    assert in_words(ValueError("`n` must be at least 1; received 0.")) == "`n` must be at least 1; received 0."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("V3"), "Something went wrong here: KeyError: 'V3'."),
        (ZeroDivisionError(), "Something went wrong here: ZeroDivisionError."),
        (ValueError("x"), "Something went wrong here: ValueError: x."),
    ],
)
def test_an_error_without_a_sentence_is_named(error, words):
    assert in_words(error) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(-1, "0 s"), (99.4, "99 s"), (100, "1 min 40 s"), (3599, "59 min 59 s"), (7260, "2 h 1 min")]
)
def test_times_are_said_coarser_the_longer_they_are(seconds, words):
    assert duration(seconds) == words


def test_before_there_is_ground_for_an_estimate_no_time_is_said(run):
    run.time_left_s = None
    assert state_line(run) == "Training: step 0 of 1,200, epoch 0.0 of 8"


def test_a_run_of_broken_epochs_says_so(run):
    run.n_steps = 225
    assert "of 1.5" in state_line(run)


def test_the_share_done_is_never_more_than_all(run):
    run.steps_done = 1300
    assert share_done(run) == 1.0


def test_a_handler_that_raises_is_said_and_nothing_leaves_it():
    class Panel:
        said = ""

        def say(self, problem):
            self.said = str(problem)

        @shows_errors
        def react(self, value):
            if value < 0:
                raise ValueError("`value` must not be negative; received -1.")
            return value

    panel = Panel()
    assert panel.react(3) == 3
    panel.react(-1)
    assert panel.said == "`value` must not be negative; received -1."
