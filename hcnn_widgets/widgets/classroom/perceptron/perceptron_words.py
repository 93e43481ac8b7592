"""A perceptron in sentences: what is seen, what the last presentation did, and what to expect."""

from hcnn_widgets.widgets.classroom.plane.cells import number_text, signed_sum, sum_text
from hcnn_widgets.widgets.classroom.plane.plane_drawing import clipped_line
from hcnn_widgets.widgets.panel.words import plural

from .perceptron_shown import LETTERS, PerceptronShown

CROSS_1 = "\u00d71"
"""Behind a bias that is the weight of a third input."""


def sentence(shown: PerceptronShown, span: float) -> str:
    """Return what is seen, in a few short sentences."""
    parts = (_presented(shown), _standing(shown), _line(shown, span), _outlook(shown))
    return " ".join(filter(None, parts))


def _line(shown: PerceptronShown, span: float) -> str:
    """Say why no line is seen, where there is none."""
    if not shown.w[:2].any():
        return "w is 0: there is no line yet."
    return "" if len(clipped_line(shown.w, span)) else "The line lies outside the plane."


def _presented(shown: PerceptronShown) -> str:
    """Say what the last presentation did."""
    if shown.last is None:
        return ""
    point = LETTERS[shown.order[shown.at - 1]]
    if not shown.last.added[:, shown.unit].any():
        return f"{point} was right: nothing changes."
    if shown.last.target[shown.unit] == 1:
        return f"Mistake on {point}: {point} is added to w, and 1 to b."
    return f"Mistake on {point}: {point} is taken from w, and 1 from b."


def _standing(shown: PerceptronShown) -> str:
    """Say how many points are wrong now."""
    n_wrong = int(shown.wrong.sum())
    n_points, which = len(shown.points), f" of unit {shown.unit + 1}" if shown.targets.shape[1] > 1 else ""
    if not n_wrong:
        return f"All {n_points} answers{which} are right."
    return f"{n_wrong} of {n_points} answers{which} {'is' if n_wrong == 1 else 'are'} wrong."


def _outlook(shown: PerceptronShown) -> str:
    """Say what learning comes to."""
    if not shown.separable:
        cycle = shown.cycle
        came_back = f" It cycles: the weights are back where they were {plural(cycle, 'sweep')} ago." if cycle else ""
        return f"No line separates these points: mistakes never stop.{came_back}"
    if shown.wrong.any() or not shown.at:
        return ""
    return "Nothing is learnt any more." if shown.all_right else "The other units still learn."


def tally(shown: PerceptronShown) -> str:
    """Count presentations and mistakes, beside the bound."""
    n_mistakes = int(shown.mistaken[: shown.at].sum())
    counted = f"{plural(shown.at, 'presentation')}, {plural(n_mistakes, 'mistake')}"
    if not shown.separable:
        return f"{counted}; without a line that separates there is no bound"
    if shown.bound is None:
        return f"{counted}; the bound (R/\u03b3)\u00b2 holds for weights that begin at 0 (key z)"
    return f"{counted}; at most {int(shown.bound + 1e-9)} from weights of 0: (R/\u03b3)\u00b2 = {shown.bound:.1f}"


def sum_of(shown: PerceptronShown, point: int) -> str:
    """Write out the sum of a point: 1x0 + 1x1 + (-1.5) = -0.5 -> h = 0."""
    w1, w2, b = (float(weight) for weight in shown.w)
    x1, x2 = (float(value) for value in shown.points[point])
    left = sum_text((w1, w2, b), (x1, x2), shown.fold)
    return f"{left} = {number_text(float(shown.z[point]))} \u2192 {int(shown.outputs[point])}"


def sum_sentence(shown: PerceptronShown, point: int) -> str:
    """Say the sum of a point, and whether its output is right."""
    right = "wrong" if shown.wrong[point] else "right"
    zero = " z = 0 gives 0." if shown.z[point] == 0 else ""
    return f"Point {LETTERS[point]}: {sum_of(shown, point)}, {right}.{zero} Enter presents it."


def formula(shown: PerceptronShown) -> str:
    """Write the unit with its weights."""
    w1, w2, b = (float(weight) for weight in shown.w)
    return f"h({signed_sum((w1, w2, b), (' x1', ' x2', CROSS_1 if shown.fold else ''))})"
