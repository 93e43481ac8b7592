"""Split-half reliability of the recordings and the noise ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.numerics.correlation import pearson_per_site
from hcnn_widgets.mapping.numerics.table import with_mark
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_count, check_kind, known_name
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
Halves = Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]
"""(n_trials, n_stimuli) masks of the trials in either half, a pair per split."""
_NUMBERS = 2**24
"""Numbers in memory at a time."""


@dataclass(frozen=True, eq=False)
class Ceiling:
    """A noise ceiling with its convention.

    Parameters
    ----------
    value : float
        Reliability of the mean over trials: mean over splits of the median over sites. A perfect model's expected
        correlation with the recordings is its square root.
    error : float
        Standard deviation over splits / sqrt(n_splits); NaN with one split.
    per_site : (n_sites,) float64
        Mean over splits; NaN where a site is constant.
    per_split : (n_splits, n_sites) float64
    convention : str
        Words that say how the ceiling was computed.
    simulated : bool
        Whether the recordings are simulated.
    """

    value: float
    error: float
    per_site: Array
    per_split: Array
    convention: str
    simulated: bool = False

    def __repr__(self) -> str:
        convention = with_mark(self.convention, self.simulated)
        if self.value <= 0:
            return f"Ceiling(no ceiling: reliability is not above 0; {convention})"
        limit = f"a perfect model's expected r is {perfect_r(self.value):.3f}, its square root"
        return f"Ceiling(reliability {self.value:.3f} +- {self.error:.3f}; {limit}; {convention})"


@checks_keywords
def spearman_brown(r: NDArray[np.floating]) -> Array:
    """Predict the reliability of the whole from the correlation of its halves: 2 r / (1 + r).

    Parameters
    ----------
    r : array of float
        From -1 to 1.

    Returns
    -------
    array of float64
        Minus infinity at -1; a negative correlation stays negative and is not clipped. NaN stays NaN.

    Raises
    ------
    TypeError, ValueError
        If `r` is not numeric, or outside -1 to 1.

    Source: Spearman 1910; Brown 1910.

    Examples
    --------
    >>> round(float(spearman_brown(np.array(0.6))), 3)
    0.75
    """
    given = numbers("r", r)
    if (np.abs(given) > 1 + 1e-9).any():
        raise ValueError(f"`r` is no correlation. Accepted is -1 to 1; received up to {np.nanmax(np.abs(given)):.6g}.")
    r = given.astype(np.float64)
    with np.errstate(divide="ignore"):
        return 2 * r / (1 + r)


def halves_by_repetition(recordings: RecordingSet, n_splits: int) -> Halves:
    """Yield random halves of the trial numbers, the same for every stimulus.

    Source: Brain-Score vision 2.3, ShuffleSplit(10, train_size=.5, random_state=1) over the repetitions.
    """
    from sklearn.model_selection import ShuffleSplit

    n_trials, present = recordings.n_trials, ~np.isnan(recordings.responses[:, :, 0])
    splits = ShuffleSplit(n_splits, train_size=0.5, random_state=1)
    for first, second in splits.split(np.arange(n_trials)):
        in_first, in_second = np.zeros_like(present), np.zeros_like(present)
        in_first[first], in_second[second] = True, True
        yield in_first & present, in_second & present


def halves_per_stimulus(recordings: RecordingSet, n_splits: int) -> Halves:
    """Yield random halves of each stimulus's own trials, so that missing trials make no half smaller."""
    rng = np.random.default_rng(1)
    present = ~np.isnan(recordings.responses[:, :, 0])
    half = present.sum(axis=0) / 2
    for _ in range(n_splits):
        # Sorted twice, random numbers become ranks from 0: a random order of the trials, missing trials last.
        order = np.where(present, rng.random(present.shape), np.inf).argsort(axis=0).argsort(axis=0)
        # With an odd number of trials, chance says which half gets the trial in the middle.
        first = order < np.floor(half + rng.integers(0, 2, size=half.shape) / 2)
        yield first & present, ~first & present


def halves_in_order(recordings: RecordingSet, n_splits: int) -> Halves:
    """Yield the earlier and the later half of each stimulus's trials, once; the last of an odd number is left out."""
    present = ~np.isnan(recordings.responses[:, :, 0])
    number, half = present.cumsum(axis=0), present.sum(axis=0) // 2
    yield present & (number <= half), present & (number > half) & (number <= 2 * half)


@dataclass(frozen=True)
class Halving(Entry[[RecordingSet, int], Halves]):
    """A way of halving trials, an entry of `HALVES`.

    Parameters
    ----------
    function : function (recordings, n_splits)
        Yields masks of the trials in either half.
    words : str
        Words for a ceiling's convention; {n} stands for the number of splits.
    """

    words: str


HALVES: dict[str, Halving] = {
    "brain-score": Halving(halves_by_repetition, "{n} random halves of the trial numbers (Brain-Score)"),
    "per stimulus": Halving(halves_per_stimulus, "{n} random halves of each stimulus's trials"),
    "in order": Halving(halves_in_order, "earlier against later half of each stimulus's trials"),
}
"""Name -> way of halving, which is called as (recordings, n_splits)."""


@checks_keywords
def ceiling(recordings: RecordingSet, splits: str = "brain-score", n_splits: int = 10) -> Ceiling:
    """Estimate the noise ceiling: Spearman-Brown-corrected correlation between halves of the trials.

    Parameters
    ----------
    recordings : RecordingSet
        With 2 trials or more.
    splits : "brain-score", "per stimulus" or "in order"
        Halves of the trial numbers, or of each stimulus's own trials (better with many missing trials), at random or
        in the order of recording (a single split; `n_splits` is ignored).
    n_splits : int
        1 or more.

    Returns
    -------
    Ceiling
        The same for any order of the stimuli.

    Raises
    ------
    TypeError
        If `recordings` is no RecordingSet.
    ValueError
        If there is one trial only, no split, no way of splitting of that name, or no site that varies.

    Source: Brain-Score vision 2.3 (value: mean over splits of the median over sites).
    """
    check_kind("recordings", recordings, RecordingSet, " (of time-resolved recordings, one bin)")
    known_name("splits", splits, HALVES, "is no way to halve trials")
    if recordings.trials_per_stimulus().max() < 2:
        raise ValueError(
            "`recordings` have no ceiling. Accepted are 2 trials or more of some stimuli; received one trial of each, "
            "from which signal and noise cannot be told apart."
        )
    check_count("n_splits", n_splits)
    recordings = in_order(recordings)
    per_split = _split_halves(recordings, HALVES[splits](recordings, n_splits))
    varying = ~np.isnan(per_split).any(axis=0)
    if not varying.any():
        raise ValueError("`recordings` have no site that varies in every half. Accepted is one or more; received none.")
    medians = np.median(per_split[:, varying], axis=1)
    words = f"split-half reliability, Spearman-Brown, {HALVES[splits].words.format(n=len(medians))}"
    error = float(medians.std() / np.sqrt(len(medians))) if len(medians) > 1 else float("nan")
    return Ceiling(
        float(medians.mean()), error, per_split.mean(axis=0), per_split, words, simulated=recordings.simulated
    )


def in_order(recordings: RecordingSet) -> RecordingSet:
    """Sort the stimuli by id, without their images, so that random halves do not depend on the order."""
    order = np.argsort(recordings.stimulus_ids)
    if (order[1:] > order[:-1]).all():
        return recordings
    return replace(recordings, stimuli=None).select(recordings.stimulus_ids[order])


def _split_halves(recordings: RecordingSet, halves: Halves) -> Array:
    """Correlate the halves of every split over stimuli and correct for their length.

    The sums over trials of all halves of all splits are one product per stimulus.

    Returns
    -------
    (n_splits, n_sites) float64
        NaN where a site is constant in one half. A stimulus that is missing from one half is left out.
    """
    # (n_stimuli, n_splits, 2, n_trials)
    masks = np.array([[first.T, second.T] for first, second in halves], dtype=np.float64).transpose(2, 0, 1, 3)
    n_stimuli, n_splits, _, n_trials = masks.shape
    counts = masks.sum(axis=3)
    known = (counts > 0).all(axis=2)
    n_sites = recordings.n_sites
    together = max(1, _NUMBERS // (n_stimuli * max(2 * n_splits, n_trials)))
    r = np.empty((n_splits, n_sites))
    for start in range(0, n_sites, together):
        trials = recordings.responses[:, :, start : start + together].astype(np.float64, copy=False)
        if np.isnan(trials[:, :, 0]).any():
            trials = np.nan_to_num(trials)
        sums = masks.reshape(n_stimuli, 2 * n_splits, n_trials) @ trials.transpose(1, 0, 2)
        sums = sums.reshape(n_stimuli, n_splits, 2, -1)
        for split, rows in enumerate(known.T):
            means = sums[rows, split] / counts[rows, split][:, :, np.newaxis]
            block = r[split, start : start + together]
            block[:] = pearson_per_site(means[:, 0], means[:, 1]) if rows.sum() > 1 else np.nan
    return spearman_brown(r)
