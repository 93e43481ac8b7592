"""Where the parts of the panel stand: the network, and its weights as a table beside it or below it."""

from dataclasses import dataclass

from hcnn_widgets.widgets.classroom.plane.cells import Box, least_width
from hcnn_widgets.widgets.classroom.plane.table import Table

from .mlp_shown import MlpShown

NUMBER_CELL, SUM_CELL = 3.6, 9.0
"""Widths of cells in sizes of their letters; where a sum has no room, its answer stands alone."""
ENDS, NARROW_ENDS = (3.6, 4.2), (2.5, 3.5)
"""Widths of the first cell and of one that holds an answer: as wide as the names above them, or as narrow as can be."""
LEAST_NUMBER = 3.0
"""Width of a weight's cell below which it takes room from those."""
NAME = 2.6
TWO_DIGITS, THREE_DIGITS = "\u22120.088", "\u22120.0888"
"""The longest weights."""
MANY_COLUMNS = 7
"""A table of more is as long as the network is high: above one another they would be two screens."""
NARROWEST_NETWORK, WIDEST_NETWORK = 250.0, 360.0


def columns_of(shown: MlpShown) -> int:
    """Return the cells of a row: the unit's map, a weight from each unit below, the bias, and the sum."""
    return max(len(layer) for layer in shown.weights) + 2


def rows_of(shown: MlpShown) -> int:
    """Return the rows: a unit each, and the point in focus."""
    return len(shown.all_units) + 1


@dataclass(frozen=True)
class MlpLayout:
    """Places in pixels, of a panel.

    Attributes
    ----------
    network : (float, float, float, float)
        Left, top, width and height of the drawing of units and links.
    left, top : float
        Of the table's cells.
    first : float
        Width of the first cell of a row.
    number : float
        Width of a weight's cell.
    sum_width : float
        Width of the cell of a sum.
    sums : bool
        Whether it has room for the sum beside the answer.
    starts : tuple of int
        Rows above which names of columns stand: the first of each layer, and that of the point.
    """

    network: Box
    left: float
    top: float
    first: float
    number: float
    sum_width: float
    sums: bool
    font: int
    columns: int
    starts: tuple[int, ...]

    @property
    def roomy(self) -> bool:
        """Whether a weight's cell has room for three digits."""
        return self.number >= least_width(THREE_DIGITS, self.font)

    @property
    def row(self) -> float:
        """Height of a row."""
        return 2.0 * self.font

    @property
    def gap(self) -> float:
        """Room for the names of columns."""
        return 1.6 * self.font

    def box(self, row: int, column: int) -> Box:
        """Return left, top, width and height of a cell."""
        y = self.top + row * self.row + self.gap * sum(start <= row for start in self.starts)
        first = self.first
        if column == 0:
            return self.left, y, first, self.row
        if column == self.columns - 1:
            return self.left + first + (column - 1) * self.number, y, self.sum_width, self.row
        return self.left + first + (column - 1) * self.number, y, self.number, self.row

    @property
    def right(self) -> float:
        """Where the table ends."""
        x, _, width, _ = self.box(0, self.columns - 1)
        return x + width


def layout_of(shown: MlpShown, table: Table) -> MlpLayout:
    """Return the layout for a panel's width: side by side where both have room, if need be without the sums."""
    font, columns = table.font, columns_of(shown)
    needed = (NAME + ENDS[0] + (columns - 2) * NUMBER_CELL + SUM_CELL) * font
    beside = table.width - needed - 8
    if beside < NARROWEST_NETWORK and columns > MANY_COLUMNS:
        tight = (NAME + sum(ENDS)) * font + (columns - 2) * least_width(TWO_DIGITS, font) + 36
        beside = table.width - tight
    side_by_side = beside >= NARROWEST_NETWORK
    width = min(beside, WIDEST_NETWORK) if side_by_side else min(table.width - 8, WIDEST_NETWORK)
    most = max(2, *shown.n_hidden)
    pitch = 72.0 if most <= 3 else 56.0 if most <= 4 else 40.0
    top = table.top - 1.2 * font
    network = (4.0, top, width, most * pitch)
    left = NAME * font + (width + 28 if side_by_side else 4)
    n_numbers = columns - 2
    first, answer = (font * cell for cell in ENDS)
    if table.width - 8 - left - first - answer < n_numbers * LEAST_NUMBER * font:
        first, answer = (font * cell for cell in NARROW_ENDS)
    room = table.width - 8 - left - first
    sums = room >= (n_numbers * NUMBER_CELL + SUM_CELL) * font
    last = SUM_CELL * font if sums else answer
    number = min(5.0 * font, max(12.0, (room - last) / n_numbers))
    sum_width = min(12.0 * font, max(last, room - n_numbers * number))
    starts, row = [], 0
    for layer in shown.weights:
        starts.append(row)
        row += layer.shape[1]
    table_top = top if side_by_side else top + network[3] + 2.2 * font
    return MlpLayout(network, left, table_top, first, number, sum_width, sums, font, columns, (*starts, row))
