"""The ten digits as bitmaps of 7 x 12: what the last hidden layer of LeNet-5 is to look like."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords

N_ROWS, N_COLUMNS = 12, 7
_WIDE, _BAR, _SIDES = ".#####.", "#######", "##...##"
_LEFT, _RIGHT, _LOW_RIGHT = "##.....", ".....##", "....##."
_ROUND = "..###.."
_DRAWN = {
    "0": (_ROUND, _WIDE, *(_SIDES,) * 8, _WIDE, _ROUND),
    "1": ("...##..", "..###..", ".####..", "##.##..", *("...##..",) * 6, _WIDE, _WIDE),
    "2": (_WIDE, _BAR, _SIDES, _RIGHT, _RIGHT, _LOW_RIGHT, "...##..", "..##...", ".##....", _LEFT, _BAR, _BAR),
    "3": (_WIDE, _BAR, _SIDES, _RIGHT, _LOW_RIGHT, "..###..", "..####.", _RIGHT, _RIGHT, _SIDES, _BAR, _WIDE),
    "4": ("....##.", "...###.", "..####.", ".##.##.", ".##.##.", "##..##.", "##..##.", _BAR, _BAR, *(_LOW_RIGHT,) * 3),
    "5": (_BAR, _BAR, _LEFT, _LEFT, "######.", _BAR, _RIGHT, _RIGHT, _RIGHT, _SIDES, _BAR, _WIDE),
    "6": ("..####.", ".#####.", ".##....", _LEFT, _LEFT, "######.", _BAR, _SIDES, _SIDES, _SIDES, _BAR, _WIDE),
    "7": (
        _BAR,
        _BAR,
        _RIGHT,
        _RIGHT,
        _LOW_RIGHT,
        _LOW_RIGHT,
        "...##..",
        "...##..",
        "..##...",
        "..##...",
        "..##...",
        "..##...",
    ),
    "8": (_WIDE, _BAR, _SIDES, _SIDES, _SIDES, _WIDE, _WIDE, _SIDES, _SIDES, _SIDES, _BAR, _WIDE),
    "9": (_WIDE, _BAR, _SIDES, _SIDES, _SIDES, _BAR, ".######", _RIGHT, _RIGHT, "....##.", ".#####.", ".####.."),
}


@checks_keywords
def bitmap(digit: int | str) -> NDArray[np.int8]:
    r"""Return a digit's bitmap, (12, 7) of -1 and 1: 84 numbers, one for each unit of F6.

    They are drawn anew in the manner of the published ones, which are known as a figure only.

    Raises
    ------
    ValueError
        If it is no digit.

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Proc. IEEE 86, 2278, Figure 3.

    Examples
    --------
    >>> print("\n".join("".join(".#"[int(bit > 0)] for bit in row) for row in bitmap(7)[:5]))
    #######
    #######
    .....##
    .....##
    ....##.
    """
    name = str(digit)
    if name not in _DRAWN:
        raise ValueError(f"`digit` is none. Accepted are 0 to 9; received {digit!r}.")
    return np.array([[1 if ink == "#" else -1 for ink in row] for row in _DRAWN[name]], np.int8)


def is_digit(name: Any) -> bool:
    """Return whether a category is a digit, which has a bitmap."""
    return name in _DRAWN
