"""The perceptron, and how it learns from its mistakes: every presentation is kept."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.checks import check_count, check_seed, is_number
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
Bits = NDArray[np.int64]


@dataclass(frozen=True)
class Presentation(FrozenRecord):
    """A point shown to the perceptron, and what it learnt.

    Parameters
    ----------
    output, target : () or (n_units,) int
        h(z), and what it should have been.
    before, added : (n_inputs + 1,) or (n_inputs + 1, n_units) float
        Weights with the bias last, and eta (target - output) x, which is 0 where the output was right.
    """

    output: Bits
    target: Bits
    before: Array
    added: Array

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def after(self) -> Array:
        """Weights after the presentation."""
        return self.before + self.added

    @property
    def is_mistake(self) -> bool:
        """Whether a unit was wrong."""
        return bool((self.output != self.target).any())


@dataclass(frozen=True)
class PerceptronRun(FrozenRecord):
    """A run of presentations, in sweeps over all points.

    Parameters
    ----------
    shown : (n_presentations,) int
        The point of each presentation.
    weights : (n_presentations + 1, n_inputs + 1) or (n_presentations + 1, n_inputs + 1, n_units) float
        Before each presentation, and at the end; the bias is last.
    mistakes : (n_presentations,) bool
        Whether a unit was wrong.
    n_points : int
        Presentations of a sweep.
    shuffled : bool
        Whether each sweep has an order of its own.
    """

    shown: NDArray[np.intp]
    weights: Array
    mistakes: NDArray[np.bool_]
    n_points: int
    shuffled: bool

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def n_mistakes(self) -> int:
        """Mistakes of the whole run."""
        return int(self.mistakes.sum())

    @property
    def converged(self) -> bool:
        """Whether the last sweep was without a mistake: nothing changes any more."""
        return not self.mistakes[-self.n_points :].any()

    @property
    def cycle(self) -> int | None:
        """Sweeps after which the weights are back where they were, for ever; None while no cycle has shown.

        A run that has converged has no cycle, nor has a shuffled one, whose sweeps differ.
        """
        at_start = self.weights[:: self.n_points]
        if self.converged or self.shuffled:
            return None
        same = (at_start[:-1] == at_start[-1]).reshape(len(at_start) - 1, -1).all(axis=1)
        return int(np.argmax(same[::-1])) + 1 if same.any() else None


def heaviside(z: ArrayLike) -> Bits:
    """Return 1 where z is above 0, else 0: z = 0 gives 0.

    Examples
    --------
    >>> heaviside([-1.0, 0.0, 0.5]).tolist()
    [0, 0, 1]
    """
    return (numbers("z", z) > 0).astype(np.int64)


def folded(points: ArrayLike) -> Array:
    """Return points with a 1 behind their coordinates, so that the last weight is the bias.

    Parameters
    ----------
    points : (n_points, n_inputs) float

    Returns
    -------
    (n_points, n_inputs + 1) float64

    Raises
    ------
    TypeError, ValueError
    """
    array = numbers("points", points).astype(np.float64)
    if array.ndim != 2 or not array.size or not np.isfinite(array).all():
        raise ValueError(
            f"`points` must be rows of finite numbers. Accepted is (n_points, n_inputs); received {array.shape}."
        )
    return np.column_stack([array, np.ones(len(array))])


@checks_keywords
def perceptron_output(points: ArrayLike, weights: ArrayLike) -> Bits:
    """Return h(w . x + b) of each point.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    weights : (n_inputs + 1,) or (n_inputs + 1, n_units) float
        The bias is last.

    Returns
    -------
    (n_points,) or (n_points, n_units) int64

    Source
    ------
    Rosenblatt (1958), Psychological Review 65, 386.

    Examples
    --------
    >>> perceptron_output([[0, 0], [0, 1], [1, 0], [1, 1]], [1, 1, -1.5]).tolist()
    [0, 0, 0, 1]
    """
    x = folded(points)
    return heaviside(x @ _weights_of(weights, x.shape[1]))


@checks_keywords
def mistakes(points: ArrayLike, targets: ArrayLike, weights: ArrayLike) -> NDArray[np.bool_]:
    """Return whether each output is wrong, of the shape of `targets`.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    targets : (n_points,) or (n_points, n_units) of 0 and 1
    weights : (n_inputs + 1,) or (n_inputs + 1, n_units) float
    """
    outputs = perceptron_output(points, weights)
    return outputs != _targets_of(targets, len(outputs), outputs.shape[1:])


@checks_keywords
def presentation(point: ArrayLike, target: ArrayLike, weights: ArrayLike, eta: float = 1.0) -> Presentation:
    """Return what a perceptron does with a point, and learns from it: w + eta (target - output) x.

    Parameters
    ----------
    point : (n_inputs,) float
    target : 0 or 1, or (n_units,) of them
    weights : (n_inputs + 1,) or (n_inputs + 1, n_units) float
    eta : float
        Learning rate, above 0.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> presentation([2, 3], 1, [0, 0, 0]).after.tolist()
    [2.0, 3.0, 1.0]
    """
    x = folded(numbers("point", point)[None])
    before = _weights_of(weights, x.shape[1])
    return _shown(x[0], _targets_of(numbers("target", target)[None], 1, before.shape[1:])[0], before, _rate(eta))


@checks_keywords
def perceptron_run(
    points: ArrayLike,
    targets: ArrayLike,
    weights: ArrayLike | None = None,
    eta: float = 1.0,
    n_sweeps: int = 100,
    seed: int | None = None,
) -> PerceptronRun:
    """Return the presentations of a perceptron that learns, until a sweep without a mistake.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    targets : (n_points,) or (n_points, n_units) of 0 and 1
    weights : (n_inputs + 1,) or (n_inputs + 1, n_units) float, optional
        At the start, the bias last; 0 by default.
    eta : float
        Learning rate.
    n_sweeps : int
        Sweeps at most.
    seed : int, optional
        Shuffles each sweep; by default points come in their order.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> run = perceptron_run([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> run.converged, run.cycle
    (False, 1)
    """
    check_count("n_sweeps", n_sweeps)
    x, rate, random = folded(points), _rate(eta), _shuffling(seed)
    goal = _targets_of(targets, len(x), None)
    start = np.zeros((x.shape[1], *goal.shape[1:])) if weights is None else _weights_of(weights, x.shape[1])
    goal = _targets_of(targets, len(x), start.shape[1:])
    shown, passed, wrong = [], [start], []
    for _ in range(n_sweeps):
        for row in range(len(x)) if random is None else random.permutation(len(x)):
            step = _shown(x[row], goal[row], passed[-1], rate)
            shown.append(row)
            passed.append(step.after)
            wrong.append(step.is_mistake)
        if not any(wrong[-len(x) :]):
            break
    return PerceptronRun(np.array(shown), np.array(passed), np.array(wrong), len(x), random is not None)


def _shown(x: Array, target: Bits, weights: Array, eta: float) -> Presentation:
    """Return a presentation of a point with a 1 behind its coordinates."""
    output = heaviside(x @ weights)
    return Presentation(output, target, weights, eta * np.multiply.outer(x, target - output))


def _weights_of(given: Any, n_weights: int) -> Array:
    weights = numbers("weights", given).astype(np.float64)
    if weights.ndim not in (1, 2) or len(weights) != n_weights:
        raise ValueError(
            f"`weights` must be one an input, with the bias last. Accepted is ({n_weights},) or ({n_weights}, n_units);"
            f" received {weights.shape}."
        )
    return weights


def _targets_of(given: Any, n_points: int, units: tuple[int, ...] | None) -> Bits:
    """Return targets of 0 and 1, one a point and unit; `units` is () or (n_units,), None where it is open."""
    targets = numbers("targets", given)
    expected = (n_points, *(targets.shape[1:2] if units is None else units))
    if targets.shape != expected or not np.isin(targets, (0, 1)).all():
        raise ValueError(
            f"`targets` must be 0 or 1 for each point and unit. Accepted is {expected} of them; received "
            f"{targets.shape} with {np.unique(targets)[:5].tolist()}."
        )
    return targets.astype(np.int64)


def _rate(eta: Any) -> float:
    if not is_number(eta) or not 0 < eta < np.inf:
        raise ValueError(f"`eta` is no learning rate. Accepted is a number above 0; received {eta!r}.")
    return float(eta)


def _shuffling(seed: int | None) -> np.random.Generator | None:
    if seed is None:
        return None
    check_seed(seed)
    return np.random.default_rng(seed)
