"""Convolution as a network does it, cross-correlation, with every window and every sum in the open."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.classroom.windows import Array, Windows, as_image, windows
from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords


@dataclass(frozen=True)
class MatrixProduct(FrozenRecord):
    """A convolution as one product of matrices, ``patches @ weights + bias``.

    Parameters
    ----------
    patches : (n_windows, n_terms) float
        A row a window: what it sees, row by row, the channels of a pixel side by side.
    weights : (n_terms, n_kernels) float
        A column a kernel, in the same order.
    bias : (n_kernels,) float
    shape : tuple of int
        Of the output: (n_rows, n_columns), with n_kernels behind where the kernel has four axes.
    """

    patches: Array
    weights: Array
    bias: Array
    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def output(self) -> Array:
        """The output of the convolution, of `shape`."""
        return (self.patches @ self.weights + self.bias).reshape(self.shape)


@dataclass(frozen=True)
class WindowSum(FrozenRecord):
    """An output cell, its window on the image, and the sum that makes it.

    Parameters
    ----------
    rows, columns : (kernel height,) and (kernel width,) int
        Places below the window; below 0, or past the last pixel, is padding.
    values, weights : (kernel height, kernel width, n_channels) float
        What the window sees, on the padding 0 or a repeated pixel, and the kernel.
    bias : float
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Array
    weights: Array
    bias: float

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def value(self) -> float:
        """The output cell."""
        return float((self.values * self.weights).sum() + self.bias)

    @property
    def text(self) -> str:
        """The sum, written out; the bias stands last where it is not 0."""
        pairs = zip(self.values.ravel().tolist(), self.weights.ravel().tolist(), strict=True)
        terms = [f"{_factor(value)}x{_factor(weight)}" for value, weight in pairs]
        return " + ".join([*terms, *([_factor(self.bias)] if self.bias else [])]) + f" = {self.value:g}"


@checks_keywords
def cross_correlation(
    image: ArrayLike,
    kernel: ArrayLike,
    padding: str | int = "valid",
    stride: int = 1,
    dilation: int = 1,
    bias: ArrayLike = 0.0,
) -> Array:
    """Return what a convolution layer gives: at every place the sum of pixels times weights, plus a bias.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) float
    kernel : (height, width) or (height, width, n_channels, n_kernels) float
        With two axes it is a single kernel on a single channel.
    padding : str or int
        "valid" (none), "same" (zeros, an odd row or column of them below and right, as in Keras), "reflect" or "wrap"
        (as many, but pixels: mirrored at the edge pixels, or those of the other side, as `numpy.pad` repeats them),
        "full" (as many zeros as a window can lie over and still see a pixel), or the number of zeros on every side.
    stride, dilation : int
        Step between windows, and between the cells of a window, in pixels.
    bias : float or (n_kernels,) float

    Returns
    -------
    (n_rows, n_columns) or (n_rows, n_columns, n_kernels) float64
        Along a side, floor((length + zeros - (cells - 1) * dilation - 1) / stride) + 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind or shape, or the kernel does not fit into the padded image.

    Source
    ------
    Dumoulin & Visin (2016), A guide to convolution arithmetic for deep learning, arXiv:1603.07285.

    Examples
    --------
    >>> cross_correlation(np.arange(9).reshape(3, 3), [[0, 1], [2, 3]]).tolist()
    [[19.0, 25.0], [37.0, 43.0]]
    """
    return matrix_product(image, kernel, padding, stride, dilation, bias).output


@checks_keywords
def true_convolution(
    image: ArrayLike,
    kernel: ArrayLike,
    padding: str | int = "valid",
    stride: int = 1,
    dilation: int = 1,
    bias: ArrayLike = 0.0,
) -> Array:
    """Return the convolution of mathematics: `cross_correlation` with the kernel turned by 180 degrees.

    Examples
    --------
    >>> true_convolution(np.arange(9).reshape(3, 3), [[0, 1], [2, 3]]).tolist()
    [[5.0, 11.0], [23.0, 29.0]]
    """
    return cross_correlation(image, _as_kernel(kernel)[::-1, ::-1], padding, stride, dilation, bias)


@checks_keywords
def matrix_product(
    image: ArrayLike,
    kernel: ArrayLike,
    padding: str | int = "valid",
    stride: int = 1,
    dilation: int = 1,
    bias: ArrayLike = 0.0,
) -> MatrixProduct:
    """Return the two matrices whose product is the cross-correlation; arguments are those of `cross_correlation`."""
    pixels, weights, biases, grid = _laid_out(image, kernel, padding, stride, dilation, bias)
    n_terms, n_kernels = weights[..., 0].size, weights.shape[-1]
    behind = (n_kernels,) if np.ndim(kernel) == 4 else ()
    shape = (len(grid.rows), len(grid.columns), *behind)
    return MatrixProduct(grid.values(pixels).reshape(-1, n_terms), weights.reshape(n_terms, -1), biases, shape)


@checks_keywords
def window_sum(
    image: ArrayLike,
    kernel: ArrayLike,
    cell: tuple[int, ...],
    padding: str | int = "valid",
    stride: int = 1,
    dilation: int = 1,
    bias: ArrayLike = 0.0,
) -> WindowSum:
    """Return the window and the sum of an output cell; the other arguments are those of `cross_correlation`.

    Parameters
    ----------
    image, kernel : array of float
    cell : tuple of int
        (row, column) in the output, or (row, column, kernel).

    Raises
    ------
    ValueError
        Also if the output has no such cell.

    Examples
    --------
    >>> window_sum(np.arange(9).reshape(3, 3), [[0, 1], [2, 3]], (0, 0)).text
    '0x0 + 1x1 + 3x2 + 4x3 = 19'
    """
    pixels, weights, biases, grid = _laid_out(image, kernel, padding, stride, dilation, bias)
    row, column, n = _known_cell(cell, (len(grid.rows), len(grid.columns), len(biases)))
    values = grid.values(pixels)[row, column]
    return WindowSum(grid.rows[row], grid.columns[column], values, weights[..., n], float(biases[n]))


@checks_keywords
def windows_seeing(
    shape: tuple[int, int], size: tuple[int, int], padding: str | int = "valid", stride: int = 1, dilation: int = 1
) -> NDArray[np.intp]:
    """Count the windows that see each pixel.

    Parameters
    ----------
    shape, size : tuple of int
        (height, width) of the image, and of the kernel.
    padding, stride, dilation
        As in `cross_correlation`.

    Returns
    -------
    (height, width) int
        At the edge fewer than in the middle, unless padding makes up for it.

    Examples
    --------
    >>> windows_seeing((3, 3), (2, 2)).tolist()
    [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    """
    grid = windows(shape, size, padding, stride, dilation)
    return grid.added(np.ones((*grid.inside.shape, 1)))[..., 0].astype(np.intp)


def _laid_out(
    image: Any, kernel: Any, padding: str | int, stride: int, dilation: int, bias: Any
) -> tuple[Array, Array, Array, Windows]:
    """Return the image with its channels, the kernels, a bias a kernel, and the windows."""
    pixels, weights = as_image("image", image), _as_kernel(kernel)
    if weights.ndim == 2:
        weights = weights[..., None, None]
    if weights.shape[2] != pixels.shape[2]:
        raise ValueError(
            f"`kernel` must have the channels of the image. Accepted is (height, width, {pixels.shape[2]}, n_kernels); "
            f"received {np.shape(kernel)}."
        )
    biases, n_kernels = numbers("bias", bias).astype(np.float64), weights.shape[-1]
    if biases.shape not in ((), (n_kernels,)):
        raise ValueError(
            f"`bias` must be one number a kernel. Accepted is a number or ({n_kernels},); received {biases.shape}."
        )
    grid = windows(pixels.shape[:2], weights.shape[:2], padding, stride, dilation)
    return pixels, weights, np.broadcast_to(biases, (n_kernels,)), grid


def _as_kernel(given: Any) -> Array:
    """Return a kernel of two or four axes; refuse any other."""
    kernel = numbers("kernel", given).astype(np.float64)
    if kernel.ndim not in (2, 4) or not kernel.size:
        raise ValueError(
            f"`kernel` is no kernel. Accepted is (height, width) or (height, width, n_channels, n_kernels); received "
            f"{kernel.shape}."
        )
    return kernel


def _known_cell(cell: Any, shape: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return (row, column, kernel) of an output cell; refuse cells that are not there."""
    given = tuple(np.ravel(cell).tolist())
    full = (*given, 0) if len(given) == 2 else given
    if len(full) != 3 or not all(is_whole(place, 0) and place < end for place, end in zip(full, shape, strict=True)):
        raise ValueError(
            f"`cell` is not in the output. Accepted is (row, column) or (row, column, kernel) below {shape}; received "
            f"{cell!r}."
        )
    return full[0], full[1], full[2]


def _factor(value: float) -> str:
    """Return a number as it stands in a sum; below zero in brackets."""
    return f"({value:g})" if value < 0 else f"{value:g}"
