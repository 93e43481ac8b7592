"""Reading the kernels of all areas again and again while a network is trained."""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

from .filter_kernels import filter_of

MOST_BYTES = 2**20
"""Of the kernels of an area: larger ones are not read, for nobody could look at so many."""


def kernel_reader(network: Any, taps: Mapping[str, str]) -> Callable[[], dict[str, NDArray[np.float32]]]:
    """Return what copies the kernels of each area's first filter layer, for the thread that may touch the network.

    An area without a filter layer, or with more than `MOST_BYTES` of kernels, is left out.

    Returns
    -------
    callable
        () -> area -> (n_kernels, height, width, n_channels) float32.
    """
    filters: dict[str, Any] = {}
    for area in taps:
        try:
            layer = filter_of(network, taps, area).layer
        except ValueError:
            continue
        if 4 * prod(layer.kernel.shape) <= MOST_BYTES:
            filters[area] = layer

    def read() -> dict[str, NDArray[np.float32]]:
        arrays = {area: keras.ops.convert_to_numpy(layer.kernel) for area, layer in filters.items()}
        return {area: np.array(array.transpose(3, 0, 1, 2), np.float32, order="C") for area, array in arrays.items()}

    return read
