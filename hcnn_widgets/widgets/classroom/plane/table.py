"""The panel beside a plane: a sentence, the rows of a table, and a hint on its keys; the same in every lab."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hcnn_widgets.widgets.scene.marks import Group, Mark, Text
from hcnn_widgets.widgets.scene.scene import Cell, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, font_size, shortened

from .cells import Box, cell_group

LINE = 1.35
"""Height of a line of words, in sizes of its letters."""


@dataclass(frozen=True)
class Table:
    """What a lab says of its table; it is laid out from the top down.

    Parameters
    ----------
    name, title : str
        Of the scene.
    said : str
        What is seen, in a sentence or more.
    hint : str
        What its keys do.
    keys : tuple of str
    columns : int
        Cells of a row.
    width : float
        In pixels.
    said_lines, hint_lines : int
        Lines that are kept free for both, so that nothing jumps when they change.
    """

    name: str
    title: str
    said: str
    hint: str
    keys: tuple[str, ...]
    columns: int
    width: float
    said_lines: int = 3
    hint_lines: int = 4

    @property
    def font(self) -> int:
        """Size of the letters in pixels."""
        return font_size(self.width)

    @property
    def top(self) -> float:
        """Where the first row begins, below the sentence and the names of its columns."""
        return (2.0 + LINE * self.said_lines) * self.font

    def words(self, key: str, words: str, top: float, n_lines: int, fill: str = "ink") -> list[Mark]:
        """Return words as lines, the first with its foot at ``top``; words in "ink" are a little larger."""
        size = self.font + (fill == "ink")
        lines = caption_lines(words, self.width, size, n_lines)
        return [
            Text(f"{key}-{n}", 4, top + LINE * n * self.font, line, size, fill=fill)
            for n, line in enumerate(lines)
            if line
        ]

    def headings(self, row: int, names: Sequence[str], box: Callable[[int, int], Box], start: int = -1) -> list[Mark]:
        """Return the names above the cells of a row; that of column ``start`` begins where its cell does."""
        marks: list[Mark] = []
        for column, name in enumerate(names):
            x, y, width, _ = box(row, column)
            at, anchor = (x + 6, "start") if column == start else (x + width / 2, "middle")
            words = shortened(name, width - 4, self.font)
            marks.append(Text(f"heading-{row}-{column}", at, y - 5, words, self.font, anchor, fill="quiet"))
        return marks

    def row(self, row: int, name: str, cells: Iterable[Mark], box: Box, size: float, left: float = 4.0) -> Group:
        """Return a row of cells with its name before them, which begins at ``left``."""
        _, y, _, height = box
        label = Text("name", left, y + height / 2 + 0.35 * self.font, name, size, bold=True, fill="ink")
        return Group(f"row-{row}", (label, *cells), part="row")

    def cell(self, row: int, column: int, words: str, box: Box, size: float, **look: object) -> Group:
        """Return a cell, which is the place of its row and column; ``look`` as in `cell_group`."""
        return cell_group(f"cell-{column}", box, words, size, row * self.columns + column, **look)  # type: ignore[arg-type]

    def scene(
        self,
        marks: Iterable[Mark],
        foot: float,
        places: Iterable[Place],
        numbers: tuple[tuple[Cell, ...], ...],
    ) -> Scene:
        """Return the scene: the sentence above the marks, which end at ``foot``, and the hint below them."""
        return Scene(
            name=self.name,
            title=self.title,
            label=f"{self.said} {self.hint}",
            width=self.width,
            height=foot + (self.hint_lines + 1) * LINE * self.font,
            marks=(
                *self.words("said", self.said, 1.2 * self.font, self.said_lines),
                *marks,
                *self.words("hint", self.hint, foot + 1.6 * self.font, self.hint_lines, "quiet"),
            ),
            places=tuple(places),
            columns=self.columns,
            keys=self.keys,
            numbers=numbers,
            said=self.said,
        )
