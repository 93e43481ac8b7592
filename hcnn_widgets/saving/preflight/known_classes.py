"""The classes and functions that a configuration of Keras may name: a list of what is accepted, not of what is not."""

import inspect
import sys
from functools import cache
from typing import Any

from hcnn_widgets.keras_door import keras

RUN_FOREIGN_CODE = frozenset({"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"})
"""Layers of keras.layers whose configuration holds code, or names files with code."""
_KERAS_S_OWN = {"keras.src.ops.": keras.Operation, "keras.src.applications.": keras.layers.Layer}
"""Modules of Keras that are not public -> the kind of class that networks name in them."""


def is_known_class(module: Any, name: Any) -> bool:
    """Return whether a class of this module may stand in a configuration.

    Examples
    --------
    >>> is_known_class("keras.layers", "Conv2D"), is_known_class("keras.layers", "Lambda")
    (True, False)
    >>> is_known_class("keras.src.ops.numpy", "Add"), is_known_class("keras.utils", "plot_model")
    (True, False)
    """
    if not isinstance(module, str) or not isinstance(name, str):
        return False
    if name in _public_classes().get(module, frozenset()):
        return True
    for prefix, kind in _KERAS_S_OWN.items():
        if module.startswith(prefix) and module in sys.modules:  # never imported because a file says so
            found = vars(sys.modules[module]).get(name)
            return inspect.isclass(found) and issubclass(found, kind) and found.__module__ == module
    return False


def is_known_function(module: Any, name: Any) -> bool:
    """Return whether a function of this module may stand in a configuration: the activation functions may."""
    return module in ("builtins", "keras.activations") and isinstance(name, str) and name in _activations()


@cache
def _public_classes() -> dict[str, frozenset[str]]:
    layers = _classes(keras.layers, keras.layers.Layer) - RUN_FOREIGN_CODE
    models, policies = frozenset({"Model", "Sequential"}), _classes(keras.dtype_policies, object)
    return {
        "keras": models | policies,
        "keras.models": models,
        "keras.src.models.functional": frozenset({"Functional"}),
        "keras.layers": layers,
        "keras.random": frozenset({"SeedGenerator"}),
        "keras.initializers": _classes(keras.initializers, keras.initializers.Initializer),
        "keras.regularizers": _classes(keras.regularizers, keras.regularizers.Regularizer),
        "keras.constraints": _classes(keras.constraints, keras.constraints.Constraint),
        "keras.dtype_policies": policies,
        # A model inside another may have been compiled; what it was compiled with stays in its configuration.
        "keras.optimizers": _classes(keras.optimizers, keras.optimizers.Optimizer),
        "keras.optimizers.schedules": _classes(keras.optimizers.schedules, object),
        "keras.losses": _classes(keras.losses, keras.losses.Loss),
        "keras.metrics": _classes(keras.metrics, keras.metrics.Metric),
    }


@cache
def _activations() -> frozenset[str]:
    names = vars(keras.activations).items()
    return frozenset(name for name, value in names if inspect.isfunction(value)) - {"get", "serialize", "deserialize"}


def _classes(module: Any, kind: type) -> frozenset[str]:
    return frozenset(name for name, value in vars(module).items() if inspect.isclass(value) and issubclass(value, kind))
