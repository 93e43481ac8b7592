"""Where the parts of a designer stand, in pixels: three columns of cards, and what came of them below."""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from hcnn_widgets.widgets.scene.word_room import font_size, text_width

from .told import HEADS, KINDS

MOST_ROWS = 5
"""Cards below one another in a column; with more it has several beside one another."""
GAP, BETWEEN = 14.0, 4.0
CARD, WIDE_CARD, WIDE = 52.0, 66.0, 1000.0
"""Height of a card; in a panel of this width and more, that of a wider one."""
LEAST_CARD = 34.0
NARROW_CARD = 7.1
"""Width of a card in sizes of the font: where cards would be narrower, the columns stand one below the other."""
NARROW = 600.0
"""Width of a panel: in less, what came of the choices stands one below the other, too."""
BELOW = 248.0
"""Height of what came of the choices, where there is no end to the room."""
LEAST_BELOW = 170.0
BELOW_ONE_ANOTHER = (214.0, 262.0, 230.0)
"""Heights of what is under way, the plot and the runs, one below the other."""
SHARES = (0.29, 0.42, 0.29)
"""Of the width: what is under way, the plot, the runs."""
FOOT_LINES = {False: 3.4, True: 6.8}
"""Room for the sentence below the cards in sizes of the font, beside and below one another."""
Box = tuple[float, float, float, float]


def n_beside(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many cards of each column stand beside one another.

    Examples
    --------
    >>> n_beside({"architecture": 8, "goal": 5, "rule": 14})
    {'architecture': 2, 'goal': 1, 'rule': 3}
    """
    return {kind: max(1, ceil(counts[kind] / MOST_ROWS)) for kind in KINDS}


class Column(NamedTuple):
    """A column of cards: its corner in pixels, its cards beside one another, and the size of one."""

    left: float
    top: float
    beside: int
    wide: float
    high: float

    @property
    def width(self) -> float:
        """Width of the column."""
        return self.beside * (self.wide + BETWEEN) - BETWEEN


class Layout(NamedTuple):
    """Sizes and corners.

    Attributes
    ----------
    width, height, font : float
    columns : mapping of str to Column
    head : float
        Height of a column's name.
    foot : float
        Top of the sentence below the cards.
    stacked : bool
        Whether the columns stand one below the other.
    parts : tuple of Box
        Left, top, width and height of what is under way, the plot, and the runs.
    """

    width: float
    height: float
    font: float
    columns: dict[str, Column]
    head: float
    foot: float
    stacked: bool
    parts: tuple[Box, Box, Box]

    def card_box(self, kind: str, number: int) -> Box:
        """Return the box of the number-th card of a column."""
        left, top, beside, wide, high = self.columns[kind]
        row, place = divmod(number, beside)
        return left + place * (wide + BETWEEN), top + self.head + row * (high + BETWEEN), wide, high


def layout_of(counts: Mapping[str, int], width: float, height: float | None) -> Layout:
    """Return the layout for a width and at most a height.

    Parameters
    ----------
    counts : mapping of str to int
        Cards of each column.
    width : float
    height : float, optional
    """
    font, beside = font_size(width), n_beside(counts)
    head, in_all = 1.9 * font, sum(beside.values())
    wide = (width - 2 * GAP - (in_all - len(KINDS)) * BETWEEN - 2) / in_all
    rows = {kind: ceil(counts[kind] / beside[kind]) for kind in KINDS}
    columns = _beside(beside, wide, _card_height(max(rows.values()), width, height, font))
    stacked = height is None and not _legible(columns, font)
    if stacked:
        columns = _one_below_the_other(beside, rows, width, head)
    foot = max(each.top + head + rows[kind] * (each.high + BETWEEN) for kind, each in columns.items())
    below = foot + FOOT_LINES[stacked] * font
    parts = _parts(width, height, below)
    high = max(height or 0.0, parts[-1][1] + parts[-1][3])
    return Layout(width, high, font, columns, head, foot, stacked, parts)


def _card_height(rows: int, width: float, height: float | None, font: float) -> float:
    card = WIDE_CARD if width >= WIDE else CARD
    if height is None:
        return card
    room = height - 1.9 * font - FOOT_LINES[False] * font - 0.4 * height
    return min(card, max(LEAST_CARD, room / rows - BETWEEN))


def _legible(columns: dict[str, Column], font: float) -> bool:
    """Return whether names of columns and of cards have room."""
    names = all(text_width(HEADS[kind], font + 2, bold=True) <= each.width for kind, each in columns.items())
    return names and all(each.wide >= NARROW_CARD * font for each in columns.values())


def _beside(beside: Mapping[str, int], wide: float, card: float) -> dict[str, Column]:
    columns, left = {}, 1.0
    for kind in KINDS:
        columns[kind] = Column(left, 0.0, beside[kind], wide, card)
        left += columns[kind].width + GAP
    return columns


def _one_below_the_other(
    beside: Mapping[str, int], rows: Mapping[str, int], width: float, head: float
) -> dict[str, Column]:
    columns, top = {}, 0.0
    for kind in KINDS:
        wide = (width - 2 - (beside[kind] - 1) * BETWEEN) / beside[kind]
        columns[kind] = Column(1.0, top, beside[kind], wide, CARD)
        top += head + rows[kind] * (CARD + BETWEEN) + 0.5 * GAP
    return columns


def _parts(width: float, height: float | None, below: float) -> tuple[Box, Box, Box]:
    if height is None and width < NARROW:
        tops = [below + sum(BELOW_ONE_ANOTHER[:number]) for number in range(3)]
        boxes = [(1.0, top, width - 2, high) for top, high in zip(tops, BELOW_ONE_ANOTHER, strict=True)]
    else:
        room = BELOW if height is None else max(height - below, LEAST_BELOW)
        lefts = [sum(SHARES[:number]) * width for number in range(3)]
        boxes = [(left, below, share * width - 10, room) for left, share in zip(lefts, SHARES, strict=True)]
    return boxes[0], boxes[1], boxes[2]
