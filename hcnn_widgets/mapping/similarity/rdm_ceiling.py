"""How high a model's RDM can score, given how much the subjects' RDMs differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.compare import check_method, joined_vectors
from hcnn_widgets.mapping.similarity.comparisons import COMPARISON_WORDS, COMPARISONS, mean_ranks
from hcnn_widgets.mapping.similarity.kendall import dense_ranks, n_pairs

Array = NDArray[np.float64]

_ROWS = 32
MOST_FOR_BOUND = 50_000
"""Dissimilarities up to which the bound is computed unasked: it looks at all pairs of them (here: seconds)."""


@dataclass(frozen=True, eq=False, repr=False)
class RdmCeiling:
    """The band in which the best possible model would lie, with the convention it was computed by.

    Parameters
    ----------
    lower : float
        Mean over subjects of the comparison of each with the pool of the others.
    upper : float
        The same with the pool of all. For tau_A a model can exceed it, since the pool of ranks is not the best RDM.
    bound : float
        What no model can exceed in the mean over subjects, for tau_A; NaN for other comparisons, or if left out.
    method : str
        Name in `COMPARISONS`.
    n_subjects : int
    convention : str
        How the numbers came about, in words.
    """

    lower: float
    upper: float
    bound: float
    method: str
    n_subjects: int
    convention: str

    def __repr__(self) -> str:
        bound = "" if np.isnan(self.bound) else f", bound {self.bound:.3f}"
        return f"RdmCeiling({self.lower:.3f} to {self.upper:.3f}{bound}; {self.convention})"


def rdm_ceiling(rdms: Sequence[Any] | NDArray[Any], method: str = "tau_a", *, bound: bool | None = None) -> RdmCeiling:
    """Estimate the noise ceiling from the RDMs of several subjects.

    Parameters
    ----------
    rdms : sequence of Rdm, (n_subjects, n_stimuli, n_stimuli) float or (n_subjects, k) float
        Two subjects or more. Rdms are joined by stimulus id.
    method : str
        One of `COMPARISONS`.
    bound : bool, optional
        Whether to compute tau_A's bound: it takes a look at every pair of dissimilarities, so by default only up to
        50,000 of them (316 stimuli).

    Returns
    -------
    RdmCeiling

    Raises
    ------
    TypeError, ValueError
        If there are fewer than two subjects, their stimuli differ, or the method is unknown.

    Source: Nili et al. 2014, PLoS Comput Biol 10:e1003553; pooling as rsatoolbox has it (Schuett et al. 2023).

    Examples
    --------
    >>> rdm_ceiling([[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 6, 5], [2, 1, 3, 4, 5, 6]])
    RdmCeiling(0.822 to 0.911, bound 0.911; Kendall's tau_A; 3 subjects; pool: mean of ranks)
    """
    check_method(method)
    if not isinstance(rdms, Sequence | np.ndarray):
        raise TypeError(
            f"`rdms` are no RDMs of subjects. Accepted is a sequence of two or more; received {type(rdms).__name__}."
        )
    subjects = list(rdms)
    check_two_subjects("rdms", len(subjects))
    vectors = joined_vectors(subjects, [f"rdms[{row}]" for row in range(len(subjects))], method)
    lower, upper = _band(vectors, method)
    wanted = vectors.shape[1] <= MOST_FOR_BOUND if bound is None else bound
    words = f"{COMPARISON_WORDS[method]}; {len(vectors)} subjects; pool: {POOL_WORDS[method]}"
    limit = tau_a_bound(vectors) if wanted and method == "tau_a" else float("nan")
    return RdmCeiling(lower, upper, limit, method, len(vectors), words)


def check_two_subjects(argument: str, n_subjects: int) -> None:
    """Refuse a single subject, which no other can be told from."""
    if n_subjects < 2:
        raise ValueError(
            f"`{argument}` has {n_subjects} subjects. Accepted are two or more, as it is between them that noise is "
            "told from what they share."
        )


def tau_a_bound(vectors: Array) -> float:
    """Give what no RDM can exceed in mean tau_A over the subjects: each pair ordered as the majority of them has it.

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
        majorities = np.abs(signs.sum(axis=0, dtype=np.int16))
        twice += 2 * int(majorities.sum(dtype=np.int64)) - int(majorities[:, :_ROWS].sum(dtype=np.int64))
    return twice / (2 * n_subjects * n_pairs(k))


def _band(vectors: Array, method: str) -> tuple[float, float]:
    """Give the lower and the upper estimate."""
    scaled = np.array([POOL_SCALES[method](vector) for vector in vectors])
    compared = COMPARISONS[method]
    whole = scaled.mean(axis=0)
    others = (scaled.sum(axis=0) - scaled) / (len(vectors) - 1)
    upper = [compared(whole, vector) for vector in vectors]
    lower = [compared(pool, vector) for pool, vector in zip(others, vectors, strict=True)]
    return float(np.mean(lower)), float(np.mean(upper))


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
POOL_WORDS = {
    method: {mean_ranks: "mean of ranks", _z_scores: "mean of z-scores", _by_length: "mean of v / rms(v)"}[scale]
    for method, scale in POOL_SCALES.items()
}
