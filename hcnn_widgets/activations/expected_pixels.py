"""Which pixels a network expects, as far as its first layers tell."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from hcnn_widgets.architecture.pixels import BYTES, Pixels, Range, checked_pixels
from hcnn_widgets.keras_door import keras

from .network_graph import Application, NetworkGraph, Tap

_KEEPS_VALUES = tuple(
    getattr(keras.layers, name)
    for name in (
        *("RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomCrop", "CenterCrop", "Resizing"),
        *("Cropping2D", "ZeroPadding2D", "Reshape", "Permute", "Concatenate", "Identity", "Dropout", "GaussianNoise"),
    )
)
"""Layers behind which pixels have the range that they came with."""
_KEEPS_VALUES_BY_NAME = ("GetItem", "Stack")
"""Operations of the same kind: a channel taken out, channels put in another order."""
_CONSTANTS = {
    "TrueDivide": lambda constant: (1 / constant, 0 * constant),
    "Multiply": lambda constant: (constant, 0 * constant),
    "Add": lambda constant: (1 + 0 * constant, constant),
    "Subtract": lambda constant: (1 + 0 * constant, -constant),
}
"""Operations with a constant, such as ``x / 127.5`` -> scale and offset that say the same."""


def expected_pixels(network: Any, given: Any = None) -> Pixels:
    """Return the pixels that a network expects.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    given : Pixels, pair of numbers, str or None
        What is known of them, see `checked_pixels`. None reads the network: a ``uint8`` input, or the first layer that
        shifts or scales its pixels (a Rescaling, an adapted Normalization, arithmetic with a constant, also in a model
        inside), tells the range. Where nothing tells it, it is [0, 1], and the result says that this is assumed.

    Raises
    ------
    ValueError
        If what is given is no range, or none for this network.

    Examples
    --------
    >>> layers = keras.layers
    >>> expected_pixels(keras.Sequential([keras.Input((8, 8, 3)), layers.Rescaling(1 / 255)])).words
    'pixels 0 to 255'
    >>> expected_pixels(keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(2, 3)])).told
    False
    """
    if isinstance(given, Pixels):
        return given
    image = network.inputs[0]
    dtype, n_channels = keras.backend.standardize_dtype(image.dtype), image.shape[-1] if image.shape else None
    if given is not None:
        return checked_pixels(given, dtype, n_channels)
    ranges = {BYTES} if dtype == "uint8" else set(_ranges(NetworkGraph(network)))
    if len(ranges) == 1:
        return checked_pixels(ranges.pop(), dtype, n_channels)
    assumed = checked_pixels((0.0, 1.0), dtype, n_channels)
    return Pixels(assumed.given, assumed.whole, told=False)


def _ranges(graph: NetworkGraph) -> Iterator[Range]:
    """Yield the ranges that the first layers tell which do something to the values of pixels, branch by branch."""
    same: set[Tap] = set()
    for application in graph.leaves:
        entering = application.is_input and not application.inputs
        if not entering and same.isdisjoint(application.inputs.values()):
            continue
        affine = None if application.is_input else _grey_and_width(application)
        if application.is_input or _keeps_values(application.layer) or _is_identity(affine):
            same.update(application.outputs)
        elif affine is not None and (told := _usual_range(*affine)) is not None:
            yield told


def _keeps_values(layer: Any) -> bool:
    return isinstance(layer, _KEEPS_VALUES) or type(layer).__name__ in _KEEPS_VALUES_BY_NAME


def _is_identity(affine: tuple[Any, Any] | None) -> bool:
    """Return whether values stay as they are: a Normalization that was never adapted tells nothing."""
    return affine is not None and bool(np.all(affine[0] == 0) and np.all(affine[1] == 1))


def _grey_and_width(application: Application) -> tuple[Any, Any] | None:
    """Return the value that a layer brings to 0 and the difference that it brings to 1; None if it is not affine.

    Of statistics, which a Normalization has, the width is twice the deviation: the most that values can deviate from
    their mean is half their range.
    """
    layer = application.layer
    if isinstance(layer, keras.layers.Normalization):
        if layer.invert:
            return None
        mean, variance = (
            np.asarray(keras.ops.convert_to_numpy(value), np.float64) for value in (layer.mean, layer.variance)
        )
        never_adapted = bool(np.all(mean == 0) and np.all(variance == 1))
        return mean, np.ones_like(variance) if never_adapted else 2 * np.sqrt(variance)
    if isinstance(layer, keras.layers.Rescaling):
        scale, offset = np.asarray(layer.scale, np.float64), np.asarray(layer.offset, np.float64)
    else:
        constant = _constant(application)
        if constant is None:
            return None
        scale, offset = _CONSTANTS[type(layer).__name__](constant)
    return None if np.any(scale == 0) else (-offset / scale, 1 / np.abs(scale))


def _constant(application: Application) -> Any:
    """Return what an operation adds, takes off, multiplies with or divides by; None if that is no constant."""
    name, arguments = type(application.layer).__name__, application.node.arguments.args
    constants = [argument for argument in arguments if not isinstance(argument, keras.KerasTensor)]
    if name not in _CONSTANTS or len(arguments) != 2 or len(constants) != 1:
        return None
    if name in ("TrueDivide", "Subtract") and constants[0] is arguments[0]:
        return None  # neither 1 / image nor 1 - image tells the range of the image
    constant = np.asarray(keras.ops.convert_to_numpy(constants[0]), np.float64)
    return None if name == "TrueDivide" and np.any(constant == 0) else constant


def _usual_range(grey: Any, width: Any) -> Range | None:
    """Return the usual range of pixels in which a first layer of this kind makes sense; None where none is sure.

    Parameters
    ----------
    grey : array
        What it brings to 0: black, the middle of the range, or a mean.
    width : array
        What it brings to 1: the range, half of it, or about that; or 1 where only a mean is taken off.

    Examples
    --------
    >>> ways = [(0, 255), (127.5, 127.5), (110, 1), (0.5, 1), (-1, 2), (0, 3)]  # the last: Rescaling(1 / 3)
    >>> [_usual_range(np.array(grey), np.array(width)) for grey, width in ways]
    [(0.0, 255.0), (0.0, 255.0), (0.0, 255.0), (0.0, 1.0), (-1.0, 1.0), None]
    """
    least, most, widest = grey.min(), grey.max(), width.max()
    if -1 <= least < 0 and most <= 1 and widest <= 2.02:
        return (-1.0, 1.0)
    if least >= 0 and most <= 1 and widest <= 1.01:
        return (0.0, 1.0)
    # Bytes: a mean that is none of the smaller ranges', or a difference that would leave next to nothing of those.
    if least >= 0 and most <= 255 and widest <= 258 and (most > 1 or width.min() >= 8):
        return BYTES
    return None
