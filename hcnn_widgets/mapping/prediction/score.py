"""Record of a score with its convention, noise ceiling and error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.correction import chance_reliability, median_of_sites
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, check_correction, corrected_score, corrected_sites
from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.numerics.table import with_mark
from hcnn_widgets.mapping.prediction.bootstrap import INTERVALS, Interval, check_resampling
from hcnn_widgets.mapping.prediction.choices import Pooling
from hcnn_widgets.mapping.prediction.site_scores import SiteScores
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
HeldOut = tuple[tuple[NDArray[np.intp], Array], ...]
"""(held-out rows, (n_test,); their predictions, (n_test, n_sites)), one pair per fold."""


@checks_keywords
@dataclass(frozen=True, eq=False)
class Score:
    """Score of a model area as a predictor of a brain area.

    Parameters
    ----------
    value : float
        Pearson r on held-out stimuli, median over sites, averaged as `convention` says.
    error : float
        Standard deviation over folds of the median over sites, / sqrt(n_folds), without folds of fewer than 3
        stimuli.
    per_site : (n_sites,) float64
        Pearson r of each site; NaN for constant sites, which are left out.
    per_split : (n_folds, n_sites) float64
        Pearson r of each site on each fold's held-out stimuli; NaN where the site is constant over these.
    ceiling : float
        Reliability of the recordings in Brain-Score's convention, which is not an r: the expected r of a perfect model
        is its square root. NaN with one trial per stimulus.
    method, splits : str
        Names in `MAPS` and `SPLITS`.
    convention : str
        How the score was computed, in words.
    notes : tuple of str
        Notes that belong beside the score: sites left out, labels inferred, no ceiling.
    pooling : "per split" or "pooled"
        Whether r is averaged over folds or computed over all held-out predictions together.
    stimulus_ids : (n_stimuli,) str
        Sorted; rows of `responses`.
    site_ids : (n_sites,) str
    responses : (n_stimuli, n_sites) float64
        Recorded responses, averaged over trials, in the unit of the recordings.
    held_out : tuple of (rows, predictions), one pair per fold
        Rows of the stimuli that each fold held out, and their predicted responses; NaN where a site is constant.
    site_ceilings : (n_sites,) float64
        Reliability of each site; NaN where unknown.
    site_corrections : mapping of str to (n_sites,) float64
        Scores of each site by the corrections that need maps fitted on parts of the trials; see `corrected_sites`.
    simulated : bool
        Whether the recordings are simulated.
    """

    value: float
    error: float
    per_site: Array
    per_split: Array
    ceiling: float
    method: str
    splits: str
    convention: str
    notes: tuple[str, ...] = ()
    pooling: Pooling = "per split"
    stimulus_ids: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    site_ids: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    responses: Array = field(default_factory=lambda: np.zeros((0, 0)))
    held_out: HeldOut = ()
    site_ceilings: Array = field(default_factory=lambda: np.zeros(0))
    site_corrections: Mapping[str, Array] = field(default_factory=dict)
    simulated: bool = False

    @cached_property
    def predictions(self) -> Array:
        """Predicted responses to held-out stimuli, averaged over the folds that held a stimulus out.

        Returns
        -------
        (n_stimuli, n_sites) float64
            In the unit of `responses` (for one-to-one maps in that of the model's units); NaN where a stimulus was
            never held out, or a site is constant. Read-only.
        """
        total = np.zeros(self.responses.shape)
        times = np.zeros((len(total), 1))
        for rows, predicted in self.held_out:
            total[rows] += predicted
            times[rows] += 1
        total /= np.where(times == 0, np.nan, times)
        total.setflags(write=False)
        return total

    def corrected(self, correction: str) -> float:
        """Return the score corrected for noise in the recordings.

        Parameters
        ----------
        correction : "r2/c", "(r/c)2", "explained variance", "r2/(c*m)" or "r2/(rv*rv_hat)"
            Scores by different corrections are not comparable: see `CORRECTIONS`, and report the score with its
            `correction_words`. The last two corrections need maps fitted on parts of the trials: ``predictivity(...,
            corrections=[...])``.

        Returns
        -------
        float
            Not clipped; NaN where undefined: r below 0 (its square would look like a success), or a ceiling that is not
            above chance. Where sites are corrected individually, unreliable sites are left out, and sites with r below
            0 rank lowest in the median.

        Raises
        ------
        ValueError
            If the correction is unknown, or this score was made without it.

        Examples
        --------
        >>> nothing = np.zeros(0)
        >>> score = Score(0.6, 0.01, nothing, nothing, 0.75, "ridge", "kfold", "for example")
        >>> round(score.corrected("r2/c"), 3), round(score.corrected("(r/c)2"), 3)
        (0.48, 0.64)
        """
        check_correction(correction)
        if CORRECTIONS[correction].level == "score":
            return corrected_score(self.value, self.ceiling, correction, len(self.stimulus_ids) or None)
        median = float(median_of_sites(self._corrected_sites(correction)))
        return median if np.isfinite(median) else float("nan")

    def corrected_sites(self, correction: str) -> Array:
        """Return the score of each site corrected for the noise of that site.

        Parameters
        ----------
        correction : "explained variance", "r2/(c*m)" or "r2/(rv*rv_hat)"
            The corrections of individual sites.

        Returns
        -------
        (n_sites,) float64
            NaN where a site is constant or not reliable, or r is below 0.

        Raises
        ------
        ValueError
            If the correction is unknown or of the whole score, or this score was made without it.
        """
        check_correction(correction, "site")
        sites = self._corrected_sites(correction)
        return np.where(np.isfinite(sites), sites, np.nan)

    def correction_words(self, correction: str) -> str:
        """Return the words beside a corrected score: its convention, and the number of sites without a score.

        Raises
        ------
        ValueError
            As `corrected`.
        """
        check_correction(correction)
        words = [CORRECTIONS[correction].words]
        if CORRECTIONS[correction].level == "site":
            sites = self._corrected_sites(correction)[~np.isnan(self.per_site)]
            if left_out := int(np.isnan(sites).sum()):
                words.append(f"{left_out} of {len(sites)} sites are not reliable above chance and were left out")
            if below := int((sites == -np.inf).sum()):
                words.append(f"{below} of {len(sites)} sites have r below 0 and rank lowest, without a number")
        return "; ".join(words)

    def interval(self, over: str = "stimuli", level: float = 0.95, n_bootstrap: int = 1000, seed: int = 0) -> Interval:
        """Return the bootstrap interval of the score.

        Parameters
        ----------
        over : "stimuli" or "sites"
            Whether stimuli or sites are resampled with replacement, as if other stimuli had been shown or other sites
            recorded. Maps are not fitted again: held-out stimuli are drawn together with their predictions.
        level : float
            Share of the resampled scores within the interval, above 0 and below 1.
        n_bootstrap : int
            Resampled scores.
        seed : int
            The same seed gives the same interval.

        Returns
        -------
        Interval
            Percentiles of the resampled scores, with their convention. Over stimuli and per split they are freed, on
            Fisher's z scale, of the mean change of r that comes from drawing some stimuli twice, which is large in
            folds of a few stimuli; the convention states it. Their lower end allows for the score's own lift, too: the
            median over sites within small folds lies above that over many stimuli. In simulations with maps fitted by
            ridge, the 95 % interval held the mean score of other stimuli in 94 to 100 % of the cases and the median r
            over many stimuli in 89 to 100 % (`benchmarks/interval_coverage.py`). With 8 or fewer stimuli per fold it is
            wide. The interval with pooling="pooled", whose r is a different statistic, is narrower, and is not moved.

        Raises
        ------
        ValueError
            If an argument is out of range, or the score has no predictions.
        """
        check_resampling(over, level, n_bootstrap, seed, len(self.held_out))
        return INTERVALS[over](self, level, n_bootstrap, seed)

    def sites(self) -> SiteScores:
        """Return the scores of single sites as a table, with the reliability of each."""
        ids = self.site_ids if len(self.site_ids) else np.array([f"{site:04d}" for site in range(len(self.per_site))])
        return SiteScores(
            ids, self.per_site, self.per_split, self._reliability, self.convention, self.simulated, self.notes
        )

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """Return the table of the sites as CSV, a row per site, and write it to a file where a path is given.

        Parameters
        ----------
        path : str or path, optional
            A file there is replaced.

        Returns
        -------
        str
            Columns site, r, reliability, ceiling_r, r_fold_1, ..., simulated, in full precision; unknown values are
            empty.
        """
        return self.sites().to_csv(path)

    def to_dataframe(self) -> Any:
        """Return the sites as a pandas DataFrame, with the columns of `to_csv`, and the conventions in ``attrs``.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return self.sites().to_dataframe()

    @property
    def _reliability(self) -> Array:
        """Reliability of each site, (n_sites,); NaN where unknown."""
        return self.site_ceilings if len(self.site_ceilings) else np.full(len(self.per_site), np.nan)

    def _corrected_sites(self, correction: str) -> Array:
        """Return the scores of `corrected_sites`, with minus infinity where r is below 0."""
        if correction in self.site_corrections:
            return self.site_corrections[correction]
        if CORRECTIONS[correction].needs_trials:
            ready = [name for name, how in CORRECTIONS.items() if not how.needs_trials] + list(self.site_corrections)
            raise ValueError(
                f"`correction={correction!r}` needs maps fitted on parts of the trials, and this score was made "
                f"without them. Accepted are {', '.join(map(repr, ready))}; for the others call "
                f"predictivity(..., corrections=[{correction!r}])."
            )
        chance = chance_reliability(len(self.stimulus_ids))
        return corrected_sites(self.per_site, self._reliability, correction, chance)

    def __repr__(self) -> str:
        limit = perfect_r(self.ceiling)
        ceiling = "no ceiling" if np.isnan(limit) else f"ceiling {limit:.3f} = sqrt(reliability {self.ceiling:.3f})"
        if self.ceiling <= 0:
            ceiling = "no ceiling: reliability is not above 0"
        return f"Score(r {self.value:.3f} +- {self.error:.3f}, {ceiling}; {with_mark(self.convention, self.simulated)})"
