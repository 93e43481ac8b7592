"""Trained weights are told from initial ones, on Keras's own layers."""

import keras
import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.architecture.initial_weights import drawn_anew, looks_trained


def normalised() -> keras.Model:
    inner = keras.Sequential(
        [keras.Input((8, 8, 4)), keras.layers.BatchNormalization(name="bn"), keras.layers.Flatten()], name="inner"
    )
    image = keras.Input((8, 8, 1))
    maps = keras.layers.Conv2D(4, 3, padding="same", use_bias=False)(image)
    return keras.Model(image, keras.layers.Dense(3)(inner(maps)))


@pytest.mark.parametrize("name", ["beta", "gamma", "moving_mean", "moving_variance"])
def test_a_nested_layer_whose_statistics_have_moved_looks_trained(name: str) -> None:
    network = normalised()
    assert not looks_trained(network)
    getattr(network.get_layer("inner").get_layer("bn"), name).assign(np.full(4, 0.5))
    assert looks_trained(network)


def test_a_step_of_training_shows() -> None:
    network = normalised()
    network.compile(optimizer="sgd", loss="mse")
    network.train_on_batch(np.ones((2, 8, 8, 1), np.float32), np.ones((2, 3), np.float32))
    assert looks_trained(network)


def test_our_own_architectures_do_not_look_trained_before_training() -> None:
    assert not looks_trained(hw.architecture.hcnn(input_shape=(16, 16, 1)).build(seed=3))


def test_biases_that_begin_otherwise_are_no_sign() -> None:
    dense = keras.layers.Dense(2, bias_initializer=keras.initializers.Constant(0.2))
    assert not looks_trained(keras.Sequential([keras.Input((3,)), dense]))


def test_other_seeds_draw_other_weights_of_the_same_names() -> None:
    network = normalised()
    one, two = drawn_anew(network, 0), drawn_anew(network, 1)
    assert [layer.name for layer in one.layers[1:]] == [layer.name for layer in network.layers[1:]]
    kernels = [twin.layers[1].kernel for twin in (one, two)]
    assert not np.array_equal(*map(np.asarray, kernels))


def test_a_layer_that_a_model_inside_shares_with_the_network_stays_shared() -> None:
    inner, shared = keras.Input((8, 8, 1)), keras.layers.Conv2D(1, 3, padding="same", name="shared")
    base = keras.Model(inner, keras.layers.ReLU()(shared(inner)), name="base")
    image = keras.Input((8, 8, 1))
    network = keras.Model(image, base(shared(image)))
    twin = drawn_anew(network, 0)
    assert twin.get_layer("base").get_layer("shared") is twin.get_layer("shared") is not shared
    np.testing.assert_array_equal(*(drawn_anew(network, 3).get_weights()[0] for _ in range(2)))
