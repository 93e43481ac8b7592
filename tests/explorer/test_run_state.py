"""How far a training has come, in numbers that JSON has words for."""

import json
import math

import pytest
from stand_in_kernel import ACCURACY, History, a_model, a_run

from hcnn_widgets.explorer.run_state import run_state
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.training_run import TrainingRun


def test_a_model_without_a_run_has_no_state() -> None:
    assert run_state(None) is None


def test_a_run_is_told_with_its_steps_its_time_and_its_newest_values() -> None:
    assert run_state(a_run()) == {
        "state": "training",
        "message": "Training.",
        "alive": True,
        "stoppable": True,
        "steps_done": 40,
        "n_steps": 100,
        "time_left_s": 12.35,
        "score": "training accuracy 50.0 %",
    }


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_has_no_word_for_is_left_out(value: float) -> None:
    state = run_state(a_run(time_left_s=value, history=History(loss=value, accuracy=1.0)))
    assert state is not None
    assert state["time_left_s"] is None
    assert state["score"] == "training accuracy 100.0 %"
    json.dumps(state, allow_nan=False)


def test_a_time_that_is_not_known_is_none() -> None:
    state = run_state(a_run(time_left_s=None))
    assert state is not None
    assert state["time_left_s"] is None


@pytest.mark.parametrize(
    ("score", "latest", "words"),
    [
        (ACCURACY, {}, ""),
        (ACCURACY, {"loss": 1.0, "validation loss": 2.0}, ""),
        (ACCURACY, {"accuracy": math.nan}, ""),
        (ACCURACY, {"accuracy": 0.5, "validation accuracy": 0.6125}, "held-out accuracy 61.3 %"),
        (Quantity("correlation"), {"correlation": 0.42, "validation correlation": 0.31}, "held-out correlation 0.31"),
        (Quantity("correlation"), {"correlation": 0.42123}, "training correlation 0.421"),
        (None, {"loss": 1.0}, ""),
    ],
)
def test_the_score_is_said_in_the_words_of_the_goal_of_held_out_images_first(
    score: Quantity | None, latest: dict[str, float], words: str
) -> None:
    state = run_state(a_run(model=a_model(score), history=History(**latest)))
    assert state is not None
    assert state["score"] == words


def test_the_stand_in_answers_all_that_may_be_asked_of_a_run() -> None:
    assert isinstance(a_run(), TrainingRun)
