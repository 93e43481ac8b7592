"""What a convolution lab shows, as a record that is never changed."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.convolution import WindowSum, cross_correlation
from hcnn_widgets.classroom.windows import Windows, windows
from hcnn_widgets.widgets.classroom.boards.board_marks import reach_of

Array = NDArray[np.float64]
Board = Literal["image", "kernel", "output"]
BOARDS: tuple[Board, ...] = ("image", "kernel", "output")
VIEWS = {
    "sum": "the sum of a window",
    "matrix": "one product of matrices",
    "windows": "how many windows see a pixel",
}
"""What stands below the boards, or on the image."""
At = tuple[Board, int, int]


@dataclass(frozen=True, eq=False)
class ConvolutionShown:
    """A convolution as it is shown; all that is computed of it is computed once.

    Parameters
    ----------
    image : (height, width, n_channels) float
    kernel : (kernel height, kernel width, n_channels) float
    padding : "valid", "same", "full" or int
    stride, dilation : int
    bias : float
    turned : bool
        Whether the kernel is turned by 180 degrees before it is applied: a true convolution.
    view : str
        A name in VIEWS.
    predict : bool
        Whether outputs are hidden, to be predicted.
    answers : (n_rows, n_columns) float
        What was predicted; no number where nothing was.
    focus : (board, row, column)
        The cell in front; rows are counted on from channel to channel.
    entry : str
        What is being typed into the cell in front.
    source : str
        Where an image is from that is no invention.
    """

    image: Array
    kernel: Array
    padding: str | int = "valid"
    stride: int = 1
    dilation: int = 1
    bias: float = 0.0
    turned: bool = False
    view: str = "sum"
    predict: bool = False
    answers: Array | None = None
    focus: At = ("output", 0, 0)
    entry: str = ""
    source: str = ""

    @property
    def n_channels(self) -> int:
        """Channels of the image, and of the kernel."""
        return self.image.shape[2]

    @cached_property
    def applied(self) -> Array:
        """The kernel as it lies on the image, (kernel height, kernel width, n_channels)."""
        return self.kernel[::-1, ::-1] if self.turned else self.kernel

    @cached_property
    def output(self) -> Array:
        """The output, (n_rows, n_columns)."""
        kernel = self.applied[..., None]
        return cross_correlation(self.image, kernel, self.padding, self.stride, self.dilation, self.bias)[..., 0]

    @cached_property
    def predicted(self) -> Array:
        """What was predicted, (n_rows, n_columns); no number where nothing was."""
        return np.full(self.output.shape, np.nan) if self.answers is None else self.answers

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which predictions are right, (n_rows, n_columns)."""
        return np.isclose(self.predicted, self.output, rtol=1e-6, atol=1e-9)

    def is_open(self, row: int, column: int) -> bool:
        """Return whether an output is seen: it is not to be predicted, or it has been."""
        return not self.predict or bool(self.right[row, column])

    @cached_property
    def boards(self) -> dict[Board, Array]:
        """Image, kernel and output, each (n_rows, n_columns); channels stand one below the other."""
        return {"image": stacked(self.image), "kernel": stacked(self.applied), "output": self.output}

    @cached_property
    def grid(self) -> Windows:
        """The windows of the output cells."""
        height, width = self.image.shape[:2]
        return windows((height, width), self.size, self.padding, self.stride, self.dilation)

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @cached_property
    def seen(self) -> Array:
        """What each window sees, (n_rows, n_columns, kernel height, kernel width, n_channels)."""
        return self.grid.values(self.image)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """How many windows see a pixel, (height, width)."""
        return self.grid.added(np.ones((*self.grid.inside.shape, 1)))[..., 0].astype(np.intp)

    @cached_property
    def reach(self) -> tuple[int, int, int, int]:
        """Rows or columns of padding that windows see: above, below, left and right."""
        return reach_of(self.grid)

    def window_sum(self, row: int, column: int) -> WindowSum:
        """Return the window and the sum of an output cell."""
        grid = self.grid
        return WindowSum(grid.rows[row], grid.columns[column], self.seen[row, column], self.applied, self.bias)

    def value_at(self, at: At) -> float:
        """Return the number of a cell; of an output that is to be predicted what was."""
        board, row, column = at
        return float((self.predicted if board == "output" else self.boards[board])[row, column])

    def changed(self, **changes: Any) -> "ConvolutionShown":
        """Return it with changes; outputs are to be predicted anew.

        Raises
        ------
        ValueError
            If the kernel does not fit into the image then.
        """
        after = replace(self, **{"entry": "", "answers": None, **changes})
        board, row, column = after.focus
        rows, columns = after.boards[board].shape
        return replace(after, focus=(board, min(row, rows - 1), min(column, columns - 1)))

    def with_number(self, at: At, value: float, entry: str = "") -> "ConvolutionShown":
        """Return it with another number in a cell; in an output it is a prediction."""
        board, row, column = at
        if board == "output":
            answers = self.predicted.copy()
            answers[row, column] = value
            return replace(self, answers=answers, focus=at, entry=entry)
        values = self.boards[board].copy()
        values[row, column] = value
        own = unstacked(values, self.n_channels)
        changed = replace(self, answers=None, focus=at, entry=entry)
        if board == "image":
            return replace(changed, image=own)
        return replace(changed, kernel=own[::-1, ::-1] if self.turned else own)

    def with_image(self, image: Array, source: str) -> "ConvolutionShown":
        """Return it with another image, and with those channels of the kernel that this one has."""
        kernel = self.kernel[..., : image.shape[2]]
        return self.changed(image=image, kernel=kernel, source=source, focus=("output", 0, 0))

    def seen_as(self, view: str) -> "ConvolutionShown":
        """Return it with another view below the boards."""
        return replace(self, view=view, entry="")

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        boards = {"image": self.image, "kernel": self.kernel}
        plain: dict[str, Any] = {
            name: (each[..., 0] if self.n_channels == 1 else each).tolist() for name, each in boards.items()
        }
        plain |= {name: getattr(self, name) for name in ("padding", "stride", "dilation", "bias", "turned", "view")}
        answers = [[None if value != value else value for value in row] for row in self.predicted.tolist()]
        plain |= {"predict": self.predict, "answers": answers if self.predict else None, "focus": list(self.focus)}
        return plain | {"source": self.source}


def stacked(values: Array) -> Array:
    """Return (height, width, n_channels) as (n_channels * height, width): one channel below the other."""
    return values.transpose(2, 0, 1).reshape(-1, values.shape[1])


def unstacked(values: Array, n_channels: int) -> Array:
    """Return a board of channels one below the other as (height, width, n_channels)."""
    return values.reshape(n_channels, -1, values.shape[1]).transpose(1, 2, 0)
