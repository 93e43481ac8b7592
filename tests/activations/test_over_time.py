"""Responses over time against networks of fewer time steps with the same weights."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw

SMALL: dict[str, Any] = {"areas": ("V1", "IT"), "n_kernels": (3, 5), "kernel_size": 3, "stride": 1}


def model_of(**options: Any) -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(**SMALL, **options))
    model.build(("a", "b"))
    return model


@pytest.mark.no_cover
def test_the_response_at_a_step_is_the_last_one_of_a_network_that_ends_there() -> None:
    sequences = hw.stimuli.moving_digits(5, n_frames=3)
    model = model_of(input_shape=sequences.image_shape)
    steps = hw.activations.over_time(model, sequences)
    assert len(steps) == 3
    for step, n_frames in zip(steps[1:], (2, 3), strict=True):
        shorter = hw.unrolled(model, n_frames)
        expected = shorter.record(hw.stimuli.SequenceSet(sequences.frames[:, :n_frames]))
        for area in model.areas:
            np.testing.assert_allclose(step[area], expected[area], rtol=1e-5, atol=1e-6)
        assert step.stimulus_ids.tolist() == sequences.stimulus_ids.tolist()


def test_the_same_units_are_drawn_at_each_step_of_a_still_image() -> None:
    images = hw.stimuli.digits(6)
    model = model_of(input_shape=(8, 8, 1), time_steps=3)
    drawn, whole = hw.activations.over_time(model, images, units=4, seed=1), hw.activations.over_time(model, images)
    columns = [np.flatnonzero((whole[-1]["IT"] == drawn[-1]["IT"][:, [unit]]).all(axis=0))[0] for unit in range(4)]
    for some, every in zip(drawn, whole, strict=True):
        np.testing.assert_array_equal(some["IT"], every["IT"][:, columns])
    assert not np.allclose(whole[0]["IT"], whole[2]["IT"])


def test_networks_without_a_past_are_refused() -> None:
    sequences = hw.stimuli.moving_digits(4, n_frames=3)
    bare = model_of(input_shape=sequences.image_shape, recurrence=None)
    with pytest.raises(ValueError, match=r"has no responses over time\. Accepted is .*; received .*V1 1, IT 1"):
        hw.activations.over_time(bare, sequences)
    fresh = hw.GoalDrivenModel(hw.architecture.recurrent_hcnn(**SMALL))
    with pytest.raises(ValueError, match="has no network yet"):
        hw.activations.over_time(fresh, sequences)


def test_what_does_not_run_in_time_cannot_be_unrolled() -> None:
    still = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)))
    with pytest.raises(ValueError, match=r"does not run in time\. Accepted is .*; received 'hcnn'"):
        hw.unrolled(still, 4)
