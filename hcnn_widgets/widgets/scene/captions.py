"""The small print below a drawing: what its numbers are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil

from .marks import Group, Text
from .word_room import caption_lines, wrapped


class CaptionRoom:
    """The lines of a drawing's caption; at each width it keeps the most that it has had, so that nothing below jumps.

    Examples
    --------
    >>> room = CaptionRoom()
    >>> room.lines(["median over sites", "made up"], 640, 12), room.lines(["r"], 640, 12)
    (['median over sites', 'made up'], ['r', ''])
    """

    def __init__(self) -> None:
        self._most: dict[float, int] = {}

    def lines(self, parts: Iterable[str], width: float, font: float) -> list[str]:
        """Return the lines of a caption, empty ones where there were more before; each part begins a line."""
        lines = [line for part in parts for line in wrapped(part, caption_width(width), caption_size(font))]
        most = self._most[width] = max(self._most.get(width, 0), len(lines))
        return [*lines, *[""] * (most - len(lines))]


def caption_width(width: float) -> float:
    """Return how wide a line of text may be in a drawing."""
    return width - 8


def caption_size(font: float) -> float:
    """Return the size of a caption's letters in pixels: as small as may be, and still read on a wall."""
    return max(12, font - 1)


def caption_height(lines: Sequence[str], font: float) -> int:
    """Return the room in pixels that lines take from the foot of the first one on."""
    return ceil(1.35 * caption_size(font) * max(0, len(lines) - 1) + 0.6 * font)


def caption_marks(lines: Sequence[str], top: float, font: float) -> Group:
    """Return the lines one below the other, the first with its foot at ``top``."""
    size = caption_size(font)
    return Group(
        "caption",
        tuple(Text(f"line-{i}", 4, top + i * 1.35 * size, line, size, fill="quiet") for i, line in enumerate(lines)),
    )


def lines_needed(text: str, width: float, font: float, usual: int, whole: bool) -> int:
    """Return the lines of a caption: the usual ones, so that nothing below jumps as words come; or all, for the whole.

    Examples
    --------
    >>> caption = "median over sites, " * 20
    >>> lines_needed(caption, 640, 12, 2, False), lines_needed(caption, 640, 12, 2, True)
    (2, 4)
    """
    return max(usual, len(wrapped(text, caption_width(width), caption_size(font)))) if whole else usual


def small_print(text: str, top: float | None, width: float, font: float, n_lines: int) -> tuple[Group, ...]:
    """Return a caption of just so many lines, the first with its foot at ``top``; none where there is no room.

    A pointer on the last one reads all of a caption that is cut.
    """
    if top is None:
        return ()
    lines = caption_lines(text, width, caption_size(font), n_lines)
    group = caption_marks(lines, top, font)
    if " ".join(lines).split() == text.split():
        return (group,)
    last = group.marks[-1]
    assert isinstance(last, Text)
    return (replace(group, marks=(*group.marks[:-1], replace(last, whole=text))),)
