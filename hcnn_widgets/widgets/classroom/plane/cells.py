"""Tables of a lab: numbers as they are written, and the cells of a grid that is walked."""

from collections.abc import Sequence
from math import ceil
from typing import Literal

from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import MINUS, shortened, text_width

Box = tuple[float, float, float, float]
NUDGES = {"ArrowUp": (0, 1), "ArrowDown": (0, -1), "ArrowRight": (1, 0), "ArrowLeft": (-1, 0)}
"""Steps (x, y) of the arrow keys, with Shift."""
MARGINS = 8.0
"""Pixels beside the words of a cell."""
LEAST_LETTERS, STEP_OF_LETTERS = 0.75, 0.5
"""How much smaller than usual the letters of a cell become before its words are cut, and by how many pixels a step."""


def number_text(value: float) -> str:
    """Write a number with at most four digits.

    Examples
    --------
    >>> number_text(-0.125), number_text(2.0), number_text(-0.0)
    ('\u22120.125', '2', '0')
    """
    return f"{value + 0.0:.4g}".replace("-", MINUS)


def factor_text(value: float) -> str:
    """Write a number as a factor or a term, in brackets where it is below 0.

    Examples
    --------
    >>> factor_text(2.0), factor_text(-1.5)
    ('2', '(\u22121.5)')
    """
    return f"({number_text(value)})" if value < 0 else number_text(value)


def sum_text(weights: tuple[float, ...], inputs: tuple[float, ...], folded: bool = False) -> str:
    """Write out w1 x1 + w2 x2 + b, or with the bias as a weight of 1.

    Examples
    --------
    >>> sum_text((1, 1, -1.5), (0, 1)), sum_text((-1, -1, 0.5), (0, -1), folded=True)
    ('1\u00d70 + 1\u00d71 \u2212 1.5', '\u22121\u00d70 \u2212 1\u00d7(\u22121) + 0.5\u00d71')
    """
    behind = [f"\u00d7{factor_text(value)}" for value in inputs] + ["\u00d71" if folded else ""]
    return signed_sum(weights, behind)


def signed_sum(weights: tuple[float, ...], behind: Sequence[str]) -> str:
    """Write weights with what stands behind each, as a sum.

    Examples
    --------
    >>> signed_sum((1, -2, 0.5), (" x1", " x2", ""))
    '1 x1 \u2212 2 x2 + 0.5'
    """
    first, *others = zip(weights, behind, strict=True)
    terms = [f"{MINUS if weight < 0 else '+'} {number_text(abs(weight))}{end}" for weight, end in others]
    return " ".join([f"{number_text(first[0])}{first[1]}", *terms])


def typed(value: float, key: str) -> float | None:
    """Return a number after a key: a digit in its place, its sign turned by "-"; None for another key.

    Examples
    --------
    >>> typed(2.5, "7"), typed(2.5, "-"), typed(0.0, "-"), typed(2.5, "x")
    (7.0, -2.5, 0.0, None)
    """
    if key == "-":
        return 0.0 - value
    return float(key) if len(key) == 1 and key in "0123456789" else None


def least_width(words: str, size: float) -> float:
    """Return the width in pixels below which a cell cuts these words, in its smallest letters."""
    letters = size - STEP_OF_LETTERS * ceil((1 - LEAST_LETTERS) * size / STEP_OF_LETTERS)
    return text_width(words, letters) + MARGINS


def cell_group(
    key: str,
    box: Box,
    words: str,
    size: float,
    place: int,
    *,
    fill: str = "paper",
    anchor: Literal["start", "middle"] = "middle",
    bold: bool = False,
) -> Group:
    """Return a cell of a grid with words in it, cut where they have no room."""
    x, y, width, height = box
    font = size
    while font > LEAST_LETTERS * size and text_width(words, font, bold) > width - MARGINS:
        font -= STEP_OF_LETTERS
    shown = shortened(words, width - MARGINS, font, bold)
    at = x + (width / 2 if anchor == "middle" else 6)
    whole = words if shown != words else ""
    marks: tuple[Mark, ...] = (
        Rect("box", *box, fill=fill, stroke="border", place=place),
        Text(
            "words", at, y + height / 2 + 0.35 * font, shown, font, anchor, bold, whole=whole, fill="ink", place=place
        ),
    )
    return Group(key, marks, part="gridcell", place=place)


def focus_mark(box: Box) -> Rect:
    """Return the frame around the cell that is marked."""
    return Rect("focus", *box, stroke="focus", stroke_width=3.0)
