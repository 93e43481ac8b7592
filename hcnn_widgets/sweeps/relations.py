"""Does one quantity go with another over networks: r with its intervals, by rank, and with a third taken out."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from hcnn_widgets.records.given_arrays import numbers

FEWEST = 4
"""Networks below which nothing is said: an interval by Fisher's z needs four."""
N_BOOTSTRAP = 2_000
NOTHING_LEFT = 1e-12
"""Spread that is rounding: the third quantity says all."""


@dataclass(frozen=True)
class Relation:
    """How two quantities go together over networks.

    Parameters
    ----------
    n : int
        Networks that have both.
    r : float
        Pearson's.
    fisher, bootstrap : (float, float)
        95 % intervals: by Fisher's z, which takes networks for drawn from a normal distribution; and by drawing
        networks with replacement (percentiles).
    rank : float
        Spearman's, which one network far out does not move.
    partial : float
        Pearson's r of what is left of both after a linear fit on the third quantity; NaN without one.
    """

    n: int
    r: float = np.nan
    fisher: tuple[float, float] = (np.nan, np.nan)
    bootstrap: tuple[float, float] = (np.nan, np.nan)
    rank: float = np.nan
    partial: float = np.nan

    def __str__(self) -> str:
        if np.isnan(self.r):
            return f"{self.n} networks: r needs {FEWEST} that differ"
        partial = "" if np.isnan(self.partial) else f"; {self.partial:.2f} with the number of units taken out"
        return (
            f"{self.n} networks: r {self.r:.2f}, 95 % [{self.fisher[0]:.2f}, {self.fisher[1]:.2f}] (Fisher), "
            f"[{self.bootstrap[0]:.2f}, {self.bootstrap[1]:.2f}] (bootstrap); by rank {self.rank:.2f}{partial}"
        )


def relation(x: Any, y: Any, taken_out: Any = None, seed: int = 0) -> Relation:
    """Return how two quantities go together over networks; those that lack one of them are left out.

    Parameters
    ----------
    x, y : (n_networks,) float
    taken_out : (n_networks,) float, optional
        A third quantity for the partial correlation.
    seed : int
        Of the bootstrap.

    Raises
    ------
    ValueError
        If they are not of one length.

    Examples
    --------
    >>> relation([0.2, 0.3, 0.4, 0.5], [0.1, 0.2, 0.3, 0.4]).rank
    1.0
    """
    given = [numbers(name, each).astype(float) for name, each in (("x", x), ("y", y))]
    given += [] if taken_out is None else [numbers("taken_out", taken_out).astype(float)]
    if {each.shape for each in given} != {(len(given[0]),)}:
        raise ValueError(
            f"`x` and `y` must be a value a network each, (n_networks,). Received {[each.shape for each in given]}."
        )
    known = np.all(np.isfinite(given[:2]), axis=0)
    a, b, *third = (each[known] for each in given)
    if len(a) < FEWEST or min(np.ptp(a), np.ptp(b)) == 0:
        return Relation(len(a))
    pearson = stats.pearsonr(a, b)
    low, high = pearson.confidence_interval(0.95)
    return Relation(
        len(a),
        float(pearson.statistic),
        (float(low), float(high)),
        _bootstrap(a, b, seed),
        float(stats.spearmanr(a, b).statistic),
        _partial(a, b, third[0]) if third else np.nan,
    )


def _bootstrap(a: Any, b: Any, seed: int) -> tuple[float, float]:
    rows = np.random.default_rng(seed).integers(len(a), size=(N_BOOTSTRAP, len(a)))
    drawn = [each[rows] - each[rows].mean(axis=1, keepdims=True) for each in (a, b)]
    norms = np.sqrt((drawn[0] ** 2).sum(axis=1) * (drawn[1] ** 2).sum(axis=1))
    varied = norms > 0  # a draw of one network n times has no r
    r = (drawn[0] * drawn[1]).sum(axis=1)[varied] / norms[varied]
    low, high = np.percentile(r, [2.5, 97.5])
    return float(low), float(high)


def _partial(a: Any, b: Any, third: Any) -> float:
    known = np.isfinite(third)
    a, b, third = a[known], b[known], third[known]
    if len(third) < FEWEST or np.ptp(third) == 0:
        return np.nan
    left = [each - np.polyval(np.polyfit(third, each, 1), third) for each in (a, b)]
    if min(each.std() for each in left) < NOTHING_LEFT:
        return np.nan
    return float(np.corrcoef(*left)[0, 1])
