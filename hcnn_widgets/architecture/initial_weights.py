"""Weights as they are before any training: told from trained ones, and drawn anew."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.no_control import NoControl

_BEGIN_EVEN = ("bias", "beta", "gamma", "moving_mean", "moving_variance")
"""Weights of Keras's layers that begin as zeros or ones, and hardly ever stay so in training."""


def looks_trained(network: Any) -> bool:
    """Return whether a bias, scale or moving statistic is no longer the zeros or ones that its layer begins with.

    Parameters
    ----------
    network : keras.Model
        Built.

    Returns
    -------
    bool
        True only of weights that have changed; False says nothing of a network without such weights.

    Examples
    --------
    >>> network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    >>> looks_trained(network)
    False
    >>> network.layers[0].bias.assign([0.1, 0.0]) is None
    False
    >>> looks_trained(network)
    True
    """
    return any(_has_moved(layer, name) for layer in _layers(network) for name in _BEGIN_EVEN)


def drawn_anew(network: Any, seed: int, initial: Sequence[NDArray[Any]] | None = None) -> Any:
    """Return a network of the same layers, with its initial weights, or with weights that initialisers draw anew.

    What a Normalization was adapted to stays: it describes the images, and training does not change it.

    Parameters
    ----------
    network : keras.Model
        Its layers and taps keep their names.
    seed : int
        The same seed draws the same weights.
    initial : sequence of arrays, optional
        The initial weights, where they are known; taken if the network still has weights of these shapes.

    Raises
    ------
    NoControl
        If Keras cannot make a layer anew: a layer of one's own without `get_config` or, inside a model, without
        registration; a Lambda, whose code is not remade from a description.
    """
    before = random.getstate()
    try:
        copy = _cloned(network, seed, recursive=False)
        # A layer that a model inside the network shares with the network around it comes out as two layers, unless
        # models inside are cloned layer by layer, too: not done for all, for a model's own class may be lost in it.
        copy = copy if len(copy.weights) == len(network.weights) else _cloned(network, seed, recursive=True)
        _keep_statistics_of_inputs(network, copy)
        if initial is not None and [weights.shape for weights in initial] == [own.shape for own in network.weights]:
            copy.set_weights(initial)
        return copy
    finally:
        random.setstate(before)


def _cloned(network: Any, seed: int, recursive: bool) -> Any:
    random.seed(seed)  # where Keras takes the seeds of initialisers from that were given none
    try:
        return keras.models.clone_model(network, recursive=recursive)
    except Exception:  # whatever the layers of other people raise
        # Without Keras's own message, whose advice is to run any code that a layer holds.
        raise _no_control(network) from None


def _no_control(network: Any) -> NoControl:
    layers = ", ".join(f"{type(layer).__name__} `{layer.name}`" for layer in _layers(network) if not _is_remade(layer))
    layers = layers or f"{type(network).__name__} `{network.name}`"
    return NoControl(
        "`network` cannot be copied for an untrained control. Accepted are layers that Keras makes anew from their "
        "get_config(): its own, but no Lambda, and others with @keras.saving.register_keras_serializable(); received "
        f"{layers}.",
        f"no untrained network: Keras cannot make {layers} anew",
    )


def _is_remade(layer: Any) -> bool:
    try:
        keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    except Exception:
        return hasattr(layer, "layers")  # whatever fails inside a model is named by itself
    return True


def _keep_statistics_of_inputs(network: Any, copy: Any) -> None:
    of_both = (
        [layer for layer in _layers(of) if isinstance(layer, keras.layers.Normalization)] for of in (network, copy)
    )
    for adapted, fresh in zip(*of_both, strict=True):
        fresh.set_weights(adapted.get_weights())
        fresh.finalize_state()  # the layer computes with copies of its weights, which are made here


def _layers(network: Any) -> Iterator[Any]:
    for layer in network.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from _layers(layer)


def _has_moved(layer: Any, name: str) -> bool:
    weights, initializer = getattr(layer, name, None), getattr(layer, f"{name}_initializer", None)
    starts = {keras.initializers.Zeros: 0.0, keras.initializers.Ones: 1.0}
    if weights is None or type(initializer) not in starts:
        return False
    return bool(np.any(keras.ops.convert_to_numpy(weights) != starts[type(initializer)]))
