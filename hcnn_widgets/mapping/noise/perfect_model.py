"""The ceiling on the scale of r: what a perfect model is expected to reach, given how noisy the recordings are."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CEILING_WORDS = (
    "a perfect model's expected r, the square root of c; c: split-half reliability of the recordings{where}, "
    "Spearman-Brown, as Brain-Score halves the trials"
)
"""What stands beside a ceiling of r; `where` says what else the reliability is of."""


def perfect_r(reliability: float | Array) -> Array:
    """Return the expected r of a perfect model, because an r must not be compared with a reliability.

    Parameters
    ----------
    reliability : float or array of float
        Of the mean over trials, Spearman-Brown-corrected: what Brain-Score calls the ceiling.

    Returns
    -------
    array of float64
        The square root; NaN where the reliability is not above 0: nothing can be said then.

    Source: Spearman 1904 (correction for attenuation): r of a true score with a measured one.

    Examples
    --------
    >>> perfect_r(np.array([0.81, 0.0, -2.0]))
    array([0.9, nan, nan])
    """
    known = np.asarray(reliability, dtype=np.float64)
    return np.sqrt(np.where(known > 0, known, np.nan))
