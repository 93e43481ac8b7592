"""A digit drawn on a board of 16 x 16 cells, and what LeNet-5 is shown of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.lenet5 import SIDE as SEEN
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.stimuli.images.resizing import resized
from hcnn_widgets.widgets.classroom.lab_doors import side_lengths

Levels = NDArray[np.int_]
SIDE = 16
FULL = 16
"""Level of a cell that is all ink, as in the digits of scikit-learn; 0 is paper."""
EDGE = 10
"""Level of the cells beside the tip of the pen."""
SIGNS = ".123456789abcdef#"
"""The levels 0 to 16, as rows of text have them."""
PRESET = (
    "................",
    ".....aaaaaaa....",
    "....a#######a...",
    "....a#aaaaaa....",
    "....a#a.........",
    "....a#aaaa......",
    "....a#a###a.....",
    "....a##aaa#a....",
    ".....aa..a#a....",
    "..........a#a...",
    ".........a#a....",
    "....aa...a#a....",
    "...a##aaa#a.....",
    "....aa###a......",
    "......aaa.......",
    "................",
)
"""A five: what is seen first."""


def levels_of(given: Any) -> Levels:
    """Return a drawing as levels, (16, 16).

    Parameters
    ----------
    given : sequence of str, or (height, width) of numbers
        16 rows of `SIGNS`; or an image, ink in white, of fractions, or of whole numbers up to 16 or 255, which is
        brought to 16 x 16.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if isinstance(given, list | tuple) and given and all(isinstance(row, str) for row in given):
        if len(given) != SIDE or any(len(row) != SIDE or set(row) - set(SIGNS) for row in given):
            raise ValueError(
                f"`drawing` has rows that cannot be. Accepted are {SIDE} rows of {SIDE} signs of {SIGNS}; received "
                f"{len(given)} rows, the first {given[0][:40]!r}."
            )
        return np.array([[SIGNS.index(sign) for sign in row] for row in given])
    side_lengths("drawing", given)
    image = numbers("drawing", given).astype(np.float64)
    most = image.max(initial=0.0) if image.size else 0.0
    if image.ndim != 2 or not image.size or not np.isfinite(image).all() or image.min() < 0 or most > 255:
        raise ValueError(
            f"`drawing` is no digit. Accepted are {SIDE} rows of text, or an image, (height, width), of numbers from 0 "
            f"(paper) to 1, 16 or 255 (ink); received {image.shape}."
        )
    white = next(top for top in (1, FULL, 255) if most <= top)
    shown = resized((image / white)[None, ..., None].astype(np.float32), SIDE, SIDE)
    return np.rint(FULL * shown[0, ..., 0]).astype(np.int_)


def rows_of(levels: Levels) -> list[str]:
    """Return a drawing as 16 rows of text."""
    return ["".join(SIGNS[level] for level in row) for row in levels.tolist()]


def seen(levels: Levels) -> NDArray[np.float64]:
    """Return what the network sees, (32, 32) in [0, 1].

    Ink is counted in blocks, 8 x 8 of them, as the digits were made that it learns from, and the blocks are enlarged as
    those are.
    """
    blocks = levels.reshape(8, 2, 8, 2).mean(axis=(1, 3)) / FULL
    return resized(blocks[None, ..., None].astype(np.float32), SEEN, SEEN)[0, ..., 0].astype(np.float64)


def inked(levels: Levels, cells: list[tuple[int, int]], erases: bool = False) -> Levels:
    """Return a drawing after the pen, or the rubber, was at these cells (row, column)."""
    drawn = levels.copy()
    for row, column in cells:
        for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1), (row, column)):
            if 0 <= r < SIDE and 0 <= c < SIDE:
                tip = (r, c) == (row, column)
                drawn[r, c] = 0 if erases else max(drawn[r, c], FULL if tip else EDGE)
    return drawn


def between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the cells on the way from one cell to another, the last one included.

    Examples
    --------
    >>> between((2, 3), (2, 6))
    [(2, 4), (2, 5), (2, 6)]
    >>> between((1, 1), (1, 1))
    [(1, 1)]
    """
    n_steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    way = [
        tuple(round(a + (b - a) * step / n_steps) for a, b in zip(start, end, strict=True))
        for step in range(1, n_steps + 1)
    ]
    return [(row, column) for row, column in way]
