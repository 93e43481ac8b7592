"""A gate and its lines in sentences."""

from hcnn_widgets.classroom.gates import CORNERS, GATES
from hcnn_widgets.widgets.classroom.plane.cells import number_text, sum_text
from hcnn_widgets.widgets.panel.words import plural

from .gate_shown import GateShown

N_SEPARABLE = sum(gate.separable for gate in GATES.values())


def sentence(shown: GateShown) -> str:
    """Return what is seen, in two or three short sentences."""
    lines = f"two lines, combined by {shown.combine}, get" if shown.two else "the line gets"
    return f"{shown.name}: {lines} {shown.n_right} of 4 right. {_outlook(shown)}"


def _outlook(shown: GateShown) -> str:
    """Say what can be reached."""
    if shown.two:
        words = "To the output unit h1 and h2 are new coordinates, in which one line is enough."
        return words if shown.n_right == 4 else "The output unit sees h1 and h2 alone, and draws one line between them."
    if shown.gate.separable:
        return "" if shown.n_right == 4 else "A line exists that gets all 4."
    best = f"No line gets more than {shown.gate.n_right} of 4"
    return f"{best}: {N_SEPARABLE} of the 16 gates are separable, XOR and XNOR are not. Add a second line."


def corner_sentence(shown: GateShown, corner: int) -> str:
    """Write out how the answer at a corner comes about."""
    x1, x2 = CORNERS[corner]
    parts = [f"{_unit(shown, line)} = h({sum_of(shown, corner, line)})" for line in range(len(shown.lines))]
    sums = ", ".join(f"{part} = {int(shown.hidden[corner, line])}" for line, part in enumerate(parts))
    both = f", h1 {shown.combine} h2 = {int(shown.answers[corner])}" if shown.two else ""
    right = "right" if shown.right[corner] else f"wrong, {shown.outputs[corner]} is wanted"
    return f"x = ({x1}, {x2}): {sums}{both}: {right}."


def sum_of(shown: GateShown, corner: int, line: int) -> str:
    """Write out the sum of a line at a corner: 1x0 + 1x1 - 1.5 = -0.5."""
    w1, w2, b = (float(weight) for weight in shown.lines[line])
    x1, x2 = (float(value) for value in CORNERS[corner])
    return f"{sum_text((w1, w2, b), (x1, x2))} = {number_text(float(shown.z[corner, line]))}"


def gate_sentence(shown: GateShown, name: str) -> str:
    """Say of a gate of the gallery whether a line separates it."""
    gate = GATES[name]
    best = "a line separates it" if gate.separable else f"no line separates it, the best gets {gate.n_right} of 4"
    chosen = "Shown now. " if name == shown.name else ""
    return f"{chosen}{name}, {' '.join(map(str, gate.outputs))}: {best}. Enter chooses it."


def line_sentence(shown: GateShown, line: int, column: int) -> str:
    """Say a weight of a line, or what its last cell does."""
    which = f"Line {line + 1}" if shown.two else "The line"
    if column == 3:
        return f"{which}: Enter turns it round, so that 0 and 1 change sides."
    name = ("w1", "w2", "the bias b")[column]
    return f"{which}: {name} is {number_text(float(shown.lines[line, column]))}."


def _unit(shown: GateShown, line: int) -> str:
    return f"h{line + 1}" if shown.two else "answer"


def gates_separable() -> str:
    """Return the heading of the gallery."""
    return f"All {plural(len(GATES), 'gate')}: a line separates {N_SEPARABLE} of them (00 01 10 11)"
