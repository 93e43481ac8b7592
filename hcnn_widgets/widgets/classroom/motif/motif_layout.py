"""Where everything stands in a motif lab: tiles in rows, and the contrast response below them or beside them."""

from typing import NamedTuple

from hcnn_widgets.classroom.motif import STAGES
from hcnn_widgets.widgets.classroom.plane.cells import Box
from hcnn_widgets.widgets.scene.word_room import font_size

from .motif_curve import curve_height
from .motif_keys import BUTTONS

LEAST_TILE, MOST_TILE = 96.0, 150.0
"""Pixels: widths of a tile; narrower ones would not hold their buttons."""
GAP = 14.0
SAID_LINES, TOLD_LINES, HINT_LINES = 3, 2, 3
TILES_SHARE = 0.63
"""Of the width, at least, where the contrast response stands beside the tiles."""
LEAST_BESIDE = 260.0
"""Pixels: a narrower contrast response would not be read."""


class MotifLayout(NamedTuple):
    """Where everything stands, in pixels.

    Attributes
    ----------
    width : float
    font : int
    across : float
        Width that the tiles have.
    tile : float
        Width of a tile.
    per_row, n_tiles : int
    said_lines, hint_lines : int
        Lines above and below all else.
    """

    width: float
    font: int
    across: float
    tile: float
    per_row: int
    n_tiles: int
    said_lines: int
    hint_lines: int

    @property
    def is_beside(self) -> bool:
        """Whether the contrast response stands beside the tiles."""
        return self.across < self.width

    @property
    def top(self) -> float:
        """Top of the tiles."""
        return (1.5 * self.said_lines + 1.2) * self.font

    @property
    def tile_height(self) -> float:
        """Height of a tile: its head, its buttons, its map, its histogram and two lines."""
        return self.tile + 10.1 * self.font + 26

    def tile_box(self, number: int) -> Box:
        """Return the box of a tile; 0 is the image."""
        row, column = divmod(number, self.per_row)
        left = 4 + column * (self.tile + GAP)
        return left, self.top + row * (self.tile_height + GAP), self.tile, self.tile_height

    def map_box(self, number: int) -> Box:
        """Return the square of a tile's map."""
        x, y, width, _ = self.tile_box(number)
        side = width - 12
        return x + 6, y + 3.5 * self.font + 26, side, side

    def button_box(self, kind: str, number: int) -> Box:
        """Return the box of a button of a tile."""
        x, y, width, _ = self.tile_box(number + 1)
        room = (width - 12) / len(BUTTONS)
        return x + 6 + BUTTONS.index(kind) * room + 1, y + 3.2 * self.font, room - 2, 22.0

    @property
    def add_top(self) -> float:
        """Top of the chips that add tiles."""
        return sum(self.tile_box(self.n_tiles)[1::2]) + 1.2 * self.font

    def add_box(self, number: int) -> Box:
        """Return the box of a chip that adds a tile."""
        room = (self.across - 8) / (len(STAGES) + 1)
        return 4 + number * room + 2, self.add_top, room - 4, 2.0 * self.font

    @property
    def curve_at(self) -> tuple[float, float, float]:
        """Left, top and width of the contrast response."""
        if self.is_beside:
            return self.across + GAP, self.top, self.width - self.across - GAP - 4
        return 4.0, self.add_top + 3.2 * self.font, self.width - 8

    @property
    def told_top(self) -> float:
        """Foot of the first line on what is marked."""
        _, top, width = self.curve_at
        foot = top + curve_height(width + 8, self.font)
        return max(foot, self.add_top + 2.0 * self.font) + 1.6 * self.font

    @property
    def hint_top(self) -> float:
        """Foot of the first line on what can be done."""
        return self.told_top + (1.4 * TOLD_LINES + 0.4) * self.font

    @property
    def height(self) -> float:
        """Where all ends."""
        return self.hint_top + (1.4 * self.hint_lines - (0 if self.hint_lines else 1.0)) * self.font


def motif_layout(n_tiles: int, width: float, height: float | None = None) -> MotifLayout:
    """Lay a motif lab out.

    Parameters
    ----------
    n_tiles : int
    width : float
    height : float, optional
        Most pixels. Where all of it stands one below the other in more, the contrast response comes beside the tiles,
        and the words on what can be done go.

    Examples
    --------
    >>> motif_layout(4, 900).is_beside, motif_layout(4, 900, 480).is_beside
    (False, True)
    """
    below = _laid_out(n_tiles, width, width, SAID_LINES, HINT_LINES)
    if height is None or below.height <= height:
        return below
    across = max(TILES_SHARE * width, 8 - GAP + (n_tiles + 1) * (LEAST_TILE + GAP))
    others = [_laid_out(n_tiles, width, width, SAID_LINES, 0)]
    others += [_laid_out(n_tiles, width, across, 2, 0)] if across <= width - LEAST_BESIDE else []
    return min(others, key=lambda layout: layout.height)


def _laid_out(n_tiles: int, width: float, across: float, said_lines: int, hint_lines: int) -> MotifLayout:
    per_row = min(n_tiles + 1, max(2, int((across - 8 + GAP) // (LEAST_TILE + GAP))))
    # Rows of the same length: seven in two rows are four and three.
    per_row = -(-(n_tiles + 1) // -(-(n_tiles + 1) // per_row))
    tile = min(MOST_TILE, (across - 8 + GAP) / max(per_row, min(5, per_row)) - GAP)
    return MotifLayout(width, font_size(width), across, tile, per_row, n_tiles, said_lines, hint_lines)
