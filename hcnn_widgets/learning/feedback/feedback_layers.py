"""Layers with a way back of their own: forward as Keras's, backward through other weights.

With x what comes in, W the weights and B those of the way back::

    z = B x,   y = W stop(x) + (z - stop(z))

is W x on the way forward, for the bracket is zero. On the way back the error reaches x through B alone, and where B
learns, its gradient is that of W. It needs no custom gradient, so it is the same on every backend.
"""

from typing import Any

from hcnn_widgets.architecture.operations import Filter
from hcnn_widgets.keras_door import keras

WAYS_BACK = ("random", "sign", "learnt", "none")
"""Fixed weights at random; such sizes with the signs of W; weights that learn as W does; nothing goes back."""
OTHER_SEED = 104_729
"""What is added to the seed of W to draw B: any whole number makes other weights of the same size."""


class WayBack:
    """The part that feedback layers share, beside a Keras layer with a ``kernel``.

    Parameters
    ----------
    way_back : {"random", "sign", "learnt", "none"}
        What the error goes back through.
    feedback_initializer : initializer, optional
        Of the feedback weights; by default the kernel's, with another seed.
    """

    kernel: Any
    kernel_initializer: Any
    kernel_regularizer: Any
    use_bias: bool
    add_weight: Any
    _passed: Any

    def __init__(self, *arguments: Any, way_back: str = "random", feedback_initializer: Any = None, **options: Any):
        super().__init__(*arguments, **options)
        self.way_back, self.feedback = way_back, None
        drawn = _with_another_seed(self.kernel_initializer) if feedback_initializer is None else feedback_initializer
        self.feedback_initializer = keras.initializers.get(drawn)

    def build(self, input_shape: Any) -> None:
        """Make the layer's weights, and those of the way back in the kernel's shape."""
        super().build(input_shape)  # type: ignore[misc]
        if self.way_back == "none":
            return
        learns = self.way_back == "learnt"
        self.feedback = self.add_weight(
            shape=self.kernel.shape,
            initializer=self.feedback_initializer,
            regularizer=self.kernel_regularizer if learns else None,
            trainable=learns,
            name="feedback",
        )

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Return what Keras's layer returns; in training, the error goes back another way."""
        if not training:
            return super().call(inputs)  # type: ignore[misc]
        forth = super().call(keras.ops.stop_gradient(inputs))  # type: ignore[misc]
        if self.way_back == "none":
            return forth
        back = self._passed(inputs, self.back_weights())
        return forth + (back - keras.ops.stop_gradient(back))

    def back_weights(self) -> Any:
        """Return the weights that the error goes back through, in the kernel's shape."""
        feedback: Any = self.feedback
        if self.way_back == "sign":
            return keras.ops.stop_gradient(keras.ops.sign(self.kernel) * keras.ops.abs(feedback))
        return feedback

    def angle(self) -> Any:
        """Return the angle between the weights forward and back, in degrees, a scalar tensor.

        90 is what random weights have, 0 what backpropagation has.
        """
        ops = keras.ops
        forth, back = (ops.reshape(ops.cast(each, "float32"), (-1,)) for each in (self.kernel, self.back_weights()))
        norms = ops.sqrt(ops.sum(ops.square(forth)) * ops.sum(ops.square(back)))
        cosine = ops.sum(forth * back) / ops.maximum(norms, 1e-30)
        return ops.arccos(ops.clip(cosine, -1.0, 1.0)) * (180 / 3.141592653589793)

    def save_own_variables(self, store: Any) -> None:
        """Write the layer's weights as Keras does, and the feedback weights behind them."""
        super().save_own_variables(store)  # type: ignore[misc]
        if self.feedback is not None:
            store[str(self._n_others)] = self.feedback

    def load_own_variables(self, store: Any) -> None:
        """Read what `save_own_variables` wrote."""
        super().load_own_variables(store)  # type: ignore[misc]
        if self.feedback is not None:
            self.feedback.assign(store[str(self._n_others)])

    @property
    def _n_others(self) -> int:
        """How many weights the layer has besides."""
        return 2 if self.use_bias else 1

    def get_config(self) -> dict[str, Any]:
        """Return what makes this layer again."""
        initializer = keras.initializers.serialize(self.feedback_initializer)
        own = {"way_back": self.way_back, "feedback_initializer": initializer}
        return {**super().get_config(), **own}  # type: ignore[misc]


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class FeedbackFilter(WayBack, keras.layers.Conv2D):  # type: ignore[misc]
    """A Conv2D with a way back of its own."""

    def _passed(self, inputs: Any, weights: Any) -> Any:
        return self.convolution_op(inputs, weights)


@keras.saving.register_keras_serializable(package="hcnn_widgets")
class FeedbackReadout(WayBack, keras.layers.Dense):  # type: ignore[misc]
    """A Dense with a way back of its own."""

    def _passed(self, inputs: Any, weights: Any) -> Any:
        return keras.ops.matmul(inputs, weights)


def feedback_makers(way_back: str) -> dict[str, Any]:
    """Return the makers of a network's filters and readout with this way back; see `Rule.layers`."""

    def filters(operation: Filter, name: str, initializer: Any) -> Any:
        return FeedbackFilter(
            operation.n_kernels,
            operation.size,
            strides=operation.stride,
            padding=operation.padding,
            use_bias=operation.bias,
            kernel_initializer=initializer,
            kernel_regularizer=keras.regularizers.L2(operation.l2_penalty) if operation.l2_penalty else None,
            way_back=way_back,
            name=name,
        )

    def readout(n_units: int, name: str, initializer: Any) -> Any:
        return FeedbackReadout(n_units, kernel_initializer=initializer, dtype="float32", way_back=way_back, name=name)

    return {"filter": filters, "readout": readout}


def feedback_layers(network: Any) -> list[Any]:
    """Return the layers of a network that have weights for the way back, from the input up."""
    return [layer for layer in network.layers if getattr(layer, "feedback", None) is not None]


def _with_another_seed(initializer: Any) -> Any:
    config = initializer.get_config()
    seed = config.get("seed")
    return type(initializer).from_config({**config, "seed": seed + OTHER_SEED if isinstance(seed, int) else None})
