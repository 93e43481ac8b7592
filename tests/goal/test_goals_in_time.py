"""Delayed match and next frame: targets, loss and score against NumPy."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal import DelayedMatch, NextFrame


def test_the_answer_to_a_match_is_the_second_unit_and_chance_is_one_half() -> None:
    goal, pairs = DelayedMatch(), hw.stimuli.delayed_match(n=20, delay=1)
    units = goal.units(pairs)
    targets = goal.targets(pairs, units)
    np.testing.assert_array_equal(targets == 1, pairs.latents["sample"] == pairs.latents["test"])
    assert goal.score_kinds(units)[0].chance == 0.5
    assert float(goal.score(np.eye(2)[targets], targets)) == 1.0


def test_copying_the_last_frame_scores_nothing_and_the_frame_that_follows_one() -> None:
    goal, moving = NextFrame(), hw.stimuli.moving_digits(20)
    targets = goal.targets(moving, ())
    assert float(goal.score(moving.frames[:, -1], targets)) == pytest.approx(0, abs=1e-6)
    assert float(goal.score(moving.following, targets)) == 1.0
    half = (moving.frames[:, -1] + moving.following) / 2
    assert float(goal.score(half, targets)) == pytest.approx(0.75, abs=1e-6)
    assert float(goal.loss()(targets, half)) == pytest.approx(np.mean((half - moving.following) ** 2), rel=1e-5)


def test_scores_of_parts_have_the_mean_of_the_whole() -> None:
    goal, moving = NextFrame(), hw.stimuli.moving_digits(20)
    targets, guess = goal.targets(moving, ()), np.full_like(moving.following, 0.1)
    parts = [
        float(goal.score(guess[rows], {name: values[rows] for name, values in targets.items()}))
        for rows in (slice(0, 10), slice(10, 20))
    ]
    assert np.mean(parts) == pytest.approx(float(goal.score(guess, targets)), rel=1e-5)


def test_a_head_that_adds_nothing_copies_the_last_frame() -> None:
    moving = hw.stimuli.moving_digits(4)
    spec = hw.architecture.recurrent_hcnn(areas=("V1",), n_kernels=4, input_shape=moving.image_shape)
    network = hw.GoalDrivenModel(spec, NextFrame()).build(())
    readout = network.get_layer("readout")
    readout.set_weights([np.zeros_like(weights) for weights in readout.get_weights()])
    np.testing.assert_allclose(network(moving.frames), moving.frames[:, -1], atol=1e-6)


@pytest.mark.parametrize("goal", [DelayedMatch(), NextFrame()])
def test_stimuli_without_what_is_asked_are_refused(goal: hw.goal.Goal) -> None:
    with pytest.raises(ValueError, match=r"^`stimuli` must .*; received .*\.$"):
        hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), goal).train(
            hw.stimuli.digits(20)
        )
