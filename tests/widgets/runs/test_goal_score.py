"""The score of a run in a row: of its goal, or of what Keras measures."""

from typing import Any

import pytest

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.widgets.runs.run_row import goal_score


def test_a_fit_of_keras_is_scored_by_its_first_metric(run: Any) -> None:
    run.model.goal = None
    run.quantities = (Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True),)
    run.history.append("accuracy", [1, 2], [0.2, 0.4])
    quantity, value, held_out = goal_score(run)
    assert quantity is run.quantities[0]
    assert (value, held_out) == (pytest.approx(0.4, abs=0.11), False)
    run.history.append("validation accuracy", [2], [0.75])
    assert goal_score(run)[1:] == (0.75, True)


def test_a_run_without_goal_and_metrics_has_no_score(run: Any) -> None:
    run.model.goal = None
    assert goal_score(run) == (None, None, False)
