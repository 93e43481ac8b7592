"""A network in sentences: what is seen, what a unit answers, and what its training has come to."""

from hcnn_widgets.widgets.classroom.plane.cells import sum_text
from hcnn_widgets.widgets.panel.words import plural
from hcnn_widgets.widgets.scene.word_room import MINUS

from .mlp_shown import MlpShown, Unit

SMALL = 0.01
LITTLE_ROOM = 0.02
"""Relative room between classes below which they touch in a drawing."""


def short_text(value: float) -> str:
    """Write a number with three digits, a small one with a power of 10.

    Examples
    --------
    >>> short_text(-1.2345), short_text(2.0), short_text(-0.0), short_text(-0.00031)
    ('−1.23', '2', '0', '−3e−4')
    """
    if 0 < abs(value) < SMALL:
        digit, power = f"{value:.0e}".split("e")
        return f"{digit}e{int(power)}".replace("-", MINUS)
    return f"{value + 0.0:.3g}".replace("-", MINUS)


def sentence(shown: MlpShown) -> str:
    """Return what is seen, in a few short sentences."""
    return " ".join(filter(None, (_standing(shown), _outlook(shown), _map(shown))))


def _standing(shown: MlpShown) -> str:
    """Say how many points are right, and after how much training."""
    epoch = f"Epoch {shown.history[shown.at].epoch}: " if shown.history else ""
    loss = f", loss {short_text(shown.loss)}" if shown.kind.learns else ""
    return f"{epoch}{shown.n_right} of {len(shown.points)} right{loss}."


def _outlook(shown: MlpShown) -> str:
    """Say where a line separates the classes."""
    if shown.separable_below:
        return "A line separates these points already: one unit would be enough."
    cut = "line" if shown.n_hidden[-1] == 2 else "plane"
    if not shown.room_above:
        return "No line separates the classes in the plane, nor does anything flat in the hidden space."
    found = "" if not shown.wrong.any() else "; the output unit has not found it yet"
    barely = "barely, " if shown.room_above < LITTLE_ROOM else ""
    return f"No line separates the classes in the plane; in the hidden space, {barely}a {cut} does{found}."


def _map(shown: MlpShown) -> str:
    name = shown.name_of(shown.chosen)
    return f"Coloured by the answers of {'the output unit' if name == 'out' else name}."


def weight_sentence(shown: MlpShown, unit: Unit, row: int) -> str:
    """Say a weight."""
    below, value = shown.names_below(unit.layer), short_text(float(shown.weights[unit.layer][row, unit.place]))
    if row == len(below):
        return f"The bias of {shown.name_of(unit)} is {value}."
    return f"The weight from {below[row]} to {shown.name_of(unit)} is {value}."


def map_sentence(shown: MlpShown, unit: Unit) -> str:
    """Say what the map of a unit is."""
    now = "is seen in the plane" if unit == shown.chosen else "is brought into the plane by Enter"
    return f"The map of {shown.name_of(unit)}, what it answers all over the plane, {now}."


def sum_sentence(shown: MlpShown, unit: Unit) -> str:
    """Write out the sum of a unit at the point in focus."""
    point = shown.point_name(shown.focus)
    inputs = shown.points[shown.focus] if unit.layer == 0 else shown.now.h[unit.layer - 1][shown.focus]
    weights = shown.weights[unit.layer][:, unit.place]
    written = sum_text(
        tuple(float(f"{weight:.3g}") for weight in weights), tuple(float(f"{value:.3g}") for value in inputs)
    )
    return f"{shown.name_of(unit)} at point {point}: {written} = {answer_text(shown, unit)}."


def answer_text(shown: MlpShown, unit: Unit, sums: bool = True) -> str:
    """Write a unit's sum at the point in focus, and what it answers: 0.5 -> 1; or what it answers alone."""
    z, h = (float(part[unit.layer][shown.focus, unit.place]) for part in (shown.now.z, shown.now.h))
    return f"{short_text(z)} \u2192 {short_text(h)}" if sums else short_text(h)


def point_sentence(shown: MlpShown) -> str:
    """Say where the point in focus lies, in the plane and in the hidden space, and what it is taken for."""
    x1, x2 = (short_text(float(value)) for value in shown.points[shown.focus])
    names = shown.names_below(len(shown.weights) - 1)
    hidden = ", ".join(
        f"{name} = {short_text(float(value))}" for name, value in zip(names, shown.now.h[-2][shown.focus], strict=True)
    )
    right = "wrong" if shown.wrong[shown.focus] else "right"
    output = short_text(float(shown.now.output[shown.focus]))
    where = f"Point {shown.point_name(shown.focus)}, x = ({x1}, {x2}), class {int(shown.targets[shown.focus])}"
    return f"{where}: {hidden}, out = {output}: {right}."


def curve_words(shown: MlpShown) -> str:
    """Say what the curve shows."""
    if not shown.history:
        return "No training yet: press Train."
    first, last = shown.history[0], shown.history[-1]
    return (
        f"Loss {short_text(first.loss)} \u2192 {short_text(last.loss)} in {plural(last.epoch - first.epoch, 'epoch')}; "
        f"here: epoch {shown.history[shown.at].epoch}, loss {short_text(shown.history[shown.at].loss)}"
    )
