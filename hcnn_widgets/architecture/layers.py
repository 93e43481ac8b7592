r"""Layers that Keras does not have: divisive normalisation, L_p pooling, and two for networks in time.

The first two are written for the training loop on a CPU, where each pass over a whole map counts: in normalisation the
pool over space is two products with a band matrix, which takes half the time of an average pooling with its gradient.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

_SMALLEST_SIGMA = 1e-3
_LONGEST_BAND = 4096
"""Positions along a side up to which a band matrix, of as many values squared, is worth its memory."""


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class DivisiveNormalization(keras.layers.Layer):
    r"""Divide every unit by the activity around it.

    With the pool P = mean of \|x\|^n over a square neighbourhood (the part of it inside the map) and over channels::

        root:   y = gain * x             / (sigma^n + P)^(1/n)
        ratio:  y = gain * sign(x) |x|^n / (sigma^n + P)

    Gain and sigma are one for all channels where the pool is, and one a channel otherwise. Gain and the pool's weights
    are kept at zero or above by a constraint; sigma counts by its absolute value, 0.001 at least.

    Parameters
    ----------
    size : int
        Side of the neighbourhood in positions, odd.
    over : str
        Channels in the pool: "all", "own", or "weighted" (weights (n_channels, n_channels), 1 / n_channels at first).
    formula : str
        "root" or "ratio".
    exponent, sigma : float
        n, which does not learn (2 is much the fastest), and the semi-saturation constant at the start.

    Source
    ------
    Heeger (1992), Visual Neuroscience 9, 181; Carandini & Heeger (2012), Nature Reviews Neuroscience 13, 51 ("ratio");
    Balle, Laparra & Simoncelli (2016), Density modeling of images using a generalized normalization transformation
    ("root" with n = 2, and "weighted").
    """

    def __init__(
        self,
        size: int = 5,
        over: str = "all",
        formula: str = "root",
        exponent: float = 2.0,
        sigma: float = 0.5,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.size, self.over, self.formula = size, over, formula
        self.exponent, self.sigma_at_start = exponent, sigma

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Make the weights, and the band matrices that average over a neighbourhood."""
        height, width, n_channels = input_shape[1:]
        if n_channels is None:
            raise ValueError(f"n_channels is open; (n, height, width, n_channels) is accepted; received {input_shape}.")
        not_negative = keras.constraints.NonNeg()
        n_gains = 1 if self.over == "all" else n_channels
        start = keras.initializers.Constant(self.sigma_at_start)
        self.gain = self.add_weight(
            shape=(n_gains,), initializer="ones", constraint=not_negative, autocast=False, name="gain"
        )
        self.sigma = self.add_weight(shape=(n_gains,), initializer=start, autocast=False, name="sigma")
        if self.over == "weighted":
            even = keras.initializers.Constant(1 / n_channels)
            shape = (n_channels, n_channels)
            self.weights_of_pool = self.add_weight(
                shape=shape, initializer=even, constraint=not_negative, autocast=False, name="pool"
            )
        banded = None not in (height, width) and max(height, width) <= _LONGEST_BAND
        self._bands = (_band(height, self.size), _band(width, self.size)) if banded else None

    def call(self, inputs: Any) -> Any:
        """Return the normalised map, (n_stimuli, height, width, n_channels)."""
        ops, n = keras.ops, self.exponent
        inputs = _not_half(inputs)
        energy = _power(inputs, n)
        sigma = ops.cast(self.sigma, energy.dtype)
        constant = ops.power(ops.maximum(ops.abs(sigma), _SMALLEST_SIGMA), n)
        below = constant + self._over_space(self._over_channels(energy))
        if self.formula == "ratio":
            return ops.cast(ops.sign(inputs) * energy * (self.gain / below), self.compute_dtype)
        shrink = ops.rsqrt(below) if n == 2 else ops.power(below, -1 / n)
        return ops.cast(inputs * (self.gain * shrink), self.compute_dtype)

    def _over_channels(self, energy: Any) -> Any:
        if self.over == "all":
            return keras.ops.mean(energy, axis=-1, keepdims=True)
        return energy if self.over == "own" else keras.ops.matmul(energy, self.weights_of_pool)

    def _over_space(self, energy: Any) -> Any:
        if self.size == 1:
            return energy
        if self._bands is None:
            return keras.ops.average_pool(energy, self.size, strides=1, padding="same")
        ops = keras.ops
        rows, columns = (ops.convert_to_tensor(band, dtype=energy.dtype) for band in self._bands)
        height, width, n_channels = energy.shape[1:]
        if n_channels == 1:
            over_columns = ops.matmul(ops.reshape(energy, (-1, width)), ops.transpose(columns))
        else:
            over_columns = ops.matmul(columns, ops.reshape(energy, (-1, width, n_channels)))
        over_both = ops.matmul(rows, ops.reshape(over_columns, (-1, height, width * n_channels)))
        return ops.reshape(over_both, (-1, height, width, n_channels))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the map, which normalisation leaves as it was."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        own = {"size": self.size, "over": self.over, "formula": self.formula}
        return {**super().get_config(), **own, "exponent": self.exponent, "sigma": self.sigma_at_start}


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class LpPooling(keras.layers.Layer):
    r"""Pool each channel by (mean of \|x\|^p)^(1/p) over squares of positions: p = 1 a mean, large p near the maximum.

    Parameters
    ----------
    p : float
        Exponent, from 1 to 16. Responses that are a 10^(38 / p)-th of their channel's largest count as zero.
    size, strides : int
        Side of the pool, and step between pools, in positions.
    padding : str
        "same" (squares over the edge count what lies inside) or "valid".
    """

    def __init__(self, p: float = 2.0, size: int = 2, strides: int = 2, padding: str = "same", **options: Any) -> None:
        super().__init__(**options)
        self.p, self.size, self.strides, self.padding = p, size, strides, padding

    def call(self, inputs: Any) -> Any:
        """Return the pooled map; its gradient is finite at zero too."""
        ops, inputs = keras.ops, _not_half(inputs)
        if self.p > 2:
            # The result does not depend on the scale, which only keeps powers away from underflow and overflow.
            scale = ops.stop_gradient(ops.max(ops.abs(inputs), axis=(1, 2), keepdims=True))
            scale = ops.where(scale > 0, scale, ops.ones_like(scale))
            return ops.cast(scale * self._pooled(inputs / scale), self.compute_dtype)
        return ops.cast(self._pooled(inputs), self.compute_dtype)

    def _pooled(self, inputs: Any) -> Any:
        ops = keras.ops
        powers = _power(inputs, self.p)
        mean = ops.average_pool(powers, self.size, strides=self.strides, padding=self.padding)
        if self.p == 1:
            return mean
        # The root has no slope at zero, so it is taken of ones there and the result set to zero.
        positive = mean > 0
        above = ops.where(positive, mean, ops.ones_like(mean))
        root = ops.sqrt(above) if self.p == 2 else ops.power(above, 1 / self.p)
        return ops.where(positive, root, ops.zeros_like(root))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the pooled map."""
        return keras.ops.average_pool(keras.KerasTensor(input_shape), self.size, self.strides, self.padding).shape

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        own = {"p": self.p, "size": self.size, "strides": self.strides, "padding": self.padding}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class Frames(keras.layers.Layer):
    """Take a sequence apart: (n_stimuli, time, height, width, n_channels) to a list of a map a time step."""

    def call(self, inputs: Any) -> list[Any]:
        """Return the maps, each (n_stimuli, height, width, n_channels), in their order in time."""
        return keras.ops.unstack(inputs, axis=1)


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class Silence(keras.layers.Layer):
    """Return a map of zeros, the activity of an area before the first time step, for as many stimuli as come in.

    Parameters
    ----------
    shape : tuple of int
        (height, width, n_channels) of the map.
    """

    def __init__(self, shape: tuple[int, ...], **options: Any) -> None:
        super().__init__(**options)
        self.shape = tuple(shape)

    def call(self, inputs: Any) -> Any:
        """Return zeros, (n_stimuli, height, width, n_channels)."""
        return keras.ops.zeros((keras.ops.shape(inputs)[0], *self.shape), dtype=self.compute_dtype)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the map."""
        return (input_shape[0], *self.shape)

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        return {**super().get_config(), "shape": self.shape}


def _not_half(inputs: Any) -> Any:
    """Return maps in half precision as float32: a power of 300 is no number in float16, one of 0.001 is zero."""
    return keras.ops.cast(inputs, "float32") if inputs.dtype in ("float16", "bfloat16") else inputs


def _power(inputs: Any, exponent: float) -> Any:
    r"""Return \|x\|^exponent, the cheap way for 1 and 2."""
    if exponent == 2:
        return keras.ops.square(inputs)
    magnitude = keras.ops.abs(inputs)
    return magnitude if exponent == 1 else keras.ops.power(magnitude, exponent)


def _band(length: int, size: int) -> NDArray[np.float32]:
    """Return the (length, length) matrix that averages over up to `size` neighbours, those outside left out."""
    positions = np.arange(length)
    near = np.abs(positions[:, None] - positions) <= size // 2
    return (near / near.sum(axis=1, keepdims=True)).astype(np.float32)
