"""Networks tell by their first layers which pixels they expect, or do not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from keras.applications.imagenet_utils import preprocess_input

import hcnn_widgets as hw
from hcnn_widgets.activations.expected_pixels import expected_pixels
from hcnn_widgets.architecture.pixels import Pixels
from hcnn_widgets.keras_door import keras

layers = keras.layers
MEAN, DEVIATION = np.array([120.0, 110.0, 100.0]), np.array([60.0, 55.0, 50.0])
BYTES, UNIT, SIGNED = (0.0, 255.0), (0.0, 1.0), (-1.0, 1.0)


def network(*first: Callable[[Any], Any], dtype: str = "float32") -> keras.Model:
    image = keras.Input((8, 8, 3), dtype=dtype)
    maps = image
    for layer in first:
        maps = layer(maps)
    return keras.Model(image, layers.Conv2D(2, 3)(maps))


def adapted(images: np.ndarray) -> Any:
    layer = layers.Normalization()
    layer.adapt(images)
    return layer


def inside(*first: Any) -> Any:
    return keras.Sequential([keras.Input((8, 8, 3)), *first, layers.Conv2D(3, 1)], name="backbone")


RNG = np.random.default_rng(0)
TELL = {
    "Rescaling(1 / 255)": (BYTES, [layers.Rescaling(1 / 255)]),
    "Rescaling(1 / 127.5, -1)": (BYTES, [layers.Rescaling(1 / 127.5, offset=-1)]),
    "Rescaling(1 / 128, -1), as EfficientNetV2": (BYTES, [layers.Rescaling(1 / 128, offset=-1)]),
    "Rescaling by channel": (BYTES, [layers.Rescaling((1 / DEVIATION).tolist(), (-MEAN / DEVIATION).tolist())]),
    "a mean of bytes taken off": (BYTES, [layers.Rescaling(1.0, offset=-127.5)]),
    "Rescaling(2, -1)": (UNIT, [layers.Rescaling(2.0, offset=-1.0)]),
    "Rescaling(255)": (UNIT, [layers.Rescaling(255.0)]),
    "a grey taken off, as our architectures": (UNIT, [layers.Rescaling(1.0, offset=-0.5)]),
    "Rescaling(1 / 2, 1 / 2)": (SIGNED, [layers.Rescaling(0.5, offset=0.5)]),
    "Rescaling(127.5, 127.5)": (SIGNED, [layers.Rescaling(127.5, offset=127.5)]),
    "Normalization given bytes": (BYTES, [layers.Normalization(mean=MEAN, variance=DEVIATION**2)]),
    "Normalization adapted to bytes": (BYTES, [adapted(RNG.integers(0, 256, (9, 8, 8, 3)).astype(np.float32))]),
    "Normalization adapted to [0, 1]": (UNIT, [adapted(RNG.random((9, 8, 8, 3), dtype=np.float32))]),
    "Normalization adapted to [-1, 1]": (SIGNED, [adapted(RNG.uniform(-1, 0.9, (9, 8, 8, 3)).astype(np.float32))]),
    "augmentation before": (BYTES, [layers.RandomFlip(), layers.ZeroPadding2D(1), layers.Rescaling(1 / 255)]),
    "a layer that does nothing before": (BYTES, [layers.Normalization(), layers.Rescaling(1 / 255)]),
    "a backbone inside": (BYTES, [inside(layers.Rescaling(1 / 255))]),
    "division": (BYTES, [lambda image: image / 255.0]),
    "twice less one": (UNIT, [lambda image: 2 * image - 1.0]),
    "preprocess_input tf": (BYTES, [lambda image: preprocess_input(image, mode="tf")]),
    "preprocess_input torch": (BYTES, [lambda image: preprocess_input(image, mode="torch")]),
    "preprocess_input caffe": (BYTES, [lambda image: preprocess_input(image, mode="caffe")]),
}
DO_NOT_TELL = {
    "a convolution": [],
    "a Rescaling that fits no range": [layers.Rescaling(1 / 3)],
    "a Rescaling behind a convolution": [layers.Conv2D(3, 1), layers.Rescaling(1 / 255)],
    "arithmetic that tells nothing": [lambda image: 1.0 / (image + image) - image * image],
    "a Rescaling to nothing": [layers.Rescaling(0.0)],
    "a Normalization never adapted": [layers.Normalization()],
    "a Normalization the other way": [layers.Normalization(mean=0.5, variance=0.1, invert=True)],
    "two branches that differ": [
        lambda image: layers.Concatenate()([layers.Rescaling(1 / 255)(image), layers.Rescaling(2.0, -1.0)(image)])
    ],
}


@pytest.mark.parametrize("kind", TELL)
def test_the_first_layer_that_changes_pixels_tells_their_range(kind: str) -> None:
    told, first = TELL[kind]
    assert expected_pixels(network(*first)) == Pixels(told)


@pytest.mark.parametrize("kind", DO_NOT_TELL)
def test_where_nothing_tells_it_the_range_is_assumed_and_said_to_be(kind: str) -> None:
    assert expected_pixels(network(*DO_NOT_TELL[kind])) == Pixels(UNIT, told=False)


def test_an_input_of_bytes_tells_bytes() -> None:
    assert expected_pixels(network(dtype="uint8")) == Pixels(BYTES, whole=True)
    assert expected_pixels(network(layers.Rescaling(1 / 255), dtype="int32")) == Pixels(BYTES, whole=True)


def test_what_is_given_stands_above_what_the_layers_tell() -> None:
    rescaled = network(layers.Rescaling(1 / 255))
    assert expected_pixels(rescaled, (0, 1)) == Pixels(UNIT)
    assert expected_pixels(rescaled, "caffe") == Pixels("caffe")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["EfficientNetB0", "MobileNetV3Small"])
def test_the_networks_of_keras_that_rescale_by_themselves_tell_it(name: str) -> None:
    made = getattr(keras.applications, name)(weights=None, include_top=False, input_shape=(32, 32, 3))
    assert expected_pixels(made) == Pixels(BYTES)


def test_a_network_built_of_an_architecture_tells_0_to_1() -> None:
    built = hw.architecture.hcnn(areas=("V1",), input_shape=(16, 16, 1)).build()
    assert expected_pixels(built) == Pixels(UNIT)
