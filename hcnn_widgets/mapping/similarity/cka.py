"""Centred kernel alignment: how alike two sets of patterns are, whatever rotation and scale they are given in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FEWEST_FOR_UNBIASED = 4


def cka(x: Any, y: Any, unbiased: bool = True) -> float:
    """Compare two representations of the same stimuli by linear centred kernel alignment.

    Parameters
    ----------
    x : (n_stimuli, n_channels) float
    y : (n_stimuli, n_other_channels) float
        Rows of the same stimuli, in the same order; ``activations[area]`` and ``recordings.mean_over_trials()`` of sets
        that were brought to one order with .select(ids).
    unbiased : bool
        With the unbiased estimate of the Hilbert-Schmidt independence criterion, which is 0 on average for independent
        patterns, however few the stimuli (so it may be below 0); or the biased one, which then grows with the number
        of channels.

    Returns
    -------
    float
        At most 1, reached where one is the other, rotated, scaled and shifted; biased: 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If an array is not (n_stimuli, n_channels) or not finite, their stimuli differ in number, there are fewer than
        4 (biased: 3), or all patterns of one are alike.

    Source: Kornblith et al. 2019, ICML, eq. 3; Song et al. 2012, J Mach Learn Res 13:1393, eq. 5 (unbiased HSIC).

    Examples
    --------
    >>> x = np.array([[0.0, 1], [1, 0], [3, 1], [2, 2], [5, 0]])
    >>> round(cka(x, 3 * x[:, ::-1] + 7), 6)
    1.0
    """
    x, y = _checked(x, "x", unbiased), _checked(y, "y", unbiased)
    if len(x) != len(y):
        raise ValueError(
            f"`x` and `y` have other numbers of stimuli. Accepted are rows of the same stimuli; received {len(x)} and "
            f"{len(y)}."
        )
    kernels = [_kernel(x), _kernel(y)]
    hsic = _unbiased_hsic if unbiased else _biased_hsic
    own = [hsic(kernel, kernel) for kernel in kernels]
    for name, size, kernel in zip("xy", own, kernels, strict=True):
        if size <= 1e-12 * float((kernel**2).sum()):
            raise ValueError(
                f"`{name}` has patterns that do not differ in a way that can be compared. Accepted are patterns that "
                f"vary over stimuli; received {len(kernel)} of them with a similarity to themselves of {size:.3g}."
            )
    return float(min(hsic(*kernels) / np.sqrt(own[0] * own[1]), 1.0))


def _kernel(patterns: Array) -> Array:
    """Give the inner products of centred patterns, (n_stimuli, n_stimuli)."""
    centred = patterns - patterns.mean(axis=0)
    return centred @ centred.T


def _biased_hsic(k: Array, other: Array) -> float:
    """Sum of products of centred kernels; a factor that cancels is left out."""
    return float(np.vdot(k, other))


def _unbiased_hsic(k: Array, other: Array) -> float:
    """Song et al.'s HSIC_1, with zeros on the diagonals; a factor that cancels is left out."""
    n = len(k)
    k, other = k - np.diag(k.diagonal()), other - np.diag(other.diagonal())
    rows, other_rows = k.sum(axis=0), other.sum(axis=0)
    return float(
        np.vdot(k, other) + rows.sum() * other_rows.sum() / ((n - 1) * (n - 2)) - 2 * (rows @ other_rows) / (n - 2)
    )


def _checked(patterns: Any, argument: str, unbiased: bool) -> Array:
    """Give patterns as float64, or refuse another shape, NaN, or too few stimuli."""
    array = np.asarray(patterns)
    if array.dtype.kind not in "fiu":
        raise TypeError(f"`{argument}` must be numbers. Accepted is a float array; received dtype {array.dtype}.")
    fewest = FEWEST_FOR_UNBIASED if unbiased else FEWEST_FOR_UNBIASED - 1
    if array.ndim != 2 or len(array) < fewest or not array.shape[1]:
        raise ValueError(
            f"`{argument}` has the wrong shape. Accepted is (n_stimuli, n_channels) with {fewest} stimuli or more; "
            f"received {array.shape}."
        )
    if not np.isfinite(array).all():
        rows = np.flatnonzero(~np.isfinite(array).all(axis=1))
        raise ValueError(
            f"`{argument}` has NaN or infinity for {len(rows)} stimuli: rows {rows[:5].tolist()}. Accepted are finite "
            "numbers; nothing is filled in."
        )
    return array.astype(np.float64)
