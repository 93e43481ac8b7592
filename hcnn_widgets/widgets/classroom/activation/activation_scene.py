"""The scene of an activation lab: a sentence, the plane that is pointed at and walked, and the numbers."""

import numpy as np

from hcnn_widgets.classroom.activation import ACTIVATIONS
from hcnn_widgets.widgets.classroom.plane.cells import NUDGES, number_text
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines

from .activation_column import column_group
from .activation_layout import SENTENCE_LINES, ActivationLayout
from .activation_plane import OF_F, OF_SLOPE, plane_group
from .activation_shown import ActivationShown
from .activation_words import PRIME, at_place, percent, sentence
from .pre_activations import PreActivations

N_PLACES = 65
"""Pre-activations that can be walked to: whole numbers and parts of them that are binary fractions."""
HINT = (
    "Arrow keys walk along z, Enter keeps the place. With Shift they move the threshold, left and right, and the "
    "number of layers, up and down. Digits choose the function, u undoes, r resets."
)


def keys() -> tuple[str, ...]:
    """Return the keys that the lab takes."""
    digits = tuple(str(n) for n in range(1, min(10, len(ACTIVATIONS) + 1)))
    return "Enter", *digits, *NUDGES, "u", "r"


def place_at(layout_span: float, place: int) -> float:
    """Return the pre-activation of a place."""
    return layout_span * (2 * place / (N_PLACES - 1) - 1)


def activation_scene(shown: ActivationShown, given: PreActivations | None, width: float) -> Scene:
    """Draw the function, and the pre-activations that it is given, for a width in pixels."""
    layout = ActivationLayout(shown, given, width)
    said = sentence(shown, given)
    lines = caption_lines(said, width, layout.size, SENTENCE_LINES)
    words = tuple(
        Text(f"said-{n}", 4, (1.5 * n + 1.1) * layout.size, line, layout.size, fill="ink")
        for n, line in enumerate(lines)
        if line
    )
    return Scene(
        name="activation",
        title="Activation functions",
        label=f"{said} {HINT}",
        width=width,
        height=layout.height,
        marks=(
            Group("said", words),
            plane_group(layout, given),
            Group("kept", tuple(_marked(layout, shown.z, "ink"))),
            column_group(layout, given),
            Group("strips", tuple(_strip(layout, place) for place in range(N_PLACES))),
        ),
        places=tuple(_place(layout, given, place) for place in range(N_PLACES)),
        columns=N_PLACES,
        keys=keys(),
        numbers=_numbers(layout, given),
        said=said,
    )


def _strip(layout: ActivationLayout, place: int) -> Rect:
    """Return what a pointer at a place is on: a strip of the plane and of the histogram, not to be seen."""
    step = layout.plane.width / (N_PLACES - 1)
    left = max(layout.plane.x, float(layout.across(place_at(layout.span, place))) - step / 2)
    right = min(layout.plane.right, left + step)
    height = layout.below.foot - layout.plane.y
    return Rect(f"strip-{place}", left, layout.plane.y, right - left, height, fill="paper", opacity=0.0, place=place)


def _place(layout: ActivationLayout, given: PreActivations | None, place: int) -> Place:
    z = place_at(layout.span, place)
    shown, x = layout.shown, float(layout.across(z))
    value, slope = (number_text(float(of(z))) for of in (shown.value, shown.slope))
    rows = [CardRow("f(z)", value, OF_F, strong=True), CardRow(f"f{PRIME}(z)", slope, OF_SLOPE, strong=True)]
    if given is not None and len(given.z):
        rows.append(CardRow("below it", percent(float(np.mean(given.z <= z))), "series-2"))
    return Place(
        f"z = {number_text(z)}: {at_place(shown, z)}.",
        tuple(_marked(layout, z, "focus")),
        title=f"z = {number_text(z)}",
        rows=tuple(rows),
        beside=(x - 14, x + 14, layout.plane.y + 0.3 * layout.plane.height),
    )


def _marked(layout: ActivationLayout, z: float, colour: str) -> list[Mark]:
    """Return an upright line at a pre-activation, with a dot on each curve; none out of sight."""
    if abs(z) > layout.span:
        return []
    x = float(layout.across(z))
    marks: list[Mark] = [
        Line("line", x, layout.plane.y, x, layout.below.foot, stroke=colour, stroke_width=1.5, dash=(2, 3))
    ]
    for key, value, of in (("slope", layout.shown.slope(z), OF_SLOPE), ("value", layout.shown.value(z), OF_F)):
        y = float(layout.up(value))
        if layout.plane.y <= y <= layout.plane.foot:
            marks.append(Rect(f"dot-{key}", x - 6, y - 6, 12, 12, 6, fill=of, stroke=colour, stroke_width=2.0))
    return marks


def _numbers(
    layout: ActivationLayout, given: PreActivations | None
) -> tuple[tuple[str | float | int | None, ...], ...]:
    z = np.array([place_at(layout.span, place) for place in range(N_PLACES)])
    below = [None] * N_PLACES if given is None or not len(given.z) else [float(np.mean(given.z <= each)) for each in z]
    rows = zip(z.tolist(), layout.shown.value(z).tolist(), layout.shown.slope(z).tolist(), below, strict=True)
    return ("z", "value", "slope", "share of z below"), *rows
