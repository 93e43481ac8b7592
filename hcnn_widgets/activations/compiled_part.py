"""A part of a network, compiled once, with what is made of its tensors in the same graph."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

Call = Callable[..., list[NDArray[Any]]]


def compiled_part(part: Any, image_shape: Sequence[int], made_of: Callable[[list[Any]], list[Any]]) -> Call:
    """Return a call that runs images through a part of a network and gives what is made of its tensors, as arrays.

    Only what is made leaves the graph: maps that are pooled in it are never copied.

    Parameters
    ----------
    part : TappedPart
    image_shape : (height, width, n_channels)
    made_of : callable
        The part's tensors -> tensors, written in keras.ops.

    Returns
    -------
    callable
        Images (n_stimuli, height, width, n_channels), as the network takes them, to arrays.
    """
    make = _tensorflow_call if keras.backend.backend() == "tensorflow" else _plain_call
    return make(part, tuple(image_shape), made_of)


def compiled_gradient(image_shape: Sequence[int], made_of: Callable[[Any, Any], tuple[Any, ...]]) -> Call:
    """Return a call that gives how the first thing that is made of an image changes with each of its pixels.

    Parameters
    ----------
    image_shape : (height, width, n_channels)
    made_of : callable
        Images (1, height, width, n_channels) and whole numbers -> a number, and whatever else is to be known, written
        in keras.ops.

    Returns
    -------
    callable
        Image and whole numbers -> the gradient (height, width, n_channels), then all that is made, as arrays.

    Raises
    ------
    NotImplementedError
        If the backend is not TensorFlow.
    """
    if keras.backend.backend() != "tensorflow":
        raise NotImplementedError(
            "Gradients with respect to pixels need Keras on TensorFlow. Accepted is KERAS_BACKEND=tensorflow; received "
            f"{keras.backend.backend()}."
        )
    import tensorflow as tf

    shape, whole = tf.TensorSpec((1, *image_shape)), tf.TensorSpec((None,), tf.int32)

    @tf.function(autograph=False, input_signature=[shape, whole])  # type: ignore[untyped-decorator]
    def one_image(image: Any, asked: Any) -> list[Any]:
        with tf.GradientTape() as tape:
            tape.watch(image)
            response, *others = made_of(image, asked)
        gradient = tape.gradient(response, image, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return [gradient[0], response, *others]

    compiled = one_image.get_concrete_function()
    return lambda image, asked: [
        array.numpy() for array in compiled(tf.constant(image[None], tf.float32), tf.constant(asked, tf.int32))
    ]


def _tensorflow_call(part: Any, image_shape: tuple[int, ...], made_of: Callable[[list[Any]], list[Any]]) -> Call:
    import tensorflow as tf

    @tf.function(autograph=False, input_signature=[tf.TensorSpec((None, *image_shape))])  # type: ignore[untyped-decorator]
    def one_batch(images: Any) -> list[Any]:
        return made_of(part(images, training=False))

    compiled = one_batch.get_concrete_function()
    return lambda images: [array.numpy() for array in compiled(tf.constant(images, tf.float32))]


def _plain_call(part: Any, _image_shape: tuple[int, ...], made_of: Callable[[list[Any]], list[Any]]) -> Call:
    def one_batch(images: Any) -> list[NDArray[Any]]:
        maps = [keras.ops.convert_to_tensor(array) for array in part.predict_on_batch(np.asarray(images))]
        return [np.asarray(keras.ops.convert_to_numpy(array)) for array in made_of(maps)]

    return one_batch
