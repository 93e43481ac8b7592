"""What is pointed at or walked to in the drawing of LeNet-5: cells of the board, maps, units, digits."""

from typing import NamedTuple

from .drawing import SIDE

COLUMNS = SIDE
ROWS = ((("C1", 6), ("S2", 6)), (("C3", 16),), (("S4", 16),), (("C5", 1), ("F6", 1), ("output", 10)))
"""Rows of places beneath the board: layers, and how many things of each; a row that is over stays at its last one."""
_SPOTS = [[(name, number) for name, count in row for number in range(count)] for row in ROWS]
_PLACES = {
    spot: COLUMNS * (SIDE + row) + column for row, spots in enumerate(_SPOTS) for column, spot in enumerate(spots)
}


class Spot(NamedTuple):
    """What a place is: a cell of the "board" by row and column, or one of a layer's maps by number."""

    part: str
    row: int
    column: int


N_PLACES = COLUMNS * (SIDE + len(ROWS))


def place_of(part: str, number: int = 0, column: int = 0) -> int:
    """Return the place of a cell of the board (its row and column), or of a layer's map or digit."""
    if part == "board":
        return number * COLUMNS + column
    return _PLACES[part, number]


def spot_of(place: int) -> Spot:
    """Return what a place is.

    Examples
    --------
    >>> spot_of(17), spot_of(16 * 16 + 9)
    (Spot(part='board', row=1, column=1), Spot(part='S2', row=0, column=3))
    """
    row, column = divmod(place, COLUMNS)
    if row < SIDE:
        return Spot("board", row, column)
    spots = _SPOTS[row - SIDE]
    part, number = spots[min(column, len(spots) - 1)]
    return Spot(part, 0, number)
