"""The arithmetic of LeNet-5, layer by layer: how many weights and connections, and what every map responds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.checks import check_seed
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

from .convolution import cross_correlation
from .digit_bitmaps import bitmap

Array = NDArray[np.float64]
VARIANTS = ("published", "modern")
SIDE = 32
BACKGROUND = 0.1
"""Taken off the pixels before C1: paper is -0.1."""
C3_TABLE = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""For each of the 16 maps of C3 the maps of S2 that it sees: 60 connections of 96 (the publication's table 1)."""
_ALL = ((0, 1, 2, 3, 4, 5),) * 16


@dataclass(frozen=True)
class LeNetLayer:
    """A layer of LeNet-5, counted.

    Parameters
    ----------
    name : str
        "C1", "S2", "C3", "S4", "C5", "F6" or "output".
    n_maps, side : int
        Maps, and units along the side of each.
    does : str
        What it does, in words.
    weights, connections : str
        How its weights and connections are counted, written out: "6 x (25 + 1)".
    n_weights, n_connections : int
    receptive_field : int
        Side of the square of pixels that a unit sees.
    """

    name: str
    n_maps: int
    side: int
    does: str
    weights: str
    connections: str
    n_weights: int
    n_connections: int
    receptive_field: int

    @property
    def n_units(self) -> int:
        """Units in all maps."""
        return self.n_maps * self.side**2


@checks_keywords
def lenet5_layers(variant: str = "published") -> tuple[LeNetLayer, ...]:
    """Return the layers of LeNet-5 with their weights and connections, counted.

    Parameters
    ----------
    variant : {"published", "modern"}

    Raises
    ------
    ValueError
        If the variant is not known.

    Examples
    --------
    >>> layers = lenet5_layers()
    >>> layers[2].weights, layers[2].n_weights
    ('60 x 25 + 16', 1516)
    >>> sum(layer.n_weights for layer in layers), sum(layer.n_connections for layer in layers)
    (60000, 340908)
    >>> sum(layer.n_weights for layer in lenet5_layers("modern"))
    61706
    """
    published = _checked_variant(variant) == "published"
    n_links = sum(map(len, C3_TABLE if published else _ALL))
    c3 = f"{n_links} x 25 + 16", n_links * 25 + 16
    return (
        _filters("C1", 6, 28, "filters 5 x 5", ("6 x (25 + 1)", 156), 5),
        _pools("S2", 6, 14, published, 6),
        _filters("C3", 16, 10, f"filters 5 x 5 on {'3, 4 or 6' if published else 'all 6'} maps of S2", c3, 14),
        _pools("S4", 16, 5, published, 16),
        _filters("C5", 120, 1, "filters 5 x 5 on all 16 maps of S4", ("120 x (16 x 25 + 1)", 48_120), SIDE),
        _filters("F6", 84, 1, "units that see all of C5", ("84 x (120 + 1)", 10_164), SIDE),
        LeNetLayer("output", 10, 1, "distances to fixed bitmaps", "0, fixed", "10 x 84", 0, 840, SIDE)
        if published
        else _filters("output", 10, 1, "softmax", ("10 x (84 + 1)", 850), SIDE),
    )


@checks_keywords
def lenet5_weights(variant: str = "published", seed: int = 0) -> list[NDArray[np.float32]]:
    """Return weights before any training, in the order in which the network in Keras has them.

    Parameters
    ----------
    variant : {"published", "modern"}
    seed : int
        The same seed gives the same weights.

    Returns
    -------
    list of (...) float32
        Kernels and biases of C1, S2, ... Kernels are normal with a variance of 2 / (inputs + outputs), sub-sampling
        starts as a mean, and biases as zeros.
    """
    check_seed(seed)
    drawn = np.random.default_rng(seed)
    made: list[NDArray[np.float32]] = []
    for shape in weight_shapes(variant):
        if len(shape) == 1:
            # Coefficients and biases come in pairs, of which the coefficient is first: no kernel stands before it.
            coefficient = not made or made[-1].ndim == 1
            made.append(np.full(shape, 0.25 if coefficient else 0.0, np.float32))
            continue
        fans = math.prod(shape[:-2]) * sum(shape[-2:]) if len(shape) != 3 else 25 * (4 + 10)
        made.append(drawn.normal(0, math.sqrt(2 / fans), shape).astype(np.float32))
    return made


def weight_shapes(variant: str = "published") -> list[tuple[int, ...]]:
    """Return the shapes of all weights, in the order in which the network in Keras has them."""
    published = _checked_variant(variant) == "published"
    pools: list[list[tuple[int, ...]]] = [[(6,), (6,)], [(16,), (16,)]] if published else [[], []]
    c3 = (5, 5, 60) if published else (5, 5, 6, 16)
    readout: list[tuple[int, ...]] = [] if published else [(84, 10), (10,)]
    first = [(5, 5, 1, 6), (6,), *pools[0], c3, (16,), *pools[1]]
    return [*first, (5, 5, 16, 120), (120,), (1, 1, 120, 84), (84,), *readout]


@checks_keywords
def lenet5_maps(image: ArrayLike, weights: Sequence[ArrayLike], variant: str = "published") -> dict[str, Array]:
    """Return what every layer responds to an image.

    Parameters
    ----------
    image : (32, 32) float
        In [0, 1], ink in white.
    weights : sequence of arrays
        As `lenet5_weights` gives them, and ``model.network.get_weights()``.
    variant : {"published", "modern"}

    Returns
    -------
    dict of str to (side, side, n_maps) float64
        By the names of the layers. "output" is (10,): published the squared distances to the bitmaps, the lowest of
        which is the answer; modern the probabilities.

    Raises
    ------
    ValueError
        If the image or the weights are of another shape.
    """
    pixels, given = _checked_image(image), _checked_weights(weights, variant)
    published, left = variant == "published", iter(given)
    maps: dict[str, Array] = {}
    now = pixels[..., None] - BACKGROUND
    for name in ("C1", "S2", "C3", "S4", "C5", "F6"):
        if name[0] == "S":
            now = _subsampled(now, next(left), next(left)) if published else _quarters(now).max(axis=(1, 3))
        else:
            kernel = next(left)
            dense = spread(kernel) if kernel.ndim == 3 else kernel
            now = cross_correlation(now, dense, bias=next(left))
        squashed = published or name[0] != "S"
        now = maps[name] = _squashed(now, published) if squashed else now
    last = now.ravel()
    maps["output"] = bitmap_distances(last) if published else _softmax(last @ next(left) + next(left))
    return maps


def bitmap_distances(units: ArrayLike) -> Array:
    """Return the squared distances of 84 units to the bitmaps of the ten digits, (10,)."""
    wanted = np.array([bitmap(digit).ravel() for digit in range(10)], np.float64)
    return np.asarray(((numbers("units", units).ravel() - wanted) ** 2).sum(axis=1))


def spread(connected: Array) -> Array:
    """Return the weights of C3's 60 connections, (5, 5, 60), as kernels over all maps, (5, 5, 6, 16), else 0."""
    kernel = np.zeros((*connected.shape[:2], 6, 16))
    links = [(row, column) for column, rows in enumerate(C3_TABLE) for row in rows]
    for number, (row, column) in enumerate(links):
        kernel[:, :, row, column] = connected[:, :, number]
    return kernel


def _filters(name: str, n_maps: int, side: int, does: str, counted: tuple[str, int], field: int) -> LeNetLayer:
    words, n_weights = counted
    places = f"{side} x {side} x " if side > 1 else ""
    return LeNetLayer(name, n_maps, side, does, words, f"{places}{n_weights:,}", n_weights, side**2 * n_weights, field)


def _pools(name: str, n_maps: int, side: int, published: bool, field: int) -> LeNetLayer:
    """Return a layer of pools of 2 x 2: four connections a unit, and one for its bias."""
    does = "adds 2 x 2 up, times a coefficient, plus a bias" if published else "keeps the largest of 2 x 2"
    weights, n_weights = (f"{n_maps} x 2", n_maps * 2) if published else ("0", 0)
    each = "(4 + 1)" if published else "4"
    connections = n_maps * side**2 * (5 if published else 4)
    words = f"{side} x {side} x {n_maps} x {each}"
    return LeNetLayer(name, n_maps, side, does, weights, words, n_weights, connections, field)


def _quarters(maps: Array) -> Array:
    """Return maps with the four cells of every pool on axes of their own, (side / 2, 2, side / 2, 2, n_maps)."""
    side, _, n_maps = maps.shape
    return maps.reshape(side // 2, 2, side // 2, 2, n_maps)


def _subsampled(maps: Array, coefficient: Array, bias: Array) -> Array:
    return _quarters(maps).sum(axis=(1, 3)) * coefficient + bias


def _squashed(z: Array, published: bool) -> Array:
    return np.asarray(1.7159 * np.tanh(2 / 3 * z)) if published else np.maximum(z, 0)


def _softmax(z: Array) -> Array:
    above = np.exp(z - z.max())
    return np.asarray(above / above.sum())


def _checked_variant(variant: Any) -> str:
    if variant not in VARIANTS:
        raise ValueError(f"`variant` is not known. Accepted are {', '.join(VARIANTS)}; received {variant!r}.")
    return str(variant)


def _checked_image(image: Any) -> Array:
    pixels = numbers("image", image).astype(np.float64)
    if pixels.shape != (SIDE, SIDE) or not np.isfinite(pixels).all():
        raise ValueError(
            f"`image` is not what LeNet-5 sees. Accepted are finite numbers, ({SIDE}, {SIDE}); received {pixels.shape}."
        )
    return pixels


def _checked_weights(weights: Any, variant: str) -> list[Array]:
    wanted = weight_shapes(variant)
    given = [np.asarray(numbers("weights", each), np.float64) for each in weights]
    came = [each.shape for each in given]
    if came != wanted:
        raise ValueError(f"`weights` are not those of {variant} LeNet-5. Accepted are {wanted}; received {came}.")
    return given
