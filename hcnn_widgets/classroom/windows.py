"""Where the windows of a kernel or a pool lie on an image, as Keras lays them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import check_count, is_whole
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]
PADDINGS = ("valid", "same")
"""What Keras knows; `windows` knows "full" and `BORDERS` besides."""
BORDERS = ("reflect", "wrap")
"""Paddings that repeat pixels of the image: mirrored at its edge pixels, or of its other side (`numpy.pad`)."""


@dataclass(frozen=True)
class Windows(FrozenRecord):
    """The places below every window; numbers below 0, or past the last pixel, are padding.

    Parameters
    ----------
    shape : tuple of int
        (height, width) of the image.
    rows : (n_rows, kernel height) int
        Row in the image of each row of the windows in an output row.
    columns : (n_columns, kernel width) int
        The same across.
    border : str
        "zeros", or a name in BORDERS: which pixels stand on the padding.
    """

    shape: tuple[int, int]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    border: str = "zeros"

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def sources(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """`rows` and `columns` of the pixels that are read: on padding that repeats the image, those repeated there."""
        height, width = self.shape
        return repeated(self.rows, height, self.border), repeated(self.columns, width, self.border)

    @property
    def pixels(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pixel of every cell of every window, each (n_rows, n_columns, kernel height, kernel width)."""
        source_rows, source_columns = self.sources
        rows, columns = np.broadcast_arrays(source_rows[:, None, :, None], source_columns[None, :, None, :])
        return rows, columns

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether a cell of a window sees a pixel of the image, (n_rows, n_columns, kernel height, kernel width)."""
        (rows, columns), (height, width) = self.pixels, self.shape
        return (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)

    def values(self, image: Array, fill: float = 0.0) -> Array:
        """Return what each window sees, (n_rows, n_columns, kernel height, kernel width, n_channels).

        Parameters
        ----------
        image : (height, width, n_channels) float
        fill : float
            Value of the padding.
        """
        rows, columns = self.pixels
        # Padding is read from some pixel first, and filled afterwards: no padded copy of the image is needed.
        seen = image[rows.clip(0, self.shape[0] - 1), columns.clip(0, self.shape[1] - 1)]
        return np.where(self.inside[..., None], seen, fill)

    def added(self, values: Array) -> Array:
        """Return the image where each cell of each window adds its value to the pixel that it sees.

        Parameters
        ----------
        values : (n_rows, n_columns, kernel height, kernel width, n_channels) float
            Those on padding of zeros are lost.

        Returns
        -------
        (height, width, n_channels) float64
        """
        total, (rows, columns), inside = np.zeros((*self.shape, values.shape[-1])), self.pixels, self.inside
        np.add.at(total, (rows[inside], columns[inside]), values[inside])
        return total


def windows(
    shape: tuple[int, int], size: tuple[int, int], padding: str | int = "valid", stride: int = 1, dilation: int = 1
) -> Windows:
    """Return the windows of a kernel or pool on an image.

    Parameters
    ----------
    shape, size : tuple of int
        (height, width) of the image, and of the kernel or pool.
    padding : str or int
        "valid": no padding; "same": as much as makes the output ceil(length / stride) long, an odd pixel of it below
        and right, as in Keras; "reflect", "wrap": as much, of repeated pixels; "full": wherever a window sees a pixel
        at all; a number: so many pixels on every side.
    stride, dilation : int
        Step between windows, and between the cells of a window, in pixels.

    Raises
    ------
    ValueError
        If the kernel is larger than the padded image, or an argument is none of these.

    Examples
    --------
    >>> windows((3, 3), (2, 2), "same").rows.tolist()
    [[0, 1], [1, 2], [2, 3]]
    """
    if padding not in (*PADDINGS, "full", *BORDERS) and not is_whole(padding, 0):
        raise ValueError(
            f"`padding` is no padding. Accepted are 'valid', 'same', 'full', 'reflect', 'wrap' and a whole number of 0 "
            f"or more; received {padding!r}."
        )
    check_count("stride", stride)
    check_count("dilation", dilation)
    height, width = (
        _places(length, cells, padding, stride, dilation) for length, cells in zip(shape, size, strict=True)
    )
    if not (height.size and width.size):
        raise ValueError(
            f"`padding` leaves no place for a window. Accepted is a window that fits into the padded image; received "
            f"{size[0]} x {size[1]} cells, dilation {dilation}, on {shape[0]} x {shape[1]} pixels, padding {padding!r}."
        )
    return Windows(shape, height, width, str(padding) if padding in BORDERS else "zeros")


def repeated(places: NDArray[np.intp], length: int, border: str) -> NDArray[np.intp]:
    """Return the pixels along a side that stand at places on and beside it; padding of zeros stays where it is.

    Examples
    --------
    >>> places = np.arange(-2, 5)
    >>> repeated(places, 3, "reflect").tolist(), repeated(places, 3, "wrap").tolist()
    ([2, 1, 0, 1, 2, 1, 0], [1, 2, 0, 1, 2, 0, 1])
    """
    if border == "wrap":
        return places % length
    if border != "reflect":
        return places
    # There and back again, without the two edge pixels a second time; a single pixel has only itself.
    there = places % max(1, 2 * (length - 1))
    return np.minimum(there, 2 * (length - 1) - there)


def as_image(argument: str, given: Any) -> Array:
    """Return an image as (height, width, n_channels); refuse other numbers of axes, and an image without pixels.

    Raises
    ------
    TypeError, ValueError
    """
    image = numbers(argument, given).astype(np.float64)
    if image.ndim not in (2, 3) or not image.size:
        raise ValueError(
            f"`{argument}` is no image. Accepted is (height, width) or (height, width, n_channels); received "
            f"{image.shape}."
        )
    return image if image.ndim == 3 else image[..., None]


def _places(length: int, cells: int, padding: str | int, stride: int, dilation: int) -> NDArray[np.intp]:
    """Return the (n_windows, cells) pixels along a side."""
    extent = (cells - 1) * dilation + 1
    if padding in ("same", *BORDERS):
        n_windows = -(-length // stride)
        before = max((n_windows - 1) * stride + extent - length, 0) // 2
    else:
        before = extent - 1 if padding == "full" else 0 if isinstance(padding, str) else int(padding)
        n_windows = max((length + 2 * before - extent) // stride + 1, 0)
    return np.arange(n_windows)[:, None] * stride - before + np.arange(cells) * dilation
