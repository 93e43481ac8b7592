"""Perceptrons in layers: what goes through them, and what every unit answers."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.classroom.activation import ACTIVATIONS
from hcnn_widgets.classroom.perceptron import folded, heaviside
from hcnn_widgets.records.checks import check_seed, is_whole, known_name
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
SMALLEST_SHARE = 1e-7
"""A probability is taken to be at least this, as Keras does: the logarithm of 0 has no number."""


@dataclass(frozen=True)
class UnitKind(Entry[[ArrayLike], Array]):
    """What a unit of a layer makes of its sum z, called like its function.

    Parameters
    ----------
    function : function (z)
        Of any shape, as float64.
    output : str
        The kind that goes with it in the output unit, whose answer is to lie between 0 and 1.
    low, high : float
        Ends of its answers; inf where there is none.
    keras : str
        The expression of Keras that is its activation.
    learns : bool
        Whether it has a slope that a gradient follows.
    """

    output: str
    low: float
    high: float
    keras: str
    learns: bool = True


@dataclass(frozen=True)
class MlpPass:
    """What went through the layers, from the first hidden one up.

    Parameters
    ----------
    z, h : tuple of (n_points, n_units) float
        Sums and answers of each layer.
    """

    z: tuple[Array, ...]
    h: tuple[Array, ...]

    @property
    def output(self) -> Array:
        """Answer of the output unit, (n_points,)."""
        return self.h[-1][:, 0]


def step(z: ArrayLike) -> Array:
    """Return 1 where z is above 0, else 0: z = 0 gives 0."""
    return heaviside(z).astype(np.float64)


UNIT_KINDS: dict[str, UnitKind] = {
    "step": UnitKind(step, "step", 0.0, 1.0, "step", learns=False),
    "relu": UnitKind(ACTIVATIONS["relu"], "sigmoid", 0.0, np.inf, '"relu"'),
    "sigmoid": UnitKind(ACTIVATIONS["sigmoid"], "sigmoid", 0.0, 1.0, '"sigmoid"'),
    "tanh": UnitKind(ACTIVATIONS["tanh"], "sigmoid", -1.0, 1.0, '"tanh"'),
}
"""What units of a multi-layer perceptron are, by name."""


@checks_keywords
def mlp_pass(points: ArrayLike, weights: Sequence[ArrayLike], units: str = "tanh") -> MlpPass:
    """Return sums and answers of every unit of a multi-layer perceptron with one output.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    weights : sequence of (n_below + 1, n_units) float
        Of each layer, the output last; the last row of each is the bias.
    units : str
        Kind of the hidden units, a name in `UNIT_KINDS`; the output unit is a step where they are, else a sigmoid.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> either_not_both = [[[1, -1], [1, -1], [-0.5, 1.5]], [[1], [1], [-1.5]]]
    >>> mlp_pass([[0, 0], [0, 1], [1, 0], [1, 1]], either_not_both, "step").output.tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    known_name("units", units, UNIT_KINDS)
    below = folded(points)[:, :-1]
    layers = checked_weights(weights, below.shape[1])
    hidden, output = UNIT_KINDS[units], UNIT_KINDS[UNIT_KINDS[units].output]
    sums: list[Array] = []
    answers: list[Array] = []
    for layer in layers:
        sums.append(below @ layer[:-1] + layer[-1])
        below = (output if layer is layers[-1] else hidden)(sums[-1])
        answers.append(below)
    return MlpPass(tuple(sums), tuple(answers))


def checked_weights(weights: Any, n_inputs: int) -> tuple[Array, ...]:
    """Return the weights of each layer as float64; refuse layers that do not fit one another, or end in several units.

    Raises
    ------
    TypeError, ValueError
    """
    if not isinstance(weights, list | tuple) or len(weights) < 2:
        raise ValueError(
            "`weights` must be those of hidden layers and of the output. Accepted are 2 or more arrays in a sequence; "
            f"received {len(weights) if isinstance(weights, list | tuple) else type(weights).__name__}."
        )
    layers = tuple(numbers("weights", layer).astype(np.float64) for layer in weights)
    n_below = n_inputs
    for number, layer in enumerate(layers, start=1):
        last = number == len(layers)
        if layer.ndim != 2 or layer.shape[0] != n_below + 1 or (last and layer.shape[1] != 1) or not layer.size:
            raise ValueError(
                f"`weights` of layer {number} do not fit. Accepted is ({n_below + 1}, {1 if last else 'n_units'}), the "
                f"bias last; received {layer.shape}."
            )
        n_below = layer.shape[1]
    return layers


@checks_keywords
def mlp_weights(n_units: Sequence[int], seed: int = 0) -> tuple[Array, ...]:
    """Return random weights to begin with, uniform within sqrt(6 / (n_below + n_above)), and biases of 0.

    Parameters
    ----------
    n_units : sequence of int
        Inputs, units of each hidden layer, and 1 output: (2, 4, 1).
    seed : int

    Raises
    ------
    TypeError, ValueError

    Source
    ------
    Glorot & Bengio (2010), AISTATS 9, 249; as Keras's Dense begins.
    """
    counts = tuple(n_units)
    if len(counts) < 3 or not all(is_whole(n, 1) for n in counts) or counts[-1] != 1:
        raise ValueError(
            "`n_units` are no layers. Accepted are whole numbers: inputs, hidden units of each layer, and 1 output; "
            f"received {counts}."
        )
    check_seed(seed)
    random = np.random.default_rng(seed)
    layers = []
    for below, above in itertools.pairwise(counts):
        reach = np.sqrt(6 / (below + above))
        layers.append(np.vstack([random.uniform(-reach, reach, (below, above)), np.zeros(above)]))
    return tuple(layers)


@checks_keywords
def cross_entropy(outputs: ArrayLike, targets: ArrayLike) -> float:
    """Return -log of the probability that outputs give to targets, averaged over points.

    Parameters
    ----------
    outputs : (n_points,) float
        From 0 to 1.
    targets : (n_points,) of 0 and 1

    Examples
    --------
    >>> round(cross_entropy([0.5, 0.25], [1, 0]), 4)
    0.4904
    """
    answers, wanted = numbers("outputs", outputs).astype(np.float64), numbers("targets", targets)
    if answers.shape != wanted.shape or not np.isin(wanted, (0, 1)).all():
        raise ValueError(
            f"`targets` must be 0 or 1 for each output. Accepted is {answers.shape} of them; received {wanted.shape}."
        )
    share = np.clip(np.where(wanted == 1, answers, 1 - answers), SMALLEST_SHARE, 1.0)
    return float(-np.mean(np.log(share)))
