"""An untrained control normalises by its own responses to the images that it is recorded on."""

import keras
import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations import Recorder, moving_statistics
from hcnn_widgets.activations.moving_statistics import NOTE

layers = keras.layers
IMAGES = np.random.default_rng(0).random((12, 8, 8, 1)).astype(np.float32)
STIMULI = hw.StimulusSet.from_arrays(IMAGES)


def normalised(maps: np.ndarray, epsilon: float = 1e-3) -> np.ndarray:
    axes = tuple(range(maps.ndim - 1))
    return (maps - maps.mean(axes)) / np.sqrt(maps.var(axes) + epsilon)


def network(trainable: bool = True) -> keras.Model:
    image = keras.Input((8, 8, 1))
    maps = layers.Conv2D(3, 3, use_bias=False, name="conv1")(image)
    maps = layers.Dropout(0.5)(layers.BatchNormalization(name="bn1", trainable=trainable)(maps))
    inner = keras.Sequential(
        [keras.Input((6, 6, 3)), layers.Conv2D(2, 3, name="conv2"), layers.BatchNormalization(name="bn2")], name="inner"
    )
    return keras.Model(image, layers.Dense(2)(layers.Flatten(name="flat")(inner(maps))))


def control_of(given: keras.Model, **areas: str) -> hw.GoalDrivenModel:
    return hw.GoalDrivenModel.from_keras(given, areas or {"V1": "bn1", "IT": "inner/bn2"}, pixels=(0, 1)).untrained()


def by_hand(given: keras.Model, images: np.ndarray) -> dict[str, np.ndarray]:
    first = normalised(np.asarray(given.get_layer("conv1")(images)))
    second = normalised(np.asarray(given.get_layer("inner").get_layer("conv2")(first)))
    return {"V1": first.reshape(len(images), -1), "IT": second.reshape(len(images), -1)}


@pytest.mark.parametrize("trainable", [True, False])
def test_each_layer_normalises_by_what_comes_out_of_the_normalised_layers_before_it(trainable: bool) -> None:
    given = network(trainable)
    control = control_of(given)
    recorded, expected = control.record(STIMULI), by_hand(given, IMAGES)
    for area in recorded:
        np.testing.assert_allclose(recorded[area], expected[area], rtol=1e-4, atol=1e-5)
    assert recorded.notes == (NOTE,)
    assert control.network.get_layer("bn1").momentum == 0.99
    assert control.network.get_layer("bn1").trainable is trainable


def test_every_recording_has_the_statistics_of_its_own_images_in_whatever_order_they_are_made() -> None:
    given = network()
    control, halves = control_of(given), (STIMULI.select(range(5)), STIMULI.select(range(5, 12)))
    recorders = [control.recorder(half) for half in halves]
    for half, recorder in reversed(list(zip(halves, recorders, strict=True))):
        np.testing.assert_allclose(recorder()["IT"], by_hand(given, half.images)["IT"], rtol=1e-4, atol=1e-5)


def test_of_several_batches_the_mean_of_their_statistics_is_taken(monkeypatch) -> None:
    monkeypatch.setattr(moving_statistics, "LARGEST_MAP_BYTES", 6 * 4 * 6 * 6 * 3)
    given = network()
    control = control_of(given, V1="bn1")
    control.record(STIMULI)
    maps, layer = np.asarray(given.get_layer("conv1")(IMAGES)), control.network.get_layer("bn1")
    batches = maps.reshape(2, -1, 3)
    np.testing.assert_allclose(layer.moving_mean, batches.mean(axis=1).mean(axis=0), rtol=1e-4)
    np.testing.assert_allclose(layer.moving_variance, batches.var(axis=1).mean(axis=0), rtol=1e-4)


def test_a_deep_network_neither_dies_away_nor_hangs_on_the_placeholders() -> None:
    small = keras.initializers.RandomNormal(stddev=0.01, seed=0)
    image = maps = keras.Input((8, 8, 1))
    for depth in range(6):
        maps = layers.Conv2D(4, 3, padding="same", use_bias=False, kernel_initializer=small)(maps)
        maps = layers.ReLU(name=f"relu{depth}")(layers.BatchNormalization()(maps))
    deep = hw.GoalDrivenModel.from_keras(keras.Model(image, layers.Flatten()(maps)), {"IT": "relu5"}, pixels=(0, 1))
    assert deep.record(STIMULI)["IT"].std() < 1e-6
    assert 0.1 < deep.untrained().record(STIMULI)["IT"].std() < 2


def test_a_layer_that_is_applied_twice_takes_the_mean_of_both() -> None:
    image, norm = keras.Input((8, 8, 1)), layers.BatchNormalization(name="norm")
    twice = keras.Model(image, layers.Flatten()(norm(layers.Rescaling(3.0)(norm(image)))))
    control = control_of(twice, IT="norm#1")
    control.record(STIMULI)
    variances = IMAGES.var(), (3 * normalised(IMAGES)).var()
    found = float(control.network.get_layer("norm").moving_variance[0])
    assert found == pytest.approx(np.mean(variances), rel=1e-4)


def test_a_network_without_batch_normalisation_is_recorded_bit_for_bit_as_it_is() -> None:
    plain = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(3, 3, name="V1"), layers.Dropout(0.5)])
    told, untold = (
        Recorder(plain, ["V1"], STIMULI, pixels=(0, 1), untrained=untrained)() for untrained in (True, False)
    )
    np.testing.assert_array_equal(told["V1"], untold["V1"])
    assert told.notes == untold.notes == ()


def test_a_trained_network_and_a_control_that_was_trained_keep_their_statistics() -> None:
    choices = {"goal": hw.goal.Categorization(), "categories": ("a", "b"), "pixels": (0, 1)}
    model = hw.GoalDrivenModel.from_keras(network(), {"V1": "bn1"}, **choices)
    assert model.record(STIMULI).notes == ()
    control = model.untrained()
    labelled = hw.StimulusSet.from_arrays(IMAGES, labels=["a", "b"] * 6)
    assert control.train(labelled, validation=None, epochs=1).join(60)
    before = np.asarray(control.network.get_layer("bn1").moving_mean)
    assert control.record(STIMULI).notes == ()
    np.testing.assert_array_equal(control.network.get_layer("bn1").moving_mean, before)


def test_it_is_said_under_the_scores_and_only_of_the_untrained_network() -> None:
    model = hw.GoalDrivenModel.from_keras(network(), {"V1": "bn1"}, pixels=(0, 1))
    responses = np.random.default_rng(1).normal(size=(1, 12, 3))
    brain = hw.RecordingSet(responses, STIMULI.stimulus_ids, "V4")
    control = model.untrained().record(STIMULI)
    table = hw.mapping.area_scores(model.record(STIMULI), brain, untrained=control, n_folds=3)
    assert f"untrained network, {NOTE}" in table.notes
    assert NOTE not in table.notes
    assert NOTE in hw.mapping.predictivity(control, brain, splits="kfold", n_folds=3)["V1"].notes
    assert control.select(STIMULI.stimulus_ids[:4]).notes == (NOTE,)
