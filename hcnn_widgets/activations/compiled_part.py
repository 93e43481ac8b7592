"""A part of a network, compiled once, with what is made of its tensors in the same graph."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

Call = Callable[[Any], list[NDArray[Any]]]


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
