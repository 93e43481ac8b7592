"""Where the parts of a designer stand, in pixels: three columns of cards, and what came of them below."""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from hcnn_widgets.widgets.scene.word_room import font_size

from .told import KINDS

MOST_ROWS = 5
"""Cards below one another in a column; with more it has several beside one another."""
GAP, BETWEEN = 14.0, 4.0
CARD, WIDE_CARD, WIDE = 52.0, 66.0, 1000.0
"""Height of a card; in a panel of this width and more, that of a wider one."""
LEAST_CARD = 34.0
BELOW = 248.0
"""Height of what came of the choices, where there is no end to the room."""
LEAST_BELOW = 170.0
SHARES = (0.29, 0.42, 0.29)
"""Of the width: what is under way, the plot, the runs."""
Box = tuple[float, float, float, float]


def n_beside(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many cards of each column stand beside one another.

    Examples
    --------
    >>> n_beside({"architecture": 8, "goal": 5, "rule": 14})
    {'architecture': 2, 'goal': 1, 'rule': 3}
    """
    return {kind: max(1, ceil(counts[kind] / MOST_ROWS)) for kind in KINDS}


class Layout(NamedTuple):
    """Sizes and corners.

    Attributes
    ----------
    width, height, font : float
    beside : mapping of str to int
        Cards of each column beside one another.
    card : (float, float)
        Width and height of a card.
    lefts : mapping of str to float
        Left edge of each column.
    head : float
        Height of the columns' names.
    foot : float
        Top of the sentence below the cards.
    below : float
        Top of what came of the choices.
    """

    width: float
    height: float
    font: float
    beside: dict[str, int]
    card: tuple[float, float]
    lefts: dict[str, float]
    head: float
    foot: float
    below: float

    def card_box(self, kind: str, number: int) -> Box:
        """Return the box of the number-th card of a column."""
        row, beside = divmod(number, self.beside[kind])
        wide, high = self.card
        return self.lefts[kind] + beside * (wide + BETWEEN), self.head + row * (high + BETWEEN), wide, high

    def part(self, number: int) -> Box:
        """Return the box of what is under way, the plot, or the runs."""
        left = sum(SHARES[:number]) * self.width
        return left, self.below, SHARES[number] * self.width - 10, self.height - self.below


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
    columns = sum(beside.values())
    wide = (width - 2 * GAP - (columns - len(KINDS)) * BETWEEN - 2) / columns
    rows = max(ceil(counts[kind] / beside[kind]) for kind in KINDS)
    head, foot_room = 1.9 * font, 3.4 * font
    card = WIDE_CARD if width >= WIDE else CARD
    if height is not None:
        card = min(card, max(LEAST_CARD, (height - head - foot_room - 0.4 * height) / rows - BETWEEN))
    foot = head + rows * (card + BETWEEN)
    below = foot + foot_room
    whole = below + BELOW if height is None else max(height, below + LEAST_BELOW)
    lefts, left = {}, 1.0
    for kind in KINDS:
        lefts[kind] = left
        left += beside[kind] * wide + (beside[kind] - 1) * BETWEEN + GAP
    return Layout(width, whole, font, beside, (wide, card), lefts, head, foot, below)
