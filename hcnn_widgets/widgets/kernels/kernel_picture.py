"""Still picture of a grid of kernels."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.picture_page import new_figure, png_of
from hcnn_widgets.widgets.scene.colours import diverging

from .kernel_frame import NOW

MAX_CELLS = 256


def kernel_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw a frame of kernels as a grid in reading order, in the colours of the page: brown negative, teal positive.

    Kernels before training, or of a run beside, and of now stand side by side, on one scale; of each side at most the
    first 256.

    Returns
    -------
    bytes
        PNG.
    """
    sides = header["sides"]
    shape = tuple(header[name] for name in ("n_kernels", "height", "width", "n_channels"))
    cells = np.frombuffer(values, np.uint8).reshape(len(sides), *shape)[:, :MAX_CELLS]
    sheets = [contact_sheet(side) for side in cells]
    n_rows, n_columns = sheets[0].shape[:2]
    width = 6.0
    figure = new_figure(width, 0.7 + width * n_rows / n_columns / len(sides))
    for axis, side, sheet in zip(np.atleast_1d(figure.subplots(1, len(sides))), sides, sheets, strict=True):
        _draw_sheet(axis, sheet, header["colormap"] == "diverging")
        axis.set_title(f"step {header['step']:,}" if side == NOW else side, fontsize=8)
    scale = f"full colour at a weight of {header['scale']:.3g} for all kernels"
    figure.suptitle(f"{header['title']}\n{scale}", fontsize=8)
    return png_of(figure)


def _draw_sheet(axis: Any, sheet: NDArray[np.uint8], in_colour: bool) -> None:
    shown = sheet.squeeze(-1) if sheet.shape[-1] == 1 else sheet
    axis.imshow(diverging(shown) if in_colour else shown, cmap="gray", vmin=0, vmax=255, aspect="equal")
    axis.set_axis_off()


def contact_sheet(cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Arrange kernels in a sheet of about twice as many columns as rows, with lines of mid grey between them.

    Parameters
    ----------
    cells : (n_kernels, height, width, n_channels) uint8

    Returns
    -------
    (n_rows * (height + 1) - 1, n_columns * (width + 1) - 1, n_channels) uint8
        Empty cells are mid grey (128).
    """
    n, height, width, n_channels = cells.shape
    n_columns = math.ceil(math.sqrt(n * 2))
    n_rows = -(-n // n_columns)
    padded = np.full((n_rows * n_columns, height + 1, width + 1, n_channels), 128, np.uint8)
    padded[:n, :height, :width] = cells
    grid = padded.reshape(n_rows, n_columns, height + 1, width + 1, n_channels).transpose(0, 2, 1, 3, 4)
    return grid.reshape(n_rows * (height + 1), n_columns * (width + 1), n_channels)[:-1, :-1]
