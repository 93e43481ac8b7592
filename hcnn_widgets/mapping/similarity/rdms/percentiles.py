"""Ranks of dissimilarities, by which RDMs are coloured."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def percentiles(vector: Array) -> Array:
    """Return the rank of each dissimilarity among all, from 0 (least) to 100 (most); ties share their mean rank.

    Parameters
    ----------
    vector : (k,) float
        k of 2 or more.

    Examples
    --------
    >>> percentiles(np.array([0.1, 0.9, 0.5, 0.5, 0.2])).tolist()
    [0.0, 100.0, 62.5, 62.5, 25.0]
    """
    order, counts = np.unique(vector, return_inverse=True, return_counts=True)[1:]
    before = np.concatenate([[0], np.cumsum(counts)[:-1]])
    mean_rank = before + (counts - 1) / 2
    return np.asarray(100 * mean_rank[order] / (vector.size - 1))
