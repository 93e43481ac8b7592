"""The picture of a receptive field: the image with what a unit sees of it, and the map that the unit stands in."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES
from hcnn_widgets.widgets.panel.words import plural, short_name
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, clipped, font_size, shortened

from .field_shown import LayerFields
from .field_words import by, unit_sentence

SIDE, CELL = 340.0, 58.0
"""Pixels: most of a side of the image, and of a cell of the map."""
MOST_CELLS = 16
"""Cells along a side of the map; where it has more units, every second, third, ... one can be walked to."""
MOST_LINES = 40
SENTENCE_LINES = 3
HEAT = np.array([213, 94, 0], np.float64)
KEYS = ("Enter", *NUDGES, "m", "s", "u", "r")
HINT = "Arrow keys walk over the map, Enter keeps a unit, with Shift they move it by one; u undoes, r resets."
MAP_HINT = " m takes the next map, s the strongest."


@dataclass(frozen=True, eq=False)
class FieldTold:
    """All that the picture shows.

    Parameters
    ----------
    fields : tuple of LayerFields
        The layers whose boxes are drawn, from the image up.
    opened : int
        Of them, the one whose map is shown.
    unit : (int, int)
    shape : (height, width)
        Of the image.
    image : (height, width, 1 or 3) uint8, optional
    measured : UnitGradient, optional
    said : str
    of_model : bool
    """

    fields: tuple[LayerFields, ...]
    opened: int
    unit: tuple[int, int]
    shape: tuple[int, int]
    image: NDArray[np.uint8] | None
    measured: Any
    said: str
    of_model: bool

    @property
    def here(self) -> LayerFields:
        """The opened layer."""
        return self.fields[self.opened]


class FieldLayout(NamedTuple):
    """Where image and map stand, in pixels: left and top, and the side of a pixel or a unit."""

    width: float
    font: int
    top: float
    image: tuple[float, float, float]
    map: tuple[float, float, float]
    step: int
    height: float

    def on_image(self, box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
        """Return left, top, width and height of what a unit sees."""
        x, y, size = self.image
        return x + box[2] * size, y + box[0] * size, (box[3] - box[2] + 1) * size, (box[1] - box[0] + 1) * size

    def on_map(self, unit: tuple[int, int]) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a unit."""
        x, y, size = self.map
        return x + unit[1] * size, y + unit[0] * size, size, size


def field_layout(told: FieldTold, width: float) -> FieldLayout:
    """Return the layout for a width in pixels."""
    font = font_size(width)
    top = 1.5 * (font + 2) * SENTENCE_LINES + 2.2 * font
    room = min(SIDE, 0.44 * width - 6)
    pixel = room / max(told.shape)
    n_rows, n_columns = told.here.shape[:2]
    unit = min(CELL, room / max(n_rows, n_columns))
    tall = max(told.shape[0] * pixel, n_rows * unit)
    gap = 0.12 * width
    left = max(4.0, (width - told.shape[1] * pixel - gap - n_columns * unit) / 2)
    image = (left, top + (tall - told.shape[0] * pixel) / 2, pixel)
    board = (left + told.shape[1] * pixel + gap, top + (tall - n_rows * unit) / 2, unit)
    step = math.ceil(max(n_rows, n_columns) / MOST_CELLS)
    return FieldLayout(width, font, top, image, board, step, top + tall + 2.0 * font)


def units_of(told: FieldTold, step: int) -> tuple[list[tuple[int, int]], int]:
    """Return the units that can be walked to, row by row, and how many stand in a row."""
    n_rows, n_columns = told.here.shape[:2]
    columns = range(0, n_columns, step)
    return [(row, column) for row in range(0, n_rows, step) for column in columns], len(columns)


def field_scene(told: FieldTold, width: float) -> Scene:
    """Draw image and map for a width in pixels."""
    layout = field_layout(told, width)
    units, n_columns = units_of(told, layout.step)
    hint = HINT + (MAP_HINT if told.of_model else "")
    return Scene(
        name="field",
        title="Receptive field",
        label=f"{told.said} {hint}",
        width=width,
        height=layout.height,
        marks=(
            Group("said", tuple(_sentence(told, layout))),
            Group("image", tuple(_image(told, layout))),
            Group("map", tuple(_map(told, layout))),
            Group("boxes", tuple(_boxes(told, layout))),
            Group("sight", tuple(_sight(told, layout, told.unit, depth_role(told.opened, len(told.fields)), 4.0))),
            Group("cells", tuple(_cell(layout, unit, place) for place, unit in enumerate(units))),
        ),
        places=tuple(_place(told, layout, unit) for unit in units),
        columns=n_columns,
        keys=KEYS if told.of_model else tuple(key for key in KEYS if key not in ("m", "s")),
        numbers=_numbers(told),
        said=told.said,
    )


def _sentence(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    size = layout.font + 2
    lines = caption_lines(told.said, layout.width, size, SENTENCE_LINES)
    return [
        Text(f"said-{n}", 4, (1.5 * n + 1.1) * size, line, size, fill="ink") for n, line in enumerate(lines) if line
    ]


def _image(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    (x, y, pixel), (height, width) = layout.image, told.shape
    words = f"image, {by(height, width)} px"
    marks: list[Mark] = [Text("image-name", x, y - 0.6 * layout.font, words, layout.font, bold=True, fill="ink")]
    picture = heated(told.image, None if told.measured is None else told.measured.gradient)
    if picture is not None:
        marks.append(Pixels("pixels", x, y, width * pixel, height * pixel, picture))
    else:
        marks.append(Rect("paper", x, y, width * pixel, height * pixel, fill="soft"))
        marks += _grid("pixel", layout.image, (height, width))
    marks.append(Rect("border", x, y, width * pixel, height * pixel, stroke="muted"))
    if told.measured is not None:
        foot = y + height * pixel + 1.4 * layout.font
        words = "orange: how much a pixel changes the response (its root)"
        cut = shortened(words, layout.width - x - 4, layout.font)
        marks.append(Text("heat-name", x, foot, cut, layout.font, fill="series-1"))
    return marks


def _grid(key: str, at: tuple[float, float, float], sides: tuple[int, int]) -> list[Mark]:
    """Return the lines between pixels or units, where there are not too many."""
    (x, y, size), (n_rows, n_columns) = at, sides
    if max(sides) > MOST_LINES:
        return []
    rows: list[Mark] = [
        Line(f"{key}-row-{n}", x, y + n * size, x + n_columns * size, y + n * size, stroke="muted")
        for n in range(1, n_rows)
    ]
    return rows + [
        Line(f"{key}-column-{n}", x + n * size, y, x + n * size, y + n_rows * size, stroke="muted")
        for n in range(1, n_columns)
    ]


def _map(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    (x, y, size), (n_rows, n_columns, n_maps) = layout.map, told.here.shape
    maps = f", {plural(n_maps, 'map')}" if told.of_model else ""
    words = f"{short_name(told.here.name, 30)}, {by(n_rows, n_columns)}{maps}"
    shown = clipped(words, layout.width - x - 4, layout.font, bold=True)
    colour = depth_role(told.opened, len(told.fields))
    marks: list[Mark] = [
        Text(
            "map-name",
            x,
            y - 0.6 * layout.font,
            shown,
            layout.font,
            bold=True,
            whole=words if shown != words else "",
            fill="ink",
        )
    ]
    if told.measured is not None and told.measured.map.shape == (n_rows, n_columns):
        marks.append(Pixels("responses", x, y, n_columns * size, n_rows * size, in_bytes(told.measured.map)))
    else:
        marks.append(Rect("paper", x, y, n_columns * size, n_rows * size, fill="soft"))
    if layout.step == 1:
        marks += _grid("unit", layout.map, (n_rows, n_columns))
    return [*marks, Rect("border", x, y, n_columns * size, n_rows * size, stroke=colour, stroke_width=2.0)]


def _boxes(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    """Return what a unit of every other layer sees that looks at the same place."""
    box, marks = told.here.box(told.unit), list[Mark]()
    if box is None:
        return marks
    row, column = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
    for number, fields in reversed(list(enumerate(told.fields))):
        seen = fields.box(fields.nearest(row, column))
        if number != told.opened and seen is not None:
            colour = depth_role(number, len(told.fields))
            marks.append(Rect(f"box-{number}", *layout.on_image(seen), stroke=colour, stroke_width=2.0))
    return marks


def _sight(told: FieldTold, layout: FieldLayout, unit: tuple[int, int], colour: str, wide: float) -> list[Mark]:
    """Return the box of a unit, the unit, and two lines of sight between them."""
    x, y, size, _ = layout.on_map(unit)
    veil: dict[str, Any] = {"fill": "" if told.of_model else colour, "opacity": 0.2}
    marks: list[Mark] = [
        Rect("unit-veil", x, y, size, size, **veil),
        Rect("unit", x, y, size, size, stroke=colour, stroke_width=wide),
    ]
    box = told.here.box(unit)
    if box is None:
        return marks
    left, top, across, down = layout.on_image(box)
    for name, foot, end in (("upper", top, y), ("lower", top + down, y + size)):
        marks.append(Line(f"sight-{name}", left + across, foot, x, end, stroke=colour, stroke_width=1.5, dash=(5, 4)))
    marks.append(Rect("seen-veil", left, top, across, down, **veil))
    return [*marks, Rect("seen", left, top, across, down, stroke=colour, stroke_width=wide)]


def _cell(layout: FieldLayout, unit: tuple[int, int], place: int) -> Rect:
    """Return what a pointer on a unit is on; it is not seen."""
    x, y, size, _ = layout.on_map(unit)
    side = size * layout.step
    return Rect(f"cell-{place}", x, y, side, side, fill="paper", opacity=0.0, place=place)


def _place(told: FieldTold, layout: FieldLayout, unit: tuple[int, int]) -> Place:
    return Place(unit_sentence(told.here, unit), tuple(_sight(told, layout, unit, "focus", 3.0)))


def heated(image: NDArray[np.uint8] | None, gradient: NDArray[Any] | None) -> NDArray[np.uint8] | None:
    """Return an image with a gradient over it in orange, (height, width, 3) uint8; the image alone without one.

    Parameters
    ----------
    image : (height, width, 1 or 3) uint8, optional
        Without one the ground is white.
    gradient : (height, width) float, optional
    """
    if gradient is None:
        return image
    heat = np.sqrt(np.abs(gradient) / max(float(np.abs(gradient).max()), 1e-30))[..., None]
    # Grey, and paler than it is, so that orange is seen on dark and on light.
    ground = np.full((*heat.shape[:2], 1), 255.0) if image is None else 90 + 0.6 * image.mean(axis=-1, keepdims=True)
    return np.rint(ground * (1 - heat) + HEAT * heat).astype(np.uint8)


def in_bytes(responses: NDArray[Any]) -> NDArray[np.uint8]:
    """Return a map in shades of grey, its smallest response black, its largest white."""
    low, high = float(responses.min()), float(responses.max())
    return np.rint(255 * (responses - low) / max(high - low, 1e-30)).astype(np.uint8)


def _numbers(told: FieldTold) -> tuple[tuple[str | float | int | None, ...], ...]:
    """Return the gradient pixel by pixel where it is measured, else what each unit sees."""
    if told.measured is not None:
        pixels = np.ndenumerate(told.measured.gradient)
        return ("row", "column", "gradient"), *((row, column, float(value)) for (row, column), value in pixels)
    boxes = (((row, column), told.here.box((row, column))) for row, column in np.ndindex(*told.here.shape[:2]))
    rows = ((*unit, *(box or (None,) * 4)) for unit, box in boxes)
    return ("row", "column", "first row", "last row", "first column", "last column"), *rows
