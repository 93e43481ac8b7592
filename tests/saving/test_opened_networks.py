"""Networks that Keras writes come through the preflight; larger ones than their weights do not, and nothing is run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from model_archives import members, rewritten

from hcnn_widgets.keras_door import keras
from hcnn_widgets.saving import network_file
from hcnn_widgets.saving.network_file import open_network

layers, Input = keras.layers, keras.Input
IMAGE = (8, 8, 3)


@keras.saving.register_keras_serializable("tests_of_saving")
class Doubled(layers.Layer):
    """A layer of a person's own, whose variable is made of an array."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.factor = keras.Variable(np.full(1, 2.0, np.float32), name="factor")

    def call(self, inputs: Any) -> Any:
        return inputs * self.factor


@keras.saving.register_keras_serializable("tests_of_saving")
class OwnModel(keras.Model):
    """A model that is no graph."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.dense = layers.Dense(2)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)


def sequential() -> Any:
    return keras.Sequential([Input(IMAGE), layers.Conv2D(2, 3, activation="relu"), layers.Flatten(), layers.Dense(2)])


def functional() -> Any:
    image = Input(IMAGE)
    maps = layers.Conv2D(2, 3, kernel_regularizer="l2", kernel_constraint="max_norm")(image)
    return keras.Model(image, layers.Dense(2, activation=keras.activations.gelu)(layers.Flatten()(maps)))


def own_model() -> Any:
    network = OwnModel()
    network(np.zeros((1, 4), np.float32))
    return network


def nested() -> Any:
    inner, image = sequential(), Input(IMAGE)
    inner.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 9)), keras.losses.MeanSquaredError()
    )
    inner.optimizer.build(inner.trainable_variables)
    return keras.Model(image, layers.Dense(1)(inner(image)))


def shared() -> Any:
    image, again = Input(IMAGE), layers.Conv2D(3, 3, padding="same")
    return keras.Model(image, again(again(image)))


def several() -> Any:
    left, right = Input((3,)), Input((3,))
    return keras.Model([left, right], {"sum": layers.Dense(2)(layers.Add()([left, right])), "right": right})


def operations() -> Any:
    image = Input(IMAGE)
    maps = keras.ops.relu(image * 2.0 - keras.ops.ones((8, 8, 3))) + image
    return keras.Model(image, keras.ops.reshape(maps, (-1, 192)))


def normalised() -> Any:
    scaled = layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[1.0, 1.0, 1.0])
    parts = [
        layers.BatchNormalization(),
        layers.LayerNormalization(),
        layers.GroupNormalization(1),
        layers.Dropout(0.1),
    ]
    return keras.Sequential([Input(IMAGE), layers.Rescaling(1 / 255), scaled, layers.RandomFlip(), *parts])


def recurrent() -> Any:
    parts = [layers.Bidirectional(layers.GRU(2, return_sequences=True)), layers.RNN(layers.LSTMCell(2))]
    return keras.Sequential([Input((5, 3)), *parts])


def attention() -> Any:
    words = Input((5, 4))
    return keras.Model(words, layers.MultiHeadAttention(2, 2)(words, words))


def mixed() -> Any:
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        return sequential()
    finally:
        keras.config.set_dtype_policy("float32")


def half() -> Any:
    keras.config.set_dtype_policy("bfloat16")
    try:
        return sequential()
    finally:
        keras.config.set_dtype_policy("float32")


def application() -> Any:
    """Return a block of a network of keras.applications, with the layer that is that module's own."""
    image = Input(IMAGE)
    scale = keras.src.applications.convnext.LayerScale(1e-6, 3)
    return keras.Model(image, scale(layers.DepthwiseConv2D(3, padding="same")(image)))


NETWORKS: list[Callable[[], Any]] = [
    *(sequential, functional, own_model, nested, shared, several, operations, normalised, recurrent, attention),
    *(mixed, half, application),
    lambda: keras.Sequential([Input((4,)), Doubled()]),
]


@pytest.mark.parametrize("make", NETWORKS, ids=[make.__name__.strip("<>") for make in NETWORKS])
def test_a_network_as_keras_writes_it_is_opened_with_its_weights(make: Callable[[], Any], tmp_path: Path) -> None:
    network = make()
    rng = np.random.default_rng(0)
    network.set_weights([rng.random(weights.shape).astype(weights.dtype) for weights in network.get_weights()])
    network.save(tmp_path / "m.keras")
    again = open_network(tmp_path / "m.keras")
    assert not again.compiled
    for ours, theirs in zip(again.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def changed_layer(path: Path, number: int, **fields: Any) -> None:
    config = json.loads(members(path)["config.json"])
    config["config"]["layers"][number]["config"].update(fields)
    rewritten(path, {"config.json": json.dumps(config)})


def test_a_layer_that_is_larger_than_the_weights_in_the_file_is_given_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_file, "_loaded", lambda *_: pytest.fail("it was given memory"))
    keras.Sequential([Input((4,)), layers.Dense(2)]).save(tmp_path / "m.keras")
    # 4 x 90,000,000 weights and as many biases would take 1.8 GB.
    changed_layer(tmp_path / "m.keras", 1, units=90_000_000)
    with pytest.raises(
        ValueError, match=r"larger than the weights that it holds\. .* network of 450,000,000 values and 10"
    ):
        open_network(tmp_path / "m.keras")


def test_a_network_that_keras_cannot_build_is_refused_without_its_advice_to_run_code(tmp_path: Path) -> None:
    keras.Sequential([Input((4,)), layers.Dense(2)]).save(tmp_path / "m.keras")
    changed_layer(tmp_path / "m.keras", 1, units=-1)
    with pytest.raises(ValueError, match=r"`path` holds a network that Keras cannot build\. Accepted is") as told:
        open_network(tmp_path / "m.keras")
    assert "safe_mode" not in str(told.value)


def test_a_lambda_stays_shut_after_somebody_has_opened_the_door_for_this_thread(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    network = keras.Sequential([Input((4,)), layers.Lambda(lambda x, path=str(ran): (open(path, "w").close(), x)[1])])
    ran.unlink()
    network.save(tmp_path / "m.keras")
    keras.config.enable_unsafe_deserialization()
    try:
        with pytest.raises(ValueError, match=r"names a class or function that is not accepted.* 'Lambda'"):
            open_network(tmp_path / "m.keras")
    finally:
        keras.src.saving.serialization_lib.global_state.set_global_attribute("safe_mode_saving", None)
    assert not ran.exists()


def test_a_function_that_is_registered_under_another_name_is_opened(tmp_path: Path) -> None:
    @keras.saving.register_keras_serializable("tests_of_saving", name="halved")
    def half_of(x: Any) -> Any:
        return x / 2

    keras.Sequential([Input((4,)), layers.Dense(2, activation=half_of)]).save(tmp_path / "m.keras")
    assert open_network(tmp_path / "m.keras").layers[0].activation is half_of


def test_a_layer_that_is_known_in_a_scope_alone_is_known_to_the_file_too(tmp_path: Path) -> None:
    class Passing(layers.Layer):
        def call(self, inputs: Any) -> Any:
            return inputs

    keras.Sequential([Input((4,)), Passing(), layers.Dense(1)]).save(tmp_path / "m.keras")
    with pytest.raises(ValueError, match="'Passing'"):
        open_network(tmp_path / "m.keras")
    with keras.saving.custom_object_scope({"Passing": Passing}):
        assert type(open_network(tmp_path / "m.keras").layers[0]) is Passing
