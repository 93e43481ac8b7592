"""Dissimilarities of response patterns, by name.

Every function takes the trials and averages over them, but for the cross-validated one, which needs them apart. All
work in float64, whatever the patterns are in, on patterns whose mean is taken off first: small differences at a large
mean are then not lost.
"""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.rdms.distance import Array, Distance, Trials

PRIOR_RATE, PRIOR_WEIGHT = 1.0, 0.1
"""Of the Poisson rates: the rate that is mixed in, and its weight beside the recorded one (rsatoolbox's defaults)."""
ROUNDING = 64 * np.finfo(np.float64).eps
"""Relative to the squared lengths: what two equal patterns may differ by when their distance comes from products."""


class ConstantPatterns(ValueError):
    """Patterns without variance, or of zeros: their rows."""

    def __init__(self, rows: NDArray[np.intp], what: str) -> None:
        super().__init__(what)
        self.rows, self.what = rows, what


def correlation(trials: Trials) -> Array:
    """One minus Pearson's r between the patterns of two stimuli, over channels; 0 to 2.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        NaN where a trial is missing.

    Returns
    -------
    (k,) float64

    Raises
    ------
    ConstantPatterns
        If a pattern has no variance over channels.

    Examples
    --------
    >>> correlation(np.array([[[1.0, 2, 3], [2, 4, 6], [3, 2, 1]]]))
    array([0., 2., 2.])
    """
    patterns = mean_over_trials(trials)
    largest = np.maximum(patterns.max(axis=1), -patterns.min(axis=1))
    patterns = patterns - patterns.mean(axis=1, keepdims=True)
    return _one_minus_cosine(patterns, largest, "without variance over channels")


def cosine(trials: Trials) -> Array:
    """One minus the cosine between the patterns of two stimuli, as recorded, their mean left in; 0 to 2.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float

    Returns
    -------
    (k,) float64

    Raises
    ------
    ConstantPatterns
        If a pattern is zero everywhere.
    """
    patterns = mean_over_trials(trials)
    return _one_minus_cosine(patterns, np.zeros(len(patterns)), "of zeros only")


def euclidean(trials: Trials) -> Array:
    """Squared Euclidean distance over the number of channels, as rsatoolbox has it; 0 or more.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float

    Returns
    -------
    (k,) float64
        In the square of the patterns' unit.

    Examples
    --------
    >>> euclidean(np.array([[[0.0, 0], [3, 4], [0, 4]]]))
    array([12.5,  8. ,  4.5])
    """
    patterns = mean_over_trials(trials)
    patterns = patterns - patterns.mean(axis=0)
    return _from_kernel(patterns @ patterns.T, floor=True) / patterns.shape[1]


def mahalanobis(trials: Trials) -> Array:
    """Squared Mahalanobis distance over the number of channels: the Euclidean one of whitened patterns; 0 or more.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        Whitened: each pattern times a Cholesky factor of the noise precision, as `whitened` gives.

    Returns
    -------
    (k,) float64
    """
    return euclidean(trials)


def crossnobis(trials: Trials) -> Array:
    """Cross-validated Mahalanobis distance over n_channels, leaving one trial out; unbiased, so below 0 too.

    Only products of different trials count: where no trial is missing, it is the mean over trials of the difference in
    one trial times the mean difference in the others.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        Whitened, as `whitened` gives, or as recorded; two trials or more of every stimulus, NaN where one is missing.

    Returns
    -------
    (k,) float64

    Source: Walther et al. 2016, NeuroImage 137:188, eq. 11.

    Examples
    --------
    >>> crossnobis(np.array([[[0.0], [1.0], [2.0]], [[0.5], [1.0], [2.5]]]))
    array([0.5, 4. , 1.5])
    """
    present = ~np.isnan(trials[:, :, 0])
    measured = np.where(present[:, :, np.newaxis], trials, 0).astype(np.float64)
    counts = present.sum(axis=0, dtype=np.float64)
    mean = (measured.sum(axis=0) / counts[:, np.newaxis]).mean(axis=0)
    # Where no trial is missing, a mean common to all cancels in every difference; without it less is rounded.
    measured -= mean * present[:, :, np.newaxis]
    total, same = measured.sum(axis=0), sum(part @ part.T for part in measured)
    # Over pairs of different trials, sum_{i != j} x_i y_j' = (sum_i x_i)(sum_j y_j)' - sum_i x_i y_i'. There are
    # n_x n_y such pairs, less the trials that both stimuli have.
    pairs = np.outer(counts, counts) - present.T.astype(np.float64) @ present
    kernel: Array = (total @ total.T - same) / pairs
    return _from_kernel(kernel) / trials.shape[2]


def poisson(trials: Trials) -> Array:
    """Symmetrised Kullback-Leibler divergence of Poisson rates over the number of channels; 0 or more.

    A rate is (mean + 0.1 x 1) / (1 + 0.1): a prior rate of 1 with a weight of 0.1, so that no rate is 0 (rsatoolbox's
    defaults). The divergence of rates a and b is the sum over channels of (a - b)(log a - log b).

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        Spike counts, 0 or more.

    Returns
    -------
    (k,) float64

    Raises
    ------
    ValueError
        If a mean count is negative.

    Source: Schuett et al. 2023, eLife 12:e82566.
    """
    means = mean_over_trials(trials)
    if means.min() < 0:
        raise ValueError(
            "`patterns` has negative numbers, and `distance='poisson'` compares rates. Accepted are spike counts, 0 or "
            f"more; received {means.min():.6g}."
        )
    rates = (means + PRIOR_RATE * PRIOR_WEIGHT) / (1 + PRIOR_WEIGHT)
    logs = np.log(rates)
    # (a - b)(log a - log b) is a log a + b log b - a log b - b log a: a squared distance with K = A (log A)', not A A'.
    kernel = (rates - rates.mean(axis=0)) @ (logs - logs.mean(axis=0)).T
    return _from_kernel((kernel + kernel.T) / 2, floor=True) / rates.shape[1]


def mean_over_trials(trials: Trials) -> Array:
    """Average over trials, missing ones skipped.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float

    Returns
    -------
    (n_stimuli, n_channels) float64
    """
    if len(trials) == 1:
        return np.asarray(trials[0], dtype=np.float64)
    total: Array = np.nansum(trials, axis=0, dtype=np.float64)
    return total / (~np.isnan(trials[:, :, 0])).sum(axis=0)[:, np.newaxis]


def _one_minus_cosine(patterns: Array, largest: Array, what: str) -> Array:
    """Return 1 - cosine of all pairs; refuse patterns that are rounding error beside their `largest` number."""
    kernel = patterns @ patterns.T
    squared = kernel.diagonal().copy()
    rounding = (8 * np.finfo(np.float64).eps * largest) ** 2 * patterns.shape[1]
    if (squared <= rounding).any():
        raise ConstantPatterns(np.flatnonzero(squared <= rounding), what)
    scale = 1 / np.sqrt(squared)
    parts = [1 - row[at + 1 :] * (scale[at] * scale[at + 1 :]) for at, row in enumerate(kernel)]
    distances = np.concatenate(parts)
    distances[distances < ROUNDING] = 0
    return np.minimum(distances, 2, out=distances)


def _from_kernel(kernel: Array, floor: bool = False) -> Array:
    """Turn inner products into squared distances; with `floor` those that are rounding alone are 0."""
    squared = kernel.diagonal()
    parts = []
    for at, row in enumerate(kernel):
        # |a - b|^2 = K_aa + K_bb - K_ab - K_ba.
        lengths = squared[at] + squared[at + 1 :]
        distances = lengths - row[at + 1 :] - kernel[at + 1 :, at]
        if floor:
            distances[distances < ROUNDING * lengths] = 0
        parts.append(distances)
    return np.concatenate(parts)


DISTANCES: dict[str, Distance] = {
    "correlation": Distance(
        correlation,
        "1 - Pearson r between patterns",
        "1 \u2212 Pearson r",
        noise="draws to 1",
        code="model_rdm = 1 - np.corrcoef(patterns)",
    ),
    "euclidean": Distance(
        euclidean,
        "squared Euclidean distance / n_channels",
        "squared Euclidean distance / n",
        code='model_rdm = squareform(pdist(patterns, "sqeuclidean")) / patterns.shape[1]',
    ),
    "cosine": Distance(
        cosine,
        "1 - cosine between patterns",
        "1 \u2212 cosine",
        noise="draws to 1",
        code='model_rdm = squareform(pdist(patterns, "cosine"))',
    ),
    "mahalanobis": Distance(
        mahalanobis,
        "squared Mahalanobis distance / n_channels",
        "squared Mahalanobis distance / n",
        whitened=True,
        of_models=False,
    ),
    "crossnobis": Distance(
        crossnobis,
        "cross-validated Mahalanobis distance, leaving one trial out / n_channels",
        "crossnobis distance / n",
        whitened=True,
        cross_validated=True,
        noise="leaves",
        of_models=False,
    ),
    "poisson": Distance(
        poisson,
        "symmetrised Kullback-Leibler divergence of Poisson rates / n_channels (prior rate 1, weight 0.1)",
        "Poisson KL divergence / n",
        of_models=False,
    ),
}
"""Name -> distance, which is called as (trials)."""
