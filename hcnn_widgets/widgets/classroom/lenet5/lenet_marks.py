"""The marks of LeNet-5: board, rows of maps, F6 beside a bitmap, and a bar for each digit."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.digit_bitmaps import bitmap
from hcnn_widgets.classroom.lenet5 import LeNetLayer
from hcnn_widgets.widgets.scene.colours import depth_role, diverging
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.word_room import shortened, text_width, wrapped

from .drawing import FULL, SIDE
from .lenet_layout import C5_COLUMNS, Box, LeNetLayout
from .lenet_places import place_of
from .lenet_shown import Response, counted

Array = NDArray[np.float64]
BOUND = 1.7159
"""Largest response of the published network."""
TIMES = "\u00d7"
COLOURS = diverging(np.arange(256, dtype=np.uint8))
SEEN_WORDS = f"32 {TIMES} 32 pixels: ink counted in 8 by 8 blocks, enlarged"


def board_marks(response: Response, layout: LeNetLayout) -> Group:
    """Return the board, and what the network sees of it."""
    x, y, side, _ = layout.board
    font, step = layout.font, side / SIDE
    marks: list[Mark] = [
        Text("name", x, y - 0.5 * font, "Draw here", font, fill="text", bold=True),
        Rect("paper", x, y, side, side, fill="paper"),
    ]
    for (row, column), level in np.ndenumerate(response.shown.drawing):
        look = {"fill": "ink", "opacity": int(level) / FULL} if level else {"fill": "paper", "stroke": "border"}
        box = x + column * step, y + row * step, step, step
        marks.append(Rect(f"cell-{row}-{column}", *box, place=place_of("board", row, column), **look))  # type: ignore[arg-type]
    seen, image = layout.seen, np.rint(255 * response.image).astype(np.uint8)
    marks.append(Rect("frame", x, y, side, side, stroke="furrow"))
    marks.append(Pixels("seen", *seen, image))
    marks.append(Text("seen-name", x, seen[1] - 0.5 * font, "What the network sees", font, fill="text", bold=True))
    beside = x + seen[2] + 0.6 * font
    for line, text in enumerate(wrapped(SEEN_WORDS, x + side - beside, font - 1)):
        marks.append(Text(f"seen-{line}", beside, seen[1] + (1 + 1.35 * line) * font, text, font - 1, fill="quiet"))
    return Group("board", tuple(marks))


def layer_marks(response: Response, layout: LeNetLayout) -> Group:
    """Return the rows of maps from C1 to C5, each with its arithmetic, and the sum of all."""
    marks: list[Mark] = []
    for index, layer in enumerate(response.shown.layers[:5]):
        marks += _words(layer, index, layout)
        marks += _c5(response, layout) if layer.name == "C5" else _maps(response, layer, layout)
    marks += _kernels(response, layout)
    return Group("layers", (*marks, *_total(response, layout)))


def output_marks(response: Response, layout: LeNetLayout) -> Group:
    """Return F6 as a picture, the nearest bitmap beside it, and a bar for each digit."""
    left, top, _, _ = layout.out
    font, f6 = layout.font, response.shown.layers[5]
    box, beside = layout.bitmap_box(0), layout.bitmap_box(1)
    swatch = Rect("f6-swatch", left, top + 0.35 * font, 0.6 * font, 0.6 * font, fill=depth_role(5, 6))
    marks: list[Mark] = [
        swatch,
        Text("f6-name", left + font, top + font, "F6", font, fill="text", bold=True),
        Pixels(
            "f6",
            *box,
            _colours(response.maps["F6"].reshape(12, 7), _scale(response, "F6")),
            place=place_of("F6"),
        ),
        Rect("f6-frame", *box, stroke="furrow"),
    ]
    if response.shown.published:
        best = response.order[0]
        marks.append(Text("target-name", beside[0], top + font, f"bitmap of {best}", font, fill="text"))
        marks += bitmap_marks("target", best, beside)
    under = box[1] + box[3] + 1.35 * font
    marks.append(Text("f6-weights", left, under, counted(f6), font - 1, fill="quiet"))
    return Group("output", (*marks, *_bars(response, layout)))


def bitmap_marks(key: str, digit: int, box: Box) -> list[Mark]:
    """Return a digit's bitmap as it is to be."""
    return [
        Pixels(key, *box, _colours(bitmap(digit).astype(float), BOUND)),
        Rect(f"{key}-frame", *box, stroke="furrow"),
    ]


def _words(layer: LeNetLayer, index: int, layout: LeNetLayout) -> list[Mark]:
    """Return the line above a layer's maps: what it is, what a unit sees, and its weights, counted."""
    x, _, width, _ = layout.layers
    font, foot = layout.font, layout.row_tops[layer.name] + font_foot(layout)
    written = counted(layer)
    said = _shortest(layer, width - 5.4 * font - text_width(written, font), font - 1)
    return [
        Rect(f"{layer.name}-swatch", x, foot - 0.65 * font, 0.6 * font, 0.6 * font, fill=depth_role(index, 6)),
        Text(f"{layer.name}-name", x + font, foot, layer.name, font + 1, fill="text", bold=True),
        Text(f"{layer.name}-shape", x + 3.4 * font, foot, said, font - 1, fill="quiet"),
        Text(f"{layer.name}-weights", x + width, foot, written, font, "end", fill="text"),
    ]


def _shortest(layer: LeNetLayer, room: float, size: float) -> str:
    """Return as much on a layer's maps as there is room for."""
    maps = f"{layer.n_maps} {TIMES} {layer.side} {TIMES} {layer.side}" if layer.side > 1 else f"{layer.n_maps} units"
    field = f"sees {layer.receptive_field} {TIMES} {layer.receptive_field}"
    forms = (f"{maps}, a unit {field} pixels", f"{maps}, {field} pixels", f"{maps}, {field}", maps, "")
    return next(form for form in forms if not form or text_width(form, size) <= room)


def font_foot(layout: LeNetLayout) -> float:
    """Return how far below the top of a row its words stand."""
    return 1.05 * layout.font


def _maps(response: Response, layer: LeNetLayer, layout: LeNetLayout) -> list[Mark]:
    maps, scale = response.maps[layer.name], _scale(response, layer.name)
    marks: list[Mark] = []
    for number in range(layer.n_maps):
        box = layout.map_box(layer.name, number)
        image = _colours(maps[..., number], scale)
        marks.append(Pixels(f"{layer.name}-{number}", *box, image, place=place_of(layer.name, number)))
        marks.append(Rect(f"{layer.name}-{number}-frame", *box, stroke="border"))
    return marks


def _kernels(response: Response, layout: LeNetLayout) -> list[Mark]:
    kernels = response.kernels
    marks: list[Mark] = []
    most = float(np.abs(kernels).max()) or 1.0
    for number in range(6):
        box = layout.kernel_box(number)
        marks.append(
            Pixels(f"kernel-{number}", *box, _colours(kernels[..., number], most), place=place_of("C1", number))
        )
        marks.append(Rect(f"kernel-{number}-frame", *box, stroke="border"))
    return marks


def _c5(response: Response, layout: LeNetLayout) -> list[Mark]:
    x, cell = layout.layers[0], layout.c5_cell
    box = x, layout.row_tops["C5"] + 1.6 * layout.font, C5_COLUMNS * cell, 3 * cell
    image = _colours(response.maps["C5"].reshape(3, C5_COLUMNS), _scale(response, "C5"))
    return [Pixels("C5-units", *box, image, place=place_of("C5")), Rect("C5-frame", *box, stroke="border")]


def _total(response: Response, layout: LeNetLayout) -> list[Mark]:
    """Return the sum of the weights of all layers, and of the connections."""
    layers, font = response.shown.layers, layout.font
    (x, _, width, _), top = layout.layers, layout.row_tops["end"]
    n_weights = sum(layer.n_weights for layer in layers)
    n_connections = sum(layer.n_connections for layer in layers)
    terms = " + ".join(f"{layer.n_weights:,}" for layer in layers if layer.n_weights)
    end = f"= {n_weights:,} weights, {n_connections:,} connections"
    return [
        Line("total-rule", x, top - 0.3 * font, x + width, top - 0.3 * font, stroke="border"),
        Text("terms", x, top + 1.1 * font, shortened(terms, width, font), font, fill="text", whole=terms),
        Text("total", x, top + 2.5 * font, shortened(end, width, font, True), font, fill="text", bold=True, whole=end),
    ]


def _bars(response: Response, layout: LeNetLayout) -> list[Mark]:
    """Return a row for each digit: its bitmap, its bar and its number."""
    output, published, font = response.output, response.shown.published, layout.font
    last, most = response.shown.layers[6], float(output.max()) if published else 1.0
    left, _, width, _ = layout.out
    said = "lower is better" if published else f"{counted(last)} weights"
    title = "Distance to each bitmap" if published else "Probability of each digit"
    marks: list[Mark] = [
        Text("bars-name", left, layout.bars_top - 1.7 * font, title, font, fill="text", bold=True),
        Text(
            "bars-lower",
            left,
            layout.bars_top - 0.4 * font,
            said,
            font - 1,
            fill="quiet",
        ),
    ]
    start, end = left + 1.4 * font, left + width - 3.3 * font
    for digit, value in enumerate(output):
        x, y, _, height = layout.bar_box(digit)
        best, foot = digit == response.order[0], y + 0.5 * height + 0.36 * font
        colour = "focus" if best else "muted"
        number = f"{value:.1f}" if published else f"{value:.0%}"
        place = place_of("output", digit)
        marks += [
            Rect(f"row-{digit}", x, y, width, height, fill="paper", opacity=0.01, place=place),
            Text(f"digit-{digit}", x + 0.2 * font, foot, str(digit), font, fill="text", bold=best),
            Rect(
                f"bar-{digit}",
                start,
                y + 0.22 * height,
                max(1.0, (end - start) * value / most),
                0.56 * height,
                fill=colour,
                place=place,
            ),
            Text(f"value-{digit}", left + width, foot, number, font, "end", fill="text", bold=best),
        ]
    return marks


def _scale(response: Response, name: str) -> float:
    """Return the response that has the full colour: the largest that there can be, or that there is in the layer."""
    return BOUND if response.shown.published else float(np.abs(response.maps[name]).max()) or 1.0


def _colours(values: Array, most: float) -> NDArray[np.uint8]:
    """Return the colours of responses: orange below 0, white at 0, blue above, (..., 3) uint8."""
    signed = np.clip(np.rint(128 + 127 * values / most), 1, 255).astype(np.uint8)
    return COLOURS[signed]
