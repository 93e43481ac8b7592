"""Whitening by the noise: how far two patterns lie apart in units of the trial-to-trial variability."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]
Trials = NDArray[np.floating]

PRECISION_WORDS = {
    "shrinkage": "noise precision from the trials by shrinkage (Ledoit & Wolf 2004)",
    "identity": "noise not weighed",
    "given": "noise precision as given",
}


def whitened(trials: Trials, noise_precision: Any = "shrinkage") -> tuple[Trials, str]:
    """Bring patterns to where the noise has the same variance in all directions.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        NaN where a trial is missing.
    noise_precision : "shrinkage", "identity" or (n_channels, n_channels) float
        Inverse covariance of the noise of one trial: estimated from the trials' deviations from their mean, shrunk
        towards the same variance everywhere; none; or given, symmetric and positive definite.

    Returns
    -------
    trials : (n_trials, n_stimuli, n_channels) float
        Times a factor L of the precision L L'.
    words : str
        Where the precision came from.

    Raises
    ------
    TypeError, ValueError
        If the precision is no such matrix, or to be estimated from single trials.
    """
    if isinstance(noise_precision, str):
        if noise_precision not in ("shrinkage", "identity"):
            raise ValueError(
                f"`noise_precision={noise_precision!r}` is unknown. Accepted are 'shrinkage', 'identity' or an array "
                "(n_channels, n_channels)."
            )
        if noise_precision == "identity":
            return trials, PRECISION_WORDS["identity"]
        # With the precision P = L L', (x L)(x L)' = x P x': distances of x L are those of x in units of the noise.
        estimated = np.asarray(np.linalg.inv(noise_covariance(trials)), dtype=np.float64)
        return trials @ _factor(estimated), PRECISION_WORDS["shrinkage"]
    return trials @ _factor(_checked(noise_precision, trials.shape[2])), PRECISION_WORDS["given"]


def noise_covariance(trials: Trials) -> Array:
    """Estimate the covariance of the noise of one trial, shrunk towards the same variance for all channels.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        NaN where a trial is missing.

    Returns
    -------
    (n_channels, n_channels) float64
        Unbiased in its trace: a mean over as many degrees of freedom as there are trials beyond one per stimulus
        (rsatoolbox 0.3.2 takes one per trial of all stimuli but one).

    Raises
    ------
    ValueError
        If no stimulus has two trials, or they do not vary.

    Source: Ledoit & Wolf 2004, J Multivariate Anal 88:365.
    """
    from sklearn.covariance import ledoit_wolf

    present = ~np.isnan(trials[:, :, 0])
    dof = int(present.sum()) - trials.shape[1]
    deviations = (trials - np.nanmean(trials, axis=0, dtype=np.float64))[present]
    rounding = 8 * np.finfo(np.float64).eps * np.abs(trials[present]).max()
    if dof < 1 or np.abs(deviations).max() <= rounding:
        raise ValueError(
            "`noise_precision='shrinkage'` needs noise to be estimated from. Accepted are recordings with two trials "
            f"or more that differ; received {trials.shape[0]} trials of {trials.shape[1]} stimuli. Give "
            "`noise_precision='identity'` or an array (n_channels, n_channels)."
        )
    covariance: Array = ledoit_wolf(deviations, assume_centered=True)[0]
    return covariance * (len(deviations) / dof)


def _checked(noise_precision: Any, n_channels: int) -> Array:
    """Return the precision as float64, or refuse another shape, NaN, or one that is not symmetric."""
    matrix = numbers("noise_precision", noise_precision).astype(np.float64)
    if matrix.shape != (n_channels, n_channels) or not np.isfinite(matrix).all():
        raise ValueError(
            f"`noise_precision` is not what is accepted: finite numbers of shape ({n_channels}, {n_channels}); "
            f"received shape {matrix.shape} with {int((~np.isfinite(matrix)).sum())} that are not finite."
        )
    if np.abs(matrix - matrix.T).max() > 1e-8 * np.abs(matrix).max():
        raise ValueError(
            "`noise_precision` is not symmetric. Accepted is the inverse of a covariance matrix; received one with "
            f"entries across the diagonal that differ by up to {np.abs(matrix - matrix.T).max():.3g}."
        )
    return matrix


def _factor(precision: Array) -> Array:
    """Return L with L L' = precision."""
    try:
        return np.asarray(np.linalg.cholesky(precision), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError(
            "`noise_precision` is not positive definite. Accepted is the inverse of a covariance matrix; received one "
            f"with a smallest eigenvalue of {np.linalg.eigvalsh(precision)[0]:.3g}."
        ) from None
