"""Moving statistics of batch normalisation for a network that has never been trained, measured on images.

Batch normalisation begins with the moving mean 0 and variance 1, as placeholders that training replaces. An untrained
network that is run with them does not normalise at all: with depth its responses vanish or explode. So an untrained
control has the statistics of its own responses to the images that it is recorded on.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.architecture.pixels import Pixels
from hcnn_widgets.keras_door import keras

from .network_graph import Application, layers_within
from .tapped_part import TappedPart

MOST_STIMULI = 256
"""Most images that the statistics are measured on, evenly spaced among all."""
LARGEST_MAP_BYTES = 200e6
"""What a batch's largest map may take; statistics of a larger batch are less noisy."""
NOTE = "means and variances of batch normalisation measured on the recorded images"


class MovingStatistics:
    """Statistics of a network's batch normalisation over images, to be set before the network is recorded.

    Each batch of images goes through the network once, layer after layer: every layer of batch normalisation normalises
    by the batch itself, so that the next one sees normalised input. What is kept is the mean of the statistics of all
    batches; of a single batch they are exact. Other layers, such as dropout, behave as outside training.

    Parameters
    ----------
    part : TappedPart
        The part of the network that is recorded.
    images : (n_stimuli, height, width, n_channels) float32
        In [0, 1].
    pixels : Pixels
        How the network takes them.
    largest_map : int
        Units of the largest map that is recorded.

    Source: Wu & Johnson 2021, section 3 ("PreciseBN").
    """

    def __init__(self, part: TappedPart, images: NDArray[np.float32], pixels: Pixels, largest_map: int) -> None:
        layers = _normalising_layers(part)
        self._variables = [variable for layer in layers for variable in (layer.moving_mean, layer.moving_variance)]
        if layers:
            _measure(part, layers, images, pixels, max(1, int(LARGEST_MAP_BYTES // (4 * largest_map))))
        self._values = [keras.ops.convert_to_numpy(variable) for variable in self._variables]

    def __bool__(self) -> bool:
        """Return whether the network has batch normalisation at all."""
        return bool(self._variables)

    def set(self) -> None:
        """Give the network these statistics."""
        for variable, value in zip(self._variables, self._values, strict=True):
            variable.assign(value)


def _measure(
    part: TappedPart, layers: list[Any], images: NDArray[np.float32], pixels: Pixels, most_at_once: int
) -> None:
    """Leave the statistics of the images in the layers."""
    rows = np.linspace(0, len(images) - 1, min(len(images), MOST_STIMULI)).round().astype(np.intp)
    calls: Counter[int] = Counter()

    def normalises(application: Application) -> bool:
        own = _normalising(application.layer)
        for layer in own:
            # A share of 1 / k for the k-th batch makes the moving statistics the mean of all batches so far.
            calls[id(layer)] += 1
            layer.momentum = 1 - 1 / calls[id(layer)]
        return bool(own)

    with _in_training(layers):
        for batch in np.array_split(rows, -(-len(rows) // most_at_once)):
            part.applying(pixels.applied(images[batch]), normalises)


@contextmanager
def _in_training(layers: list[Any]) -> Iterator[None]:
    """Let layers measure, frozen ones too, and leave their momentum and their freeze as they were."""
    before = [(layer.momentum, layer.trainable) for layer in layers]
    for layer in layers:
        layer.trainable = True
    try:
        yield
    finally:
        for layer, (momentum, trainable) in zip(layers, before, strict=True):
            layer.momentum, layer.trainable = momentum, trainable


def _normalising_layers(part: TappedPart) -> list[Any]:
    """Return the layers of batch normalisation, each once."""
    return list({id(found): found for layer in part.layers for found in _normalising(layer)}.values())


def _normalising(layer: Any) -> list[Any]:
    """Return the layers of batch normalisation that a layer is, or holds and runs by itself."""
    return [inner for inner in layers_within(layer) if isinstance(inner, keras.layers.BatchNormalization)]
