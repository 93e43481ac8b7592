"""How alike two RDMs are, by name.

Every function takes two vectors of dissimilarities of the same pairs of stimuli. A constant one, which `compare`
refuses, is like nothing: 0.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.kendall import tau_a, tau_b
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import n_stimuli_of

Array = NDArray[np.float64]


def rho_a(x: Array, y: Array) -> float:
    """Spearman's correlation as it is on average when ties are broken at random; -1 to 1.

    12 sum (R_x - mean)(R_y - mean) / (k^3 - k) with mean ranks R.

    Parameters
    ----------
    x, y : (k,) float64

    Source: Schuett et al. 2023, eLife 12:e82566.

    Examples
    --------
    >>> rho_a(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0]))
    0.75
    """
    k = len(x)
    return float(12 * (_centred(mean_ranks(x)) @ _centred(mean_ranks(y))) / (k**3 - k))


def spearman(x: Array, y: Array) -> float:
    """Pearson's correlation of the mean ranks; -1 to 1.

    Parameters
    ----------
    x, y : (k,) float64
    """
    return pearson(mean_ranks(x), mean_ranks(y))


def pearson(x: Array, y: Array) -> float:
    """Pearson's correlation; -1 to 1.

    Parameters
    ----------
    x, y : (k,) float64
    """
    return cosine(_centred(x), _centred(y))


def cosine(x: Array, y: Array) -> float:
    """Cosine of the angle between the vectors; -1 to 1, and 0 where one is zero.

    Parameters
    ----------
    x, y : (k,) float64
    """
    lengths = float(np.sqrt(x @ x) * np.sqrt(y @ y))
    return float(np.clip(x @ y / lengths, -1, 1)) if lengths else 0.0


def whitened_pearson(x: Array, y: Array) -> float:
    """Pearson's correlation after whitening by the covariance of dissimilarity estimates; -1 to 1.

    The covariance is the one of noise that is independent and of the same variance for all stimuli (rsatoolbox:
    corr_cov).

    Parameters
    ----------
    x, y : (k,) float64

    Source: Diedrichsen et al. 2021, Neurons Behav Data Anal Theory 5(3).
    """
    return whitened_cosine(_centred(x), _centred(y))


def whitened_cosine(x: Array, y: Array) -> float:
    """Cosine after whitening by the covariance of dissimilarity estimates; -1 to 1 (rsatoolbox: cosine_cov).

    The same as the cosine of the centred second-moment matrices G = -H D H / 2, which is linear CKA.

    Parameters
    ----------
    x, y : (k,) float64

    Source: Diedrichsen et al. 2021, Neurons Behav Data Anal Theory 5(3).
    """
    return cosine(_second_moments(x), _second_moments(y))


def mean_ranks(x: Array) -> Array:
    """Rank from 1 on; tied values share the mean of their ranks."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(x), dtype=np.float64)


def _centred(x: Array) -> Array:
    return x - x.mean()


def _second_moments(x: Array) -> Array:
    """Centre -D / 2 by rows and columns; (n_stimuli^2,)."""
    from scipy.spatial.distance import squareform

    n = n_stimuli_of(x.size) or 0
    square = -0.5 * np.asarray(squareform(x)).reshape(n, n)
    rows = square.mean(axis=0)
    return (square - rows - rows[:, np.newaxis] + rows.mean()).ravel()


COMPARISONS: dict[str, Callable[[Array, Array], float]] = {
    "tau_a": tau_a,
    "tau_b": tau_b,
    "rho_a": rho_a,
    "spearman": spearman,
    "pearson": pearson,
    "cosine": cosine,
    "whitened_pearson": whitened_pearson,
    "whitened_cosine": whitened_cosine,
}
COMPARISON_WORDS = {
    "tau_a": "Kendall's tau_A",
    "tau_b": "Kendall's tau_B",
    "rho_a": "rho_A",
    "spearman": "Spearman's rank correlation",
    "pearson": "Pearson's correlation",
    "cosine": "cosine",
    "whitened_pearson": "whitened Pearson correlation",
    "whitened_cosine": "whitened cosine",
}
TAKE_CONSTANT = ("cosine", "whitened_cosine")
"""Comparisons for which an RDM may be constant, though not zero."""
