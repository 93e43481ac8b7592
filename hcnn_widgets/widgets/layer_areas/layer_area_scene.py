"""The match of model areas (rows) and brain areas (columns) as a scene of coloured cells."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.captions import caption_marks
from hcnn_widgets.widgets.scene.colours import depth_role, ink_on, sequential
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import clipped, score_text, shortened, text_width

from .layer_area_layout import SCALE_HEIGHT, MatrixLayout, matrix_layout
from .layer_area_words import (
    DIAMOND,
    ShownMatch,
    cell_rows,
    cell_sentence,
    matrix_sentence,
    matrix_table,
    matrix_title,
)

STEPS = 24
"""Pieces of the scale of the colours."""
MEASURE = ("Pearson r, median over sites", "Pearson r", "r")
"""What a score is, as whole as there is room beside the scale."""
QUIET: dict[str, Any] = {"fill": "quiet"}
SIMULATED: dict[str, Any] = {"fill": "quiet", "italic": True}


def matrix_scene(shown: ShownMatch, width: float, top: float, captions: Sequence[str] = ()) -> Scene:
    """Draw a match for a width in pixels.

    Parameters
    ----------
    shown : ShownMatch
    width : float
    top : float
        Score at the upper end of the colours.
    captions : sequence of str
        Lines below the matrix.
    """
    layout, (n_brain, n_model) = matrix_layout(shown, width, captions), shown.match.reporting.shape
    cells = [(m, b) for m in range(n_model) for b in range(n_brain)]
    heads = tuple(_column_name(shown, b, layout) for b in range(n_brain))
    rows = [
        Group(
            f"row-{m}",
            (_row_name(shown, m, layout), *(_cell(shown, m, b, layout, top) for b in range(n_brain))),
            part="row",
        )
        for m in range(n_model)
    ]
    return Scene(
        name="matrix",
        title=matrix_title(shown.step),
        label=f"{matrix_sentence(shown)} Arrow keys walk the cells.",
        width=width,
        height=layout.height,
        marks=(
            Group("columns", heads, part="row"),
            *rows,
            *_ceilings(shown, layout),
            Group("scale", tuple(_scale(layout, top, width))),
            *_words(layout),
            caption_marks(layout.captions, layout.caption_top, layout.font),
        ),
        places=tuple(_place(shown, m, b, layout) for m, b in cells),
        columns=n_brain,
        numbers=matrix_table(shown),
    )


def _column_name(shown: ShownMatch, brain: int, layout: MatrixLayout) -> Group:
    area, font = shown.match.brain_areas[brain], layout.font
    middle = layout.left + (brain + 0.5) * layout.cell_width
    name = clipped(area, layout.cell_width - 4, font + 2, bold=True)
    kind, look = ("simulated", SIMULATED) if shown.match.simulated[brain] else ("recorded", QUIET)
    whole = area if name != area else ""
    return Group(
        f"name-{brain}",
        (
            Text("area", middle, layout.top - 1.6 * font - 4, name, font + 2, "middle", True, whole=whole, fill="ink"),
            Text("kind", middle, layout.top - 7, shortened(kind, layout.cell_width - 2, font), font, "middle", **look),
        ),
        part="columnheader",
    )


def _row_name(shown: ShownMatch, model: int, layout: MatrixLayout) -> Group:
    areas, font = shown.match.model_areas, layout.font
    middle = layout.top + (model + 0.5) * layout.cell_height
    whole = f"model {areas[model]}"
    swatch = Rect("swatch", 4, middle - 6, 12, 12, radius=2, fill=depth_role(model, len(areas)))
    cut = whole if layout.names[model] != whole else ""
    name = Text("area", 22, middle + 0.35 * font, layout.names[model], font + 1, whole=cut, fill="ink")
    return Group("name", (swatch, name), part="rowheader")


def _cell(shown: ShownMatch, model: int, brain: int, layout: MatrixLayout, top: float) -> Group:
    value, is_chosen = float(shown.match.reporting[brain, model]), model == shown.chosen[brain]
    place, size = model * len(shown.match.brain_areas) + brain, layout.font + 2
    left, upper, width, height = _box(layout, model, brain)
    colour = "soft" if np.isnan(value) else sequential(value / top)
    words = f"{DIAMOND} {score_text(value)}" if is_chosen else score_text(value)
    ink = "text" if np.isnan(value) else ink_on(colour)
    marks: list[Mark] = [
        Rect("box", left + 1.5, upper + 1.5, width - 3, height - 3, radius=3, fill=colour, place=place),
        Text(
            "value",
            left + width / 2,
            upper + height / 2 + 0.35 * size,
            words,
            size,
            "middle",
            bool(is_chosen),
            fill=ink,
        ),
    ]
    if is_chosen:  # two lines, so that the ring is seen on a cell of any colour
        ring = (left + 3, upper + 3, width - 6, height - 6, 2)
        marks += [Rect("rim", *ring, stroke="#ffffff", stroke_width=4.0)]
        marks += [Rect("ring", *ring, stroke="#000000", stroke_width=2.0)]
    return Group(f"cell-{brain}", tuple(marks), part="gridcell", place=place)


def _box(layout: MatrixLayout, model: int, brain: int) -> tuple[float, float, float, float]:
    """Return left edge, top, width and height of a cell."""
    left, upper = layout.left + brain * layout.cell_width, layout.top + model * layout.cell_height
    return left, upper, layout.cell_width, layout.cell_height


def _place(shown: ShownMatch, model: int, brain: int, layout: MatrixLayout) -> Place:
    left, upper, width, height = _box(layout, model, brain)
    mark = Rect("mark", left, upper, width, height, radius=4, stroke="focus", stroke_width=3.0)
    return Place(
        cell_sentence(shown, brain, model),
        (mark,),
        title=shown.match.brain_areas[brain],
        badge="simulated" if shown.match.simulated[brain] else "",
        rows=cell_rows(shown, brain, model),
        note=f"{DIAMOND} chosen on the other half of the images" if model == shown.chosen[brain] else "",
        beside=(left, left + width, upper + height / 2),
    )


def _ceilings(shown: ShownMatch, layout: MatrixLayout) -> list[Mark]:
    font = layout.font
    y = layout.top + len(shown.match.model_areas) * layout.cell_height + font + 5
    marks: list[Mark] = [Text("ceiling-name", 4, y, shortened("noise ceiling", layout.left - 8, font), font, **QUIET)]
    for b, ceiling in enumerate(shown.ceiling):
        middle = layout.left + (b + 0.5) * layout.cell_width
        marks.append(Text(f"ceiling-{b}", middle, y, score_text(float(ceiling)), font, "middle", **QUIET))
    return marks


def _scale(layout: MatrixLayout, top: float, width: float) -> list[Mark]:
    (left, y, wide), font = layout.scale, layout.font
    step = wide / STEPS
    marks: list[Mark] = [
        Rect(f"step-{i}", left + i * step, y, step + 0.5, SCALE_HEIGHT, fill=sequential((i + 0.5) / STEPS))
        for i in range(STEPS)
    ]
    foot = y + SCALE_HEIGHT + font
    marks.append(Text("low", left, foot, "0", font - 1, **QUIET))
    marks.append(Text("high", left + wide, foot, score_text(top), font - 1, "end", **QUIET))
    room = width - left - wide - 14
    name = next((words for words in MEASURE if text_width(words, font) <= room), "")
    return [*marks, Text("name", left + wide + 10, y + SCALE_HEIGHT, name, font, **QUIET)]


def _words(layout: MatrixLayout) -> list[Mark]:
    font = layout.font
    return [
        Text(f"words-{i}", 4, layout.words_top + i * 1.4 * font, line, font, fill="text")
        for i, line in enumerate(layout.words)
    ]
