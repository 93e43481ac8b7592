"""The pool of several subjects' RDMs, and how each subject compares with it."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS, mean_ranks

Array = NDArray[np.float64]


def _by_length(vector: Array) -> Array:
    return vector / np.sqrt(np.mean(vector**2))


def _z_scores(vector: Array) -> Array:
    return (vector - vector.mean()) / vector.std()


POOL_SCALES = {
    "tau_a": mean_ranks,
    "tau_b": mean_ranks,
    "rho_a": mean_ranks,
    "spearman": mean_ranks,
    "pearson": _z_scores,
    "cosine": _by_length,
    "whitened_pearson": _z_scores,
    "whitened_cosine": _by_length,
}
"""Comparison -> what a vector is brought to before the mean over subjects is taken."""
POOL_WORDS = {
    method: {mean_ranks: "mean of ranks", _z_scores: "mean of z-scores", _by_length: "mean of v / rms(v)"}[scale]
    for method, scale in POOL_SCALES.items()
}


def band(vectors: Array, method: str) -> tuple[float, float]:
    """Compare each subject with the pool of the others, and with the pool of all, and average over subjects.

    Parameters
    ----------
    vectors : (n_subjects, k) float64
    method : str
        One of `COMPARISONS`.

    Returns
    -------
    lower, upper : float
    """
    scaled = np.array([POOL_SCALES[method](vector) for vector in vectors])
    compared = COMPARISONS[method]
    whole = scaled.mean(axis=0)
    others = (scaled.sum(axis=0) - scaled) / (len(vectors) - 1)
    upper = [compared(whole, vector) for vector in vectors]
    lower = [compared(pool, vector) for pool, vector in zip(others, vectors, strict=True)]
    return float(np.mean(lower)), float(np.mean(upper))
