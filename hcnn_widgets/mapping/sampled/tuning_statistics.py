"""Statistics of tuning: what each site's responses to the images are like, and how many directions all of them have."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.trial_noise import trial_variances
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TuningStatistic(Entry[[RecordingSet], Array]):
    """A statistic of each site, an entry of `TUNING`.

    Parameters
    ----------
    function : function (recordings)
        Gives (n_sites,) float64; NaN where a site has none.
    words : str
        What a high value means.
    source : str
        The paper, or papers, that define it.
    unknown : function (recordings)
        Why no site has it, in a sentence; empty where some may.
    """

    words: str
    source: str
    unknown: Callable[[RecordingSet], str]


def sparseness(recordings: RecordingSet) -> Array:
    """Return lifetime sparseness: 0 if a site responds alike to all images, 1 if to a single one.

    (1 - mean(r)^2 / mean(r^2)) / (1 - 1 / n), over n images. Both squares are freed of what the trial noise adds, where
    there are two trials or more: noise alone has a sparseness of about 0.

    Returns
    -------
    (n_sites,) float64
        NaN for sites that are silent, or whose mean response to an image is below 0.

    Source: Rolls & Tovee 1995, J Neurophysiol 73, 713; Vinje & Gallant 2000, Science 287, 1273 (rescaled to 0 to 1).
    """
    mean, n = recordings.mean_over_trials(), len(recordings)
    left = trial_variances(recordings) / recordings.trials_per_stimulus()[:, np.newaxis]
    # Images with one trial show no noise: theirs is taken to be that of the others.
    shown = ~np.isnan(left[:, 0])
    added = left[shown].mean(axis=0) if shown.any() else np.zeros(mean.shape[1])
    square, of_squares = mean.mean(axis=0) ** 2 - added / n, (mean**2).mean(axis=0) - added
    known = (of_squares > 0) & (mean >= 0).all(axis=0)
    ratio = np.divide(square, of_squares, out=np.full_like(square, np.nan), where=known)
    sparse: Array = (1 - ratio) / (1 - 1 / n)
    return sparse


def category_selectivity(recordings: RecordingSet) -> Array:
    """Return omega squared of the category: the share of the variance over images that the categories explain.

    Unlike eta squared it is freed of what chance adds: without selectivity it is 0 on average, and may be below.

    Returns
    -------
    (n_sites,) float64
        NaN for constant sites.

    Source: Hays 1963; Olejnik & Algina 2003, Psychological Methods 8, 434.
    """
    assert recordings.labels is not None
    mean = recordings.mean_over_trials()
    categories, category = np.unique(recordings.labels, return_inverse=True)
    counts = np.bincount(category)
    of_categories = np.array([mean[category == each].mean(axis=0) for each in range(len(categories))])
    between = (counts[:, np.newaxis] * (of_categories - mean.mean(axis=0)) ** 2).sum(axis=0)
    whole = ((mean - mean.mean(axis=0)) ** 2).sum(axis=0)
    within = (whole - between) / (len(mean) - len(categories))
    varying = varying_columns(mean)
    upper = between - (len(categories) - 1) * within
    return np.divide(upper, whole + within, out=np.full(len(varying), np.nan), where=varying)


def reliability(recordings: RecordingSet) -> Array:
    """Return the reliability of each site's mean over trials, (n_sites,): split halves, Spearman-Brown."""
    return ceiling(recordings, "per stimulus").per_site


@checks_keywords
def dimensionality(responses: NDArray[np.floating]) -> float:
    """Return the participation ratio of sites: how many directions share their variance, from 1 to n_sites.

    (sum of eigenvalues)^2 / sum of their squares, of the correlations of sites over images. It grows with the number
    of sites and with noise: compare populations of as many sites and trials.

    Parameters
    ----------
    responses : (n_stimuli, n_sites) float
        Averaged over trials; constant sites are left out.

    Returns
    -------
    float
        NaN without a site that varies.

    Source: Gao et al. 2017, bioRxiv 214262; Litwin-Kumar et al. 2017, Neuron 93, 1153.

    Examples
    --------
    >>> x = np.array([0.0, 1.0, 0.0, 1.0])
    >>> y = np.array([0.0, 0.0, 1.0, 1.0])
    >>> round(dimensionality(np.stack([x, y], axis=1)), 3), round(dimensionality(np.stack([x, x], axis=1)), 3)
    (2.0, 1.0)
    """
    responses = np.asarray(responses, dtype=np.float64)
    varying = responses[:, varying_columns(responses)]
    if not varying.shape[1]:
        return float("nan")
    scaled = (varying - varying.mean(axis=0)) / varying.std(axis=0)
    correlations = scaled.T @ scaled / len(scaled)
    return float(np.trace(correlations) ** 2 / (correlations**2).sum())


def _needs_rates(recordings: RecordingSet) -> str:
    rates = (recordings.mean_over_trials() >= 0).all(axis=0).any()
    return "" if rates else "sparseness is of rates, and every site has responses below 0"


def _needs_labels(recordings: RecordingSet) -> str:
    n_kinds = 0 if recordings.labels is None else len(np.unique(recordings.labels))
    return "" if 2 <= n_kinds < len(recordings) else "the images have no labels of two categories or more"


def _needs_trials(recordings: RecordingSet) -> str:
    return "" if recordings.trials_per_stimulus().max() >= 2 else "there is one trial of each image"


TUNING: dict[str, TuningStatistic] = {
    "sparseness": TuningStatistic(
        sparseness, "responds to few images", "Rolls & Tovee 1995; Vinje & Gallant 2000", _needs_rates
    ),
    "category selectivity": TuningStatistic(
        category_selectivity, "tells categories apart", "omega squared: Hays 1963", _needs_labels
    ),
    "reliability": TuningStatistic(
        reliability, "responds alike in every trial", "Spearman 1910; Brown 1910", _needs_trials
    ),
}
"""Name -> statistic of tuning, which is called as (recordings) and gives a value for each site."""
