"""Two moments: what is paired in time comes to look alike, whatever the pixels; no other rule here does that."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.learning import SimCLR, TwoMoments
from hcnn_widgets.stimuli import SequenceSet, object_moments

RNG = np.random.default_rng(0)
N = 10
FIRST, SECOND = RNG.uniform(0, 1, (2, N, 8, 8, 1)).astype(np.float32)
"""What objects look like at their two moments: nothing that pixels have in common."""


def trained(rule: Any, stimuli: Any) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(
        areas=("V1", "IT"),
        n_kernels=(24, 24),
        kernel_size=(8, 1),
        stride=(8, 1),
        initial_gain=1.0,
        l2_penalty=0.0,
        pooling=None,
        normalisation=None,
        input_shape=(8, 8, 1),
    )
    model = hw.GoalDrivenModel(spec, rule=rule)
    assert model.train(stimuli, validation=None, epochs=300).join(60)
    assert model.run.state == "finished", model.run.state_message
    return model


def share_found(model: hw.GoalDrivenModel, partners: Any) -> float:
    """Return of how many first moments the second one of that partner is the most alike in IT; 1 in 10 by chance."""
    first, second = (model.record(hw.StimulusSet(images))["IT"] for images in (FIRST, SECOND))
    first, second = (units - units.mean(axis=0) for units in (first, second))
    alike = np.corrcoef(first, second)[:N, N:]
    return float(np.mean(alike.argmax(axis=1) == partners))


@pytest.mark.no_cover
def test_what_follows_in_time_comes_to_look_alike_though_its_pixels_have_nothing_in_common() -> None:
    partners = np.roll(np.arange(N), 3)  # as after a swap (Li & DiCarlo 2008): any pairing is learnt, not a given one
    model = trained(TwoMoments(learning_rate=5e-3, batch_size=N), SequenceSet(np.stack([FIRST, SECOND[partners]], 1)))
    assert share_found(model, partners) >= 0.6
    assert share_found(model.untrained(), partners) <= 0.4


@pytest.mark.no_cover
def test_views_of_the_same_images_do_not_pair_them() -> None:
    model = trained(SimCLR(learning_rate=5e-3, batch_size=2 * N), hw.StimulusSet(np.concatenate([FIRST, SECOND])))
    assert share_found(model, np.arange(N)) <= 0.4


@pytest.mark.no_cover
def test_the_readout_beside_is_scored_on_the_last_frames() -> None:
    stimuli = SequenceSet(np.stack([FIRST, SECOND], 1), labels=np.array(["a", "b"] * 5))
    model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), rule=TwoMoments())
    assert model.train(stimuli, validation=stimuli, epochs=2).join(60)
    last = model.run.held_out
    np.testing.assert_array_equal(last.images, SECOND)
    assert model.run.history.last("validation accuracy") == pytest.approx(model.evaluate(last)["accuracy"], abs=1e-6)


def test_images_without_time_are_refused() -> None:
    model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), rule=TwoMoments())
    with pytest.raises(ValueError, match=r"^`stimuli` must be sequences: .*Accepted is .*; received StimulusSet\."):
        model.train(hw.StimulusSet(FIRST))


def test_two_moments_show_the_same_object_elsewhere_before_another_background() -> None:
    moments = object_moments(12, turn=0, shift=0, size=16)
    still = hw.stimuli.objects(12, size=16, cache=False)
    assert moments.labels.tolist() == still.labels.tolist()
    assert moments.latents["exemplar"].tolist() == still.latents["exemplar"].tolist()
    covered = hw.stimuli.masks(still, cache=False) == 1
    first, second = moments.frames[:, 0, ..., 0], moments.frames[:, 1, ..., 0]
    np.testing.assert_allclose(first[covered], second[covered], atol=1e-5)
    np.testing.assert_allclose(first[covered], still.images[..., 0][covered], atol=1e-5)
    free = hw.stimuli.masks(still, cache=False) == 0
    assert abs(np.corrcoef(first[free], second[free])[0, 1]) < 0.3
    moved = object_moments(12, turn=90, shift=0.2, size=16)
    apart = np.abs(moved.latents["horizontal_position"] - still.latents["horizontal_position"])
    assert 0 < apart.max() <= 0.2 * 8
    np.testing.assert_array_equal(moved.latents["light_direction"], still.latents["light_direction"])


@pytest.mark.parametrize("options", [{"n": 0}, {"n": 2, "turn": 200}, {"n": 2, "shift": 1}, {"n": 2, "size": 4}])
def test_moments_that_cannot_be_drawn_are_refused(options: Any) -> None:
    with pytest.raises(ValueError, match=r"cannot be drawn\. Accepted are .*; received"):
        object_moments(**options)
