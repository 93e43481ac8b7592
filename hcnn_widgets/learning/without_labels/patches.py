"""What a filter sees: patches of the map that comes into it, their moments, and what makes them white."""

from typing import Any

from hcnn_widgets.keras_door import keras

SMALLEST_VARIANCE = 0.1
"""In terms of the mean variance over directions, added before dividing: what hardly varies is noise and stays small."""


def patches(came: Any, layer: Any, n_patches: int, random: Any) -> Any:
    """Return patches that a convolution sees, at places drawn at random.

    Parameters
    ----------
    came : tensor
        (n_stimuli, height, width, n_channels), what comes into the layer.
    layer : keras.layers.Conv2D
    n_patches : int
    random : keras.random.SeedGenerator

    Returns
    -------
    tensor
        (n_patches, size * size * n_channels), each in the order of the layer's kernel.
    """
    ops, (rows, columns) = keras.ops, layer.kernel_size
    if layer.padding == "same":
        around = [[(size - 1) // 2, size // 2] for size in (rows, columns)]
        came = ops.pad(came, [[0, 0], *around, [0, 0]])
    height, width, n_channels = came.shape[1:]
    first = _drawn(n_patches, height - rows + 1, random)[:, None, None]
    left = _drawn(n_patches, width - columns + 1, random)[:, None, None]
    which = ops.arange(n_patches)[:, None, None] % ops.shape(came)[0]
    down, across = ops.arange(rows)[None, :, None], ops.arange(columns)[None, None, :]
    places = (which * height + first + down) * width + left + across
    seen = ops.take(ops.reshape(came, (-1, n_channels)), ops.reshape(places, (-1,)), axis=0)
    return ops.reshape(ops.cast(seen, "float32"), (n_patches, rows * columns * n_channels))


def whitening(mean: Any, second: Any) -> Any:
    """Return the symmetric matrix that makes patches white (ZCA; Bell & Sejnowski 1997).

    Parameters
    ----------
    mean : (n_inputs,) tensor
    second : (n_inputs, n_inputs) tensor
        Mean products of the patches' values.
    """
    ops = keras.ops
    covariance = second - mean[:, None] * mean[None, :]
    values, vectors = ops.linalg.eigh(covariance)
    floor = SMALLEST_VARIANCE * ops.mean(values) + 1e-8
    scale = 1 / ops.sqrt(ops.maximum(values, 0.0) + floor)
    return ops.matmul(vectors * scale[None, :], ops.transpose(vectors))


def unit_rows(array: Any) -> Any:
    """Return rows of length 1; a row of zeros stays."""
    ops = keras.ops
    return array / ops.maximum(ops.sqrt(ops.sum(ops.square(array), axis=1, keepdims=True)), 1e-8)


def _drawn(n: int, n_places: int, random: Any) -> Any:
    ops = keras.ops
    drawn = ops.cast(ops.floor(keras.random.uniform((n,), seed=random) * n_places), "int32")
    return ops.minimum(drawn, n_places - 1)  # a product may round up to the end
