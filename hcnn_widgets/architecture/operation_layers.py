"""The Keras layer of every operation, and the noise that its kernels begin as."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from hcnn_widgets.keras_door import keras

from .areas import Area
from .gabor_bank import gabor_layer
from .layers import DivisiveNormalization, LpPooling
from .lenet_layers import ConnectedConv2D, ScaledTanh, Subsampling
from .operation import Operation
from .operations import RECTIFIERS, Activate, Enlarge, Filter, Normalise, Pool
from .recurrence.recur import Recur
from .recurrence.state_layer import KeptState

LayerMaker = Callable[..., Any]
"""(operation, name=..., initializer=...) -> keras.layers.Layer"""


def filter_layer(operation: Filter, name: str, initializer: Any) -> Any:
    """Return a Conv2D layer, or one that has the weights of its connections alone."""
    options: dict[str, Any] = {
        "strides": operation.stride,
        "padding": operation.padding,
        "use_bias": operation.bias,
        "kernel_initializer": initializer,
        "kernel_regularizer": keras.regularizers.L2(operation.l2_penalty) if operation.l2_penalty else None,
        "name": name,
    }
    if operation.connections:
        return ConnectedConv2D(operation.connections, operation.size, **options)
    return keras.layers.Conv2D(operation.n_kernels, operation.size, **options)


def activate_layer(operation: Activate, name: str, initializer: Any) -> Any:
    """Return a pointwise layer."""
    if operation.function == "leaky_relu":
        return keras.layers.LeakyReLU(negative_slope=operation.slope, name=name)
    if operation.function == "scaled_tanh":
        return ScaledTanh(name=name)
    return keras.layers.Activation(operation.function, name=name)


def pool_layer(operation: Pool, name: str, initializer: Any) -> Any:
    """Return a pooling layer."""
    window: dict[str, Any] = {"strides": operation.stride, "padding": operation.padding, "name": name}
    if operation.function == "lp":
        return LpPooling(operation.p, operation.size, **window)
    if operation.function == "subsample":
        return Subsampling(operation.size, **window)
    makers = {"max": keras.layers.MaxPooling2D, "mean": keras.layers.AveragePooling2D}
    return makers[operation.function](operation.size, **window)


def normalise_layer(operation: Normalise, name: str, initializer: Any) -> Any:
    """Return a divisive normalisation."""
    return DivisiveNormalization(
        operation.size,
        operation.over,
        operation.formula,
        operation.exponent,
        operation.sigma,
        trainable=operation.trainable,
        name=name,
    )


def enlarge_layer(operation: Enlarge, name: str, initializer: Any) -> Any:
    """Return the layer that repeats rows and columns."""
    return keras.layers.UpSampling2D(operation.enlargement, name=name)


def recur_layer(operation: Recur, name: str, initializer: Any) -> Any:
    """Return the layer that keeps a state; the builder hands it that of the time step before."""
    return KeptState(operation.kind, operation.size, initializer, name=name)


LAYER_MAKERS: dict[str, LayerMaker] = {
    "filter": filter_layer,
    "activate": activate_layer,
    "pool": pool_layer,
    "normalise": normalise_layer,
    "enlarge": enlarge_layer,
    "gabor": gabor_layer,
    "recur": recur_layer,
}


def checked_makers(layers: Mapping[str, LayerMaker]) -> Mapping[str, LayerMaker]:
    """Return the standard makers with these in their places; refuse one for an operation that there is not."""
    unknown = [word for word in layers if word not in LAYER_MAKERS]
    if unknown:
        accepted = ", ".join(LAYER_MAKERS)
        raise ValueError(
            f"`layers` has a maker for no operation; accepted are {accepted}; received {', '.join(unknown)}."
        )
    return {**LAYER_MAKERS, **layers}


def initializers(stack: Sequence[Area], seed: int | None) -> list[Any]:
    """Return one initializer an operation: for a filter, He's where a rectifier follows and Glorot's elsewhere.

    What keeps a state makes its own of a seed.
    """
    operations = [operation for area in stack for operation in area.operations]
    seeds = np.random.SeedSequence(seed).generate_state(len(operations)).tolist()
    return [
        _initializer(operation, _rectified(operations[index + 1 :]), one_seed)
        if isinstance(operation, Filter)
        else (one_seed if operation.keeps_state else None)
        for index, (operation, one_seed) in enumerate(zip(operations, seeds, strict=True))
    ]


def _initializer(operation: Filter, rectified: bool, seed: int) -> Any:
    """Return He's normal initializer or Glorot's, its deviation times the filter's gain."""
    scale, mode = (2.0, "fan_in") if rectified else (1.0, "fan_avg")
    return keras.initializers.VarianceScaling(scale * operation.initial_gain**2, mode, "truncated_normal", seed=seed)


def _rectified(following: list[Operation]) -> bool:
    """Return whether a rectifier is the next nonlinearity before the next filter."""
    for operation in following:
        if isinstance(operation, Filter):
            return False
        if isinstance(operation, Activate):
            return operation.function in RECTIFIERS
    return False
