"""From the last area's map back to an image: convolutions between doublings of height and width."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from hcnn_widgets.keras_door import keras

from .goal import LayerMakers
from .readout import readout_layer

MOST_FILTERS, FEWEST_FILTERS = 64, 16
"""At the smallest map, and near the image, where each costs the most; halved from step to step."""
SMALLEST_SIDE = 4
"""Height and width of the map at which units without places begin."""


def decoded(trunk: Any, n_channels: int, seed: int | None, layers: LayerMakers) -> Any:
    """Put a decoder onto a trunk: outputs for each pixel of its images.

    A map that has as many places as the image has pixels, such as a U-Net's, is read out as it is.

    Parameters
    ----------
    trunk : keras.Model
        Of images (n_stimuli, height, width, n); of several inputs, the first is the image. Its outputs are maps, or
        layers of units.
    n_channels : int
        Outputs for each pixel.
    seed : int or None
        The same seed gives the same initial weights.
    layers : mapping of str to callable
        A maker named "readout" makes the last layer, which is the same at every pixel.

    Returns
    -------
    KerasTensor
        (n_stimuli, height, width, n_channels), of the layer named "readout".
    """
    first = trunk.input[0] if isinstance(trunk.input, list | tuple) else trunk.input
    side: tuple[int, int] = tuple(first.shape[-3:-1])
    seeds = iter(np.random.SeedSequence(seed).generate_state(64).tolist())
    tensor, n_filters, number = _joined(trunk.output, seeds), MOST_FILTERS, 0
    while tensor.shape[1] < side[0] or tensor.shape[2] < side[1]:
        number += 1
        tensor = keras.layers.UpSampling2D(2, name=f"decoder_doubled_{number}")(tensor)
        tensor = keras.layers.Conv2D(
            n_filters,
            3,
            padding="same",
            activation="relu",
            kernel_initializer=keras.initializers.HeNormal(next(seeds)),
            name=f"decoder_filter_{number}",
        )(tensor)
        n_filters = max(FEWEST_FILTERS, n_filters // 2)
    tensor = _sized(tensor, side, "decoder_size")
    make = layers.get("readout", readout_layer)
    return make(n_channels, name="readout", initializer=keras.initializers.GlorotUniform(next(seeds)))(tensor)


def _joined(outputs: Any, seeds: Iterator[int]) -> Any:
    """Return one map of all outputs of a trunk: smaller ones enlarged, side by side."""
    several = outputs if isinstance(outputs, list | tuple) else [outputs]
    maps = [_placed(tensor, f"decoder_places_{number}", seeds) for number, tensor in enumerate(several, start=1)]
    if len(maps) == 1:
        return maps[0]
    side = max(tensor.shape[1] for tensor in maps), max(tensor.shape[2] for tensor in maps)
    alike = [_sized(tensor, side, f"decoder_size_{number}") for number, tensor in enumerate(maps, start=1)]
    return keras.layers.Concatenate(name="decoder_join")(alike)


def _placed(tensor: Any, name: str, seeds: Iterator[int]) -> Any:
    """Return a map as it is, and units as a small map that they all reach."""
    if len(tensor.shape) == 4:
        return tensor
    n_units, initializer = SMALLEST_SIDE**2 * MOST_FILTERS, keras.initializers.HeNormal(next(seeds))
    spread = keras.layers.Dense(n_units, "relu", kernel_initializer=initializer, name=f"{name}_units")(tensor)
    return keras.layers.Reshape((SMALLEST_SIDE, SMALLEST_SIDE, MOST_FILTERS), name=name)(spread)


def _sized(tensor: Any, side: tuple[int, int], name: str) -> Any:
    return tensor if tensor.shape[1:3] == side else keras.layers.Resizing(*side, name=name)(tensor)
