"""What a gate lab shows: a gate, one line or two, and how their answers are combined."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from hcnn_widgets.classroom.gates import CORNERS, GATES, Gate
from hcnn_widgets.classroom.perceptron import folded, heaviside
from hcnn_widgets.records.checks import is_whole, known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

COMBINATIONS = ("AND", "OR", "NAND", "NOR")
"""Gates that the output unit may be, of the answers of two lines: a line separates each of them."""
SOLUTIONS: Mapping[str, tuple[str, str, str]] = {"XOR": ("OR", "NAND", "AND"), "XNOR": ("AND", "NOR", "OR")}
"""Two lines, and their combination, that are a gate which no single line is."""
SECOND = (-1.0, -1.0, 1.5)
"""Where a second line begins."""
LARGEST_WEIGHT = 1000.0


@dataclass(frozen=True, eq=False)
class GateShown:
    """A gate of two inputs, and the lines that should be it.

    Parameters
    ----------
    outputs : tuple of int
        What is wanted at CORNERS.
    lines : (n_lines, 3) float
        One line or two, each as w1, w2 and b.
    combine : str
        The gate of both lines' answers; without a second line it is not used.
    focus : int
        The corner whose sums are written out.
    """

    outputs: tuple[int, ...]
    lines: Array
    combine: str = "AND"
    focus: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        return {
            "outputs": list(self.outputs),
            "lines": self.lines.tolist(),
            "combine": self.combine,
            "focus": self.focus,
        }

    @property
    def gate(self) -> Gate:
        """The gate that is wanted."""
        return GATES[self.name]

    @property
    def name(self) -> str:
        """The name of the gate that is wanted."""
        return next(name for name, gate in GATES.items() if gate.outputs == self.outputs)

    @property
    def two(self) -> bool:
        """Whether there is a second line."""
        return len(self.lines) == 2

    @cached_property
    def z(self) -> Array:
        """The sum w . x + b at each corner, (4, n_lines)."""
        return folded(CORNERS) @ self.lines.T

    @property
    def hidden(self) -> Any:
        """h(z) at each corner, (4, n_lines)."""
        return heaviside(self.z)

    @property
    def answers(self) -> Any:
        """What comes out at each corner, (4,)."""
        return self.answers_of(self.hidden)

    def answers_of(self, hidden: Any) -> Any:
        """Return what comes out where the lines give these answers, (n, n_lines) of 0 and 1."""
        if not self.two:
            return hidden[:, 0]
        return np.array(GATES[self.combine].outputs)[2 * hidden[:, 0] + hidden[:, 1]]

    @property
    def right(self) -> Any:
        """Whether a corner has the answer that is wanted, (4,) bool."""
        return self.answers == np.array(self.outputs)

    @property
    def n_right(self) -> int:
        """Corners that have it."""
        return int(self.right.sum())

    # --- what is done ---------------------------------------------------------------------------------------------
    def of_gate(self, name: str) -> "GateShown":
        """Want another gate; the lines stay where they are."""
        return replace(self, outputs=GATES[name].outputs)

    def with_output(self, corner: int, output: int) -> "GateShown":
        """Want something else at a corner."""
        outputs = tuple(output if n == corner else kept for n, kept in enumerate(self.outputs))
        return replace(self, outputs=outputs, focus=corner)

    def with_line(self, number: int, weights: Any) -> "GateShown":
        """Put a line somewhere else."""
        lines = self.lines.copy()
        lines[number] = np.clip(weights, -LARGEST_WEIGHT, LARGEST_WEIGHT)
        return replace(self, lines=lines)

    def with_second(self, wanted: bool) -> "GateShown":
        """Add a second line, or take it away."""
        lines = np.vstack([self.lines, SECOND]) if wanted and not self.two else self.lines[: 1 + wanted]
        return replace(self, lines=lines)

    def solved(self) -> "GateShown":
        """Put the lines where they get most corners right."""
        if not self.two:
            return replace(self, lines=np.array([self.gate.best_line]))
        first, second, combine = SOLUTIONS.get(self.name, (self.name, self.name, "AND"))
        return replace(self, lines=np.array([GATES[first].best_line, GATES[second].best_line]), combine=combine)


def gate_shown_of(outputs: Any, lines: Any, combine: Any, focus: Any) -> GateShown:
    """Return what a lab shows of its arguments; refuse what is no gate.

    Raises
    ------
    TypeError, ValueError
    """
    wanted = numbers("outputs", outputs)
    if wanted.shape != (4,) or not np.isin(wanted, (0, 1)).all():
        raise ValueError(
            f"`outputs` must be 0 or 1 at each corner. Accepted are 4 of them, at {CORNERS}; received {outputs!r}."
        )
    rows = numbers("lines", lines).astype(np.float64)
    if rows.ndim != 2 or rows.shape[1] != 3 or len(rows) not in (1, 2) or not (abs(rows) <= LARGEST_WEIGHT).all():
        raise ValueError(
            f"`lines` must be one line or two. Accepted is (1, 3) or (2, 3), each w1, w2 and b up to "
            f"{LARGEST_WEIGHT:g}; received {rows.shape}."
        )
    known_name("combine", combine, COMBINATIONS)
    if not (is_whole(focus, 0) and focus < 4):
        raise ValueError(f"`focus` is no corner. Accepted is 0 to 3; received {focus!r}.")
    return GateShown(tuple(int(output) for output in wanted), rows.copy(), combine, int(focus))
