"""The pool of several subjects' RDMs, and how each subject compares with it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.entry import Entry

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pool(Entry[[Array], Array]):
    """A way of pooling: what a vector is brought to before the mean over subjects is taken.

    Parameters
    ----------
    function : function (vector)
    words : str
        What a ceiling's convention says of it.
    """

    words: str


def mean_ranks(x: Array) -> Array:
    """Rank from 1 on; tied values share the mean of their ranks."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(x), dtype=np.float64)


def _by_length(vector: Array) -> Array:
    return vector / np.sqrt(np.mean(vector**2))


def _z_scores(vector: Array) -> Array:
    return (vector - vector.mean()) / vector.std()


RANKS = Pool(mean_ranks, "mean of ranks")
Z_SCORES = Pool(_z_scores, "mean of z-scores")
LENGTHS = Pool(_by_length, "mean of v / rms(v)")


def band(vectors: Array, pool: Pool, compared: Callable[[Array, Array], float]) -> tuple[float, float]:
    """Compare each subject with the pool of the others, and with the pool of all, and average over subjects.

    Parameters
    ----------
    vectors : (n_subjects, k) float64
    pool : Pool
    compared : function (x, y)
        How alike two vectors are.

    Returns
    -------
    lower, upper : float
    """
    scaled = np.array([pool(vector) for vector in vectors])
    whole = scaled.mean(axis=0)
    others = (scaled.sum(axis=0) - scaled) / (len(vectors) - 1)
    upper = [compared(whole, vector) for vector in vectors]
    lower = [compared(left, vector) for left, vector in zip(others, vectors, strict=True)]
    return float(np.mean(lower)), float(np.mean(upper))
