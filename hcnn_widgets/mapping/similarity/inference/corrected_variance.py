"""Variance of a mean over subjects and stimuli, from bootstraps over one of them and over both."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def corrected_variance(both: Array, subjects: Array, stimuli: Array, *, n_subjects: int, n_stimuli: int) -> Array:
    """Combine the variances of three bootstraps, so that the noise of a measurement counts once.

    A bootstrap over subjects sees the variance between subjects, over their number, and the noise of each measurement;
    so does that over stimuli; a bootstrap over both sees both variances and three times the noise. So for many subjects
    and stimuli the variance is 2 (subjects + stimuli) - both. A bootstrap over n things sees (n - 1) / n of their
    variance; with this factor the formula becomes that of the code.

    Parameters
    ----------
    both, subjects, stimuli : array of float64
        Variances over samples of both, of subjects alone, and of stimuli alone.
    n_subjects, n_stimuli : int
        Two or more.

    Returns
    -------
    array of float64
        Not below the variance over subjects or over stimuli, each with its factor, and not above that over both.

    Source: Schuett et al. 2023, eLife 12:e82566, the corrected two-factor bootstrap; the factors for few subjects and
    stimuli and the bounds are those of rsatoolbox 0.3.2.

    Examples
    --------
    >>> few = corrected_variance(np.array(4.0), np.array(1.0), np.array(1.5), n_subjects=4, n_stimuli=10)
    >>> many = corrected_variance(np.array(4.0), np.array(1.0), np.array(1.5), n_subjects=10**6, n_stimuli=10**6)
    >>> few.round(3), many.round(3)
    (np.float64(1.667), np.float64(1.5))
    """
    of_subjects, of_stimuli = n_subjects / (n_subjects - 1), n_stimuli / (n_stimuli - 1)
    by_subjects, by_stimuli = of_subjects * subjects, of_stimuli * stimuli
    noise = of_subjects * of_stimuli * (both - subjects - stimuli)
    variance = np.maximum(by_subjects + by_stimuli - noise, np.maximum(by_subjects, by_stimuli))
    return np.minimum(variance, both)
