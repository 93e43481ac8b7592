"""The sum of a window, product by product, each in a colour by its sign and size."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hcnn_widgets.classroom.convolution import WindowSum
from hcnn_widgets.widgets.classroom.boards.board_marks import LEGIBLE, Spot, cell_marks, number_in, signed_colour
from hcnn_widgets.widgets.classroom.boards.numbers_in_cells import factor, told
from hcnn_widgets.widgets.scene.colours import ink_on
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import caption_lines, text_width

from .convolution_shown import ConvolutionShown
from .convolution_words import TIMES

MOST_ROWS = 5
"""Rows of products that are written out; of more there is a grid of numbers."""
PLUS, TOTAL, GRID_CELL = 22.0, 150.0, 32.0
"""Pixels for a plus sign, for the sum behind the last product, and for a product in a grid of them."""


class Tiles(NamedTuple):
    """How the products of a window are laid out, in pixels: where, how many in a row, how large."""

    top: float
    width: float
    font: float
    tile: float
    per_row: int
    rows: int

    @property
    def row_height(self) -> float:
        """Height of a row with the gap below it."""
        return 3.5 * self.font

    @property
    def height(self) -> float:
        """Height of all rows."""
        return self.rows * self.row_height


def tiles_of(shown: ConvolutionShown, top: float, width: float, font: float) -> Tiles:
    """Return the layout of the products of any window, so that nothing jumps from one to the next."""
    n_terms = shown.kernel.size + bool(shown.bias)
    longest = [max((factor(value) for value in np.unique(of)), key=len) for of in (shown.image, shown.kernel)]
    size, tile = font + 3, 0.0
    for size in (font + 3, font + 1):
        tile = text_width(f"{longest[0]} {TIMES} {longest[1]}", size, bold=True) + 12
        if n_terms * (tile + PLUS) <= width - TOTAL:
            break
    per_row = max(1, int((width - TOTAL) / (tile + PLUS)))
    across = shown.size[1]
    if n_terms > per_row >= across:
        per_row -= per_row % across
    rows = -(-n_terms // per_row)
    if rows > MOST_ROWS:
        rows = max(MOST_ROWS, int(-(-GRID_CELL * shown.size[0] // (3.5 * size))))
    return Tiles(top, width, size, tile, per_row, rows)


def has_tiles(tiles: Tiles, n_terms: int) -> bool:
    """Return whether all products of a window have room."""
    return n_terms <= tiles.per_row * MOST_ROWS


def tile_marks(summed: WindowSum, tiles: Tiles, is_open: bool) -> Group:
    """Return the products of a window, and their sum; that one is a question mark where it is to be predicted."""
    terms = list(_terms(summed, is_open))
    marks: list[Mark] = []
    x = y = 0.0
    for n, (term, product, fill) in enumerate(terms):
        row, column = divmod(n, tiles.per_row)
        x, y = 4 + column * (tiles.tile + PLUS), tiles.top + row * tiles.row_height
        marks += _tile(str(n), (x, y), term, product, fill, tiles)
        if n + 1 < len(terms):
            marks.append(_word(f"plus-{n}", x + tiles.tile + PLUS / 2, y, "+", tiles))
    marks.append(_total(summed, x + tiles.tile + PLUS, y, tiles, is_open))
    return Group("sum", tuple(marks))


def _terms(summed: WindowSum, is_open: bool) -> Iterator[tuple[str, str, str]]:
    """Give each product of a window, its value and its colour; the bias last."""
    products = (summed.values * summed.weights).ravel().tolist()
    most = 1.25 * max(map(abs, products))
    pairs = zip(summed.values.ravel().tolist(), summed.weights.ravel().tolist(), products, strict=True)
    for value, weight, product in pairs:
        fill = signed_colour(product, most) if is_open else "soft"
        yield f"{factor(value)} {TIMES} {factor(weight)}", told(product) if is_open else "", fill
    if summed.bias:
        yield factor(summed.bias), "bias", "soft"


def _tile(key: str, at: tuple[float, float], term: str, product: str, fill: str, tiles: Tiles) -> Iterator[Mark]:
    (x, y), size = at, tiles.font
    ink = ink_on(fill) if fill.startswith("#") else "ink"
    middle = x + tiles.tile / 2
    yield Rect(f"tile-{key}", x, y, tiles.tile, 3.1 * size, 6.0, fill=fill, stroke="border")
    yield Text(f"term-{key}", middle, y + (1.35 if product else 1.9) * size, term, size, "middle", True, fill=ink)
    if product:
        yield Text(f"product-{key}", middle, y + 2.6 * size, product, 0.9 * size, "middle", fill=ink)


def _total(summed: WindowSum, x: float, y: float, tiles: Tiles, is_open: bool) -> Text:
    words = f"= {told(summed.value) if is_open else '?'}"
    return Text("total", x, y + 2.1 * tiles.font, words, 1.6 * tiles.font, bold=True, fill="ink")


def _word(key: str, x: float, y: float, words: str, tiles: Tiles) -> Text:
    return Text(key, x, y + 1.9 * tiles.font, words, 1.1 * tiles.font, "middle", fill="text")


def grid_marks(summed: WindowSum, tiles: Tiles, is_open: bool) -> Group:
    """Return the products of a window in the shape of the kernel, where there are too many to be written out."""
    rows, columns, n_channels = summed.values.shape
    products = summed.values * summed.weights
    cell = min(GRID_CELL, tiles.height / rows, (tiles.width - TOTAL) / (n_channels * (columns + 1)))
    most, right = 1.25 * float(np.abs(products).max()), 4.0
    marks: list[Mark] = []
    for channel in range(n_channels):
        spot = Spot(4 + channel * (columns + 1) * cell, tiles.top, cell)
        right = spot.x + columns * cell
        for (row, column), product in np.ndenumerate(products[..., channel]):
            words = number_in(float(product), cell) if is_open and cell >= LEGIBLE else ""
            fill = signed_colour(float(product), most) if is_open else "soft"
            marks += cell_marks(f"{channel}-{row}-{column}", spot.box(row, column), words, fill)
    words = f"{products.size} products" + (f" + bias {told(summed.bias)}" if summed.bias else "")
    marks.append(Text("count", right + 16, tiles.top + 1.4 * tiles.font, words, tiles.font, fill="text"))
    return Group("products", (*marks, _total(summed, right + 16, tiles.top + 1.6 * tiles.font, tiles, is_open)))


def short_words(words: str, tiles: Tiles) -> Text:
    """Return words of a line where the sum would stand."""
    return Text("words", 4, tiles.top + 1.2 * tiles.font, words, tiles.font, fill="ink")


def words_marks(words: str, tiles: Tiles) -> Group:
    """Return words where the sum would stand."""
    size = tiles.font
    lines = caption_lines(words, tiles.width, size, max(2, int(tiles.height / (1.4 * size))))
    return Group(
        "words",
        tuple(
            Text(f"line-{n}", 4, tiles.top + (1.2 + 1.4 * n) * size, line, size, fill="ink")
            for n, line in enumerate(lines)
            if line
        ),
    )
