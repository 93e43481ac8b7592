"""Where the parts of NetworkView stand: images, the way through the areas, the opened area's maps, what drives one."""

from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from hcnn_widgets.widgets.scene.word_room import font_size

from .network_told import MOST_TILES, N_DRIVING, NetworkTold

COLUMNS = 16
"""Places in a row, however wide the panel is: a place is the same in every view."""
THUMB, SHEET, TILE, DRIVING = 36.0, 84.0, 44.0, 46.0
"""Largest sides in pixels at the usual width: of an image to choose, a sheet, a tile, an image that drives a map."""
LEAST_SHEET, LEAST_TILE = 34.0, 9.0
USUAL = 640.0
SHEETS = 5
"""Maps of an area that stand one behind the other."""
STEP = 0.06
"""Of a sheet's side: how far one stands behind the other."""
TILES_HIGH = 176.0
"""Pixels: the most height of the tiles at the usual width."""
BESIDE, BESIDE_SHARE = 720.0, 0.31
"""From this width on the images that drive a map stand right of the tiles, and the share of it that they take."""
LEAST_DRIVING = 24.0
SCALES = (0.85, 0.7, 0.6, 0.5, 0.4, 0.3)
"""What sizes are multiplied with where there is too little height."""
PARTS = ((True, True), (False, True), (False, False))
"""Whether there are images to choose, and images that drive a map, in the order in which they are left out."""
ANSWER_CELLS = 2.2
"""How much wider the answer is than an area."""


@dataclass(frozen=True)
class Cell:
    """A station of the way through the network: its left edge, its row's top, and its width; in pixels."""

    left: float
    top: float
    width: float
    row: int


@dataclass(frozen=True)
class NetworkLayout:
    """Places and sizes in pixels.

    Attributes
    ----------
    width, height : float
    font : int
    thumb : float
        Side of an image to choose, with its gap; 0 where there is no room for them.
    cells : tuple of Cell
        The image, the areas and the answer.
    sheet : float
        Side of a sheet.
    arc : float
        Room above a row of cells for links that pass over areas.
    row_height : float
        Of a row of cells.
    tiles_top, tiles_width, tile : float
        Top and width of the opened area's tiles, and the side of one.
    map_size : (float, float)
        Width and height of a map in its tile.
    driving_corner : (float, float)
        Left and top of the images that drive a map, with what stands above them.
    driving : float
        Side of such an image; 0 where there is no room.
    driving_columns, driving_lines : int
        How many stand in a row, and lines of words above them.
    """

    width: float
    height: float
    font: int
    thumb: float
    cells: tuple[Cell, ...]
    sheet: float
    arc: float
    row_height: float
    tiles_top: float
    tiles_width: float
    tile: float
    map_size: tuple[float, float]
    driving_corner: tuple[float, float]
    driving: float
    driving_columns: int
    driving_lines: int

    def map_box(self, number: int) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a map in its tile, without the gap."""
        row, column = divmod(number, COLUMNS)
        wide, high = self.map_size
        return 2 + column * wide, self.tiles_top + row * self.tile, wide - 2, high - 2

    def driving_box(self, number: int) -> tuple[float, float, float]:
        """Return left, top and side of an image that drives a map."""
        row, column = divmod(number, self.driving_columns)
        left, top = self.driving_corner
        pitch = min((self.width - left - 2) / self.driving_columns, self.driving + 14)
        above = (0.6 + 1.3 * self.driving_lines) * self.font
        return left + 2 + column * pitch, top + above + row * (self.driving + 1.6 * self.font), self.driving

    def sheet_box(self, cell: Cell) -> tuple[float, float]:
        """Return left and top of the sheet in front: those behind stand further up and to the right."""
        behind = (SHEETS - 1) * STEP * self.sheet
        return cell.left + (cell.width - self.sheet - behind) / 2, cell.top + 1.6 * self.font + self.arc + behind


def network_layout(told: NetworkTold, width: float, height: float = 0) -> NetworkLayout:
    """Return the layout for a width and, where it is not 0, for at most a height, in pixels.

    Where the height is too small, all becomes smaller; then the images to choose go, then those that drive a map.
    """
    layout = _layout(told, width)
    if height == 0:
        return layout
    parts = [(True, True, 1.0), *((*part, scale) for part in PARTS for scale in SCALES)]
    for part in parts:
        layout = _layout(told, width, *part)
        if layout.height <= height:
            return _filled(told, layout, height)
    return layout


def _filled(told: NetworkTold, layout: NetworkLayout, height: float) -> NetworkLayout:
    """Return a layout whose tiles and driving images take what is left of a height, for the opened area alone."""
    width, font, (left, top) = layout.width, layout.font, layout.driving_corner
    beside = left > 0
    room = (1 - BESIDE_SHARE) * width if beside else width
    below = layout.height - top if layout.driving and not beside else 0.0
    free = height - 2 - layout.tiles_top - below
    sides = {
        n: max(LEAST_TILE, min((room - 4) / COLUMNS, free / ceil(n / COLUMNS)))
        for n in (*_counts(told), told.n_tiles or 1)
    }
    high = free if beside else max(side * ceil(n / COLUMNS) for n, side in sides.items())
    tile = sides[told.n_tiles or 1]
    filled = replace(layout, height=height, tile=tile, map_size=_map_size(told, tile), tiles_width=room)
    if beside:
        corner = (room + 8, top)
        block = _block(width, corner, high, font, max(1.0, width / USUAL), beside)
        return replace(filled, driving_corner=corner, driving=block.side, driving_columns=block.n_columns)
    grown = min(layout.driving + free - high, (width - 4) / N_DRIVING - 6) if layout.driving else 0.0
    return replace(filled, driving_corner=(0.0, layout.tiles_top + high + 4), driving=grown)


def _layout(
    told: NetworkTold, width: float, thumbs: bool = True, driving: bool = True, scale: float = 1.0
) -> NetworkLayout:
    font, grown = font_size(width), max(1.0, min(2.4, width / USUAL)) * scale
    thumb = min(THUMB * grown + 4, (width - 4) / max(1, told.probe.n_strip)) if thumbs else 0.0
    arc = 1.6 * font if _has_arcs(told) else 0.0
    top = thumb + (6 if thumbs else 0)
    cells, sheet, row_height = _cells(told, width, top, arc, font, grown)
    tiles_top = top + (1 + cells[-1].row) * row_height + 1.9 * font
    beside = driving and width >= BESIDE
    room = width - (BESIDE_SHARE * width if beside else 0)
    largest = max(_side(n, room, grown) for n in _counts(told))
    high = max(_side(n, room, grown) * ceil(n / COLUMNS) for n in _counts(told))
    tile = _side(told.n_tiles or COLUMNS, room, grown)
    corner = (COLUMNS * largest + 16, tiles_top - 1.9 * font) if beside else (0.0, tiles_top + high + 4)
    block = _block(width, corner, high, font, grown, beside) if driving else _Block(0.0, N_DRIVING, 1, 0.0)
    end = max(tiles_top + high, corner[1] + block.height if driving else 0)
    return NetworkLayout(
        width=width,
        height=end + 2,
        font=font,
        thumb=thumb,
        cells=cells,
        sheet=sheet,
        arc=arc,
        row_height=row_height,
        tiles_top=tiles_top,
        tiles_width=corner[0] if beside else width,
        tile=tile,
        map_size=_map_size(told, tile),
        driving_corner=corner,
        driving=block.side,
        driving_columns=block.n_columns,
        driving_lines=block.n_lines,
    )


class _Block(NamedTuple):
    """The images that drive a map: side of one, how many in a row, lines of words above them, and height of all."""

    side: float
    n_columns: int
    n_lines: int
    height: float


def _block(width: float, corner: tuple[float, float], high: float, font: float, grown: float, beside: bool) -> _Block:
    """Return the images that drive a map as large as they can be: beside tiles of this height, or below them."""
    n_lines = 2 if beside else 1
    above, below = (0.6 + 1.3 * n_lines) * font, 1.6 * font
    deep = high + 1.9 * font - above if beside else 1e9
    choices = (N_DRIVING, N_DRIVING // 2) if beside else (N_DRIVING,)
    sides = {n: min((width - corner[0] - 4) / n - 6, deep * n / N_DRIVING - below) for n in choices}
    n_columns = max(sides, key=lambda n: sides[n])
    side = max(LEAST_DRIVING, min(DRIVING * grown, sides[n_columns]))
    return _Block(side, n_columns, n_lines, above + N_DRIVING // n_columns * (side + below))


def _side(n_tiles: int, room: float, grown: float) -> float:
    """Return the side of a tile where so many have a width."""
    highest = TILES_HIGH * grown / ceil(n_tiles / COLUMNS)
    return max(LEAST_TILE, min(TILE * grown, (room - 4) / COLUMNS, highest))


def _map_size(told: NetworkTold, tile: float) -> tuple[float, float]:
    """Return width and height of a map of the opened area in a tile."""
    if told.opened is None:
        return tile, tile
    rows, columns = told.opened.maps.shape[:2]
    return tile * min(1.0, columns / rows), tile * min(1.0, rows / columns)


def _cells(
    told: NetworkTold, width: float, top: float, arc: float, font: float, grown: float
) -> tuple[tuple[Cell, ...], float, float]:
    """Return the cells of image, areas and answer, in as many rows as it takes; the side of a sheet; a row's height."""
    deep = 1 + (SHEETS - 1) * STEP
    gap = 12.0
    widths = [1.0] * (1 + len(told.names)) + [ANSWER_CELLS]
    n_rows = 1
    while True:
        per_row = sum(widths) / n_rows if n_rows == 1 else max(ceil(sum(widths) / n_rows), ANSWER_CELLS)
        sheet = (width / per_row - gap) / deep
        if sheet >= LEAST_SHEET * min(1.0, grown) or per_row <= ANSWER_CELLS + 1:
            break
        n_rows += 1
    sheet = max(LEAST_SHEET / 3, min(SHEET * grown, sheet))
    unit = max(min(width / per_row, 1.6 * (sheet * deep + gap)), 1.0)
    row_height = 1.6 * font + arc + sheet * deep + 3.2 * font + 6
    cells, left, row = [], 0.0, 0
    for share in widths:
        if left + share * unit > width + 1 and left > 0:
            left, row = 0.0, row + 1
        cells.append(Cell(left, top + row * row_height, share * unit, row))
        left += share * unit
    return tuple(cells), sheet, row_height


def _has_arcs(told: NetworkTold) -> bool:
    """Return whether a link passes over an area, so that there must be room above them."""
    names = told.names
    before = {name: names[:place] for place, name in enumerate(names)}
    return any(
        (source != before[name][-1]) if before[name] else True
        for name, into in told.links.into.items()
        for source in into
    ) or any(not into for into in list(told.links.into.values())[1:])


def _counts(told: NetworkTold) -> list[int]:
    """Return how many tiles each area has: the panel's height is the same whichever is opened."""
    return [min(maps.n_maps, MOST_TILES) for maps in told.areas.values()] or [COLUMNS]
