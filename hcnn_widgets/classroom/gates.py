"""The 16 gates of two inputs, of which a line separates 14."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from hcnn_widgets.classroom.separability import is_separable
from hcnn_widgets.records.frozen_record import FrozenRecord

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
"""The inputs (x1, x2) of a truth table, in its order."""
LINES = tuple(
    (w1, w2, b) for w1, w2, b in product((1.0, 0.0, -1.0), (1.0, 0.0, -1.0), (-0.5, -1.5, 0.5, 1.5)) if w1 or w2
)
"""Lines between the corners, as (w1, w2, b): each of the 14 gates that a line can be is among them."""


@dataclass(frozen=True)
class Gate(FrozenRecord):
    """A function of two inputs that are 0 or 1.

    Parameters
    ----------
    outputs : tuple of int
        Outputs at CORNERS.
    """

    outputs: tuple[int, int, int, int]

    @cached_property
    def separable(self) -> bool:
        """Whether a perceptron can be this gate."""
        return is_separable(CORNERS, self.outputs)

    @cached_property
    def n_right(self) -> int:
        """Corners that the best line gets right, 3 or 4."""
        lines = [gate.outputs for gate in GATES.values() if gate.separable]
        return max(sum(map(int.__eq__, self.outputs, line)) for line in lines)

    @property
    def best_line(self) -> tuple[float, float, float]:
        """Weights w1, w2 and b of a line that gets `n_right` corners right, as far from all corners as such lines are.

        Examples
        --------
        >>> GATES["AND"].best_line, GATES["XOR"].best_line
        ((1.0, 1.0, -1.5), (1.0, 1.0, -0.5))
        """
        return max(LINES, key=lambda line: (self._n_right_of(line), _room(line)))

    def _n_right_of(self, line: tuple[float, float, float]) -> int:
        return sum(
            int(_height(line, corner) > 0) == output for corner, output in zip(CORNERS, self.outputs, strict=True)
        )


def _height(line: tuple[float, float, float], corner: tuple[int, int]) -> float:
    return line[0] * corner[0] + line[1] * corner[1] + line[2]


def _room(line: tuple[float, float, float]) -> float:
    """Return how far the nearest corner is from a line; half a side is enough, and leaves the line in sight."""
    return min(0.5, min(abs(_height(line, corner)) for corner in CORNERS) / math.hypot(*line[:2]))


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
