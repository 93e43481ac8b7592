"""Pooling: values, winners, the gradient's way back, and unpooling with switches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.classroom.windows import PADDINGS, Array, Windows, as_image, windows
from hcnn_widgets.records.checks import check_count, is_number, known_name
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Inside = NDArray[np.bool_]
CELLS = (2, 3)
"""The axes of a window's cells."""


@dataclass(frozen=True)
class Pooling(Entry[[Array, Inside, float], Array]):
    """A way of pooling, called like its function.

    Parameters
    ----------
    function : function (seen, inside, p)
        Give the pooled map (n_rows, n_columns, n_channels) from what the windows see, (n_rows, n_columns, pool height,
        pool width, n_channels), where padding is 0, and from what of it lies on the image.
    slope : function (seen, inside, p)
        Give the derivative of a window's value after each of its cells, of the shape of `seen`.
    words : str
    sum_text : str
        How a window's value is written out: `{listed}`, `{added}` and `{powers}` stand for what it sees, `{n}` for how
        many these are, `{p}` for the exponent, `{words}` for the words.
    has_winner : bool
        Whether it takes one pixel of a window, which is known as a switch.
    has_exponent : bool
        Whether it asks for `p`.
    numpy_line, keras_line : str
        The pooled map of `seen` (n_rows, n_columns, size, size), no number on the padding, and of `x`, (1, height,
        width, 1); "" where there is none.
    """

    slope: Callable[[Array, Inside, float], Array]
    words: str
    sum_text: str = "{words} of {listed}"
    has_winner: bool = False
    has_exponent: bool = False
    numpy_line: str = ""
    keras_line: str = ""


@dataclass(frozen=True)
class Switches(FrozenRecord):
    """The pixel that won in each window.

    Parameters
    ----------
    shape : tuple of int
        (height, width) of the image.
    rows, columns : (n_rows, n_columns, n_channels) int
        Row and column of the winner; of equal ones the first in reading order.
    """

    shape: tuple[int, int]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def __post_init__(self) -> None:
        freeze_arrays(self)


@checks_keywords
def pooled(
    image: ArrayLike,
    kind: str = "max",
    size: int = 2,
    stride: int | None = None,
    padding: str = "valid",
    p: float = 2.0,
) -> Array:
    r"""Return the pooled image; padding is never counted.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) float
    kind : str
        A name in POOLINGS: "max", "mean", or "lp", which is (mean of \|x\|^p)^(1/p).
    size : int
        Side of the square window, in pixels.
    stride : int, optional
        Step between windows; by default their size.
    padding : "valid" or "same"
        As in Keras.
    p : float
        Exponent of "lp", 1 or more.

    Returns
    -------
    (n_rows, n_columns) or (n_rows, n_columns, n_channels) float64

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> pooled([[1, 2], [3, 4]]).tolist(), pooled([[1, 2], [3, 4]], "mean").tolist()
    ([[4.0]], [[2.5]])
    """
    seen, inside, _ = _seen(image, size, stride, padding)
    return _like(image, POOLINGS[known_name("kind", kind, POOLINGS)](seen, inside, _exponent(p)))


@checks_keywords
def pooling_gradient(
    image: ArrayLike,
    kind: str = "max",
    size: int = 2,
    stride: int | None = None,
    padding: str = "valid",
    p: float = 2.0,
    gradient: ArrayLike | None = None,
) -> Array:
    """Return the gradient that reaches each pixel through the pooling; other arguments are those of `pooled`.

    Parameters
    ----------
    image, kind, size, stride, padding, p
    gradient : array of float, optional
        That of the pooled image, of its shape; 1 everywhere by default.

    Returns
    -------
    array of float64
        Of the shape of the image.

    Examples
    --------
    >>> pooling_gradient([[1, 2], [3, 4]]).tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """
    seen, inside, grid = _seen(image, size, stride, padding)
    slope = POOLINGS[known_name("kind", kind, POOLINGS)].slope(seen, inside, _exponent(p))
    above = _of_shape("gradient", 1.0 if gradient is None else gradient, (*seen.shape[:2], seen.shape[-1]))
    return _like(image, grid.added(slope * above[:, :, None, None, :]))


@checks_keywords
def winners(image: ArrayLike, size: int = 2, stride: int | None = None, padding: str = "valid") -> Switches:
    """Return the pixel with the largest value in each window; arguments are those of `pooled`.

    Examples
    --------
    >>> switches = winners([[1, 2], [4, 3]])
    >>> switches.rows.item(), switches.columns.item()
    (1, 0)
    """
    seen, inside, grid = _seen(image, size, stride, padding)
    row, column = np.divmod(_winning(seen, inside), size)
    rows = np.take_along_axis(grid.rows[:, None, :], row, axis=2)
    columns = np.take_along_axis(grid.columns[None, :, :], column, axis=2)
    return Switches(grid.shape, rows, columns)


@checks_keywords
def unpooled(values: ArrayLike, switches: Switches) -> Array:
    """Return an image with each value where its winner was, and 0 elsewhere.

    Parameters
    ----------
    values : (n_rows, n_columns) or (n_rows, n_columns, n_channels) float
        A pooled map, or what a network made of it.
    switches : Switches
        From `winners`.

    Returns
    -------
    (height, width) or (height, width, n_channels) float64
        A pixel that won in several windows has the last of their values, in reading order.

    Source
    ------
    Zeiler & Fergus (2014), Visualizing and understanding convolutional networks, ECCV.

    Examples
    --------
    >>> unpooled([[9]], winners([[1, 2], [4, 3]])).tolist()
    [[0.0, 0.0], [9.0, 0.0]]
    """
    image = np.zeros((*switches.shape, switches.rows.shape[-1]))
    image[switches.rows, switches.columns, np.arange(image.shape[-1])] = _of_shape(
        "values", values, switches.rows.shape
    )
    return _like(values, image)


def _largest(seen: Array, inside: Inside, p: float) -> Array:
    return np.where(inside[..., None], seen, -np.inf).max(axis=CELLS)


def _largest_slope(seen: Array, inside: Inside, p: float) -> Array:
    n_cells = seen.shape[2] * seen.shape[3]
    won = np.arange(n_cells)[:, None] == _winning(seen, inside)[:, :, None, :]
    return won.reshape(seen.shape).astype(np.float64)


def _mean(seen: Array, inside: Inside, p: float) -> Array:
    return seen.sum(axis=CELLS) / inside.sum(axis=CELLS)[..., None]


def _mean_slope(seen: Array, inside: Inside, p: float) -> Array:
    share = inside / inside.sum(axis=CELLS, keepdims=True)
    return np.broadcast_to(share[..., None], seen.shape)


def _lp(seen: Array, inside: Inside, p: float) -> Array:
    # Relative to the largest of a window powers neither overflow nor vanish, and the result is the same.
    scale = np.abs(seen).max(axis=CELLS)
    relative = np.abs(seen) / np.where(scale > 0, scale, 1)[:, :, None, None, :]
    return scale * _mean(relative**p, inside, p) ** (1 / p)


def _lp_slope(seen: Array, inside: Inside, p: float) -> Array:
    value = _lp(seen, inside, p)[:, :, None, None, :]
    relative = np.abs(seen) / np.where(value > 0, value, 1)
    return np.sign(seen) * relative ** (p - 1) * _mean_slope(seen, inside, p)


def _winning(seen: Array, inside: Inside) -> NDArray[np.intp]:
    """Return the number of the first largest cell of each window, counted in reading order."""
    masked = np.where(inside[..., None], seen, -np.inf)
    return masked.reshape(*seen.shape[:2], -1, seen.shape[-1]).argmax(axis=2)


def _seen(image: Any, size: int, stride: int | None, padding: str) -> tuple[Array, Inside, Windows]:
    """Return what the windows see, what of it lies on the image, and the windows."""
    check_count("size", size)
    known_name("padding", padding, PADDINGS)
    pixels = as_image("image", image)
    grid = windows(pixels.shape[:2], (size, size), padding, size if stride is None else stride)
    return grid.values(pixels), grid.inside, grid


def _of_shape(argument: str, given: Any, shape: tuple[int, ...]) -> Array:
    """Return a number, or a pooled map with or without its axis of channels, in the shape of the pooled map."""
    array = numbers(argument, given).astype(np.float64)
    if array.ndim == 2:
        array = array[..., None]
    if array.shape not in ((), shape):
        raise ValueError(
            f"`{argument}` must have the shape of the pooled map. Accepted is {shape}; received {np.shape(given)}."
        )
    return np.broadcast_to(array, shape)


def _exponent(p: Any) -> float:
    """Return the exponent of L_p; refuse anything below 1."""
    if not is_number(p) or not 1 <= p < np.inf:
        raise ValueError(f"`p` is no exponent. Accepted is a number of 1 or more; received {p!r}.")
    return float(p)


def _like(given: Any, result: Array) -> Array:
    """Return the result without its axis of channels where what was given has none."""
    return result[..., 0] if np.ndim(given) == 2 else result


POOLINGS: dict[str, Pooling] = {
    "max": Pooling(
        _largest,
        _largest_slope,
        "the largest",
        sum_text="max({listed})",
        has_winner=True,
        numpy_line="np.nanmax(seen, axis=(2, 3))",
        keras_line="keras.ops.max_pool(x, size, stride, padding)",
    ),
    "mean": Pooling(
        _mean,
        _mean_slope,
        "the mean",
        sum_text="({added}) / {n}",
        numpy_line="np.nanmean(seen, axis=(2, 3))",
        keras_line="keras.ops.average_pool(x, size, stride, padding)",
    ),
    "lp": Pooling(
        _lp,
        _lp_slope,
        "the mean of |x|^p, to the power 1/p",
        sum_text="(({powers}) / {n})^(1/{p})",
        has_exponent=True,
        numpy_line="np.nanmean(np.abs(seen) ** p, axis=(2, 3)) ** (1 / p)",
        keras_line="keras.ops.average_pool(keras.ops.abs(x) ** p, size, stride, padding) ** (1 / p)",
    ),
}
"""The lecture's ways of pooling by name."""
