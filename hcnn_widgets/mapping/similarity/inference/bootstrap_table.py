"""Bootstraps of RDM similarities: the records, and their tables in a notebook."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import SIMULATED, Column, Table, with_mark
from hcnn_widgets.mapping.similarity.inference.corrected_variance import corrected_variance
from hcnn_widgets.mapping.similarity.inference.inference_table import SPEAKS_OF, check_level, student_interval

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class RdmBootstrap(Table):
    """Similarities of models to the brain in samples that were drawn with replacement; a table in a notebook.

    Parameters
    ----------
    names : tuple of str
        The models.
    values : (n_bootstrap, n_models) float64
        Mean over the drawn subjects.
    method : str
        Name in `COMPARISONS`.
    over : "stimuli", "subjects", "both" or "corrected"
        What was drawn again.
    convention : str
        How the values came about, in words.
    observed : (n_models,) float64
        Mean over the subjects as they are; by default the mean over samples.
    simulated : bool
        Whether any of the subjects' responses are simulated.
    """

    names: tuple[str, ...]
    values: Array
    method: str
    over: str
    convention: str
    observed: Array = field(default_factory=lambda: np.zeros(0))
    simulated: bool = False

    def __post_init__(self) -> None:
        if not len(self.observed):
            object.__setattr__(self, "observed", self.values.mean(axis=0))

    @property
    def errors(self) -> Array:
        """Standard error of each model: the standard deviation over samples, (n_models,) float64."""
        return self.values.std(axis=0, ddof=1)

    def interval(self, level: float = 0.95) -> Array:
        """Return the percentile interval of each model.

        Parameters
        ----------
        level : float
            Share of the samples between its ends, above 0 and below 1.

        Returns
        -------
        (n_models, 2) float64
            Low and high.

        Raises
        ------
        ValueError
            If the level makes no interval.
        """
        check_level(level)
        tail = (1 - level) / 2
        return np.quantile(self.values, [tail, 1 - tail], axis=0).T

    def p_zero(self) -> Array:
        """Return each model's one-sided p against 0: the share of samples at or below it, the observed one counted.

        Returns
        -------
        (n_models,) float64
            From 1 / (n_bootstrap + 1) to 1.
        """
        return ((self.values <= 0).sum(axis=0) + 1) / (len(self.values) + 1)

    def p_pairs(self) -> Array:
        """Return the two-sided p of each pair of models: twice the smaller share of samples, the observed one counted.

        Returns
        -------
        (n_models, n_models) float64
            Symmetric, 1 on the diagonal.
        """
        differences = self.values[:, :, np.newaxis] - self.values[:, np.newaxis]
        below = ((differences <= 0).sum(axis=0) + 1) / (len(self.values) + 1)
        return np.minimum(2 * np.minimum(below, below.T), 1)

    def __repr__(self) -> str:
        means = ", ".join(
            f"{name} {low:.3f} to {high:.3f}" for name, (low, high) in zip(self.names, self.interval(), strict=True)
        )
        return f"{type(self).__name__}(95 %: {means}; {with_mark(self.convention, self.simulated)})"

    def _columns(self) -> list[Column]:
        low, high = self.interval().T
        return [
            Column("model", "model", self.names),
            Column("similarity", "similarity", self.observed),
            Column("s.e.", "error", self.errors),
            Column("low", "low", low),
            Column("high", "high", high),
            Column("p against 0", "p_zero", self.p_zero()),
            Column("", "simulated", [self.simulated] * len(self.names)),
        ]

    def _conventions(self) -> list[str]:
        return [
            "low, high: the 95 % interval; p: is the similarity above 0? Not corrected for the number of models",
            f"Intervals and p speak of {SPEAKS_OF[self.over]}",
            self.convention,
            *([SIMULATED] if self.simulated else []),
        ]


@dataclass(frozen=True, eq=False, repr=False)
class CorrectedBootstrap(RdmBootstrap):
    """Similarities in samples of stimuli and subjects, whose variance is corrected for the noise that both count.

    Errors, intervals and p are Student's, with as many degrees of freedom as there are stimuli or subjects, whichever
    are fewer, less 1.

    Parameters
    ----------
    names, values, method, over, convention, observed, simulated
        As in `RdmBootstrap`; `values` are of samples of both.
    by_subjects, by_stimuli : (n_bootstrap, n_models) float64
        The same samples of subjects with all stimuli, and of stimuli with all subjects.
    n_subjects, n_stimuli : int

    Source: Schuett et al. 2023, eLife 12:e82566, the corrected two-factor bootstrap; see `corrected_variance`.
    """

    by_subjects: Array = field(default_factory=lambda: np.zeros((0, 0)))
    by_stimuli: Array = field(default_factory=lambda: np.zeros((0, 0)))
    n_subjects: int = 2
    n_stimuli: int = 3

    @property
    def freedom(self) -> int:
        """Degrees of freedom."""
        return min(self.n_subjects, self.n_stimuli) - 1

    @property
    def errors(self) -> Array:
        """Standard error of each model, (n_models,) float64."""
        return np.sqrt(self._variance(self.values, self.by_subjects, self.by_stimuli))

    def interval(self, level: float = 0.95) -> Array:
        """Return Student's interval of each model; see `RdmBootstrap.interval`."""
        return student_interval(self.observed, self.errors, self.freedom, level)

    def p_zero(self) -> Array:
        """Return each model's one-sided p against 0, (n_models,) float64."""
        return self._tails(self.observed, self.errors)

    def p_pairs(self) -> Array:
        """Return the two-sided p of each pair of models, (n_models, n_models) float64; 1 on the diagonal."""
        # The variance of a difference is corrected as a whole: its three parts are not those of its models.
        parts = (self.values, self.by_subjects, self.by_stimuli)
        errors = np.sqrt(self._variance(*(part[:, :, np.newaxis] - part[:, np.newaxis] for part in parts)))
        differences = np.abs(self.observed[:, np.newaxis] - self.observed)
        return np.minimum(2 * self._tails(differences, errors), 1)

    def _variance(self, both: Array, subjects: Array, stimuli: Array) -> Array:
        variances = (samples.var(axis=0, ddof=1) for samples in (both, subjects, stimuli))
        return corrected_variance(*variances, n_subjects=self.n_subjects, n_stimuli=self.n_stimuli)

    def _tails(self, values: Array, errors: Array) -> Array:
        """Return the chance of a larger value under Student's t; 1/2 where nothing varies and the value is 0."""
        from scipy.stats import t

        # Where nothing varies: what is not 0 is infinitely many errors away from it.
        ratio = np.divide(values, errors, out=np.where(values > 0, np.inf, np.minimum(values, 0)), where=errors > 0)
        return np.asarray(t.sf(ratio, self.freedom), dtype=np.float64)
