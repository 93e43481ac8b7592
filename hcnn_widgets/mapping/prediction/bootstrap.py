"""Percentile bootstrap intervals of scores, without fitting maps again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.correlation import centred_columns
from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known
from hcnn_widgets.records.checks import check_count, check_seed, is_number, known_name
from hcnn_widgets.records.entry import Entry

Array = NDArray[np.float64]
_BELOW_1 = 1 - 1e-9
_ELEMENTS = 4_000_000
"""Most array elements that a block of resampled scores may hold at a time."""


class Resampled(Protocol):
    """Attributes of a score that resampling reads; see `Score` for shapes."""

    @property
    def value(self) -> float:
        """Median over sites, mean over folds."""

    @property
    def pooling(self) -> str:
        """Whether r is computed over all folds together, "pooled", or within each fold."""

    @property
    def per_site(self) -> Array:
        """Pearson r of each site."""

    @property
    def per_split(self) -> Array:
        """Pearson r of each site in each fold."""

    @property
    def held_out(self) -> tuple[tuple[NDArray[np.intp], Array], ...]:
        """Rows that each fold holds out, and their predictions."""

    @property
    def responses(self) -> Array:
        """Recorded responses."""

    @property
    def predictions(self) -> Array:
        """Held-out predictions of all stimuli."""


@dataclass(frozen=True)
class Interval:
    """Percentile interval of a score's resampled values.

    Parameters
    ----------
    low, high : float
        Percentiles, moved on Fisher's z scale; NaN where no resampled score is defined.
    over : str
        What was resampled, stimuli or sites: a name in `INTERVALS`.
    level : float
        Share of the resampled scores between `low` and `high`.
    n_bootstrap : int
    bias : float
        Mean change of the score by resampling, which `low` and `high` are freed of; 0 where nothing was moved.
    """

    low: float
    high: float
    over: str
    level: float
    n_bootstrap: int
    bias: float = 0.0

    @property
    def convention(self) -> str:
        """How the interval was computed, in words."""
        words = f"{self.level:.0%} percentile bootstrap, {self.n_bootstrap:,} times: {INTERVALS[self.over].words}"
        if not round(self.bias, 3):
            return words
        return f"{words}; moved by {-self.bias:+.3f}, as stimuli drawn twice change r in folds"

    def __repr__(self) -> str:
        return f"Interval({self.low:.3f} to {self.high:.3f}; {self.convention})"


def check_resampling(over: str, level: float, n_bootstrap: int, seed: int, n_held_out: int) -> None:
    """Refuse arguments that define no interval, and scores without the predictions that resampling needs."""
    known_name("over", over, INTERVALS)
    if not is_number(level) or not 0 < level < 1:
        raise ValueError(f"`level` makes no interval. Accepted is a number above 0 and below 1; received {level!r}.")
    check_count("n_bootstrap", n_bootstrap)
    check_seed(seed)
    if INTERVALS[over].needs_predictions and not n_held_out:
        raise ValueError(
            f"`over={over!r}` needs the predictions behind the score. Accepted is a score that `predictivity` made; "
            "received one without `held_out`."
        )


def over_sites(score: Resampled, level: float, n_bootstrap: int, seed: int) -> Interval:
    """Return the interval over sites drawn with replacement; see `Score.interval`."""
    return _interval(drawn_by_sites(score, n_bootstrap, seed), "sites", level)


def drawn_by_sites(score: Resampled, n_bootstrap: int, seed: int) -> Array:
    """Return the score of each draw of sites, (n_bootstrap,); a seed draws the same sites for every score of them."""
    known = ~np.isnan(score.per_site)
    r = score.per_site[np.newaxis, known] if score.pooling == "pooled" else score.per_split[:, known]
    return resampled_medians(r, n_bootstrap, seed)


def resampled_medians(r: Array, n_bootstrap: int, seed: int) -> Array:
    """Draw sites of (n_folds, n_sites) with replacement; return the mean over folds of medians, (n_bootstrap,)."""
    rng = np.random.default_rng(seed)
    values = [
        mean_known(median_known(r[:, rng.integers(r.shape[1], size=(n, r.shape[1]))], axis=-1), axis=0)
        for n in _blocks(n_bootstrap, r.size)
    ]
    return np.concatenate(values)


def over_stimuli(score: Resampled, level: float, n_bootstrap: int, seed: int) -> Interval:
    """Return the interval over held-out stimuli drawn with replacement; see `Score.interval`.

    A fold of 8 stimuli has 5 different stimuli after resampling, and the median over sites of r is higher with fewer
    points. So the mean change by resampling, the bootstrap estimate of bias, is subtracted, on Fisher's z scale, on
    which an r has the same spread wherever it lies. For the same reason the score, a mean of medians within folds, lies
    above the median of the sites' r over many stimuli: the lower end is that of whichever of the two lies lower.

    Source: Efron & Tibshirani 1993, An introduction to the bootstrap, chapter 10 (the estimate of bias); Fisher 1915.
    """
    of_folds, of_sites = _drawn_by_stimuli(score, n_bootstrap, seed)
    if score.pooling == "pooled":
        return _interval(of_folds, "stimuli", level)
    whole = _interval(of_folds, "stimuli", level, score.value)
    lower = _interval(
        of_sites, "stimuli", level, float(median_known(score.per_site[~np.isnan(score.per_site)], axis=0))
    )
    return replace(whole, low=float(np.fmin(whole.low, lower.low)))


def drawn_by_stimuli(score: Resampled, n_bootstrap: int, seed: int) -> Array:
    """Return the score of each draw of held-out stimuli, (n_bootstrap,); a seed draws the same for the same folds."""
    return _drawn_by_stimuli(score, n_bootstrap, seed)[0]


def _drawn_by_stimuli(score: Resampled, n_bootstrap: int, seed: int) -> Array:
    """Return the score of each draw, and the median over sites of their mean r over folds, (2, n_bootstrap)."""
    known = ~np.isnan(score.per_site)
    if score.pooling == "pooled":
        held_out = [(np.arange(len(score.responses)), score.predictions)]
    else:
        held_out = list(score.held_out)
    drawn = np.unique(np.concatenate([rows for rows, _ in held_out]))
    places = [np.searchsorted(drawn, rows) for rows, _ in held_out]
    products = [_products(predicted[:, known], score.responses[rows][:, known]) for rows, predicted in held_out]
    rng, values = np.random.default_rng(seed), []
    for n in _blocks(n_bootstrap, max((5 + len(products)) * int(known.sum()), len(drawn))):
        # A correlation depends on a sample only by how often each stimulus is drawn: weights in place of rows.
        counts = rng.multinomial(len(drawn), np.full(len(drawn), 1 / len(drawn)), size=n).astype(np.float64)
        each = [_weighted_r(counts[:, rows], product) for rows, product in zip(places, products, strict=True)]
        of_folds = mean_known(np.array([median_known(r, axis=1) for r in each]), axis=0)
        values.append([of_folds, median_known(mean_known(np.array(each), axis=0), axis=1)])
    return np.concatenate(values, axis=1)


@dataclass(frozen=True)
class Resampling(Entry[[Resampled, float, int, int], Interval]):
    """A bootstrap as `INTERVALS` lists it.

    Parameters
    ----------
    function : function (score, level, n_bootstrap, seed)
        Returns the interval.
    words : str
        What is resampled, in words.
    needs_predictions : bool
        Whether the function needs the predictions behind the score.
    drawn : function (score, n_bootstrap, seed), optional
        Returns the score of each draw, (n_bootstrap,), with the same draws by a seed for scores of the same sites and
        folds; None where there is no interval of a difference.
    """

    words: str
    needs_predictions: bool = False
    drawn: Callable[[Resampled, int, int], Array] | None = None


INTERVALS: dict[str, Resampling] = {
    "stimuli": Resampling(
        over_stimuli,
        "held-out stimuli drawn with replacement, maps not fitted again",
        needs_predictions=True,
        drawn=drawn_by_stimuli,
    ),
    "sites": Resampling(over_sites, "sites drawn with replacement", drawn=drawn_by_sites),
}
"""What is resampled -> bootstrap, called as (score, level, n_bootstrap, seed)."""


def _blocks(n_bootstrap: int, size: int) -> Iterator[int]:
    """Yield the numbers of resampled scores in blocks that fit into memory."""
    together = max(1, _ELEMENTS // size)
    for start in range(0, n_bootstrap, together):
        yield min(together, n_bootstrap - start)


def _products(predicted: Array, recorded: Array) -> Array:
    """Return the terms of a weighted correlation, (5, n_stimuli, n_sites), of columns with mean 0 and length 1."""
    p, y = (_unit(columns) for columns in (predicted, recorded))
    return np.stack([p, y, p * y, p * p, y * y])


def _unit(columns: Array) -> Array:
    """Centre the columns and scale them to length 1; constant columns become 0."""
    centred, length = centred_columns(columns)
    return np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)


def _weighted_r(counts: Array, products: Array) -> Array:
    """Return r with each stimulus weighted by its number of draws, (n_bootstrap, n_sites).

    A constant prediction has r 0 and a constant response has r NaN, as in `prediction_r`.
    """
    n_products, n_stimuli, n_sites = products.shape
    weights = counts / np.where((total := counts.sum(axis=1, keepdims=True)) == 0, np.nan, total)
    means = weights @ np.moveaxis(products, 0, 1).reshape(n_stimuli, n_products * n_sites)
    p, y, py, pp, yy = means.reshape(len(counts), n_products, n_sites).swapaxes(0, 1)
    # r = (E[py] - E[p] E[y]) / sqrt((E[pp] - E[p]^2)(E[yy] - E[y]^2)), with E weighted by the counts: five
    # means of each site, for all samples in one product.
    varies_p, varies_y = (square - mean**2 for square, mean in ((pp, p), (yy, y)))
    lengths = np.sqrt(varies_p.clip(0) * varies_y.clip(0))
    # Cancellation leaves up to this variance of a constant column: rounding of sums of numbers up to 1.
    constant_p, constant_y = (varies <= 1e-14 for varies in (varies_p, varies_y))
    r = np.divide(py - p * y, lengths, out=np.zeros_like(p), where=~(constant_p | constant_y))
    return np.where(constant_y | np.isnan(y), np.nan, r.clip(-1, 1))


def _interval(values: Array, over: str, level: float, undrawn: float | None = None) -> Interval:
    """Return percentiles of the defined resampled scores, moved so that their mean z is that of the score undrawn."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(float("nan"), float("nan"), over, level, len(values))
    tail = (1 - level) / 2
    if undrawn is None:
        low, high = np.quantile(known, [tail, 1 - tail])
        return Interval(float(low), float(high), over, level, len(values))
    z = _fisher(known)
    low, high = np.tanh(np.quantile(z, [tail, 1 - tail]) - z.mean() + _fisher(np.array(undrawn)))
    return Interval(float(low), float(high), over, level, len(values), float(known.mean()) - undrawn)


def _fisher(r: Array) -> Array:
    """Return Fisher's z; an r of 1, as of two stimuli, counts as the largest below."""
    return np.arctanh(r.clip(-_BELOW_1, _BELOW_1))
