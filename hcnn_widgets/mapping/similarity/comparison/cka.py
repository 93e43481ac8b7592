"""Centred kernel alignment: how alike two sets of patterns are, whatever rotation and scale they are given in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.similarity.rdms.patterns import Patterns, patterns_of
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]

FEWEST_FOR_UNBIASED = 4


@checks_keywords
def cka(x: Any, y: Any, unbiased: bool = True, *, area: str | None = None) -> float:
    """Compare two representations of the same stimuli by linear centred kernel alignment.

    Parameters
    ----------
    x : (n_stimuli, n_channels) float, ActivationSet or RecordingSet
    y : (n_stimuli, n_other_channels) float, ActivationSet or RecordingSet
        Of the same stimuli. Sets are joined by stimulus id, whatever their order. A table is joined by the names of
        its rows. An array has no ids: its rows must be in the other's order, which nothing can check. Trials are
        averaged.
    unbiased : bool
        With the unbiased estimate of the Hilbert-Schmidt independence criterion, which is 0 on average for independent
        patterns, however few the stimuli (so it may be below 0); or the biased one, which then grows with the number
        of channels.
    area : str, optional
        Of an ActivationSet with several areas: which one. Where both are such sets, both by this name; another area
        is ``ActivationSet({"V4": activations["V4"]}, activations.stimulus_ids)``.

    Returns
    -------
    float
        At most 1, reached where one is the other, rotated, scaled and shifted; biased: 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If an array is not (n_stimuli, n_channels) or not finite, the stimuli differ, there are fewer than 4 (biased:
        3), or all patterns of one are equally far apart.

    Source: Kornblith et al. 2019, ICML, eq. 3; Song et al. 2012, J Mach Learn Res 13:1393, eq. 5 (unbiased HSIC).

    Examples
    --------
    >>> x = np.array([[0.0, 1], [1, 0], [3, 1], [2, 2], [5, 0]])
    >>> round(cka(x, 3 * x[:, ::-1] + 7), 6)
    1.0
    """
    fewest = FEWEST_FOR_UNBIASED if unbiased else FEWEST_STIMULI
    if area is not None and not any(isinstance(patterns, ActivationSet) for patterns in (x, y)):
        raise ValueError(
            f"`area={area!r}` names an area of an ActivationSet. Accepted is one beside such a set, as `x` or `y`; "
            f"received {type(x).__name__} and {type(y).__name__}."
        )
    joined = _joined(*(patterns_of(name, patterns, area, fewest=fewest) for name, patterns in (("x", x), ("y", y))))
    kernels = [_kernel(patterns) for patterns in joined]
    hsic = _unbiased_hsic if unbiased else _biased_hsic
    own = [hsic(kernel, kernel) for kernel in kernels]
    for name, size, kernel in zip("xy", own, kernels, strict=True):
        if size <= 1e-12 * float((kernel**2).sum()):
            raise ValueError(
                f"`{name}` has patterns that are all equally far apart, or equal. Accepted are patterns of which some "
                f"are more alike than others; received {len(kernel)} with a similarity to themselves of {size:.3g}."
            )
    return float(min(hsic(*kernels) / np.sqrt(own[0] * own[1]), 1.0))


def _kernel(patterns: Array) -> Array:
    """Return the inner products of centred patterns, (n_stimuli, n_stimuli)."""
    centred = patterns - patterns.mean(axis=0)
    centred[np.abs(centred) <= 8 * np.finfo(np.float64).eps * np.abs(patterns).max()] = 0
    return centred @ centred.T


def _biased_hsic(k: Array, other: Array) -> float:
    """Sum of products of centred kernels; a factor that cancels is left out."""
    return float(np.vdot(k, other))


def _unbiased_hsic(k: Array, other: Array) -> float:
    """Song et al.'s HSIC_1, with zeros on the diagonals; a factor that cancels is left out."""
    # tr(KL) + 1'K1 1'L1 / ((n - 1)(n - 2)) - 2 / (n - 2) 1'KL1, without 1 / (n (n - 3)); K1 are the sums of rows.
    n = len(k)
    k, other = k - np.diag(k.diagonal()), other - np.diag(other.diagonal())
    rows, other_rows = k.sum(axis=0), other.sum(axis=0)
    return float(
        np.vdot(k, other) + rows.sum() * other_rows.sum() / ((n - 1) * (n - 2)) - 2 * (rows @ other_rows) / (n - 2)
    )


def _joined(x: Patterns, y: Patterns) -> tuple[Array, Array]:
    """Return both patterns in one order of the stimuli."""
    if len(x) != len(y):
        raise ValueError(
            f"`x` and `y` have other numbers of stimuli. Accepted are patterns of the same stimuli; received {len(x)} "
            f"and {len(y)}."
        )
    means = x.mean, y.mean
    x_ids, y_ids = _ids_beside(x, y), _ids_beside(y, x)
    if x_ids is None or y_ids is None:
        return means
    return means[0], means[1][rows_of(x_ids, y_ids, "y")]


def _ids_beside(patterns: Patterns, other: Patterns) -> NDArray[np.str_] | None:
    """Return the stimulus ids; those of an unnamed table are its row numbers where the other's ids are just those."""
    numbers = patterns.row_numbers
    if numbers is not None and other.stimulus_ids is not None and set(numbers) == set(other.stimulus_ids):
        return numbers
    return patterns.stimulus_ids
