"""Paired difference of two scores, with an interval and a p-value."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.prediction.bootstrap import INTERVALS, Resampled, check_resampling
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ScoreDifference:
    """Difference of two scores of the same sites and stimuli.

    Parameters
    ----------
    value : float
        The first score minus the second.
    low, high : float
        Ends of the interval of the difference.
    p : float
        Two-sided p-value: twice the share of the drawn differences on the other side of 0, at most 1.
    over : str
        What was resampled, a name in `INTERVALS`: whether the difference generalises to other sites or to other
        stimuli.
    level : float
        Share of the drawn differences between `low` and `high`.
    n_bootstrap, n_sites : int
    """

    value: float
    low: float
    high: float
    p: float
    over: str
    level: float
    n_bootstrap: int
    n_sites: int

    @property
    def convention(self) -> str:
        """How the interval was computed, in words."""
        return (
            f"paired over {self.n_sites} sites; {self.level:.0%} percentile bootstrap, {self.n_bootstrap:,} times: "
            f"{INTERVALS[self.over].words}"
        )

    @property
    def words(self) -> str:
        """The difference, its interval and p, in short: "+0.048, +0.020 to +0.071, p = 0.004"."""
        p = f"p < {2 / self.n_bootstrap:.2g}" if self.p <= 2 / self.n_bootstrap else f"p = {self.p:.2g}"
        return f"{self.value:+.3f}, {self.low:+.3f} to {self.high:+.3f}, {p}"

    def __repr__(self) -> str:
        return f"ScoreDifference({self.words}; {self.convention})"


@checks_keywords
def score_difference(
    a: Score, b: Score, *, over: str = "sites", level: float = 0.95, n_bootstrap: int = 2000, seed: int = 0
) -> ScoreDifference:
    """Compare two scores of the same sites, such as a network's after and before training, or two of its areas'.

    Both scores are resampled together, so that shared variation, such as that of a site that nothing predicts, does not
    add to the uncertainty of their difference.

    Parameters
    ----------
    a, b : Score
        Scores of the same recordings by the same splits.
    over : str
        What is resampled: "sites", as if other sites had been recorded, or "stimuli", as if other stimuli had been
        shown (maps are not fitted again).
    level : float
        Share of the drawn differences within the interval, above 0 and below 1.
    n_bootstrap : int
    seed : int

    Returns
    -------
    ScoreDifference

    Raises
    ------
    TypeError, ValueError
        If the scores differ in sites, stimuli, folds or pooling, or an argument is out of range.

    Source: Efron & Tibshirani 1993, chapters 13 and 15. The interval over stimuli is shifted by the mean change of the
    difference that comes from drawing some stimuli twice.

    Examples
    --------
    >>> from hcnn_widgets import ActivationSet, RecordingSet
    >>> from hcnn_widgets.mapping import predictivity
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
    >>> responses = x @ rng.normal(size=(8, 20)) + rng.normal(size=(1, 60, 20))
    >>> model = ActivationSet({"V1": rng.normal(size=(60, 8)), "IT": x}, ids)
    >>> scores = predictivity(model, RecordingSet(responses, ids, area="IT"), splits="kfold")
    >>> difference = score_difference(scores["IT"], scores["V1"])
    >>> bool(difference.low > 0), difference.p < 0.01
    (True, True)
    """
    for argument, score in (("a", a), ("b", b)):
        check_kind(argument, score, Score, ", as predictivity makes them")
        check_resampling(over, level, n_bootstrap, seed, len(score.held_out))
    _check_pair(a, b, over)
    drawn = INTERVALS[over].drawn
    assert drawn is not None
    first, second = (Draws.of(score, drawn(score, n_bootstrap, seed)) for score in (a, b))
    return drawn_difference(first, second, over=over, level=level)


class Draws(NamedTuple):
    """A score in samples of its sites or stimuli, the same for all scores that are to be compared.

    Attributes
    ----------
    value : float
        The score itself.
    drawn : (n_bootstrap,) float64
    n_sites : int
        Sites that vary.
    """

    value: float
    drawn: Array
    n_sites: int

    @classmethod
    def of(cls, score: Resampled, drawn: Array) -> "Draws":
        """Return the draws of a score."""
        return cls(score.value, drawn, int((~np.isnan(score.per_site)).sum()))


def drawn_difference(a: Draws, b: Draws, *, over: str = "sites", level: float = 0.95) -> ScoreDifference:
    """Return the difference of two scores from samples that were drawn alike for both.

    Returns
    -------
    ScoreDifference
        With NaN for the interval and p where no sample has both scores.
    """
    differences, value = a.drawn - b.drawn, a.value - b.value
    differences = differences[~np.isnan(differences)]
    if not len(differences):
        return ScoreDifference(value, np.nan, np.nan, np.nan, over, level, 0, a.n_sites)
    if INTERVALS[over].needs_predictions:
        differences -= differences.mean() - value
    tail = (1 - level) / 2
    low, high = np.quantile(differences, [tail, 1 - tail])
    # One more than was counted: the data themselves are a draw, and no p is 0.
    beyond = min((differences <= 0).sum(), (differences >= 0).sum())
    p = min(1.0, 2 * (1 + float(beyond)) / (len(differences) + 1))
    return ScoreDifference(float(value), float(low), float(high), p, over, level, len(differences), a.n_sites)


def _check_pair(a: Score, b: Score, over: str) -> None:
    """Refuse scores that cannot be paired."""
    if INTERVALS[over].drawn is None:
        able = [name for name, resampling in INTERVALS.items() if resampling.drawn is not None]
        raise ValueError(
            f"`over={over!r}` gives intervals of single scores. Accepted for a difference are "
            f"{', '.join(map(repr, able))}."
        )
    same = {
        "sites": np.array_equal(a.site_ids, b.site_ids),
        "sites that vary": np.array_equal(np.isnan(a.per_site), np.isnan(b.per_site)),
        "pooling": a.pooling == b.pooling,
        "stimuli": np.array_equal(a.stimulus_ids, b.stimulus_ids),
        "folds": [rows.tolist() for rows, _ in a.held_out] == [rows.tolist() for rows, _ in b.held_out],
    }
    other = [name for name, alike in same.items() if not alike]
    if other:
        raise ValueError(
            f"`a` and `b` cannot be paired: they have other {' and '.join(other)}. Accepted are two scores of the same "
            f"recordings by the same splits; received scores of {len(a.per_site)} and {len(b.per_site)} sites."
        )
