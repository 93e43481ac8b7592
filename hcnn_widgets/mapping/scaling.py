"""Bringing units to one scale, without looking at what is held out."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.floating)


def z_scored(fit: NDArray[Number], new: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
    """Give each unit mean 0 and standard deviation 1 over the training stimuli; constant units become 0.

    Parameters
    ----------
    fit, new : (n_stimuli, n_units) float
        Training stimuli, whose mean and deviation are used, and others.

    Returns
    -------
    fit, new
        Of the same type.
    """
    deviations = fit.std(axis=0)
    scale = np.divide(1, deviations, out=np.zeros_like(deviations), where=deviations > 1e-12 * np.abs(fit).max(axis=0))
    mean = fit.mean(axis=0)
    return (fit - mean) * scale, (new - mean) * scale
