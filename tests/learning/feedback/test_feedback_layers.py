"""Layers with a way back: forward as Keras's to the last bit, backward through other weights, by loops."""

from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.feedback.feedback_layers import WAYS_BACK, FeedbackFilter, FeedbackReadout

RNG = np.random.default_rng(0)
IMAGES = RNG.normal(size=(2, 6, 5, 3)).astype(np.float32)


def filters(way_back: str) -> Any:
    layer = FeedbackFilter(4, 3, padding="same", kernel_initializer=keras.initializers.HeNormal(3), way_back=way_back)
    layer.build(IMAGES.shape)
    return layer


def gradients(layer: Any, inputs: Any, error: Any) -> tuple[Any, Any]:
    """Return the gradients of the kernel and of what came in."""
    x = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = tf.reduce_sum(layer(x, training=True) * error)
    return tape.gradient(value, [layer.kernel.value, x])


def by_loops(error: Any, weights: Any) -> Any:
    """Return the error sent back through a 3 x 3 filter with zeros around the map, position by position."""
    back = np.zeros((error.shape[0], error.shape[1] + 2, error.shape[2] + 2, weights.shape[2]))
    for row in range(error.shape[1]):
        for column in range(error.shape[2]):
            sent = np.einsum("hwck,nk->nhwc", weights, error[:, row, column])
            back[:, row : row + 3, column : column + 3] += sent
    return back[:, 1:-1, 1:-1]


@pytest.mark.parametrize("way_back", WAYS_BACK)
@pytest.mark.parametrize("training", [False, True])
def test_the_way_forward_is_keras_s_own_to_the_last_bit(way_back: str, training: bool) -> None:
    layer = filters(way_back)
    plain = keras.layers.Conv2D(4, 3, padding="same", kernel_initializer=keras.initializers.HeNormal(3))
    np.testing.assert_array_equal(layer(IMAGES, training=training), plain(IMAGES))


def test_the_error_goes_back_through_the_feedback_weights() -> None:
    error = RNG.normal(size=(2, 6, 5, 4)).astype(np.float32)
    for way_back in ("random", "learnt"):
        layer = filters(way_back)
        back = gradients(layer, IMAGES, error)[1]
        np.testing.assert_allclose(back, by_loops(error, np.asarray(layer.feedback)), atol=1e-5)
        assert np.abs(back - by_loops(error, np.asarray(layer.kernel))).max() > 0.5
    layer = filters("sign")
    signs = np.sign(layer.kernel) * np.abs(layer.feedback)
    np.testing.assert_allclose(gradients(layer, IMAGES, error)[1], by_loops(error, signs), atol=1e-5)
    assert gradients(filters("none"), IMAGES, error)[1] is None


@pytest.mark.parametrize("way_back", WAYS_BACK)
def test_the_weights_forward_learn_as_in_backpropagation(way_back: str) -> None:
    error = RNG.normal(size=(2, 6, 5, 4)).astype(np.float32)
    padded = np.pad(IMAGES, ((0, 0), (1, 1), (1, 1), (0, 0)))
    expected = np.zeros((3, 3, 3, 4))
    for row in range(6):
        for column in range(5):
            window = padded[:, row : row + 3, column : column + 3]
            expected += np.einsum("nhwc,nk->hwck", window, error[:, row, column])
    np.testing.assert_allclose(gradients(filters(way_back), IMAGES, error)[0], expected, atol=1e-4)


def test_the_angle_is_that_of_the_weights_and_90_degrees_for_random_ones() -> None:
    layer = FeedbackReadout(50, kernel_initializer=keras.initializers.GlorotUniform(1))
    layer.build((None, 400))
    w, b = np.asarray(layer.kernel).ravel(), np.asarray(layer.feedback).ravel()
    expected = np.degrees(np.arccos(w @ b / np.linalg.norm(w) / np.linalg.norm(b)))
    assert float(layer.angle()) == pytest.approx(expected, abs=1e-3)
    assert abs(expected - 90) < 2
    layer.feedback.assign(layer.kernel)
    assert float(layer.angle()) == pytest.approx(0, abs=0.1)


def test_a_layer_comes_back_from_its_configuration_with_its_way_back() -> None:
    again = FeedbackFilter.from_config(filters("sign").get_config())
    again.build(IMAGES.shape)
    assert again.way_back == "sign"
    np.testing.assert_array_equal(again.feedback, filters("sign").feedback)
