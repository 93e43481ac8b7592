"""A rule of each kind through the one loop: no gradient, two views of an image, another way back."""

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits
from tiny_rules import MIDDLE_GREY, FadingFeedback, FeedbackAlignment, Oja, ReadoutOnly, TwoViews

import hcnn_widgets as hw
from hcnn_widgets.architecture import Activate, Filter, area
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.rule import Rule


def digits(n: int = 200, labels: bool = True) -> hw.StimulusSet:
    bunch = load_digits()
    images = (bunch.images[:n] / 16).astype(np.float32)
    return hw.StimulusSet.from_arrays(images, labels=bunch.target[:n] if labels else None)


def dense_spec(**options: Any) -> Any:
    """Return a dense network: a filter as large as the image, and one of a single position."""
    v1 = area("V1", [Filter(16, size=8, padding="valid"), Activate("relu")])
    it = area("IT", [Filter(12, size=1), Activate("relu")])
    return hw.architecture.hcnn(areas=(v1, it), input_shape=(8, 8, 1), background=MIDDLE_GREY, **options)


def trained(rule: Rule, stimuli: hw.StimulusSet, spec: Any = None, goal: Any = None, **options: Any) -> Any:
    model = hw.GoalDrivenModel(spec or dense_spec(), goal or hw.goal.Categorization(dropout=0.0), rule)
    run = model.train(stimuli, **options)
    assert run.join(120)
    assert run.state == "finished", run.state_message
    return model


# --- without a gradient ---------------------------------------------------------------------------------------------
def ellipsoid(n: int = 2000) -> hw.StimulusSet:
    """Draw images of 4 x 4 pixels around the middle grey whose variances differ twofold from axis to axis."""
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(16, 16)))[0]
    patterns = rng.normal(size=(n, 16)) * 0.12 * np.sqrt(0.5) ** np.arange(16) @ axes.T
    return hw.StimulusSet.from_arrays(np.clip(MIDDLE_GREY + patterns, 0, 1).reshape(n, 4, 4).astype(np.float32))


@pytest.mark.no_cover
def test_a_rule_without_a_gradient_finds_the_first_principal_component(way: str) -> None:
    stimuli = ellipsoid()
    unit = area("V1", [Filter(1, size=4, padding="valid", bias=False)])
    spec = hw.architecture.hcnn(areas=(unit,), input_shape=(4, 4, 1), background=MIDDLE_GREY)
    model = trained(Oja(), stimuli, spec, epochs=2)
    x = stimuli.images.reshape(len(stimuli), -1) - MIDDLE_GREY
    first = np.linalg.eigh(x.T @ x)[1][:, -1]
    weights = model.kernels("V1").ravel()
    cosine = abs(weights @ first) / np.linalg.norm(weights)
    assert np.degrees(np.arccos(cosine)) < 2
    assert np.linalg.norm(weights) == pytest.approx(1, abs=0.02)
    history = model.run.history
    assert history.names == ("loss", "length of the weights", "validation loss")
    assert history.last("length of the weights") == pytest.approx(np.linalg.norm(weights), rel=1e-5)
    assert history.last("validation loss") < history.series("loss").mean[0]


def test_a_rule_that_uses_no_labels_trains_a_keras_model_without_a_goal() -> None:
    image = keras.Input((4, 4, 1))
    centred = keras.layers.Rescaling(1.0, offset=-MIDDLE_GREY)(image)
    network = keras.Model(image, keras.layers.Conv2D(1, 4, use_bias=False, name="V1.filter")(centred))
    model = hw.GoalDrivenModel.from_keras(network, {"V1": "V1.filter"}, rule=Oja())
    assert model.train(ellipsoid(200), epochs=2).join(60)
    assert model.run.state == "finished"
    assert not np.array_equal(model.kernels("V1"), model.untrained().kernels("V1"))


@pytest.mark.no_cover
# --- two views ------------------------------------------------------------------------------------------------------
def test_two_views_of_an_image_come_to_agree_without_labels(way: str) -> None:
    model = trained(TwoViews(batch_size=25), digits(labels=False), validation=0.2, epochs=20)
    loss = model.run.history.series("loss").mean
    assert loss[-20:].mean() < 0.6 * loss[:5].mean()
    assert loss[-20:].mean() < 0.6 * np.log(25)
    assert model.run.history.names == ("loss", "agreement", "validation loss")
    assert model.categories == ()
    assert model.network.get_layer("IT").output.shape == model.network.output.shape


@pytest.mark.no_cover
def test_labels_are_never_read_by_a_rule_that_uses_none() -> None:
    with_labels, without = digits(), digits(labels=False)
    shuffled = hw.StimulusSet.from_arrays(
        with_labels.images, labels=np.random.default_rng(0).permutation(np.arange(200) % 10)
    )
    options = {"validation": None, "epochs": 3}
    first, second, third = (
        trained(TwoViews(batch_size=25), one, **options) for one in (with_labels, shuffled, without)
    )
    for name in ("V1.filter", "IT.filter"):
        kernels = [np.asarray(model.network.get_layer(name).kernel) for model in (first, second, third)]
        # Threads add gradients up in any order: equal but for rounding, which 24 steps enlarge.
        np.testing.assert_allclose(kernels[0], kernels[1], rtol=0, atol=0.005)
        np.testing.assert_allclose(kernels[0], kernels[2], rtol=0, atol=0.005)
        assert np.abs(kernels[0] - np.asarray(first.untrained().network.get_layer(name).kernel)).max() > 0.02
    readouts = [model.network.get_layer("readout").get_weights() for model in (first, first.untrained())]
    for after, before in zip(*readouts, strict=True):
        np.testing.assert_array_equal(after, before)


def test_the_score_is_measured_live_where_there_are_labels_that_the_rule_does_not_use() -> None:
    model = trained(TwoViews(batch_size=25), digits(), validation=0.2, epochs=2)
    history = model.run.history
    assert history.names == ("loss", "accuracy", "agreement", "validation loss", "validation accuracy")
    held_out = digits().split(0.2, 0)[1]
    expected = np.mean(
        model.network.predict(held_out.images, verbose=0).argmax(1) == model.goal.targets(held_out, model.categories)
    )
    assert history.last("validation accuracy") == pytest.approx(expected, abs=1e-6)


def test_a_network_whose_layers_are_all_frozen_is_refused_instead_of_finishing() -> None:
    network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(name="IT"), keras.layers.Dense(10)])
    network.trainable = False
    model = hw.GoalDrivenModel.from_keras(network, {"IT": "IT"}, hw.goal.Categorization(), categories=range(10))
    with pytest.raises(ValueError, match=r"has no weight that training may change.*received 2 weights, all frozen"):
        model.train(digits(), validation=None, epochs=1)
    network.trainable = True
    assert model.train(digits(), validation=None, epochs=1).join(60)


def test_a_rule_that_uses_labels_refuses_stimuli_without() -> None:
    with pytest.raises(ValueError, match="labels of at least two categories; received none"):
        hw.GoalDrivenModel(dense_spec()).train(digits(labels=False))


# --- another way back -----------------------------------------------------------------------------------------------
def by_hand(model: Any, weights: dict[str, Any], stimuli: hw.StimulusSet) -> dict[str, Any]:
    """Return the gradients of a dense network of two hidden layers, B in the place of W's transpose."""
    x = stimuli.images.reshape(len(stimuli), -1).astype(np.float64) - MIDDLE_GREY
    (w1, b1), (w2, b2, back2), (w3, b3, back3) = (weights[name] for name in ("V1.filter", "IT.filter", "readout"))
    drive1 = x @ w1.reshape(64, 16) + b1
    drive2 = np.maximum(drive1, 0) @ w2 + b2
    logits = np.maximum(drive2, 0) @ w3 + b3
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True)
    error[np.arange(len(x)), model.goal.targets(stimuli, model.categories)] -= 1
    error /= len(x)
    delta2 = error @ back3.T * (drive2 > 0)
    delta1 = delta2 @ back2.T * (drive1 > 0)
    return {
        "V1.filter": (x.T @ delta1).reshape(w1.shape),
        "IT.filter": np.maximum(drive1, 0).T @ delta2,
        "readout": np.maximum(drive2, 0).T @ error,
    }


def test_feedback_alignment_sends_the_error_back_through_other_weights(way: str) -> None:
    stimuli = digits(60)
    rule = FeedbackAlignment(learning_rate=0.5, optimizer="sgd", batch_size=60, schedule="constant")
    model = trained(rule, stimuli, validation=None, epochs=1)
    names = ("V1.filter", "IT.filter", "readout")
    before, after = (
        {name: network.get_layer(name).get_weights() for name in names}
        for network in (model.untrained().network, model.network)
    )
    expected = by_hand(model, before, stimuli)
    for name in names:
        np.testing.assert_allclose((before[name][0] - after[name][0]) / 0.5, expected[name], atol=2e-6, err_msg=name)
    straight = {name: [*weights[:2], weights[0]] for name, weights in before.items()}
    backpropagated = by_hand(model, {**straight, "V1.filter": before["V1.filter"]}, stimuli)
    assert np.abs(expected["V1.filter"] - backpropagated["V1.filter"]).max() > 1e-3
    np.testing.assert_array_equal(before["readout"][2], after["readout"][2])


def test_a_rule_with_layers_of_its_own_refuses_a_network_that_was_built_without_them() -> None:
    network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(name="IT"), keras.layers.Dense(10)])
    model = hw.GoalDrivenModel.from_keras(
        network, {"IT": "IT"}, hw.goal.Categorization(), FeedbackAlignment(), categories=range(10)
    )
    with pytest.raises(ValueError, match=r"needs layers of its own.*; accepted is .*; received one from from_keras"):
        model.train(digits())


@pytest.mark.no_cover
def test_what_follows_a_step_is_done_after_every_step_of_a_chunk(way: str) -> None:
    model = trained(FadingFeedback(batch_size=25), digits(100), validation=None, epochs=3)
    before, after = (one.network.get_layer("readout").feedback.numpy() for one in (model.untrained(), model))
    np.testing.assert_allclose(after, 0.9**12 * before, rtol=1e-4)


def test_weights_that_the_loss_does_not_depend_on_stay_bit_for_bit() -> None:
    model = trained(ReadoutOnly(optimizer="adamw", batch_size=25), digits(), validation=None, epochs=4)
    twin = model.untrained()
    for name in ("V1.filter", "IT.filter"):
        for ours, theirs in zip(*(each.network.get_layer(name).get_weights() for each in (model, twin)), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    assert model.evaluate(digits())["loss"] < twin.evaluate(digits())["loss"]
