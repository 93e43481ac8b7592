"""Pre-activations against Keras: the layer's own function of them is what the layer gives."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations import pre_activations
from hcnn_widgets.activations.pre_activations import activation_points, point_of, prepared_sums
from hcnn_widgets.keras_door import keras

layers = keras.layers
SHAPE = (12, 12, 1)
IMAGES = np.random.default_rng(0).uniform(0, 1, (5, *SHAPE)).astype(np.float32)


def _plain():
    network = keras.Sequential(
        [
            keras.Input(SHAPE),
            layers.Conv2D(3, 3, activation="relu", name="fused"),
            layers.LeakyReLU(negative_slope=0.3, name="leaky"),
            layers.SeparableConv2D(4, 3, activation="tanh", name="separable"),
            layers.Conv2D(2, 3, name="linear"),
            layers.Activation("gelu", name="apart"),
            layers.Flatten(),
            layers.Dense(6, activation="sigmoid", name="dense"),
            layers.Dense(2, activation="softmax", name="readout"),
        ]
    )
    for weights in network.trainable_variables:  # biases that are not 0, as training makes them
        weights.assign(np.random.default_rng(1).standard_normal(weights.shape) * 0.3)
    return network


@pytest.fixture(scope="module")
def plain():
    return _plain()


def test_all_functions_of_a_network_are_found_in_their_order_and_none_of_all_units_at_once(plain) -> None:
    found = {path: (point.function, point.fused, point.leak) for path, point in activation_points(plain).items()}
    assert found == {
        "fused": ("relu", True, None),
        "leaky": ("leaky_relu", False, pytest.approx(0.3)),
        "separable": ("tanh", True, None),
        "apart": ("gelu", False, None),
        "dense": ("sigmoid", True, None),
    }


@pytest.mark.parametrize("path", ["fused", "leaky", "separable", "apart", "dense"])
def test_the_layers_own_function_of_the_sums_is_what_the_layer_gives(plain, path, monkeypatch) -> None:
    monkeypatch.setattr(pre_activations, "UNITS", 10**6)
    sums = prepared_sums(plain, path, SHAPE)(IMAGES)
    layer = plain.get_layer(path)
    expected = np.asarray(keras.Model(plain.inputs[0], layer.output)(IMAGES)).reshape(len(IMAGES), -1)
    function = getattr(layer, "activation", None) or (lambda z: keras.activations.leaky_relu(z, negative_slope=0.3))
    given = keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(sums.z)))
    np.testing.assert_allclose(given, expected, rtol=1e-5, atol=1e-6)
    assert sums.n_all == expected.size
    n_maps = layer.output.shape[-1]
    np.testing.assert_array_equal(sums.largest, sums.z.reshape(-1, n_maps).max(axis=0))


def test_drawn_units_are_the_same_for_every_image_and_batch(plain, monkeypatch) -> None:
    whole = prepared_sums(plain, "fused", SHAPE)(IMAGES)
    monkeypatch.setattr(pre_activations, "UNITS", 7)
    monkeypatch.setattr(pre_activations, "MOST_AT_ONCE", 2)
    some = prepared_sums(plain, "fused", SHAPE, seed=3)(IMAGES)
    assert some.z.shape == (5, 7)
    assert some.n_all == whole.n_all == 5 * 10 * 10 * 3
    np.testing.assert_allclose(some.largest, whole.largest, rtol=1e-6)
    assert all(np.isclose(row, columns).any() for row, columns in zip(some.z[:, 0], whole.z, strict=True))


def test_the_layer_itself_is_left_as_it_is_and_weights_are_those_of_the_moment(plain) -> None:
    layer, before = plain.get_layer("fused"), plain(IMAGES).numpy()
    ask = prepared_sums(plain, "fused", SHAPE)
    first = ask(IMAGES).z
    assert layer.activation is keras.activations.relu
    np.testing.assert_array_equal(plain(IMAGES).numpy(), before)
    bias = layer.bias.numpy()
    layer.bias.assign(bias + 1)
    np.testing.assert_allclose(ask(IMAGES).z, first + 1, rtol=1e-4, atol=1e-5)
    layer.bias.assign(bias)


def test_pixels_go_in_as_the_network_expects_them(plain) -> None:
    ask = prepared_sums(plain, "fused", SHAPE, pixels=(0, 255))
    np.testing.assert_allclose(ask(IMAGES).z, prepared_sums(plain, "fused", SHAPE)(255 * IMAGES).z, rtol=1e-4)


def test_an_area_means_the_last_function_up_to_its_tap() -> None:
    network = hw.architecture.hcnn(("V1", "V2", "IT"), (3, 4, 5), input_shape=(16, 16, 1)).build(seed=0)
    taps = {"V1": "V1", "V2": "V2", "IT": "IT"}
    assert point_of(network, taps, "V2") == "V2.activate"
    assert point_of(network, taps) == "V1.activate"
    assert point_of(network, taps, "IT.activate") == "IT.activate"
    with pytest.raises(
        ValueError,
        match=r"`area` names no .* Accepted are 'V1', .*; received 'V2.activat'; the nearest is 'V2.activate'",
    ):
        point_of(network, taps, "V2.activat")


def test_a_network_without_functions_is_refused() -> None:
    network = keras.Sequential([keras.Input(SHAPE), layers.Conv2D(2, 3)])
    with pytest.raises(ValueError, match="`model` has no activation functions"):
        point_of(network, {})
