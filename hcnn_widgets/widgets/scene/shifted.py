"""Marks of a scene in another place: how one drawing stands within another."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from .marks import Group, Line, Mark, Path, Pixels, Rect, Text

Renamed = Callable[[int], int | None]
"""Place in the one scene -> place in the other, or None."""


def shifted(marks: Iterable[Mark], right: float, down: float, place: Renamed = lambda place: place) -> tuple[Mark, ...]:
    """Return marks further right and down by so many pixels, with places by other numbers.

    Examples
    --------
    >>> shifted([Rect("box", 1, 2, 3, 4)], 10, 20)[0].x
    11
    """
    return tuple(_shifted(mark, right, down, place) for mark in marks)


def _shifted(mark: Mark, right: float, down: float, place: Renamed) -> Mark:
    changes: dict[str, Any] = {"place": None if mark.place is None else place(mark.place)}
    if isinstance(mark, Rect | Text | Pixels):
        changes |= {"x": mark.x + right, "y": mark.y + down}
    elif isinstance(mark, Line):
        changes |= {"x1": mark.x1 + right, "x2": mark.x2 + right, "y1": mark.y1 + down, "y2": mark.y2 + down}
    elif isinstance(mark, Path):
        changes |= {"points": mark.points + np.array([right, down])}
    elif isinstance(mark, Group):
        clip = None if mark.clip is None else _shifted(mark.clip, right, down, place)
        changes |= {"marks": shifted(mark.marks, right, down, place), "clip": clip}
    return replace(mark, **changes)
