"""A scene: marks, the places that are pointed at and walked, and all words that go with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, overload

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame

from .marks import Mark, pixels_of

Cell = str | float | int | None


class CardRow(NamedTuple):
    """A row of a card: a name, a value, and the colour of a swatch before them ("" for none)."""

    name: str
    value: str
    colour: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Place:
    """What can be pointed at, or walked to with the keys.

    Attributes
    ----------
    sentence : str
        What is heard of it.
    marks : tuple of Mark
        Drawn over the scene while the place is marked.
    title, badge, note : str
        Of its card; a place without a title has none.
    rows : tuple of CardRow
    beside : (float, float, float)
        Left edge, right edge and middle of what the card stands beside, in pixels.
    """

    sentence: str
    marks: tuple[Mark, ...] = ()
    title: str = ""
    rows: tuple[CardRow, ...] = ()
    badge: str = ""
    note: str = ""
    beside: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def plain(self) -> dict[str, Any]:
        """Return the place as plain data; without what its card says, where it has none."""
        told = {"sentence": self.sentence, "marks": [mark.plain() for mark in self.marks]}
        if not self.title:
            return told
        return told | {
            "title": self.title,
            "rows": [row._asdict() for row in self.rows],
            "badge": self.badge,
            "note": self.note,
            "beside": [round(float(edge), 2) for edge in self.beside],
        }


MANY = 150
"""Places: fewer are described, sent and read in a few milliseconds."""
SILENT = Place("")
"""Stands in a hurried frame for a place that the next one describes."""


class ManyPlaces(Sequence[Place]):
    """Places that are described when they are asked for: a frame that is in a hurry asks for some of them.

    Parameters
    ----------
    count : int
    describe : callable
        Function of a place's number that returns the place.
    """

    def __init__(self, count: int, describe: Callable[[int], Place]) -> None:
        self._count, self._describe = count, describe
        self._known: dict[int, Place] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Place: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Place, ...]: ...
    def __getitem__(self, number: int | slice) -> Place | tuple[Place, ...]:
        """Return a place, described once; of a slice all places in it."""
        if isinstance(number, slice):
            return tuple(self[each] for each in range(self._count)[number])
        number = range(self._count)[number]
        if number not in self._known:
            self._known[number] = self._describe(number)
        return self._known[number]


@dataclass(frozen=True)
class Scene:
    """A drawing with its words: the page and the still picture draw the same one.

    Attributes
    ----------
    name : str
        By which style sheets and tests know it: "brain".
    title, label : str
        The panel's title, and the sentence that is said of the whole.
    width, height : float
        In pixels.
    marks : tuple of Mark
        The last is drawn on top.
    places : sequence of Place
        Where they are hundreds, `ManyPlaces`.
    columns : int
        Places in a row, where they are a grid that is walked up and down as well; 0 for a row of places.
    walked : tuple of tuple of int
        Places row by row as they are seen, where that is another grid than that of ``columns``, which is the same for
        every width: arrow keys follow it. Rows may have different lengths.
    keys : tuple of str
        Keys that are told to the panel with the marked place, as the page names them: "Enter" is a click, too.
    numbers : tuple of rows
        The table that is saved as CSV, the first row being the names of the columns.
    said : str
        What is seen, in a sentence that is said aloud whenever it changes.
    rest : int
        The place whose marks are seen while none is pointed at or walked to; -1 for none. Keys then act on the place
        that was walked to or clicked last, wherever the pointer is, and where `rest` moves, the mark goes with it.
    moved : int, optional
        Where the place is now that was marked when a key was pressed, if the key has moved it: it stays marked there.
    """

    name: str
    title: str
    label: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    places: Sequence[Place] = ()
    columns: int = 0
    keys: tuple[str, ...] = ()
    numbers: tuple[tuple[Cell, ...], ...] = ()
    said: str = ""
    rest: int = -1
    moved: int | None = None
    walked: tuple[tuple[int, ...], ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the scene as plain data."""
        as_usual = {"said": "", "rest": -1, "moved": None, "walked": ()}
        told: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "label": self.label,
            "width": round(float(self.width), 2),
            "height": round(float(self.height), 2),
            "marks": [mark.plain() for mark in self.marks],
            "places": [place.plain() for place in self.places],
            "columns": self.columns,
            "keys": list(self.keys),
            "numbers": [[_cell(cell) for cell in row] for row in self.numbers],
        }
        named = {name: getattr(self, name) for name, usual in as_usual.items() if getattr(self, name) != usual}
        return told | named | ({"walked": [list(row) for row in self.walked]} if self.walked else {})

    def in_a_hurry(self, held: int) -> "Scene":
        """Return what is seen of the scene at once: of many places those at rest, held and moved to alone."""
        if not isinstance(self.places, ManyPlaces) or len(self.places) < MANY:
            return self
        seen = {held, self.rest, self.moved}
        silent = (self.places[n] if n in seen else SILENT for n in range(len(self.places)))
        return replace(self, places=tuple(silent))

    def frame(self, message: str = "", final: bool = False, others: Sequence["Scene"] = ()) -> Frame:
        """Return the scene as a frame, with the same one laid out for ``others`` rooms.

        Its values are the pixels of all images, scene by scene, those of the places last.
        """
        header = self.plain() | ({"others": [scene.plain() for scene in others]} if others else {})
        return Frame(header, b"".join(scene.pixels() for scene in (self, *others)), message, final)

    def pixels(self) -> bytes:
        """Return the bytes of all images."""
        return pixels_of((*self.marks, *(mark for place in self.places for mark in place.marks)))


def _cell(cell: Cell) -> Cell:
    """Return a cell of a table; a number that is not known is an empty one."""
    if cell is None or isinstance(cell, str):
        return cell
    return None if not np.isfinite(cell) else int(cell) if isinstance(cell, (int, np.integer)) else float(cell)
