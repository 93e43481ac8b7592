"""Lines of NumPy and Keras that do what an activation lab shows."""

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


def activation_code(shown: ActivationShown, source: str = "") -> str:
    """Return the lines for what is shown.

    Parameters
    ----------
    shown : ActivationShown
    source : str
        Lines that make ``z`` of a network; a standard normal distribution where there are none.
    """
    f = shown.activation
    return CODE.format(
        source=source or NORMAL.format(n=N_NORMAL),
        threshold=f"{shown.threshold:g}",
        numpy=f.numpy,
        numpy_slope=f.numpy_slope,
        steepest=f.steepest,
        layers=shown.layers,
        keras=f.keras,
    )
