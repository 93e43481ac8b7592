"""Kendall's rank correlations of two RDMs."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


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
    return concordance(x, y) / n_pairs(len(x))


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
    pairs = n_pairs(len(x))
    untied = float(np.sqrt(pairs - tied_pairs(x)) * np.sqrt(pairs - tied_pairs(y)))
    return concordance(x, y) / untied if untied else 0.0


def concordance(x: Array, y: Array) -> int:
    """Count concordant pairs minus discordant pairs.

    Parameters
    ----------
    x, y : (k,) float64

    Returns
    -------
    int
    """
    from scipy.stats import kendalltau

    pairs = n_pairs(len(x))
    untied = float(np.sqrt(pairs - tied_pairs(x)) * np.sqrt(pairs - tied_pairs(y)))
    return round(float(kendalltau(x, y, method="asymptotic").statistic) * untied) if untied else 0


def tied_pairs(x: Array) -> int:
    """Count the pairs that are tied.

    Examples
    --------
    >>> tied_pairs(np.array([1.0, 2.0, 2.0, 2.0]))
    3
    """
    counts = np.unique(x, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def n_pairs(k: int) -> int:
    """Give the number of pairs of k dissimilarities."""
    return k * (k - 1) // 2
