"""What the picture of a receptive field shows, where it stands in pixels, and its places."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.scene.word_room import font_size

from .field_shown import LayerFields
from .field_table import NAMES, TableLayout, TableTold

SIDE, CELL = 264.0, 52.0
"""Pixels: most of a side of the image, and of a cell of the map."""
MOST_CELLS = 16
"""Cells along a side of the map; where it has more units, every second, third, ... one can be walked to."""
SENTENCE_LINES = 3
TWO_LINES = 700
"""Pixels: from this width on two lines are enough for a stack by numbers."""


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
    def table(self) -> TableTold:
        """What the table shows."""
        return TableTold(self.fields, self.opened, not self.of_model)

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
    table: TableLayout
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
    top = 1.5 * (font + 2) * n_lines(told, width) + 2.4 * font
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
    table = TableLayout(top + tall + 2.0 * font, width, font)
    return FieldLayout(width, font, top, image, board, step, table, table.top + table.height(len(told.fields)))


def n_lines(told: FieldTold, width: float) -> int:
    """Return how many lines the sentence has."""
    return 2 if width >= TWO_LINES and not told.of_model else SENTENCE_LINES


class FieldPlaces(NamedTuple):
    """The places of the drawing: the map row by row, and beneath it the table.

    Both are one grid. Where a row of one is shorter than those of the other, its last cell goes on.
    """

    units: tuple[range, range]
    n_rows: int
    columns: int

    @property
    def n_places(self) -> int:
        """How many there are."""
        return (len(self.units[0]) + self.n_rows) * self.columns

    def unit_at(self, place: int) -> tuple[int, int] | None:
        """Return the unit of a place; None of one in the table."""
        rows, columns = self.units
        row, column = divmod(place, self.columns)
        return (rows[row], columns[min(column, len(columns) - 1)]) if row < len(rows) else None

    def cell_at(self, place: int) -> tuple[int, int]:
        """Return row and column in the table of a place beneath the map."""
        row, column = divmod(place, self.columns)
        return row - len(self.units[0]), min(column, len(NAMES) - 1)

    def of_cell(self, at: int, column: int) -> int:
        """Return the place of a cell of the table."""
        return (len(self.units[0]) + at) * self.columns + column

    def of_unit(self, row: int, column: int) -> int:
        """Return the place of a unit, counted in those that can be walked to."""
        return row * self.columns + column


def places_of(told: FieldTold) -> FieldPlaces:
    """Return the places; where a map has many units, every second, third, ... of them is one."""
    n_rows, n_columns = told.here.shape[:2]
    step = math.ceil(max(n_rows, n_columns) / MOST_CELLS)
    units = range(0, n_rows, step), range(0, n_columns, step)
    return FieldPlaces(units, len(told.fields), max(len(NAMES), len(units[1])))
