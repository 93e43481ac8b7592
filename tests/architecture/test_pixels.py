"""Pixels as networks take them, against Keras's own preprocess_input on bytes."""

import numpy as np
import pytest
from keras.applications.imagenet_utils import preprocess_input

from hcnn_widgets.architecture.pixels import PREPROCESSING, Pixels, checked_pixels
from hcnn_widgets.keras_door import keras

BYTES = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(2, 3, 4, 3) * 3
IMAGES = BYTES / np.float32(255)


@pytest.mark.parametrize("mode", PREPROCESSING)
def test_a_mode_makes_of_images_what_keras_makes_of_bytes(mode: str) -> None:
    made = Pixels(mode).applied(IMAGES)
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, preprocess_input(BYTES.astype(np.float32), mode=mode), atol=2e-5)


@pytest.mark.parametrize("mode", [*PREPROCESSING, (-1, 1), (0, 255)])
def test_a_tensor_becomes_what_an_array_becomes_and_passes_gradients(mode: str) -> None:
    tf = pytest.importorskip("tensorflow")
    image = tf.constant(IMAGES)
    with tf.GradientTape() as tape:
        tape.watch(image)
        shown = Pixels(mode).applied(image)
    np.testing.assert_allclose(shown, Pixels(mode).applied(IMAGES), rtol=1e-6, atol=1e-5)
    assert np.all(keras.ops.convert_to_numpy(tape.gradient(shown, image)) > 0)


def test_a_range_goes_from_black_to_white() -> None:
    shown = Pixels((-3.0, 5.0)).applied(np.array([[[[0.0], [0.25], [1.0]]]], np.float32))
    assert shown.ravel().tolist() == [-3.0, -1.0, 5.0]


def test_images_that_need_nothing_are_not_copied() -> None:
    assert Pixels().applied(IMAGES) is IMAGES


def test_bytes_come_back_whole_for_an_input_of_bytes() -> None:
    shown = checked_pixels((0, 255), "uint8", 3).applied(IMAGES)
    np.testing.assert_array_equal(shown.astype(np.uint8), BYTES)


@pytest.mark.parametrize(
    "given", [(255, 0), (0, 0), (0, np.inf), (0, 1, 2), "tensorflow", "01", 255, ("0", "255"), (True, 2), [[0], [1]]]
)
def test_what_is_no_range_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r"`pixels` is no range of pixels\. Accepted is .*'caffe', 'torch'; received "):
        checked_pixels(given, "float32", 3)


@pytest.mark.parametrize("given", [[0, 255], np.array([0, 255]), (np.uint8(0), np.float32(255))])
def test_a_pair_may_be_a_list_or_numbers_of_numpy(given: object) -> None:
    assert checked_pixels(given, "float32", 3) == Pixels((0.0, 255.0))


def test_means_of_colours_are_refused_for_a_grey_network() -> None:
    with pytest.raises(ValueError, match=r"`pixels='caffe'` is for colour .* of 3 channels; received an input of 1\."):
        checked_pixels("caffe", "float32", 1)
    assert checked_pixels("tf", "float32", 1) == Pixels("tf")


def test_an_input_of_bytes_is_given_nothing_that_it_cannot_hold() -> None:
    with pytest.raises(ValueError, match=r"`pixels='tf'` makes fractions .* received an input of uint8\."):
        checked_pixels("tf", "uint8", 3)
    with pytest.raises(ValueError, match=r"`pixels` is no range that the .* numbers of uint8; received \(-1, 1\)\."):
        checked_pixels((-1, 1), "uint8", 3)


def test_only_a_range_that_is_assumed_is_noted() -> None:
    assert Pixels().notes == Pixels("caffe").notes == ()
    (note,) = Pixels(told=False).notes
    assert "so it was shown 0 to 1 (from_keras(..., pixels=(0, 255)) shows it others)" in note
