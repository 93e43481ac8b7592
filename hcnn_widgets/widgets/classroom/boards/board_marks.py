"""Marks of boards: cells with numbers, images as pixels, and frames around windows."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.windows import Windows
from hcnn_widgets.widgets.scene.colours import diverging, ink_on
from hcnn_widgets.widgets.scene.marks import Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.word_room import text_width

from .numbers_in_cells import fitted

Array = NDArray[np.float64]
LEGIBLE = 17
"""Pixels: in a smaller cell no number is read, and the board is drawn as an image."""


class Spot(NamedTuple):
    """Where a board of cells stands, in pixels: its upper left corner and the side of a cell."""

    x: float
    y: float
    cell: float

    def box(self, row: float, column: float, rows: float = 1, columns: float = 1) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a cell, or of a block of cells."""
        return self.x + column * self.cell, self.y + row * self.cell, columns * self.cell, rows * self.cell


def signed_colour(value: float, most: float) -> str:
    """Return a colour by sign and size: brown below 0, teal above, nearly white at 0.

    Parameters
    ----------
    value : float
    most : float
        The size that has the full colour.

    Examples
    --------
    >>> signed_colour(0.0, 1.0), signed_colour(5.0, 5.0), signed_colour(-5.0, 5.0)
    ('#f7f7f7', '#003858', '#623800')
    """
    share = 0.0 if most == 0 else value / most
    # Not to the very end of the scale, where numbers would stand on nearly black.
    byte = int(np.clip(128 + round(127 * share), 1, 255))
    return _colour_of_byte(byte)


@cache
def _colour_of_byte(byte: int) -> str:
    """Return a colour of the scale by its signed byte; a board asks for hundreds of them."""
    return "#" + "".join(f"{channel:02x}" for channel in diverging(np.array([byte], np.uint8))[0].tolist())


def number_size(cell: float) -> float:
    """Return the size of the numbers in cells, in pixels."""
    return min(28.0, max(8.0, 0.42 * cell))


def cell_marks(
    key: str,
    box: tuple[float, float, float, float],
    words: str,
    fill: str = "paper",
    ink: str = "ink",
    place: int | None = None,
    bold: bool = False,
) -> Iterator[Mark]:
    """Give a cell with its number in it; a number on a colour that means something is black or white."""
    x, y, side, height = box
    ink, size = ink_on(fill) if fill.startswith("#") else ink, number_size(height)
    size = min(size, size * (side - 4) / max(text_width(words, size, bold), 1.0))
    yield Rect(f"cell-{key}", *box, fill=fill, stroke="border", place=place)
    yield Text(
        f"number-{key}", x + side / 2, y + height / 2 + 0.35 * size, words, size, "middle", bold, fill=ink, place=place
    )


def number_in(value: float, cell: float, bold: bool = False) -> str:
    """Return a number as a cell has room for it."""
    return fitted(value, (cell - 4) / (1.2 if bold else 1.0), number_size(cell))


def pixels_of_board(values: Array) -> NDArray[np.uint8]:
    """Return a board as an image: grey from the smallest to the largest; coloured by sign where it goes below 0.

    Parameters
    ----------
    values : (height, width) float

    Returns
    -------
    (height, width) or (height, width, 3) uint8
    """
    low, high = float(values.min()), float(values.max())
    if low < 0:
        most = max(-low, high)
        return diverging((128 + np.round(127 * values / most)).clip(1, 255).astype(np.uint8))
    return np.round(255 * (values - min(low, 0.0)) / (high or 1.0)).astype(np.uint8)


def pixel_marks(key: str, values: Array, spot: Spot, places: NDArray[np.integer[Any]] | None) -> Iterator[Mark]:
    """Give a board as an image, and over each pixel a place where there is one.

    Parameters
    ----------
    key : str
    values : (height, width) float
    spot : Spot
    places : (height, width) int, optional
    """
    height, width = values.shape
    yield Pixels(f"{key}-pixels", *spot.box(0, 0, height, width), image=pixels_of_board(values))
    if places is not None:
        for (row, column), place in np.ndenumerate(places):
            yield Rect(f"at-{row}-{column}", *spot.box(row, column), place=int(place))


def ring_marks(
    key: str,
    spot: Spot,
    shape: tuple[int, ...],
    reach: tuple[int, int, int, int],
    words: Callable[[int, int], str],
) -> Iterator[Mark]:
    """Give the hatched cells of padding around an image that windows see.

    Parameters
    ----------
    key : str
    spot : Spot
        Of the image, without its padding.
    shape : (height, width)
    reach : (above, below, left, right)
        Rows or columns of padding.
    words : callable
        Function of row and column, which count from those of the image, that returns what stands there.
    """
    (above, below, left, right), (height, width) = reach, shape[:2]
    around = [(r, c) for r in range(-above, height + below) for c in range(-left, width + right)]
    for row, column in around:
        if 0 <= row < height and 0 <= column < width:
            continue
        (x, y, cell, _), named, size = spot.box(row, column), f"{key}-{row}-{column}", 0.36 * spot.cell
        yield Rect(f"pad-{named}", x, y, cell, cell, fill="muted", stroke="border", opacity=0.55, hatched=True)
        if told := words(row, column):
            middle = y + cell / 2 + 0.35 * size
            yield Text(f"zero-{named}", x + cell / 2, middle, told, size, "middle", fill="quiet")


def reach_of(grid: Windows) -> tuple[int, int, int, int]:
    """Return the rows or columns of padding that windows see: above, below, left and right."""
    sides = zip((grid.rows, grid.columns), grid.shape, strict=True)
    (above, below), (left, right) = (
        (int(max(0, -at.min())), int(max(0, at.max() - length + 1))) for at, length in sides
    )
    return above, below, left, right


def frame(
    key: str, box: tuple[float, float, float, float], stroke: str = "series-1", dash: tuple[int, ...] = ()
) -> Rect:
    """Return a frame around a window; where the window walks, it glides there."""
    return Rect(key, *box, glides=True, stroke=stroke, stroke_width=3.0, dash=dash)


def focus_frame(box: tuple[float, float, float, float]) -> Rect:
    """Return the frame around the cell that is marked."""
    return Rect("focus", *box, stroke="focus", stroke_width=3.5)
