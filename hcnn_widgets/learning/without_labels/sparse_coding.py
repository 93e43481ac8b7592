"""Sparse coding: patches as sums of few basis functions."""

from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .hebbian import check_rate
from .layerwise import LayerwiseRule
from .patches import unit_rows

N_ITERATIONS = 20


@checks_keywords
@dataclass(frozen=True)
class SparseCoding(LayerwiseRule):
    """Let units describe white patches as sums of few of them (Olshausen & Field 1996, doi 10.1038/381607a0).

    Answers are found by iterated shrinkage (ISTA; Daubechies, Defrise & De Mol 2004); the basis then follows Hebb's
    rule on what they leave. In the network a unit answers by its basis function alone, as with competition: nothing is
    cut off below the penalty, and answers there are less sparse than those that were learned from.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        Of the readout that is trained beside, as in `Backpropagation`.
    steps_per_area, n_patches : int
        Steps that each filter has for learning, from the input up, and patches that it sees in each.
    rate : float
        Size of a step at the start of a filter's turn, from above 0 to 1; it falls to a tenth of it.
    penalty : float
        On the sum of the answers' sizes, in terms of the standard deviation of white patches; above 0. At 1, about a
        fifth of the answers differ from 0 and units become edges; at 0.3, most answer, and few units do.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    rate: float = 1.0
    penalty: float = 1.0

    name: ClassVar[str] = "sparse coding"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_rate(self.rate)
        if isinstance(self.penalty, bool) or not isinstance(self.penalty, int | float) or not 0 < self.penalty < 1e6:
            raise ValueError(f"`penalty` must be a finite number above 0; received {self.penalty!r}.")

    def changed(self, basis: Any, seen: Any, progress: Any) -> Any:
        """Return the basis after a step towards what the answers leave of the patches."""
        ops = keras.ops
        answers = sparse_answers(basis, seen, self.penalty)
        rest = seen - ops.matmul(answers, basis)
        used = ops.sum(ops.square(answers), axis=0)[:, None]
        # Of each unit in terms of how much it answered: the step that would be Newton's if no other unit answered.
        step = ops.matmul(ops.transpose(answers), rest) / ops.maximum(used, 1e-3 * ops.mean(used) + 1e-8)
        return unit_rows(basis + self.rate * (1 - 0.9 * progress) * step)

    def left(self, basis: Any, seen: Any) -> Any:
        """Return half the squares that are left and the penalty, as a share of what silence leaves."""
        ops = keras.ops
        answers = sparse_answers(basis, seen, self.penalty)
        rest = seen - ops.matmul(answers, basis)
        cost = ops.sum(ops.square(rest)) / 2 + self.penalty * ops.sum(ops.abs(answers))
        silent = ops.sum(ops.square(seen)) / 2
        return ops.where(silent > 0, cost / ops.maximum(silent, 1e-8), 1.0)


def sparse_answers(basis: Any, seen: Any, penalty: float, n_iterations: int = N_ITERATIONS) -> Any:
    r"""Return the answers a that make \|x - a B\|^2 / 2 + penalty \|a\|_1 small, by iterated shrinkage.

    Parameters
    ----------
    basis : (n_kernels, n_inputs) tensor
        B, of rows of length 1, or zero.
    seen : (n_patches, n_inputs) tensor
        x.
    penalty : float
    n_iterations : int

    Returns
    -------
    tensor
        (n_patches, n_kernels).
    """
    ops = keras.ops
    overlap = ops.matmul(basis, ops.transpose(basis))
    drive = ops.matmul(seen, ops.transpose(basis))
    # No eigenvalue is above the largest row's sum, so that no step is too long.
    largest = ops.maximum(ops.max(ops.sum(ops.abs(overlap), axis=1)), 1e-8)
    answers = ops.zeros_like(drive)
    for _ in range(n_iterations):
        moved = answers + (drive - ops.matmul(answers, overlap)) / largest
        answers = ops.sign(moved) * ops.maximum(ops.abs(moved) - penalty / largest, 0.0)
    return answers
