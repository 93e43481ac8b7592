"""Tuning of drawn sites beside that of recorded ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.numerics.table import Column, Table, named
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.site_medians import SiteMedian, median_difference, site_median
from hcnn_widgets.mapping.sampled.tuning_statistics import TUNING, dimensionality
from hcnn_widgets.records.checks import check_kind, check_seed
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
N_SUBSETS = 50
"""Draws of as many sites as the smaller population has, over which dimensionality is averaged."""


@dataclass(frozen=True, eq=False, repr=False)
class TuningComparison(Table, FrozenRecord):
    """Statistics of tuning of drawn and of recorded sites.

    Shows as a table.

    Parameters
    ----------
    drawn, recorded : mapping of str to (n_sites,) float64
        Name in `TUNING` -> values, NaN where unknown.
    drawn_medians, recorded_medians, differences : mapping of str to SiteMedian
        A difference is the median of the drawn less that of the recorded sites.
    drawn_dimensionality, recorded_dimensionality : float
        Of `n_alike` sites each, mean over draws of so many.
    n_alike : int
    drawn_area, recorded_area : str
    simulated : bool
        Whether the recorded sites are simulated, too; the drawn ones always are.
    notes : tuple of str
        Why a statistic is not known.
    source : str
        Source of the recordings, to be cited.
    """

    drawn: Mapping[str, Array]
    recorded: Mapping[str, Array]
    drawn_medians: Mapping[str, SiteMedian]
    recorded_medians: Mapping[str, SiteMedian]
    differences: Mapping[str, SiteMedian]
    drawn_dimensionality: float
    recorded_dimensionality: float
    n_alike: int
    drawn_area: str
    recorded_area: str
    simulated: bool
    notes: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for values in (*self.drawn.values(), *self.recorded.values()):
            values.setflags(write=False)

    def _columns(self) -> list[Column]:
        names, unknown = list(self.drawn), float("nan")
        less = self.drawn_dimensionality - self.recorded_dimensionality
        ends = [self.differences[name] for name in names]
        recorded = [*(self.recorded_medians[name].value for name in names), self.recorded_dimensionality]
        drawn = [*(self.drawn_medians[name].value for name in names), self.drawn_dimensionality]
        return [
            Column("statistic", "statistic", [*names, f"dimensionality of {self.n_alike} sites"]),
            Column(f"recorded {named(self.recorded_area, self.simulated)}", "recorded", recorded),
            Column(f"model {self.drawn_area}", "drawn", drawn),
            Column("difference", "difference", [*(each.value for each in ends), less]),
            Column("from", "difference_low", [*(each.low for each in ends), unknown]),
            Column("to", "difference_high", [*(each.high for each in ends), unknown]),
        ]

    def _conventions(self) -> list[str]:
        return [
            "Medians over sites; the difference is that of the medians, with a 95 % percentile bootstrap over sites",
            *(f"{name}: {each.words} ({each.source})" for name, each in TUNING.items()),
            "dimensionality: participation ratio of the sites' correlations (Gao et al. 2017), mean over draws",
            f"model {self.drawn_area}: drawn, with simulated noise",
        ]


@checks_keywords
def tuning_comparison(drawn: RecordingSet, recorded: RecordingSet, *, seed: int = 0) -> TuningComparison:
    """Compare the tuning of drawn sites with that of recorded ones, statistic by statistic of `TUNING`.

    Parameters
    ----------
    drawn : RecordingSet
        As `sample_area` gives it, so that stimuli, trials and noise are those of the recordings.
    recorded : RecordingSet
    seed : int
        Of the draws that intervals are from.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> ids = [f"image{n}" for n in range(40)]
    >>> recorded = RecordingSet(rng.poisson(5.0, (4, 40, 6)), ids, area="V4")
    >>> drawn = RecordingSet(rng.poisson(5.0, (4, 40, 9)), ids, area="V4", simulated=True)
    >>> comparison = tuning_comparison(drawn, recorded)
    >>> comparison.n_alike, list(comparison.drawn), comparison.notes
    (6, ['sparseness', 'category selectivity', 'reliability'], ('category selectivity is not known: the images have \
no labels of two categories or more',))
    """
    for name, given in (("drawn", drawn), ("recorded", recorded)):
        check_kind(name, given, RecordingSet)
    check_seed(seed)
    why = {name: each.unknown(drawn) or each.unknown(recorded) for name, each in TUNING.items()}
    values = [
        {name: np.full(sites.n_sites, np.nan) if why[name] else each(sites) for name, each in TUNING.items()}
        for sites in (drawn, recorded)
    ]
    medians = [{name: site_median(each, seed) for name, each in of_sites.items()} for of_sites in values]
    n_alike = min(int(varying_columns(sites.mean_over_trials()).sum()) for sites in (drawn, recorded))
    return TuningComparison(
        drawn=values[0],
        recorded=values[1],
        drawn_medians=medians[0],
        recorded_medians=medians[1],
        differences={name: median_difference(values[0][name], values[1][name], seed) for name in TUNING},
        drawn_dimensionality=_mean_dimensionality(drawn, n_alike, seed),
        recorded_dimensionality=_mean_dimensionality(recorded, n_alike, seed),
        n_alike=n_alike,
        drawn_area=drawn.area,
        recorded_area=recorded.area,
        simulated=recorded.simulated,
        notes=tuple(f"{name} is not known: {words}" for name, words in why.items() if words),
        source=recorded.source,
    )


def _mean_dimensionality(sites: RecordingSet, n_alike: int, seed: int) -> float:
    """Return the dimensionality of `n_alike` of the sites, mean over draws where there are more."""
    mean = sites.mean_over_trials()
    mean = mean[:, varying_columns(mean)]
    if mean.shape[1] == n_alike:
        return dimensionality(mean)
    rng = np.random.default_rng(seed)
    chosen = (rng.choice(mean.shape[1], n_alike, replace=False) for _ in range(N_SUBSETS))
    return float(np.mean([dimensionality(mean[:, sites]) for sites in chosen]))
