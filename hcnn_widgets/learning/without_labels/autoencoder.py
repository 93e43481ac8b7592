"""Autoencoder: the top area is to keep of an image what rebuilds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.rule import Learner, StepResult
from hcnn_widgets.records.keywords import checks_keywords

from .readout_beside import area_symbols, with_readout
from .simclr import TopAreaRule

MOST_A_SIDE = 16
"""Pixels a side of what is rebuilt: larger images are averaged down to it."""


@checks_keywords
@dataclass(frozen=True)
class Autoencoder(TopAreaRule):
    """Let the areas keep what rebuilds the image (Hinton & Salakhutdinov 2006, doi 10.1126/science.1127647).

    A linear layer, which is gone when the run is over, rebuilds the image from the top area, averaged down to 16 pixels
    a side. The loss is what it misses as a share of the pixels' variance: 1 is no better than the mean image.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "autoencoder"

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Return the layer that rebuilds the image from the top area."""
        n_units = prod(list(area_symbols(network).values())[-1].shape[1:])
        n_pixels = prod(_small(keras.KerasTensor((1, *network.input_shape[1:]))).shape[1:])
        drawn = keras.initializers.GlorotUniform(seed * 1_000 + 1)
        decoder = keras.layers.Dense(n_pixels, kernel_initializer=drawn, name="decoder")
        decoder.build((None, n_units))
        return {"decoder": decoder}

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the share of the pixels' variance that is not rebuilt, and the readout's loss beside."""
        assert learner.look is not None
        ops = keras.ops
        looked = learner.look(images, training)
        top, wanted = list(looked.areas.values())[-1], ops.cast(_small(images), "float32")
        units = ops.cast(ops.reshape(top, (-1, prod(top.shape[1:]))), "float32")
        wanted = ops.reshape(wanted, (-1, prod(wanted.shape[1:])))
        rebuilt = learner.parts["decoder"](units)
        variance = ops.mean(ops.square(wanted - ops.mean(wanted, axis=0, keepdims=True)))
        own = ops.mean(ops.square(rebuilt - wanted)) / ops.maximum(variance, 1e-8)
        return with_readout(learner, looked, targets, own)


def _small(images: Any) -> Any:
    """Return images averaged down to 16 pixels a side at most."""
    height, width = images.shape[1:3]
    pool = (-(-height // MOST_A_SIDE), -(-width // MOST_A_SIDE))
    return images if pool == (1, 1) else keras.ops.average_pool(images, pool, strides=pool, padding="same")
