"""The operation by which a map keeps a state from time step to time step: recurrence within an area."""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.architecture.checked_fields import one_of
from hcnn_widgets.architecture.operation import Operation, Shape
from hcnn_widgets.records.keywords import checks_keywords

RECURRENCES = ("gated", "plain")


@checks_keywords
@dataclass(frozen=True)
class Recur(Operation):
    """Keep a state s from time step to time step, which the map x that comes in changes: local recurrence.

    With * a cross-correlation with kernels of `size`, and s zero before the first step::

        plain:  s(t) = relu(x(t) + W * s(t-1) + b)
        gated:  s(t) = g s(t-1) + (1 - g) relu(x(t) + W * s(t-1) + b),  g = sigmoid(U * x(t) + V * s(t-1) + c)

    Where a gate is near 1 a unit keeps what it has, whatever comes in; near 0 it takes what comes. In an architecture
    of a single time step the state is what comes in at that step, weighed by the gate.

    Parameters
    ----------
    kind : str
        "gated" or "plain".
    size : int
        Side of the kernels in positions of the map, odd.

    Source
    ------
    Nayebi et al. (2018), Task-driven convolutional recurrent models of the visual system, arXiv 1807.00053; the gate is
    the update gate of Cho et al. (2014), arXiv 1406.1078, in convolutional form.
    """

    kind: str = "gated"
    size: int = 3
    operation: ClassVar[str] = "recur"
    keeps_state: ClassVar[bool] = True

    def __post_init__(self) -> None:
        one_of(self.operation, "kind", self.kind, RECURRENCES)
        self._check_window()
        if self.size % 2 == 0:
            raise ValueError(f"`size` of recur has no middle; an odd number is accepted; received {self.size}.")

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights the kernels and biases are: one set for the state, and two for the gate."""
        n_channels = input_shape[2]
        kernels = n_channels**2 * self.size**2
        return (3 * kernels + 2 * n_channels) if self.kind == "gated" else kernels + n_channels
