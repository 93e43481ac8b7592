"""A panel for the tests, and an example of one: numbers in a grid, and what a kernel makes of them."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.marks import Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

CELL = 44
DIGITS = tuple("0123456789")


class NumberGrid(ScenePanel):
    """Numbers that are walked and typed over; the cell in focus shows its window, and the sum that is written out.

    Parameters
    ----------
    numbers : (n_rows, n_columns) int
    kernel : (height, width) int
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, numbers: Any, kernel: Any, **traits: Any) -> None:
        self.numbers, self.kernel = np.array(numbers), np.array(kernel)
        super().__init__(**traits)

    def scene(self, width: int) -> Scene:
        """Describe the grid; the places are its cells."""
        rows, columns = self.numbers.shape
        size = min(CELL, width / columns)
        cells = [self._cell(place, size) for place in range(self.numbers.size)]
        return Scene(
            name="number-grid",
            title="Numbers and a kernel",
            label=f"A grid of {rows} by {columns} numbers.",
            width=width,
            height=(rows + 1) * size,
            marks=tuple(mark for cell in cells for mark in cell),
            places=tuple(self._place(place, size) for place in range(self.numbers.size)),
            columns=columns,
            keys=DIGITS,
            numbers=(("row", "column", "number"), *((r, c, int(n)) for (r, c), n in np.ndenumerate(self.numbers))),
        )

    def pressed(self, place: int, key: str) -> None:
        """Type a digit into a cell."""
        self.numbers.flat[place] = int(key)

    def _cell(self, place: int, size: float) -> tuple[Mark, Mark]:
        row, column = divmod(place, self.numbers.shape[1])
        x, y, number = column * size, row * size, str(self.numbers[row, column])
        cell = Rect(f"cell-{place}", x, y, size, size, fill="paper", stroke="border", place=place)
        return cell, Text(f"number-{place}", x + size / 2, y + 0.65 * size, number, 0.4 * size, "middle", fill="ink")

    def _place(self, place: int, size: float) -> Place:
        row, column = divmod(place, self.numbers.shape[1])
        height, width = self.kernel.shape
        window = self.numbers[row : row + height, column : column + width]
        where = f"Row {row + 1}, column {column + 1}: {self.numbers[row, column]}."
        look = {"stroke": "focus", "stroke_width": 3.0}
        focus = Rect("focus", column * size, row * size, size, size, **look)
        if window.shape != self.kernel.shape:
            return Place(f"{where} No whole window begins here.", (focus,))
        total = int((window * self.kernel).sum())
        terms = " + ".join(f"{a}\u00d7{b}" for a, b in zip(window.flat, self.kernel.flat, strict=True))
        frame = Rect(
            "window", column * size, row * size, width * size, height * size, stroke="series-1", stroke_width=3
        )
        words = Text("sum", 0, (len(self.numbers) + 0.7) * size, f"{terms} = {total}", 14, fill="ink")
        beside = (column * size, (column + width) * size, (row + height / 2) * size)
        card = {"title": "Window", "rows": (CardRow("sum", str(total), strong=True),), "beside": beside}
        return Place(f"{where} {terms} = {total}", (frame, focus, words), **card)
