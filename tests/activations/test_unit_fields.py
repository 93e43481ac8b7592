"""Fields of the layers of Keras networks against the gradient, in networks with positive weights: nothing cancels."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations.unit_fields import unit_fields
from hcnn_widgets.classroom import SlidingLayer
from hcnn_widgets.keras_door import keras

tf = pytest.importorskip("tensorflow")
layers = keras.layers
SHAPE = (20, 17, 1)


def _lenet():
    image = keras.Input((32, 32, 1))
    maps = layers.Conv2D(2, 5, activation="softplus", name="C1")(image)
    maps = layers.AveragePooling2D(2, name="S2")(maps)
    maps = layers.Conv2D(2, 5, activation="softplus", name="C3")(maps)
    maps = layers.AveragePooling2D(2, name="S4")(maps)
    maps = layers.Conv2D(3, 5, activation="softplus", name="C5")(maps)
    return keras.Model(image, layers.Dense(2, name="F6")(layers.Flatten(name="flat")(maps)))


def _residual():
    image = keras.Input(SHAPE)
    first = layers.Conv2D(2, (3, 5), strides=(2, 1), padding="same", name="first")(image)
    maps = layers.Conv2D(2, 3, padding="same", activation="softplus", name="second")(first)
    maps = layers.Add(name="sum")([first, maps])
    maps = layers.ZeroPadding2D(((1, 0), (2, 1)), name="padded")(maps)
    maps = layers.DepthwiseConv2D(3, name="depthwise")(maps)
    return keras.Model(image, layers.Cropping2D(((0, 1), (1, 0)), name="cut")(maps))


def _unet():
    image = keras.Input((16, 12, 1))
    wide = layers.Conv2D(2, 3, padding="same", activation="softplus", name="wide")(image)
    deep = layers.Conv2D(2, 3, strides=2, padding="same", name="deep")(wide)
    up = layers.Conv2DTranspose(2, 2, 2, name="up")(deep)
    again = layers.UpSampling2D(2, name="again")(deep)
    return keras.Model(image, layers.Conv2D(1, 3, name="last")(layers.Concatenate(name="skip")([wide, up, again])))


def _nested():
    block = keras.Sequential([keras.Input(SHAPE), layers.Conv2D(2, 3, dilation_rate=2, name="inner")], name="block")
    image = keras.Input(SHAPE)
    return keras.Model(image, layers.MaxPooling2D(3, 2, padding="same", name="pool")(block(image)))


def _hcnn():
    return hw.architecture.hcnn(("V1", "IT"), (2, 3), input_shape=(32, 32, 1)).build(seed=0)


NETWORKS = {"lenet": _lenet, "residual": _residual, "unet": _unet, "nested": _nested, "hcnn": _hcnn}


def positive(network):
    """Return it with positive weights, those of functions that rectify among them."""
    for weights in network.weights:
        weights.assign(0.05 + 0.1 * np.random.default_rng(0).uniform(size=weights.shape))
    return network


def box_of(network, layer, place, shown):
    """Return first and last row and column of the image with which all maps at a place change."""
    part = keras.Model(network.inputs[0], layer.output)
    with tf.GradientTape() as tape:
        tape.watch(shown)
        maps = part(shown)
        response = tf.reduce_sum(maps[:, place[0], place[1]] if len(maps.shape) == 4 else maps)
    reached = np.abs(tape.gradient(response, shown).numpy()).sum(axis=(0, 3)) > 0
    lines = [np.flatnonzero(reached.any(axis)) for axis in (1, 0)]
    return [(int(line[0]), int(line[-1])) for line in lines] if reached.any() else None


@pytest.mark.parametrize("name", NETWORKS)
def test_each_field_is_the_box_of_the_pixels_that_the_gradient_reaches(name) -> None:
    network = positive(NETWORKS[name]())
    shape = tuple(network.inputs[0].shape[1:])
    fields = unit_fields(network, shape)
    # Distinct pixels: a largest of equal ones would have no place of its own.
    shown = tf.constant(np.random.default_rng(1).uniform(0.5, 1, (1, *shape)), tf.float32)
    rng, checked = np.random.default_rng(2), 0
    for layer in network.layers:
        if layer.name not in fields or isinstance(layer, keras.layers.MaxPooling2D | keras.layers.InputLayer):
            continue
        seen = fields[layer.name]
        assert seen.known
        assert seen.shape[:2] == (seen.rows.n_units, seen.columns.n_units)
        for row, column in {(0, 0), (seen.shape[0] - 1, seen.shape[1] - 1), tuple(rng.integers(0, seen.shape[:2]))}:
            expected = box_of(network, layer, (row, column), shown)
            found = [(int(side.low[at]), int(side.high[at])) for side, at in ((seen.rows, row), (seen.columns, column))]
            sees_any = all(low <= high for low, high in found)
            assert (found if sees_any else None) == expected, layer.name
            checked += 1
    assert checked > 5 or name == "nested"


def test_a_pool_that_takes_the_largest_sees_its_whole_window() -> None:
    fields = unit_fields(_nested(), SHAPE)
    assert fields["block/inner"].windows == (SlidingLayer(3, 1, 2),) * 2
    assert (fields["block/inner"].rows.size, fields["pool"].rows.size, fields["pool"].rows.jump) == (5, 7, 2)


def test_lenet_5_sees_as_published() -> None:
    fields = unit_fields(_lenet(), (32, 32, 1))
    seen = {name: (fields[name].rows.size, fields[name].rows.jump) for name in ("C1", "S2", "C3", "S4", "C5")}
    assert seen == {"C1": (5, 1), "S2": (6, 2), "C3": (14, 2), "S4": (16, 4), "C5": (32, 4)}
    assert fields["F6"].shape == (1, 1, 2)


def test_fields_of_an_hcnn_are_those_of_its_architecture() -> None:
    spec = hw.architecture.hcnn(input_shape=(64, 64, 1))
    fields = unit_fields(spec.build(seed=0), (64, 64, 1))
    for info in spec.areas:
        seen = fields[info.name]
        assert (seen.rows.size, seen.rows.jump) == (info.receptive_field, info.stride)


def test_a_layer_of_ones_own_is_taken_to_see_everything_and_said_to_be_unknown() -> None:
    class Mixed(layers.Layer):
        def call(self, inputs):
            return inputs

    image = keras.Input(SHAPE)
    maps = layers.Conv2D(2, 3, name="filter")(Mixed(name="mixed")(image))
    fields = unit_fields(keras.Model(image, maps), SHAPE)
    assert not fields["mixed"].known
    assert not fields["filter"].known
    assert (fields["filter"].rows.low.max(), fields["filter"].rows.high.min()) == (0, 19)


def test_an_open_input_takes_the_size_of_the_image() -> None:
    image = keras.Input((None, None, 3))
    network = keras.Model(image, layers.Conv2D(2, 3, strides=2, name="filter")(image))
    assert unit_fields(network, (9, 15, 3))["filter"].shape == (4, 7, 2)
