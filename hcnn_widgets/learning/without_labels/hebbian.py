"""Hebb's idea in four forms: competition, Oja's and Sanger's rule, and the control, random filters."""

from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .layerwise import LayerwiseRule
from .patches import unit_rows


@checks_keywords
@dataclass(frozen=True)
class CompetitiveHebbian(LayerwiseRule):
    """Let the unit that answers a patch most move towards it (Rumelhart & Zipser 1985, doi 10.1207/s15516709cog0901_5).

    On white patches the units become edges, as by spherical k-means (Coates & Ng 2012). A patch and its negative count
    as one. The kernels whiten as well, so that they look sharper than the units' basis.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area, n_patches : int
        Steps that each filter has for learning, from the input up, and patches that it sees in each.
    rate : float
        How far the winner moves at the start of its turn, from above 0 to 1; it falls to a tenth of it.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    rate: float = 0.5

    name: ClassVar[str] = "competitive hebbian"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_rate(self.rate)

    def changed(self, basis: Any, seen: Any, progress: Any) -> Any:
        """Return the basis in which each winner has moved towards the patches that it won."""
        ops = keras.ops
        answers = ops.matmul(seen, ops.transpose(basis))
        winner = ops.argmax(ops.abs(answers), axis=1)
        won = ops.one_hot(winner, basis.shape[0]) * ops.sign(answers)
        pulled = ops.matmul(ops.transpose(won), seen)
        rate = self.rate * (1 - 0.9 * progress)
        return unit_rows((1 - rate) * basis + rate * _or_else(unit_rows(pulled), basis))

    def left(self, basis: Any, seen: Any) -> Any:
        """Return the share of the patches' squares that lies beside the unit that wins them."""
        ops = keras.ops
        best = ops.max(ops.abs(ops.matmul(seen, ops.transpose(basis))), axis=1)
        return share_left(ops.sum(ops.square(best)), seen)


@checks_keywords
@dataclass(frozen=True)
class Sanger(LayerwiseRule):
    """Let units find the principal components of their patches, one after the other (Sanger 1989).

    Source: Neural Networks 2, 459, doi 10.1016/0893-6080(89)90044-0.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area, n_patches : int
        Steps that each filter has for learning, from the input up, and patches that it sees in each.
    rate : float
        Size of a step in terms of the patches' variance, from above 0 to 1; it falls to zero.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    rate: float = 1.0

    name: ClassVar[str] = "sanger"
    white: ClassVar[bool] = False

    def __post_init__(self) -> None:
        super().__post_init__()
        check_rate(self.rate)

    def start(self, seen: Any, random: Any, n_kernels: int) -> Any:
        """Return a basis drawn at random, each row of length 1."""
        return unit_rows(keras.random.normal((n_kernels, seen.shape[1]), seed=random))

    def changed(self, basis: Any, seen: Any, progress: Any) -> Any:
        """Return the basis after a step of Hebb's rule, less what units explain."""
        ops = keras.ops
        answers = ops.matmul(seen, ops.transpose(basis))
        hebb = ops.matmul(ops.transpose(answers), seen)
        explained = ops.matmul(self.explaining(ops.matmul(ops.transpose(answers), answers)), basis)
        # In terms of all that varies, of which no unit can answer more: with it, no step is too long.
        rate = self.rate * ops.maximum(1 - progress, 0.02) / ops.maximum(ops.sum(ops.square(seen)), 1e-8)
        return basis + rate * (hebb - explained)

    def explaining(self, products: Any) -> Any:
        """Return which units' answers are taken off which: here those of earlier ones, and its own."""
        return keras.ops.tril(products)

    def left(self, basis: Any, seen: Any) -> Any:
        """Return the share of the patches' squares that the units do not rebuild."""
        ops = keras.ops
        rest = seen - ops.matmul(ops.matmul(seen, ops.transpose(basis)), basis)
        return share_left(ops.sum(ops.square(seen)) - ops.sum(ops.square(rest)), seen)


@checks_keywords
@dataclass(frozen=True)
class Oja(Sanger):
    """Let a unit find the first principal component of its patches (Oja 1982, doi 10.1007/BF00275687).

    Several units find the space that the first components span (Oja 1989); which of them answers to what is open.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area, n_patches : int
        Steps that each filter has for learning, from the input up, and patches that it sees in each.
    rate : float
        Size of a step in terms of the patches' variance, from above 0 to 1; it falls to zero.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "oja"

    def explaining(self, products: Any) -> Any:
        """Return which units' answers are taken off which: here all of all."""
        return products


@checks_keywords
@dataclass(frozen=True)
class RandomWhitened(Sanger):
    """Let filters stay random and see white patches: the control of rules that work on white patches.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area, n_patches : int
        Steps that each filter has, from the input up, and patches that it sees in each.
    rate : float
        Without effect.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "random whitened"
    white: ClassVar[bool] = True

    def changed(self, basis: Any, seen: Any, progress: Any) -> Any:
        """Return the basis as it is."""
        return basis

    left = CompetitiveHebbian.left


def check_rate(rate: Any) -> None:
    """Refuse a rate that is no number above 0 and up to 1."""
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate <= 1:
        raise ValueError(f"`rate` must be a number above 0 and up to 1; received {rate!r}.")


def share_left(taken: Any, seen: Any) -> Any:
    """Return what is left of the squares of patches when this much of them is taken; 1 where nothing is seen."""
    ops = keras.ops
    whole = ops.sum(ops.square(seen))
    return ops.where(whole > 0, 1 - taken / ops.maximum(whole, 1e-8), 1.0)


def _or_else(rows: Any, others: Any) -> Any:
    """Return the rows, and the others in place of those that are zero: units that won no patch."""
    empty = keras.ops.sum(keras.ops.square(rows), axis=1, keepdims=True) == 0
    return keras.ops.where(empty, others, rows)
