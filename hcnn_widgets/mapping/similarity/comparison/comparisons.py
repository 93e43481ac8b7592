"""Registry of the similarities of two RDMs, by name.

Every function takes two vectors of dissimilarities of the same pairs of stimuli. A constant one, which `compare`
refuses, is like nothing: 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.kendall import tau_a, tau_a_bound, tau_b
from hcnn_widgets.mapping.similarity.comparison.subject_pools import LENGTHS, RANKS, Z_SCORES, Pool, mean_ranks
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import n_stimuli_of
from hcnn_widgets.records.entry import Entry

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison(Entry[[Array, Array], float]):
    """A way of saying how alike two RDMs are, as `COMPARISONS` lists it.

    Parameters
    ----------
    function : function (x, y)
        Of two (k,) float64; a constant one is like nothing, 0.
    words : str
        What a convention says of it.
    pool : Pool, optional
        How subjects are pooled for a noise ceiling; without it there is none.
    bound : function (vectors), optional
        What no RDM can exceed in the mean over subjects (n_subjects, k).
    from_zero : bool
        Whether it counts from zero: then an RDM may be constant, though not zero, and it matters that noise moves
        dissimilarities, even if it moves all of them alike.
    each_once : bool
        Whether it supposes that every stimulus comes once, so that stimuli cannot be drawn again.
    code : str
        The expression of NumPy and SciPy in x and y that gives the same, as a panel shows it; empty for a call of
        `compare`.
    preamble : str
        Imports and definitions that the expression needs.
    """

    words: str
    pool: Pool | None = None
    bound: Callable[[Array], float] | None = None
    from_zero: bool = False
    each_once: bool = False
    code: str = ""
    preamble: str = ""


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


def _centred(x: Array) -> Array:
    return x - x.mean()


def _second_moments(x: Array) -> Array:
    """Centre -D / 2 by rows and columns; (n_stimuli^2,)."""
    from scipy.spatial.distance import squareform

    n = n_stimuli_of(x.size) or 0
    square = -0.5 * np.asarray(squareform(x)).reshape(n, n)
    rows = square.mean(axis=0)
    return (square - rows - rows[:, np.newaxis] + rows.mean()).ravel()


_SCIPY = "from scipy.stats import {name}\n"
_CONCORDANT = """

def concordant(x, y):  # concordant pairs of pairs minus discordant ones; ties count nothing
    return sum(np.sum(np.sign(x[i] - x[i + 1 :]) * np.sign(y[i] - y[i + 1 :])) for i in range(len(x)))

"""

COMPARISONS: dict[str, Comparison] = {
    "tau_a": Comparison(
        tau_a,
        "Kendall's tau_A",
        RANKS,
        bound=tau_a_bound,
        code="concordant(x, y) / (len(x) * (len(x) - 1) / 2)",
        preamble=_CONCORDANT,
    ),
    "tau_b": Comparison(
        tau_b,
        "Kendall's tau_B",
        RANKS,
        code="kendalltau(x, y).statistic",
        preamble=_SCIPY.format(name="kendalltau"),
    ),
    "rho_a": Comparison(
        rho_a,
        "rho_A",
        RANKS,
        code="12 * np.cov(rankdata(x), rankdata(y), ddof=0)[0, 1] * len(x) / (len(x) ** 3 - len(x))",
        preamble=_SCIPY.format(name="rankdata"),
    ),
    "spearman": Comparison(
        spearman,
        "Spearman's rank correlation",
        RANKS,
        code="spearmanr(x, y).statistic",
        preamble=_SCIPY.format(name="spearmanr"),
    ),
    "pearson": Comparison(pearson, "Pearson's correlation", Z_SCORES, code="np.corrcoef(x, y)[0, 1]"),
    "cosine": Comparison(cosine, "cosine", LENGTHS, from_zero=True, code="x @ y / np.sqrt((x @ x) * (y @ y))"),
    "whitened_pearson": Comparison(whitened_pearson, "whitened Pearson correlation", Z_SCORES, each_once=True),
    "whitened_cosine": Comparison(whitened_cosine, "whitened cosine", LENGTHS, from_zero=True, each_once=True),
}
"""Name -> comparison, which is called as (x, y)."""
