"""Optimizers and learning rate schedules, by name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.entry import Entry


@dataclass(frozen=True)
class Optimizer(Entry[[float], Any]):
    """Learning rate -> a fresh keras optimizer.

    Parameters
    ----------
    line : str
        The Keras that makes the same of a variable named ``rate``.
    """

    line: str


@dataclass(frozen=True)
class Schedule(Entry[[float], float]):
    """Share of the run that is done, 0 to 1 -> what the learning rate is multiplied with.

    Parameters
    ----------
    line : str
        The Keras of a schedule that starts at ``{rate}`` and ends after ``{n_steps}`` steps.
    """

    line: str


def made_fused(optimizer: type[Any], *given: float, **options: float) -> Any:
    """Return an optimizer of Keras's Adam or a subclass of it, with fused updates where TensorFlow runs Keras.

    The update of a variable is then one operation: a graph of little more than half the size compiles sooner. What
    Keras does around it (clipping, weight decay, constraints, scaled losses) stays Keras's own.

    Parameters
    ----------
    optimizer : type
        keras.optimizers.Adam or a subclass without an update of its own.
    *given, **options
        Its arguments.

    Examples
    --------
    >>> isinstance(made_fused(keras.optimizers.Adam, 1e-3), keras.optimizers.Adam)
    True
    """
    if keras.backend.backend() != "tensorflow":
        return optimizer(*given, **options)
    fused = type(optimizer.__name__, (optimizer,), {"_backend_update_step": _update})
    return fused(*given, **options)


def _update(self: Any, gradients: Sequence[Any], variables: Sequence[Any], learning_rate: Any) -> None:
    """Take the place of the method of Keras that updates variable by variable."""
    import tensorflow as tf

    variables = [getattr(variable, "value", variable) for variable in variables]
    if self.amsgrad or not all(_is_plain(tf, *pair) for pair in zip(gradients, variables, strict=True)):
        keras.optimizers.Adam._backend_update_step(self, gradients, variables, learning_rate)
        return
    step = tf.cast(self.iterations.value + 1, tf.float32)
    # The powers once for all variables: each is a handful of operations.
    rates = {
        "beta1_power": self.beta_1**step,
        "beta2_power": self.beta_2**step,
        "lr": tf.cast(learning_rate, tf.float32),
        "beta1": tf.constant(self.beta_1),
        "beta2": tf.constant(self.beta_2),
        "epsilon": tf.constant(self.epsilon),
    }
    for gradient, variable in zip(gradients, variables, strict=True):
        number = self._get_variable_index(variable)
        moments = {"m": self._momentums[number].value.handle, "v": self._velocities[number].value.handle}
        tf.raw_ops.ResourceApplyAdam(var=variable.handle, **moments, **rates, grad=gradient)


def _is_plain(tf: Any, gradient: Any, variable: Any) -> bool:
    """Return whether a gradient is dense and both are of single precision; a sparse one reaches a few rows alone."""
    return isinstance(gradient, tf.Tensor) and gradient.dtype == tf.float32 and variable.dtype == tf.float32


OPTIMIZERS: dict[str, Optimizer] = {
    "adam": Optimizer(lambda rate: made_fused(keras.optimizers.Adam, rate), "keras.optimizers.Adam(rate)"),
    "adamw": Optimizer(
        lambda rate: made_fused(keras.optimizers.AdamW, rate, weight_decay=0.01),
        "keras.optimizers.AdamW(rate, weight_decay=0.01)",
    ),
    "sgd": Optimizer(lambda rate: keras.optimizers.SGD(rate), "keras.optimizers.SGD(rate)"),
    "momentum": Optimizer(
        lambda rate: keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
        "keras.optimizers.SGD(rate, momentum=0.9, nesterov=True)",
    ),
}
SCHEDULES: dict[str, Schedule] = {
    "constant": Schedule(lambda progress: 1.0, "{rate}"),
    "cosine": Schedule(
        lambda progress: 0.5 * (1.0 + math.cos(math.pi * min(1.0, progress))),
        "keras.optimizers.schedules.CosineDecay({rate}, decay_steps={n_steps})",
    ),
}
