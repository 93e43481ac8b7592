"""Where the parts of NetworkView stand: images, the way through the areas, the opened area's maps, what drives one."""

from dataclasses import dataclass
from math import ceil

from hcnn_widgets.widgets.scene.word_room import font_size

from .network_told import MOST_TILES, N_DRIVING, NetworkTold

COLUMNS = 16
"""Places in a row, however wide the panel is: a place is the same in every view."""
THUMB, SHEET, TILE, DRIVING = 36.0, 84.0, 44.0, 46.0
"""Largest sides in pixels at the usual width: of an image to choose, a sheet, a tile, an image that drives a map."""
LEAST_SHEET, LEAST_TILE = 34.0, 12.0
USUAL = 640.0
SHEETS = 5
"""Maps of an area that stand one behind the other."""
STEP = 0.06
"""Of a sheet's side: how far one stands behind the other."""
TILES_HIGH = 176.0
"""Pixels: the most height of the tiles at the usual width."""
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
    tiles_top, tile : float
        Top and side of the opened area's tiles.
    driving_top, driving : float
        Top and side of the images that drive a map, with what stands above them; 0 where there is no room.
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
    tile: float
    driving_top: float
    driving: float

    def tile_box(self, number: int) -> tuple[float, float, float]:
        """Return left, top and side of a tile."""
        row, column = divmod(number, COLUMNS)
        return 2 + column * self.tile, self.tiles_top + row * self.tile, self.tile

    def sheet_box(self, cell: Cell) -> tuple[float, float]:
        """Return left and top of the sheet in front: those behind stand further up and to the right."""
        behind = (SHEETS - 1) * STEP * self.sheet
        return cell.left + (cell.width - self.sheet - behind) / 2, cell.top + 1.6 * self.font + self.arc + behind


def network_layout(told: NetworkTold, width: float, height: float = 0) -> NetworkLayout:
    """Return the layout for a width and, where it is not 0, for at most a height, in pixels.

    Where the height is too small, the images to choose go first, then those that drive a map; then all becomes smaller.
    """
    parts = [(True, True), (False, True), (False, False)]
    layouts = [_layout(told, width, *part) for part in parts]
    for layout in layouts:
        if height == 0 or layout.height <= height:
            return layout
    least = layouts[-1]
    for scale in (0.85, 0.7, 0.55, 0.4):
        least = _layout(told, width, False, False, scale)
        if least.height <= height:
            break
    return least


def _layout(told: NetworkTold, width: float, thumbs: bool, driving: bool, scale: float = 1.0) -> NetworkLayout:
    font, grown = font_size(width), max(1.0, min(2.4, width / USUAL)) * scale
    thumb = min(THUMB * grown + 4, (width - 4) / max(1, told.probe.n_strip)) if thumbs else 0.0
    arc = 1.6 * font if _has_arcs(told) else 0.0
    top = thumb + (6 if thumbs else 0)
    cells, sheet, row_height = _cells(told, width, top, arc, font, grown)
    tiles_top = top + (1 + cells[-1].row) * row_height + 2.1 * font
    n_rows = ceil(_most_tiles(told) / COLUMNS)
    tile = max(LEAST_TILE, min(TILE * grown, (width - 4) / COLUMNS, TILES_HIGH * grown / n_rows))
    driving_top = tiles_top + n_rows * tile + 4
    image = min(DRIVING * grown, (width - 4) / N_DRIVING - 4) if driving else 0.0
    end = driving_top + (1.9 * font + image + 1.5 * font if driving else 0)
    return NetworkLayout(
        width, end + 2, font, thumb, cells, sheet, arc, row_height, tiles_top, tile, driving_top, image
    )


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
        if sheet >= LEAST_SHEET or per_row <= ANSWER_CELLS + 1:
            break
        n_rows += 1
    sheet = max(LEAST_SHEET / 2, min(SHEET * grown, sheet))
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


def _most_tiles(told: NetworkTold) -> int:
    """Return the tiles of the area with the most maps: the panel's height is the same whichever is opened."""
    return max([min(maps.n_maps, MOST_TILES) for maps in told.areas.values()] or [COLUMNS])
