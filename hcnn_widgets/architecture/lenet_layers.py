"""Layers of LeNet-5 that Keras does not have: kernels that see some maps only, trained sub-sampling, a scaled tanh."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

AMPLITUDE, SLOPE = 1.7159, 2 / 3
"""A and S of A tanh(S z): f(1) = 1 and f(-1) = -1, where the function bends most."""


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class ConnectedConv2D(keras.layers.Layer):
    """Cross-correlate each map with the kernels that are connected to it, and have no weights for the others.

    Parameters
    ----------
    connections : sequence of sequence of int
        For each kernel the channels that it sees, counted from 0.
    size, strides : int
        Side of a kernel, and step between its positions.
    padding : str
        "same" or "valid".
    use_bias : bool
        Whether each kernel adds a trained constant.
    kernel_initializer, kernel_regularizer
        As in Keras's Conv2D. The initialiser draws weights for all channels, and those of the connections are kept.

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86, 2278: C3 of LeNet-5.
    """

    def __init__(
        self,
        connections: Sequence[Sequence[int]],
        size: int = 3,
        strides: int = 1,
        padding: str = "same",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        kernel_regularizer: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.connections = tuple(tuple(int(channel) for channel in row) for row in connections)
        self.size, self.strides, self.padding, self.use_bias = size, strides, padding, use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Make a square of weights for every connection, and the matrix that puts each into its place."""
        n_channels, n_kernels = input_shape[-1], len(self.connections)
        self._places = [row * n_kernels + kernel for kernel, rows in enumerate(self.connections) for row in rows]
        self._dense_shape = (self.size, self.size, n_channels, n_kernels)

        def initial(shape: Any, dtype: Any = None) -> Any:
            dense = keras.ops.reshape(
                self.kernel_initializer(self._dense_shape, dtype=dtype), (self.size, self.size, -1)
            )
            return keras.ops.take(dense, np.array(self._places, np.int32), axis=-1)

        self.connected = self.add_weight(
            shape=(self.size, self.size, len(self._places)),
            initializer=initial,
            regularizer=self.kernel_regularizer,
            name="connected",
        )
        self.bias = self.add_weight(shape=(n_kernels,), initializer="zeros", name="bias") if self.use_bias else None
        self._into_place = np.zeros((len(self._places), n_channels * n_kernels), np.float32)
        self._into_place[np.arange(len(self._places)), self._places] = 1

    @property
    def kernel(self) -> Any:
        """Kernels over all channels, (size, size, n_channels, n_kernels), zero where nothing is connected."""
        into_place = keras.ops.convert_to_tensor(self._into_place, dtype=self.connected.dtype)
        return keras.ops.reshape(keras.ops.matmul(self.connected, into_place), self._dense_shape)

    def kernel_among(self, weights: NDArray[Any]) -> NDArray[Any]:
        """Return what `kernel` is for weights of the connections, (size, size, n_connections), as they once were."""
        return (weights @ self._into_place).reshape(self._dense_shape)

    def call(self, inputs: Any) -> Any:
        """Return the maps of the kernels, (n_stimuli, height, width, n_kernels)."""
        kernel = keras.ops.cast(self.kernel, self.compute_dtype)
        maps = keras.ops.conv(inputs, kernel, strides=self.strides, padding=self.padding)
        return maps if self.bias is None else maps + keras.ops.cast(self.bias, self.compute_dtype)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the maps."""
        maps = keras.KerasTensor(input_shape), keras.KerasTensor((self.size, self.size, input_shape[-1], 1))
        shape = keras.ops.conv(*maps, strides=self.strides, padding=self.padding).shape
        return (*shape[:-1], len(self.connections))

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        own = {"connections": self.connections, "size": self.size, "strides": self.strides, "padding": self.padding}
        made = {
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
        }
        return {**super().get_config(), **own, **made}


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class Subsampling(keras.layers.Layer):
    """Add up each pool, times a trained coefficient, plus a trained bias; one of each a channel.

    The coefficient starts at 1 / size^2, where a pool is the mean, and the bias at 0.

    Parameters
    ----------
    size, strides : int
        Side of the pool, and step between pools, in positions.
    padding : str
        "same" (of a pool over the edge the mean of what lies inside counts size^2 times) or "valid".

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86, 2278: S2 and S4 of LeNet-5.
    """

    def __init__(self, size: int = 2, strides: int = 2, padding: str = "same", **options: Any) -> None:
        super().__init__(**options)
        self.size, self.strides, self.padding = size, strides, padding

    def build(self, input_shape: tuple[Any, ...]) -> None:
        """Make a coefficient and a bias a channel."""
        mean = keras.initializers.Constant(1 / self.size**2)
        self.coefficient = self.add_weight(shape=(input_shape[-1],), initializer=mean, name="coefficient")
        self.bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        """Return the pooled map, before any nonlinearity."""
        mean = keras.ops.average_pool(inputs, self.size, strides=self.strides, padding=self.padding)
        return mean * (self.size**2 * self.coefficient) + self.bias

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the pooled map."""
        return keras.ops.average_pool(keras.KerasTensor(input_shape), self.size, self.strides, self.padding).shape

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        own = {"size": self.size, "strides": self.strides, "padding": self.padding}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class ScaledTanh(keras.layers.Layer):
    """Put every unit through 1.7159 tanh(2/3 z).

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86, 2278, appendix A.
    """

    def call(self, inputs: Any) -> Any:
        """Return the units, between -1.7159 and 1.7159."""
        return AMPLITUDE * keras.ops.tanh(SLOPE * inputs)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape of the map, which stays as it was."""
        return input_shape
