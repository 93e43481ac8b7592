"""Medians over sites, and differences of two of them, with intervals by resampling the sites."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.prediction.bootstrap import resampled_medians

Array = NDArray[np.float64]
N_BOOTSTRAP = 2000
TAIL = 2.5
"""Percent of the draws on either side of an interval."""


class SiteMedian(NamedTuple):
    """A median over sites, or a difference of two, with its 95 % percentile interval; NaN where unknown.

    Attributes
    ----------
    value, low, high : float
    n_sites : int
        Sites whose value is known; of a difference the fewer.
    """

    value: float
    low: float
    high: float
    n_sites: int


def site_median(values: Array, seed: int) -> SiteMedian:
    """Return the median of (n_sites,) values, NaN left out, with its interval."""
    known = values[~np.isnan(values)]
    if not len(known):
        return SiteMedian(np.nan, np.nan, np.nan, 0)
    low, high = np.percentile(_drawn(known, seed), [TAIL, 100 - TAIL])
    return SiteMedian(float(np.median(known)), float(low), float(high), len(known))


def median_difference(a: Array, b: Array, seed: int) -> SiteMedian:
    """Return the median of `a` less that of `b`, values of other sites, both resampled independently."""
    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    if not len(a) or not len(b):
        return SiteMedian(np.nan, np.nan, np.nan, 0)
    low, high = np.percentile(_drawn(a, seed) - _drawn(b, seed + 1), [TAIL, 100 - TAIL])
    return SiteMedian(float(np.median(a) - np.median(b)), float(low), float(high), min(len(a), len(b)))


def _drawn(known: Array, seed: int) -> Array:
    return resampled_medians(known[np.newaxis], N_BOOTSTRAP, seed)
