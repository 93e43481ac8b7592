"""Lines of NumPy and Keras that do what an activation lab shows."""

from typing import Any

from .activation_shown import ActivationShown
from .pre_activations import N_NORMAL

CODE = """\
import math
from statistics import NormalDist

import numpy as np

{source}
z = z - {threshold}  # what is above the threshold
value = {numpy}
slope = {numpy_slope}
print((slope == 0).mean(), (abs(slope) < 0.1).mean())  # shares that are dead, and saturated
usual = np.sqrt((slope**2).mean())
print({steepest} ** {layers}, usual**{layers})  # what is left of a gradient behind {layers} layers, at best and usually

# The same in Keras
import keras

print(np.abs(keras.ops.convert_to_numpy({keras}) - value).max())
"""
NORMAL = "z = np.array([NormalDist().inv_cdf((n + 0.5) / {n}) for n in range({n})])  # a standard normal distribution"


OF_LAYER = """\
import keras

# network: the Keras model; images: (n_stimuli, height, width, n_channels), as it takes them
layer = network{layers}
{sums}"""
APART = """\
entering = keras.Model(network.inputs[0], layer.input)
z = keras.ops.convert_to_numpy(entering(images)).ravel()"""
FUSED = """\
bare = type(layer).from_config({**layer.get_config(), "activation": None, "name": "sums"})  # it sums up, and no more
entering = keras.Model(network.inputs[0], layer.input)(images)
bare.build(entering.shape)
bare.set_weights(layer.get_weights())
z = keras.ops.convert_to_numpy(bare(entering)).ravel()"""


def activation_code(shown: ActivationShown, point: Any = None) -> str:
    """Return the lines for what is shown.

    Parameters
    ----------
    shown : ActivationShown
    point : ActivationPoint, optional
        Of a network: where the pre-activations are; by default they are a standard normal distribution.
    """
    f = shown.activation
    return CODE.format(
        source=NORMAL.format(n=N_NORMAL) if point is None else _of_layer(point),
        threshold=f"{shown.threshold:g}",
        numpy=f.numpy,
        numpy_slope=f.numpy_slope,
        steepest=f.steepest,
        layers=shown.layers,
        keras=f.keras,
    )


def _of_layer(point: Any) -> str:
    way = "".join(f'.get_layer("{name.partition("#")[0]}")' for name in point.application.path.split("/"))
    return OF_LAYER.format(layers=way, sums=FUSED if point.fused else APART)
