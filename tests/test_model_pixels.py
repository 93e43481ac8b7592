"""Networks that want other pixels than [0, 1] get them wherever images go in; the oracle is Keras on bytes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from keras.applications.imagenet_utils import preprocess_input

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.live.at_rest.match import match_at_rest
from hcnn_widgets.mapping.live.at_rest.scores import scores_at_rest
from hcnn_widgets.mapping.live.at_rest.source import AtRest, source_of
from hcnn_widgets.mapping.live.rdms import LiveRdms
from hcnn_widgets.mapping.live.scorer import LiveScorer
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison

layers = keras.layers
RNG = np.random.default_rng(0)
BYTES = RNG.integers(0, 256, (20, 6, 6, 3)).astype(np.uint8)
BYTES[::2, :, :3] //= 4
STIMULI = hw.StimulusSet.from_arrays(BYTES, labels=["dark", "light"] * 10)
TARGETS = np.arange(20) % 2
CATEGORIES = ("dark", "light")


@dataclass(frozen=True)
class Case:
    """First layers of a network, what `from_keras` is told, and what Keras is to be given in place of the bytes."""

    first: Callable[[], list[Any]]
    shown: Callable[[np.ndarray], np.ndarray] = lambda images: images
    pixels: Any = None
    dtype: str = "float32"


def adapted() -> list[Any]:
    layer = layers.Normalization()
    layer.adapt(BYTES.astype(np.float32))
    return [layer]


def inside() -> list[Any]:
    stack = [keras.Input((6, 6, 3)), layers.Rescaling(1 / 255), layers.Conv2D(3, 1)]
    return [keras.Sequential(stack, name="backbone")]


def by_mode(mode: str) -> Case:
    return Case(list, lambda images: preprocess_input(images.astype(np.float32), mode=mode), mode)


CASES = {
    "rescaling": Case(lambda: [layers.Rescaling(1 / 255)]),
    "adapted normalization": Case(adapted),
    "uint8": Case(lambda: [layers.Rescaling(1 / 255)], lambda images: images.astype(np.uint8), dtype="uint8"),
    "backbone": Case(inside),
    "pair": Case(list, pixels=(0, 255)),
    "signed pair": Case(list, lambda images: images / np.float32(127.5) - 1, (-1, 1)),
    **{mode: by_mode(mode) for mode in ("tf", "caffe", "torch")},
}


TRAINED = ("adapted normalization", "uint8", "caffe")
"""Of each way to know the pixels one: by a layer, by the input, by whoever brings the network."""


@pytest.fixture(scope="module", params=TRAINED)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def network_of(case: Case) -> keras.Model:
    keras.utils.set_random_seed(0)
    image = keras.Input((6, 6, 3), dtype=case.dtype)
    maps = image
    for layer in case.first():
        maps = layer(maps)
    maps = layers.Conv2D(4, 3, activation="tanh", name="V1")(maps)
    return keras.Model(image, layers.Dense(2, name="logits")(layers.Flatten()(maps)))


def model_of(case: Case) -> hw.GoalDrivenModel:
    rule = hw.learning.Backpropagation(learning_rate=1e-3, optimizer="sgd", schedule="constant", batch_size=20)
    goal = hw.goal.Categorization(dropout=0.0)
    areas = {"V1": "V1", "out": "logits"}
    return hw.GoalDrivenModel.from_keras(network_of(case), areas, goal, rule, CATEGORIES, pixels=case.pixels)


@pytest.fixture(scope="module")
def model(case: Case) -> hw.GoalDrivenModel:
    return model_of(case)


@pytest.fixture(scope="module")
def shown(case: Case) -> np.ndarray:
    return case.shown(BYTES.astype(np.float32))


def logits_of(network: keras.Model, shown: np.ndarray) -> np.ndarray:
    return network.predict_on_batch(shown)


def assert_recorded(model: hw.GoalDrivenModel, shown: np.ndarray) -> None:
    np.testing.assert_allclose(model.record(STIMULI)["out"], logits_of(model.network, shown), rtol=1e-4, atol=1e-4)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", CASES)
def test_what_is_recorded_is_what_keras_predicts_of_bytes(name: str) -> None:
    assert_recorded(model_of(CASES[name]), CASES[name].shown(BYTES.astype(np.float32)))


def test_evaluate_measures_what_keras_predicts_of_bytes(model, shown) -> None:
    logits = logits_of(model.network, shown).astype(np.float64)
    surprise = np.log(np.exp(logits - logits.max(axis=1, keepdims=True)).sum(axis=1)) + logits.max(axis=1)
    measured = model.evaluate(STIMULI)
    assert measured["loss"] == pytest.approx(float((surprise - logits[np.arange(20), TARGETS]).mean()), rel=1e-4)
    assert measured["accuracy"] == pytest.approx(float((logits.argmax(axis=1) == TARGETS).mean()))


def test_the_untrained_control_is_shown_the_same_and_normalises_alike(model, shown) -> None:
    control = model.untrained()
    assert control.pixels == model.pixels
    assert_recorded(control, shown)
    model._initial, kept = None, model._initial  # as of a pretrained network, whose control is drawn anew
    try:
        assert_recorded(model.untrained(), shown)
        assert np.ptp(model.untrained().record(STIMULI)["V1"]) > 0.01
    finally:
        model._initial = kept


def test_a_saved_model_is_shown_the_same_when_it_is_loaded(model, shown, tmp_path: Path) -> None:
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.pixels == model.pixels
    assert_recorded(again, shown)


@pytest.mark.no_cover
def test_a_step_of_training_is_the_step_of_keras_on_bytes(case: Case, model, shown) -> None:
    twin = network_of(case)
    twin.set_weights(model.network.get_weights())
    twin.compile(keras.optimizers.SGD(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    before = model.network.get_layer("V1").kernel.numpy().copy()
    run = model.train(STIMULI, validation=STIMULI, epochs=1)
    assert run.join(60)
    assert run.state == "finished", run.state_message
    twin.train_on_batch(shown, TARGETS)
    assert not np.array_equal(before, model.network.get_layer("V1").kernel.numpy())
    for ours, theirs in zip(model.network.trainable_weights, twin.trainable_weights, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-3, atol=1e-5)
    held_out = model.evaluate(STIMULI)["loss"]
    assert run.history.last("validation loss") == pytest.approx(held_out, rel=1e-5)
    live = run.at_boundary(model.recorder(STIMULI)).result()
    np.testing.assert_allclose(live["out"], logits_of(model.network, shown), rtol=1e-4, atol=1e-4)


# --- what is said -----------------------------------------------------------------------------------------------


def entered(pixels: Any = None) -> hw.GoalDrivenModel:
    return hw.GoalDrivenModel.from_keras(network_of(CASES["pair"]), {"V1": "V1"}, pixels=pixels)


def recordings() -> hw.RecordingSet:
    return hw.RecordingSet(RNG.random((2, 20, 3)), STIMULI.stimulus_ids, area="IT", stimuli=STIMULI)


def test_an_assumed_range_stands_in_the_model_and_under_its_scores() -> None:
    model, brain = entered(), recordings()
    assert repr(model).endswith("; pixels 0 to 1, as no layer tells others>")
    activations = model.record(STIMULI)
    (note,) = activations.notes
    assert "no layer of the network tells which pixels it expects" in note
    chosen = activations.select(STIMULI.stimulus_ids[::-1])
    score = hw.mapping.predictivity(chosen, brain, splits="kfold", n_folds=3)["V1"]
    assert score.notes.count(note) == 1
    table = hw.mapping.area_scores(activations, brain, untrained=model.untrained().record(STIMULI))
    assert table.notes.count(note) == 1
    assert f"\n{note}." in repr(table)
    assert any(note in said for said in hw.mapping.layer_area_match(activations, brain).notes)


def test_a_range_that_is_given_is_not_remarked_on() -> None:
    model = entered((0, 255))
    assert repr(model).endswith("; pixels 0 to 255>")
    assert model.record(STIMULI).notes == ()
    assert "pixels" not in repr(hw.GoalDrivenModel(hw.architecture.hcnn()))


def test_an_assumed_range_is_said_beside_live_scores_and_their_match() -> None:
    model = entered()
    scorer = LiveScorer((recordings(),), n_units=20, n_stimuli=None, seed=0)
    scorer.get_ready(model)
    scorer.matches = True
    table = scorer.score(AtRest(model), threading.Event())
    assert table is not None
    assert table.match is not None
    for shown in (table, table.match):
        assert shown.notes.count(*model.pixels.notes) == 1


def test_an_assumed_range_is_said_beside_scores_matches_and_rdms_of_a_model_at_rest() -> None:
    model, brain = entered(), recordings()
    (note,) = model.pixels.notes
    scored = scores_at_rest(source_of(model), [brain], "ridgecv", "kfold", (), lambda *_: True)
    matched = match_at_rest(source_of(model), [brain], "ridgecv", "kfold", (), lambda *_: True)
    assert scored is not None
    assert matched is not None
    assert scored.notes.count(note) == 1
    assert any(note in said for said in matched.notes)
    rdms = LiveRdms(AtRest(model), STIMULI, RdmComparison(brain))
    assert rdms.join(20)
    assert rdms.convention.endswith(note)


def test_a_model_keeps_that_its_range_is_assumed(tmp_path: Path) -> None:
    entered().save(tmp_path / "kept")
    assert not hw.GoalDrivenModel.load(tmp_path / "kept").pixels.told


def test_pixels_that_the_network_cannot_take_are_refused_at_the_door() -> None:
    with pytest.raises(ValueError, match=r"`pixels` is no range of pixels\. Accepted is .*; received \(255, 0\)\."):
        entered((255, 0))
