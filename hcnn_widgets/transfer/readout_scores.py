"""Scores of readouts on images that they have not seen, and of images drawn anew from these, for intervals."""

import numpy as np
from numpy.typing import NDArray

from .readout_fits import Folds
from .readout_targets import ReadoutTarget

Array = NDArray[np.float64]
N_DRAWS = 1_000
PERCENTILES = (2.5, 97.5)


def drawn_counts(folds: Folds, n_stimuli: int, seed: int) -> Array:
    """Return how often each image comes in each draw with replacement, (n_draws, n_stimuli), fold by fold."""
    rng, counts = np.random.default_rng(seed), np.zeros((N_DRAWS, n_stimuli))
    for held_out in folds:
        counts[:, held_out] = rng.multinomial(len(held_out), np.full(len(held_out), 1 / len(held_out)), N_DRAWS)
    return counts


def scores(target: ReadoutTarget, said: Array, folds: Folds, counts: Array) -> tuple[float, Array]:
    """Return a goal's score, and that of each draw of images.

    Of categories it is the accuracy, averaged over categories; of numbers Pearson r within each fold, averaged over
    folds and outputs. Within folds, since means of what readouts were fitted on differ between them: over all images
    at once, noise would have an r below 0.

    Parameters
    ----------
    target : ReadoutTarget
    said : (n_stimuli, n_outputs) float64
    folds : sequence of (n_held_out,) int
    counts : (n_draws, n_stimuli) float64

    Returns
    -------
    value : float
    draws : (n_draws,) float64
    """
    weights = np.vstack([np.ones(len(said)), counts])
    of_all = _accuracy(target, said, weights) if target.classes is not None else _r(target.values, said, folds, weights)
    return float(of_all[0]), of_all[1:]


def interval(draws: Array) -> tuple[float, float]:
    """Return the interval that holds 95 % of draws."""
    low, high = np.percentile(draws, PERCENTILES)
    return float(low), float(high)


def _accuracy(target: ReadoutTarget, said: Array, weights: Array) -> Array:
    assert target.classes is not None
    right = (said.argmax(axis=1) == target.classes).astype(np.float64)
    share = 1 / np.bincount(target.classes)[target.classes]
    accuracy: Array = weights @ (share * right) / (weights @ share)
    return accuracy


def _r(wanted: Array, said: Array, folds: Folds, weights: Array) -> Array:
    of_folds = [_r_within(wanted[rows], said[rows], weights[:, rows]) for rows in folds]
    mean: Array = np.mean(of_folds, axis=0)
    return mean


def _r_within(wanted: Array, said: Array, weights: Array) -> Array:
    """Return r for each row of weights, averaged over outputs; where nothing varies it is 0."""
    x, y = (each - each.mean(axis=0) for each in (wanted, said))  # so that the moments below do not cancel
    mean_x, mean_y, xx, yy, xy = (weights @ each / weights.sum(axis=1, keepdims=True) for each in _moments(x, y))
    variances = np.maximum((xx - mean_x**2) * (yy - mean_y**2), 0)
    varied = variances > 1e-24 * (x**2).mean(axis=0) * max(float((y**2).mean()), 1e-300)
    r = np.divide(xy - mean_x * mean_y, np.sqrt(variances), out=np.zeros_like(xy), where=varied)
    mean: Array = r.mean(axis=1)
    return mean


def _moments(x: Array, y: Array) -> tuple[Array, ...]:
    return x, y, x**2, y**2, x * y
