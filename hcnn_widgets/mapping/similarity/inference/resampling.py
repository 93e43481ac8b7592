"""Comparing RDMs in bootstrap samples of their stimuli."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.kendall import tau_a
from hcnn_widgets.mapping.similarity.inference.weighted_concordance import resampled_tau_a

Array = NDArray[np.float64]

MOST_WEIGHTED = 2**15
"""Dissimilarities up to which tau_A of all samples is computed at once (256 stimuli): then the samples are drawn."""


def drawn_counts(n: int, n_bootstrap: int, fewest: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw samples of n things with replacement; those with fewer than `fewest` different ones are drawn again.

    Returns
    -------
    (n_bootstrap, n) int64
        How often each sample holds each thing.
    """
    even = np.full(n, 1 / n)
    counts: NDArray[np.int64] = rng.multinomial(n, even, size=n_bootstrap)
    while len(poor := np.flatnonzero((counts > 0).sum(axis=1) < fewest)):
        counts[poor] = rng.multinomial(n, even, size=len(poor))
    return counts


def resampled(models: Array, subjects: Array, counts: NDArray[np.integer], method: str) -> Array:
    """Compare every model with every subject in every sample of stimuli.

    A pair of a stimulus with its own copy is left out, as its dissimilarity is 0 for every model.

    Parameters
    ----------
    models : (n_models, k) float64
    subjects : (n_subjects, k) float64
    counts : (n_bootstrap, n_stimuli) int
        How often each sample holds each stimulus.
    method : str
        One of `COMPARISONS` for which stimuli may come several times.

    Returns
    -------
    (n_bootstrap, n_models, n_subjects) float64
    """
    compared = COMPARISONS[method]
    # What is quick is the function, whatever name it goes by.
    if compared.function is tau_a and models.shape[1] <= MOST_WEIGHTED:
        return resampled_tau_a(models, subjects, counts)
    values = np.empty((len(counts), len(models), len(subjects)))
    for sample, count in enumerate(counts):
        pairs = pairs_of_sample(count)
        drawn, others = models[:, pairs], subjects[:, pairs]
        values[sample] = [[compared(model, subject) for subject in others] for model in drawn]
    return values


def pairs_of_sample(counts: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return the indices, in an RDM's vector, of the dissimilarities among a sample of its stimuli.

    Parameters
    ----------
    counts : (n_stimuli,) int
        How often the sample holds each stimulus.

    Returns
    -------
    (n_pairs,) intp
        Without the pairs of a stimulus with its own copy.

    Examples
    --------
    >>> pairs_of_sample(np.array([2, 0, 1])).tolist()
    [1, 1]
    """
    n = len(counts)
    rows = np.repeat(np.arange(n), counts)
    first, second = (rows[side] for side in np.triu_indices(len(rows), 1))
    first, second = first[first != second], second[first != second]
    # Row by row: before (i, j) stand the i n - i (i + 1) / 2 entries of the rows above, and j - i - 1 of its own.
    return first * n - first * (first + 1) // 2 + second - first - 1
