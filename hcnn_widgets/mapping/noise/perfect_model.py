"""The noise ceiling on the scale of r: the correlation expected of a perfect model."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CEILING_WORDS = (
    "a perfect model's expected r, the square root of c; c: split-half reliability of the recordings{where}, "
    "Spearman-Brown, as Brain-Score halves the trials"
)
"""Words shown beside a ceiling of r; `where` says which part of the recordings the reliability is from."""


def perfect_r(reliability: float | Array) -> Array:
    """Return the r expected of a perfect model: scores are compared with it, never with a reliability.

    Parameters
    ----------
    reliability : float or array of float
        Reliability of the mean over trials, Spearman-Brown-corrected, which Brain-Score calls the ceiling.

    Returns
    -------
    array of float64
        The square root; NaN where the reliability is not above 0.

    Source: Spearman 1904 (correction for attenuation): r of a true score with a measured score.

    Examples
    --------
    >>> perfect_r(np.array([0.81, 0.0, -2.0]))
    array([0.9, nan, nan])
    """
    known = np.asarray(reliability, dtype=np.float64)
    return np.sqrt(np.where(known > 0, known, np.nan))
