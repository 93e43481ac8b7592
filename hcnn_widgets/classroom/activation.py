"""Activation functions: value, derivative and range."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.checks import is_number
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]
LEAK = 0.2
"""Slope of the leaky ReLU below 0, Keras's keras.activations.leaky_relu."""
SATURATED = 0.1
"""Slope below which a unit counts as saturated."""


@dataclass(frozen=True)
class Activation(Entry[[ArrayLike], Array]):
    """An activation function, called like its function.

    Parameters
    ----------
    function, slope : function (z)
        Value and derivative at pre-activations z of any shape, as float64. Where there are two slopes, at 0, it is
        the left one, as in Keras.
    formula : str
        f(z), as it is written.
    range : str
        The interval of its values; a round bracket marks an end that is never reached.
    low, high : float
        Its ends.
    steepest : float
        The largest slope anywhere: through k layers a gradient grows by at most its k-th power.
    words : str
        Its name, as it is written in a sentence.
    numpy, numpy_slope, keras : str
        f(z) and f'(z) as lines of NumPy (with its module math), and f(z) as one of Keras.
    leak : float, optional
        Of a function that has a slope to be chosen below 0: that slope.
    leaking : callable, optional
        Makes the same function of another leak.

    Examples
    --------
    >>> ACTIVATIONS["sigmoid"]([0]).tolist(), ACTIVATIONS["sigmoid"].slope([0]).tolist()
    ([0.5], [0.25])
    """

    slope: Callable[[ArrayLike], Array]
    formula: str
    range: str
    low: float
    high: float
    steepest: float
    words: str
    numpy: str
    numpy_slope: str
    keras: str
    leak: float | None = None
    leaking: "Callable[[float], Activation] | None" = None

    def dead_share(self, z: ArrayLike) -> float:
        """Return the share of pre-activations where the slope is 0 and nothing is learnt; 0 to 1."""
        return float(np.mean(self.slope(z) == 0))

    def saturated_share(self, z: ArrayLike) -> float:
        """Return the share of pre-activations where the slope is below 0.1; 0 to 1."""
        return float(np.mean(np.abs(self.slope(z)) < SATURATED))

    def usual_slope(self, z: ArrayLike) -> float:
        """Return the root mean square of the slopes at pre-activations.

        A gradient that comes back through a layer has its size multiplied by it, apart from what the weights do.
        """
        return float(np.sqrt(np.mean(self.slope(z) ** 2)))

    def with_leak(self, leak: float) -> "Activation":
        """Return the same function with another slope below 0; itself where it has none to be chosen.

        Raises
        ------
        TypeError, ValueError
            If the leak is no number from 0 to 1.
        """
        if not is_number(leak):
            raise TypeError(f"`leak` must be a number. Accepted is a slope from 0 to 1; received {leak!r}.")
        if not 0 <= leak <= 1:
            raise ValueError(f"`leak` is out of range. Accepted is a slope from 0 to 1; received {leak}.")
        return self if self.leaking is None else self.leaking(float(leak))


def relu(z: ArrayLike) -> Array:
    """Return z where it is above 0, else 0."""
    return np.maximum(_given(z), 0)


def relu_slope(z: ArrayLike) -> Array:
    """Return 1 where z is above 0, else 0."""
    return np.where(_given(z) > 0, 1.0, 0.0)


def leaky_relu(z: ArrayLike, leak: float = LEAK) -> Array:
    """Return z where it is above 0, else the leak times z."""
    return _given(z) * leaky_relu_slope(z, leak)


def leaky_relu_slope(z: ArrayLike, leak: float = LEAK) -> Array:
    """Return 1 where z is above 0, else the leak."""
    return np.where(_given(z) > 0, 1.0, leak)


def leaking_relu(leak: float) -> Activation:
    """Return the leaky ReLU of a slope below 0, from 0 to 1."""
    written = f"{leak:.4g}"
    return Activation(
        partial(leaky_relu, leak=leak),
        partial(leaky_relu_slope, leak=leak),
        f"z above 0, else {written} z",
        "(-inf, inf)" if leak else "[0, inf)",
        -math.inf if leak else 0.0,
        math.inf,
        1.0,
        "leaky ReLU",
        f"np.where(z > 0, z, {written} * z)",
        f"np.where(z > 0, 1.0, {written})",
        f"keras.activations.leaky_relu(z, negative_slope={written})",
        leak=leak,
        leaking=leaking_relu,
    )


def sigmoid(z: ArrayLike) -> Array:
    """Return 1 / (1 + exp(-z))."""
    z = _given(z)
    # exp of a number below 0 never overflows: the same fraction, multiplied by exp(z) on the left of 0.
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1 + small)


def sigmoid_slope(z: ArrayLike) -> Array:
    """Return f(z) (1 - f(z))."""
    # 1 - f(z) is f(-z), which keeps its digits where f(z) is close to 1.
    return sigmoid(z) * sigmoid(-_given(z))


def tanh(z: ArrayLike) -> Array:
    """Return the hyperbolic tangent."""
    return np.tanh(_given(z))


def tanh_slope(z: ArrayLike) -> Array:
    """Return 1 - tanh(z)^2."""
    # tanh(z) is 2 sigmoid(2 z) - 1, whose slope keeps its digits far from 0.
    return 4 * sigmoid_slope(2 * _given(z))


def softplus(z: ArrayLike) -> Array:
    """Return log(1 + exp(z))."""
    return np.logaddexp(0, _given(z))


def gelu(z: ArrayLike) -> Array:
    """Return z times the share of a standard normal distribution below z, the exact form."""
    return _given(z) * _normal_share(z)


def gelu_slope(z: ArrayLike) -> Array:
    """Return the share below z plus z times the density at z."""
    z = _given(z)
    # Past 40 the density is 0 in float64, and z squared might overflow.
    return _normal_share(z) + z * np.exp(-0.5 * np.minimum(np.abs(z), 40) ** 2) / math.sqrt(2 * math.pi)


def _normal_share(z: ArrayLike) -> Array:
    """Return the share of a standard normal distribution below z; erfc keeps the digits of the lower tail."""
    share = np.frompyfunc(lambda value: 0.5 * math.erfc(-value / math.sqrt(2)), 1, 1)(_given(z))
    return np.asarray(share, dtype=np.float64)


def _given(z: ArrayLike) -> Array:
    return numbers("z", z).astype(np.float64)


NORMAL_SHARE = "(1 + np.vectorize(math.erf)(z / math.sqrt(2))) / 2"
ACTIVATIONS: dict[str, Activation] = {
    "relu": Activation(
        relu,
        relu_slope,
        "max(0, z)",
        "[0, inf)",
        0.0,
        math.inf,
        1.0,
        "ReLU",
        "np.maximum(0, z)",
        "np.where(z > 0, 1.0, 0.0)",
        "keras.activations.relu(z)",
    ),
    "leaky_relu": leaking_relu(LEAK),
    "sigmoid": Activation(
        sigmoid,
        sigmoid_slope,
        "1 / (1 + exp(-z))",
        "(0, 1)",
        0.0,
        1.0,
        0.25,
        "sigmoid",
        "1 / (1 + np.exp(-z))",
        "np.exp(-z) / (1 + np.exp(-z)) ** 2",
        "keras.activations.sigmoid(z)",
    ),
    "tanh": Activation(
        tanh,
        tanh_slope,
        "tanh(z)",
        "(-1, 1)",
        -1.0,
        1.0,
        1.0,
        "tanh",
        "np.tanh(z)",
        "1 - np.tanh(z) ** 2",
        "keras.activations.tanh(z)",
    ),
    "softplus": Activation(
        softplus,
        sigmoid,
        "log(1 + exp(z))",
        "(0, inf)",
        0.0,
        math.inf,
        1.0,
        "softplus",
        "np.log1p(np.exp(z))",
        "1 / (1 + np.exp(-z))",
        "keras.activations.softplus(z)",
    ),
    # Lowest at z = -0.7518, where f'(z) = 0; steepest at z = sqrt(2), where f''(z) = (2 - z^2) density(z) = 0.
    "gelu": Activation(
        gelu,
        gelu_slope,
        "z P(Z < z)",
        "[-0.17, inf)",
        -0.16997120747990369,
        math.inf,
        1.128904145185155,
        "GELU",
        f"z * {NORMAL_SHARE}",
        f"{NORMAL_SHARE} + z * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)",
        "keras.activations.gelu(z, approximate=False)",
    ),
}
"""The lecture's activation functions by name."""
