"""Feedback alignment, sign symmetry, Kolen-Pollack and direct feedback: what only the right rule does."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dense_networks import dense_spec, digits, passed, trained, weights_of

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import (
    Backpropagation,
    DirectFeedbackAlignment,
    FeedbackAlignment,
    KolenPollack,
    SignSymmetry,
    feedback_angles,
)
from hcnn_widgets.learning.rule import Learner
from hcnn_widgets.widgets.training.training_code import training_code

LAYERS = ("V1.filter", "V4.filter", "readout")
KINDS = (FeedbackAlignment, DirectFeedbackAlignment, SignSymmetry, KolenPollack)
PLAIN = {"learning_rate": 0.5, "optimizer": "sgd", "schedule": "constant"}


@pytest.mark.no_cover
def test_a_dense_network_learns_nearly_as_well_and_its_weights_align() -> None:
    options = {"learning_rate": 0.1, "optimizer": "momentum", "batch_size": 32}
    learn, held_out = digits().split(0.25, 0)

    aligned, straight = (
        trained(kind(**options), learn, dense_spec(40), seed=1, validation=held_out, epochs=40)
        for kind in (FeedbackAlignment, Backpropagation)
    )
    accuracies = [model.run.history.last("validation accuracy") for model in (aligned, straight)]
    assert accuracies[1] > 0.95
    assert accuracies[0] > accuracies[1] - 0.01
    assert list(feedback_angles(aligned.network)) == ["readout"]
    assert feedback_angles(aligned.network)["readout"] < 60
    assert feedback_angles(straight.network) == {}


def test_the_angle_is_a_curve_of_the_run_and_begins_at_90_degrees() -> None:
    model = trained(FeedbackAlignment(**PLAIN, batch_size=50), digits(200), dense_spec(64, 64), epochs=3)
    history = model.run.history
    assert history.names == ("loss", "accuracy", "angle", "validation loss", "validation accuracy")
    assert history.series("angle").mean[0] == pytest.approx(90, abs=3)
    # The last step measures before it changes the weights.
    assert history.last("angle") == pytest.approx(np.mean(list(feedback_angles(model.network).values())), abs=1.5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_answers_as_one_that_is_trained_by_backpropagation(kind: Any) -> None:
    ours, theirs = (
        hw.GoalDrivenModel(hw.architecture.hcnn(input_shape=(32, 32, 1)), rule=rule, seed=3)
        for rule in (kind(), Backpropagation())
    )
    images = np.random.default_rng(0).uniform(size=(3, 32, 32, 1)).astype(np.float32)
    answers = [model.build(["cat", "dog"])(images, training=False) for model in (ours, theirs)]
    np.testing.assert_array_equal(*answers)


def test_the_first_filter_sends_nothing_back_and_has_no_feedback_weights() -> None:
    model = hw.GoalDrivenModel(dense_spec(16, 12), rule=FeedbackAlignment())
    assert list(feedback_angles(model.build(["cat", "dog"]))) == ["V4.filter", "readout"]


@pytest.mark.no_cover
def test_sign_symmetry_sends_the_error_back_through_the_signs_of_the_weights(way: str) -> None:
    stimuli = digits(60)
    model = trained(SignSymmetry(**PLAIN, batch_size=60), stimuli, validation=None, epochs=1)
    before, after = (weights_of(each.network, LAYERS) for each in (model.untrained(), model))
    x, h1, h2, error = passed(model, before, stimuli)
    back3, back2 = (
        np.sign(before[name][0]) * np.abs(before[name][2]).reshape(before[name][0].shape)
        for name in ("readout", "V4.filter")
    )
    delta2 = error @ back3.T * (h2 > 0)
    delta1 = delta2 @ back2[0, 0].T * (h1 > 0)
    changes = {"V1.filter": x.T @ delta1, "V4.filter": h1.T @ delta2, "readout": h2.T @ error}
    for name, change in changes.items():
        moved = (before[name][0] - after[name][0]).reshape(change.shape) / 0.5
        np.testing.assert_allclose(moved, change, atol=2e-6, err_msg=name)


@pytest.mark.no_cover
@pytest.mark.parametrize(("optimizer", "rate"), [("sgd", 0.3), ("adam", 0.02)])
def test_what_weights_forward_and_back_differ_in_is_forgotten_at_the_decay_s_pace(
    optimizer: str, rate: float, way: str
) -> None:
    rule = KolenPollack(learning_rate=rate, optimizer=optimizer, batch_size=50, decay=0.1, schedule="constant")
    model = trained(rule, digits(200), validation=None, epochs=3)
    before, after = (weights_of(each.network, LAYERS[1:]) for each in (model.untrained(), model))
    for name in LAYERS[1:]:
        kernel, _, feedback = after[name]
        apart = before[name][0] - before[name][2]
        np.testing.assert_allclose(kernel - feedback, 0.9**12 * apart, atol=2e-5)
        assert np.abs(kernel - 0.9**12 * before[name][0]).max() > 0.02  # and something was learned


@pytest.mark.parametrize("share", [1.0, 0.25, 0.0])
def test_weights_decay_at_the_pace_of_learning(share: float) -> None:
    rule = KolenPollack(learning_rate=0.02, decay=0.1)
    network = hw.GoalDrivenModel(dense_spec(16, 12), rule=rule).build(["cat", "dog"])
    optimizer = rule.make_optimizer()
    optimizer.learning_rate = share * rule.learning_rate
    before = weights_of(network, LAYERS[1:])
    rule.after_step(Learner(network, None, optimizer))
    for name, (kernel, bias, feedback) in weights_of(network, LAYERS[1:]).items():
        np.testing.assert_allclose(kernel, (1 - 0.1 * share) * before[name][0], rtol=1e-6)
        np.testing.assert_allclose(feedback, (1 - 0.1 * share) * before[name][2], rtol=1e-6)
        np.testing.assert_array_equal(bias, before[name][1])


def test_direct_feedback_brings_the_error_to_every_area_by_its_own_projection(way: str) -> None:
    stimuli, rule = digits(60), DirectFeedbackAlignment(**PLAIN, batch_size=60)
    model = trained(rule, stimuli, validation=None, epochs=1)
    before, after = (weights_of(each.network, LAYERS) for each in (model.untrained(), model))
    x, h1, h2, error = passed(model, before, stimuli)
    parts = rule.parts(model.network, 0)
    deltas = {area: error @ np.asarray(parts[area].feedback).T for area in ("V1", "V4")}
    changes = {
        "V1.filter": x.T @ (deltas["V1"] * (h1 > 0)),
        "V4.filter": h1.T @ (deltas["V4"] * (h2 > 0)),
        "readout": h2.T @ error,
    }
    for name, change in changes.items():
        moved = (before[name][0] - after[name][0]).reshape(change.shape) / 0.5
        np.testing.assert_allclose(moved, change, atol=2e-6, err_msg=name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_comes_back_from_a_file_and_can_be_trained_on(kind: Any, tmp_path: Path, uncompiled: None) -> None:
    stimuli = digits(60)
    model = trained(kind(batch_size=20), stimuli, epochs=1)
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.rule == model.rule
    assert again.evaluate(stimuli) == pytest.approx(model.evaluate(stimuli), abs=1e-6)
    assert feedback_angles(again.network) == pytest.approx(feedback_angles(model.network), abs=1e-3)
    assert again.train(stimuli, epochs=1).join(60)
    assert again.run.state == "finished", again.run.state_message


def test_the_lines_of_keras_let_weights_decay_as_the_rule_does(uncompiled: None) -> None:
    stimuli = digits(60)
    model = trained(KolenPollack(**PLAIN, batch_size=60, decay=0.25), stimuli, validation=None, epochs=1)
    network = model.untrained().network
    before = weights_of(network, ("V4.filter",))["V4.filter"]
    targets = model.goal.targets(stimuli, model.categories)
    names = {"network": network, "images": stimuli.images, "targets": targets}
    names |= {"held_out_images": stimuli.images, "held_out_targets": targets}
    exec(training_code(model.run), names)
    kernel, _, feedback = weights_of(network, ("V4.filter",))["V4.filter"]
    np.testing.assert_allclose(kernel - feedback, 0.75 * (before[0] - before[2]), atol=1e-6)
    np.testing.assert_allclose(kernel, weights_of(model.network, ("V4.filter",))["V4.filter"][0], atol=1e-5)


def test_a_network_in_which_nothing_sends_an_error_back_is_refused() -> None:
    stimuli = digits(60)
    model = hw.GoalDrivenModel(dense_spec(16), rule=FeedbackAlignment())
    model.network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(name="V1"), keras.layers.Dense(10)])
    model.categories = stimuli.categories
    with pytest.raises(ValueError, match=r"needs a layer that sends an error back.*two filters.*received `sequential"):
        model.train(stimuli)


def test_a_goal_with_too_many_outputs_for_direct_feedback_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hcnn_widgets.learning.feedback.direct.MOST_WEIGHTS", 100)
    model = hw.GoalDrivenModel(dense_spec(16, 12), rule=DirectFeedbackAlignment())
    with pytest.raises(ValueError, match=r"Accepted are 100 of them; received .* with 280\. Take a goal with fewer"):
        model.train(digits(60))


@pytest.mark.parametrize("decay", [-0.1, 1.0, "much", True])
def test_a_decay_that_is_no_share_is_refused(decay: Any) -> None:
    with pytest.raises(ValueError, match="`decay` must be a number from 0 to below 1; received"):
        KolenPollack(decay=decay)
