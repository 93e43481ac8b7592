"""The 16 gates of two inputs, of which a line separates 14."""

from dataclasses import dataclass

from hcnn_widgets.classroom.separability import is_separable
from hcnn_widgets.records.frozen_record import FrozenRecord

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
"""The inputs (x1, x2) of a truth table, in its order."""


@dataclass(frozen=True)
class Gate(FrozenRecord):
    """A function of two inputs that are 0 or 1.

    Parameters
    ----------
    outputs : tuple of int
        Outputs at CORNERS.
    """

    outputs: tuple[int, int, int, int]

    @property
    def separable(self) -> bool:
        """Whether a perceptron can be this gate."""
        return is_separable(CORNERS, self.outputs)

    @property
    def n_right(self) -> int:
        """Corners that the best line gets right, 3 or 4."""
        lines = [gate.outputs for gate in GATES.values() if gate.separable]
        return max(sum(map(int.__eq__, self.outputs, line)) for line in lines)


GATES: dict[str, Gate] = {
    "never": Gate((0, 0, 0, 0)),
    "AND": Gate((0, 0, 0, 1)),
    "x1 AND NOT x2": Gate((0, 0, 1, 0)),
    "x1": Gate((0, 0, 1, 1)),
    "x2 AND NOT x1": Gate((0, 1, 0, 0)),
    "x2": Gate((0, 1, 0, 1)),
    "XOR": Gate((0, 1, 1, 0)),
    "OR": Gate((0, 1, 1, 1)),
    "NOR": Gate((1, 0, 0, 0)),
    "XNOR": Gate((1, 0, 0, 1)),
    "NOT x2": Gate((1, 0, 1, 0)),
    "x1 OR NOT x2": Gate((1, 0, 1, 1)),
    "NOT x1": Gate((1, 1, 0, 0)),
    "x2 OR NOT x1": Gate((1, 1, 0, 1)),
    "NAND": Gate((1, 1, 1, 0)),
    "always": Gate((1, 1, 1, 1)),
}
"""All gates of two inputs by name."""
