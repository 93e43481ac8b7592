"""A convolution that is typed over: image, kernel and output as cells, and the sum behind every output cell."""

from dataclasses import replace
from typing import Any

import numpy as np

from hcnn_widgets.classroom.convolution import cross_correlation
from hcnn_widgets.classroom.windows import PADDINGS
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .convolution_code import convolution_code
from .convolution_scene import Array, Shown, cell_at, convolution_scene
from .lab_steps import KeepsSteps, takes_state

LONGEST_SIDE = 32
"""Pixels, of the image and of the kernel."""
LARGEST_STRIDE = 3
SLIDE = (((0, 1, 2), (3, 4, 5), (6, 7, 8)), ((0, 1), (2, 3)))
"""Image and kernel of the lecture's slide, whose output is 19 25 / 37 43."""


class ConvolutionLab(KeepsSteps[Shown], ScenePanel):
    """An image, a kernel and their cross-correlation, cell by cell.

    Arrow keys walk the cells. A digit is typed into a cell, "-" turns its sign, Enter or a click adds 1. An output cell
    shows its window and its sum, written out. "p" changes the padding, "s" the stride, "f" turns the kernel by 180
    degrees (a true convolution), "u" takes a change back, "r" all of them.

    Parameters
    ----------
    image, kernel : (height, width) float, optional
        Up to 32 x 32; by default those of the lecture's slide. A ``lab.state`` in place of the image is shown again.
    padding : str
        "valid" or "same", as in Keras.
    stride : int
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.

    Raises
    ------
    TypeError, ValueError
        If these are no convolution.
    """

    @takes_state
    def __init__(
        self,
        image: Any = SLIDE[0],
        kernel: Any = SLIDE[1],
        padding: str = "valid",
        stride: int = 1,
        **traits: Any,
    ) -> None:
        check_options(traits, ConvolutionLab)
        cross_correlation(image, kernel, padding, stride)
        known_name("padding", padding, PADDINGS)
        self.begin(Shown(_board("image", image), _board("kernel", kernel), padding, int(stride)))
        super().__init__(**traits)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that give the same output."""
        return convolution_code(self.shown)

    def changed(self) -> None:
        """Send what is shown now."""
        self.renew()

    def scene(self, width: int) -> Scene:
        """Describe the three boards for a width in pixels."""
        return convolution_scene(self.shown, width)

    def pressed(self, place: int, key: str) -> None:
        """Change a number or a choice, or take changes back."""
        if key == "u":
            self.undo()
        elif key == "r":
            self.reset()
        else:
            self.go_to(_changed(self.shown, place, key))


def _changed(shown: Shown, place: int, key: str) -> Shown | None:
    """Return what is shown after a key; None where it changes nothing."""
    if key == "p":
        return shown.fitting(padding=PADDINGS[1 - PADDINGS.index(shown.padding)])
    if key == "s":
        return shown.fitting(stride=shown.stride % LARGEST_STRIDE + 1)
    if key == "f":
        return replace(shown, kernel=shown.kernel[::-1, ::-1])
    board, row, column = cell_at(shown, place)
    if board == "output":
        return None
    values = getattr(shown, board).copy()
    value = values[row, column]
    # Zero has no sign to turn: 0.0 - 0.0 is 0.0, and -0.0 would be shown as "-0".
    values[row, column] = 0.0 - value if key == "-" else value + 1 if key == "Enter" else float(key)
    return replace(shown, **{board: values})


def _board(argument: str, given: Any) -> Array:
    """Return an image or a kernel as finite numbers in cells; refuse channels, and what has no room."""
    board = numbers(argument, given).astype(np.float64)
    if board.ndim != 2 or max(board.shape) > LONGEST_SIDE or not np.isfinite(board).all():
        raise ValueError(
            f"`{argument}` must be finite numbers in cells. Accepted is (height, width) up to {LONGEST_SIDE} x "
            f"{LONGEST_SIDE}; received {board.shape}."
        )
    return board
