"""The HCNN layer as a motif of four stages, in any order: filter, activate, pool, normalise."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hcnn_widgets.classroom.activation import ACTIVATIONS
from hcnn_widgets.classroom.convolution import cross_correlation
from hcnn_widgets.classroom.gratings import GREY, gabor_bank
from hcnn_widgets.classroom.normalization import divisive_normalization
from hcnn_widgets.classroom.pooling import POOLINGS, pooled
from hcnn_widgets.classroom.windows import Array, as_image
from hcnn_widgets.records.checks import check_count, known_name
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.keywords import checks_keywords


@dataclass(frozen=True)
class Stage(Entry[["Array", "Motif"], "Array"]):
    """A stage of the motif, called like its function.

    Parameters
    ----------
    function : function (responses, motif)
        Give the map (n_rows, n_columns, n_channels) that it makes of a map.
    words : str
        What it does, in a few words.
    lines : str
        The same as lines of NumPy on ``x``, with fields of the motif in braces; functions of `hcnn_widgets.classroom`
        are named ``classroom``.
    keras : str
        The same as lines of Keras on a batch ``x``, (1, height, width, n_channels).
    short, formula : function (motif)
        What is set in it, in a word or two, and what it computes.
    setting : str
        The field of the motif that it reads and a person changes, if there is one.
    choices : tuple
        What is offered for it.
    """

    words: str
    lines: str
    keras: str
    short: Callable[["Motif"], str]
    formula: Callable[["Motif"], str]
    setting: str = ""
    choices: tuple[Any, ...] = ()


@checks_keywords
@dataclass(frozen=True)
class Motif(FrozenRecord):
    """Stages one after the other, and what is set in them.

    Parameters
    ----------
    stages : sequence of str
        Names in STAGES, each as often as wanted.
    n_orientations : int
        Filters, Gabor functions at even steps of orientation.
    activation, pooling : str
        Names in ACTIVATIONS and POOLINGS.
    pool_size : int
        Side of the pool, and the step between pools.
    sigma, exponent : float
        Semi-saturation constant and exponent of the normalisation, whose pool is 5 x 5 positions of all channels.

    Raises
    ------
    ValueError

    Source
    ------
    Yamins & DiCarlo (2016), Nature Neuroscience 19, 356, Figure 1c.

    Examples
    --------
    >>> from hcnn_widgets.classroom.gratings import grating
    >>> [responses.shape for responses in Motif().maps(grating(32))]
    [(32, 32, 1), (32, 32, 4), (32, 32, 4), (16, 16, 4), (16, 16, 4)]
    """

    stages: Sequence[str] = ("filter", "activate", "pool", "normalise")
    n_orientations: int = 4
    activation: str = "relu"
    pooling: str = "max"
    pool_size: int = 2
    sigma: float = 0.03
    exponent: float = 2.0

    def __post_init__(self) -> None:
        if isinstance(self.stages, str) or not isinstance(self.stages, Iterable):
            raise ValueError(f"`stages` is no sequence. Accepted is one of names; received {self.stages!r}.")
        object.__setattr__(self, "stages", tuple(known_name("stages", name, STAGES) for name in self.stages))
        known_name("activation", self.activation, ACTIVATIONS)
        known_name("pooling", self.pooling, POOLINGS)
        for name in ("n_orientations", "pool_size"):
            check_count(name, getattr(self, name))
        divisive_normalization([[0.0]], exponent=self.exponent, sigma=self.sigma)

    def maps(self, image: ArrayLike) -> list[Array]:
        """Return the image, and what each stage makes of it.

        Parameters
        ----------
        image : (height, width) or (height, width, n_channels) float
            In [0, 1]; what is seen of it is its distance from 0.5.

        Returns
        -------
        list of (n_rows, n_columns, n_channels) float64
            The first is what is seen of the image.
        """
        found = [as_image("image", image) - GREY]
        for name in self.stages:
            found.append(STAGES[name](found[-1], self))
        return found


def filtered(responses: Array, motif: Motif) -> Array:
    """Return the filters' responses, as large as the map; of several channels each filter sees the mean."""
    bank = gabor_bank(motif.n_orientations)
    return cross_correlation(responses.mean(axis=-1, keepdims=True), bank, "same")


def _activated(responses: Array, motif: Motif) -> Array:
    return ACTIVATIONS[motif.activation](responses)


def _pooled(responses: Array, motif: Motif) -> Array:
    return pooled(responses, motif.pooling, motif.pool_size, padding="same")


def _normalised(responses: Array, motif: Motif) -> Array:
    return divisive_normalization(responses, formula="ratio", exponent=motif.exponent, sigma=motif.sigma)


def _power(exponent: float) -> str:
    """Write an exponent above the line where it is one small digit."""
    return "\u00b9\u00b2\u00b3\u2074"[int(exponent) - 1] if exponent in (1, 2, 3, 4) else f"^{exponent:g}"


def _normalised_words(motif: Motif) -> str:
    n = _power(motif.exponent)
    return f"x{n} / ({motif.sigma:g}{n} + mean of x{n} over 5 x 5 positions and all channels)"


STAGES: dict[str, Stage] = {
    "filter": Stage(
        filtered,
        "sums of pixels times the weights of filters, Gabor functions",
        "bank = classroom.gabor_bank({n_orientations})\n"
        'x = classroom.cross_correlation(x.mean(axis=-1, keepdims=True), bank, "same")',
        "kernels = classroom.gabor_bank({n_orientations}).repeat(x.shape[-1], axis=2) / x.shape[-1]\n"
        'layer = keras.layers.Conv2D({n_orientations}, kernels.shape[:2], padding="same", use_bias=False)\n'
        "layer.build(x.shape)\nlayer.set_weights([kernels])\nx = layer(x)",
        lambda motif: f"{motif.n_orientations} orientations",
        lambda motif: f"{motif.n_orientations} filters, one an orientation",
        "n_orientations",
        (2, 4, 6),
    ),
    "activate": Stage(
        _activated,
        "each unit alone, by a function",
        "x = classroom.ACTIVATIONS[{activation!r}](x)",
        "x = keras.ops.{activation}(x)",
        lambda motif: motif.activation.replace("_", " "),
        lambda motif: f"f(z) = {ACTIVATIONS[motif.activation].formula}",
        "activation",
        ("relu", "leaky_relu", "sigmoid", "tanh", "softplus"),
    ),
    "pool": Stage(
        _pooled,
        "one value for a square of units",
        'x = classroom.pooled(x, {pooling!r}, {pool_size}, padding="same")',
        "pools = {{\n"
        '    "max": keras.layers.MaxPooling2D,\n'
        '    "mean": keras.layers.AveragePooling2D,\n'
        '    "lp": lambda size, **options: hw.architecture.LpPooling(2, size, size, **options),\n'
        "}}\n"
        'x = pools[{pooling!r}]({pool_size}, padding="same")(x)',
        lambda motif: f"{motif.pooling} {motif.pool_size} x {motif.pool_size}",
        lambda motif: f"{POOLINGS[motif.pooling].words} of {motif.pool_size} x {motif.pool_size}",
        "pooling",
        tuple(POOLINGS),
    ),
    "normalise": Stage(
        _normalised,
        "each unit divided by the activity around it",
        'x = classroom.divisive_normalization(x, formula="ratio", exponent={exponent}, sigma={sigma})',
        'x = hw.architecture.DivisiveNormalization(formula="ratio", exponent={exponent}, sigma={sigma})(x)',
        lambda motif: f"\u03c3 = {motif.sigma:g}",
        _normalised_words,
        "sigma",
        (0.01, 0.03, 0.1, 0.3),
    ),
}
"""Stages of the motif by name."""


def relative_difference(result: Array, other: Array) -> float | None:
    """Return the norm of the difference of two maps, relative to that of the other one.

    Returns
    -------
    float or None
        None where they are of different shape, or the other is 0 everywhere.

    Examples
    --------
    >>> relative_difference(np.array([3.0, 5.0]), np.array([3.0, 4.0]))
    0.2
    """
    size = float(np.linalg.norm(other))
    if result.shape != other.shape or size == 0:
        return None
    return float(np.linalg.norm(result - other)) / size
