"""The moments of one training as a sweep, and sweeps over goals and rules."""

from typing import Any

import numpy as np
import pytest
from moments_by_hand import run_of

import hcnn_widgets as hw


def test_each_moment_has_the_accuracy_that_was_last_known_and_r_of_the_highest_area() -> None:
    run = run_of([(0, 0.5, 0.1), (12, 0.5, 0.2), (30, 0.5, 0.3)], {10: 0.25, 20: 0.5})
    sweep = hw.sweeps.checkpoints(run)
    assert [(row.number, row.accuracy, row.top) for row in sweep.rows] == [(12, 0.25, 0.2), (30, 0.5, 0.3)]
    assert [row.title for row in sweep.rows] == ["step 12", "step 30"]
    assert np.isnan(sweep.rows[0].best)
    assert not sweep.alive
    assert hw.sweeps.checkpoints(run, "IT").rows == ()
    with pytest.raises(TypeError, match="received str"):
        hw.sweeps.checkpoints("run")


def test_goals_and_rules_are_drawn_and_leave_the_networks_as_they_were() -> None:
    usual, more = hw.sweeps.Space(), hw.sweeps.Space(goals=("categorization", "position"), rules=("readout only",))
    assert more.draw(3, (16, 16, 1)) == usual.draw(3, (16, 16, 1))
    drawn = {more.choices(number) for number in range(20)}
    assert drawn == {("categorization", "readout only"), ("position", "readout only")}
    assert (usual.by_readout, more.by_readout) == (False, True)
    assert "goals" not in usual.plain()
    with pytest.raises(ValueError, match=r"`goals='positon'` is unknown"):
        hw.sweeps.Space(goals=("positon",))


@pytest.mark.no_cover
def test_networks_of_several_goals_are_compared_by_a_readout(images: Any, recordings: Any) -> None:
    space = hw.sweeps.Space((1,), (4,), (3,), goals=("position",))
    sweep = hw.sweep(images, recordings, space, n=1, epochs=1, n_jobs=1, units=64)
    assert sweep.join(120)
    row = sweep.rows[0]
    assert (row.goal, row.rule, row.score_name, row.error) == ("position", "backpropagation", "position R2", "")
    assert 0 <= row.accuracy <= 1
    assert sweep.settings["by_readout"] is True
    assert "position" in row.label
