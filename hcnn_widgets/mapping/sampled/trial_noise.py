"""How much the responses of recorded sites vary from trial to trial, and noise of the same kind for other sites."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Array = NDArray[np.float64]
N_BINS = 20
"""Bins of equally many responses, over which variance is held against the mean."""
FEWEST_BINS = 3


@dataclass(frozen=True, eq=False)
class TrialNoise:
    """Variance over trials of every recorded site: its factor times the mean response to the power of `exponent`.

    Parameters
    ----------
    factors : (n_sites,) float64
        Of each recorded site; with an exponent of 1 the Fano factor.
    exponent : float
        The same for all sites; 0 where responses are negative, too, so that the noise does not follow the mean.
    positive : bool
        Whether responses are rates, which are never below 0.
    """

    factors: Array
    exponent: float
    positive: bool

    def variance(self, mean: Array, sites: NDArray[np.intp]) -> Array:
        """Return the variance over trials of sites with the noise of some recorded `sites`, for mean responses.

        Parameters
        ----------
        mean : (n_stimuli, n_drawn) float64
        sites : (n_drawn,) intp
        """
        return self.factors[sites] * (mean**self.exponent if self.exponent else np.ones_like(mean))

    def drawn(self, mean: Array, sites: NDArray[np.intp], n_trials: int, rng: np.random.Generator) -> Array:
        """Return trials around mean responses, (n_trials, n_stimuli, n_drawn); rates come from gamma distributions."""
        variance, shape = self.variance(mean, sites), (n_trials, *mean.shape)
        if not self.positive:
            return mean + np.sqrt(variance) * rng.standard_normal(shape)
        # A gamma distribution has any mean and variance, and no rate below 0: nothing is cut, so that the mean stays.
        noisy = (mean > 0) & (variance > 0)
        form = np.where(noisy, mean**2 / np.where(noisy, variance, 1.0), 1.0)
        scale = np.where(noisy, variance / np.where(noisy, mean, 1.0), 0.0)
        return np.where(noisy, rng.gamma(form, size=shape) * scale, mean)


def trial_noise(recordings: RecordingSet) -> TrialNoise:
    """Measure how the variance over trials follows the mean.

    The exponent is the slope of log variance on log mean over `N_BINS` bins of responses of all sites: within a bin
    variances are averaged first, as the logarithm of the variance of few trials is biased. Each site has its factor.

    Parameters
    ----------
    recordings : RecordingSet
        With 2 trials or more of some stimuli.

    Raises
    ------
    ValueError
        If there is one trial of each stimulus.

    Source: Tolhurst, Movshon & Dean 1983, Vision Research 23, 775 (variance as a power of the mean).
    """
    counts = recordings.trials_per_stimulus()
    repeated = counts >= 2
    if not repeated.any():
        raise ValueError(
            "`recordings` show no noise. Accepted are 2 trials or more of some stimuli, or noise='none'; received one "
            "trial of each."
        )
    mean = recordings.mean_over_trials()
    variance = trial_variances(recordings)
    if recordings.responses[~np.isnan(recordings.responses)].min() < 0:
        return TrialNoise(variance[repeated].mean(axis=0), 0.0, positive=False)
    exponent = _exponent(mean[repeated].ravel(), variance[repeated].ravel())
    powers = (mean[repeated] ** exponent).mean(axis=0)
    factors = np.divide(variance[repeated].mean(axis=0), powers, out=np.zeros_like(powers), where=powers > 0)
    return TrialNoise(factors, exponent, positive=True)


def trial_variances(recordings: RecordingSet) -> Array:
    """Return the variance over trials, unbiased, (n_stimuli, n_sites); NaN where there is one trial."""
    counts = recordings.trials_per_stimulus()[:, np.newaxis]
    squares = np.nansum((recordings.responses - recordings.mean_over_trials()) ** 2, axis=0, dtype=np.float64)
    return np.divide(squares, counts - 1, out=np.full_like(squares, np.nan), where=counts > 1)


def _exponent(mean: Array, variance: Array) -> float:
    order = np.argsort(mean)
    bins = [rows for rows in np.array_split(order, N_BINS) if len(rows)]
    means, variances = (np.array([values[rows].mean() for rows in bins]) for values in (mean, variance))
    known = (means > 0) & (variances > 0)
    if known.sum() < FEWEST_BINS or np.ptp(means[known]) <= 1e-9 * means[known].max():
        return 1.0  # too little to see a slope in: as of counts
    return max(0.0, float(np.polyfit(np.log(means[known]), np.log(variances[known]), 1)[0]))
