"""Kendall's rank correlations of two RDMs."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.inversions import inversions

Array = NDArray[np.float64]
Ranks = NDArray[np.int64]
_ROWS = 32
"""Dissimilarities that are held against all others at a time."""


def tau_a(x: Array, y: Array) -> float:
    """Concordant minus discordant pairs, over all pairs: ties count 0 and stay in the denominator.

    Parameters
    ----------
    x, y : (k,) float64

    Returns
    -------
    float
        From -1 to 1.

    Source: Nili et al. 2014, PLoS Comput Biol 10:e1003553.

    Examples
    --------
    >>> tau_a(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0])) == 2 / 3
    True
    """
    return concordance(dense_ranks(x), dense_ranks(y)) / n_pairs(len(x))


def tau_b(x: Array, y: Array) -> float:
    """Concordant minus discordant pairs, over the geometric mean of the pairs untied in x and those untied in y.

    Parameters
    ----------
    x, y : (k,) float64

    Returns
    -------
    float
        From -1 to 1; 0 where one is constant.

    Examples
    --------
    >>> round(tau_b(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0])), 6)
    0.816497
    """
    ranks, other, pairs = dense_ranks(x), dense_ranks(y), n_pairs(len(x))
    untied = np.sqrt(float(pairs - tied_pairs(ranks))) * np.sqrt(float(pairs - tied_pairs(other)))
    return float(np.clip(concordance(ranks, other) / untied, -1, 1)) if untied else 0.0


def concordance(x: Ranks, y: Ranks) -> int:
    """Count concordant pairs minus discordant pairs.

    Parameters
    ----------
    x, y : (k,) int64
        Ranks as `dense_ranks` gives them.

    Returns
    -------
    int

    Source: Knight 1966, J Am Stat Assoc 61:436.

    Examples
    --------
    >>> concordance(np.array([0, 1, 2]), np.array([0, 1, 1]))
    2
    """
    k = len(x)
    # Both ranks in one number: a single sort orders by x, and by y where x ties.
    both = np.sort((x << 32) | y)
    by_x = both & 0xFFFFFFFF
    # Ties in x stand in the order of y and ties in y in the order of x, so that neither counts as an inversion.
    places = np.sort((by_x << 32) | np.arange(k)) & 0xFFFFFFFF
    # Pairs tied in both were counted twice. Of the untied, discordant ones are inversions: C - D = all - tied - 2 D.
    tied = tied_pairs(x) + tied_pairs(y) - _tied_in_order(both)
    return n_pairs(k) - tied - 2 * inversions(places)


def dense_ranks(x: Array) -> Ranks:
    """Rank from 0 on; tied values share a rank, and the next value has the next one.

    Examples
    --------
    >>> dense_ranks(np.array([0.5, 0.1, 0.5, 0.9])).tolist()
    [1, 0, 1, 2]
    """
    order = np.argsort(x)
    ordered = x[order]
    steps = np.zeros(len(x), dtype=np.int64)
    np.cumsum(ordered[1:] != ordered[:-1], out=steps[1:])
    ranks = np.empty(len(x), dtype=np.int64)
    ranks[order] = steps
    return ranks


def tied_pairs(ranks: Ranks) -> int:
    """Count the pairs of equal ranks.

    Parameters
    ----------
    ranks : (k,) int64
        As `dense_ranks` gives them.

    Examples
    --------
    >>> tied_pairs(np.array([0, 1, 1, 1]))
    3
    """
    counts = np.bincount(ranks)
    return int((counts * (counts - 1) // 2).sum())


def n_pairs(k: int) -> int:
    """Return the number of pairs of k dissimilarities."""
    return k * (k - 1) // 2


def tau_a_bound(vectors: Array) -> float:
    """Return the largest mean tau_A over the subjects that any RDM can reach: each pair in the order of the majority.

    Parameters
    ----------
    vectors : (n_subjects, k) float64

    Returns
    -------
    float
        Sum over pairs p < q of |sum over subjects of sign(d_p - d_q)|, over the pairs and the subjects.

    Examples
    --------
    >>> tau_a_bound(np.array([[1.0, 2.0, 3.0], [1.0, 3.0, 2.0]])) == 2 / 3
    True
    """
    n_subjects, k = vectors.shape
    ranks = np.array([dense_ranks(vector) for vector in vectors])
    ranks = ranks.astype(np.min_scalar_type(ranks.max()))
    twice = 0
    for start in range(0, k, _ROWS):
        here, later = ranks[:, start : start + _ROWS, np.newaxis], ranks[:, np.newaxis, start:]
        signs = (here > later).view(np.int8) - (here < later).view(np.int8)
        # Pairs within these rows are met both ways, the others once: all are brought to twice, and halved at the end.
        majorities = np.abs(signs.sum(axis=0, dtype=np.int16))
        twice += 2 * int(majorities.sum(dtype=np.int64)) - int(majorities[:, :_ROWS].sum(dtype=np.int64))
    return twice / (2 * n_subjects * n_pairs(k))


def _tied_in_order(ordered: NDArray[np.int64]) -> int:
    """Count the pairs of equal numbers, which stand side by side."""
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1], [True]]))
    counts = np.diff(starts)
    return int((counts * (counts - 1) // 2).sum())
