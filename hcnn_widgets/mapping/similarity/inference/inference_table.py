"""Tests of models over subjects: the record, and its table in a notebook."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import SIMULATED, Column, Table, with_mark
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling

Array = NDArray[np.float64]
LEVEL = 0.05
SPEAKS_OF = {
    "stimuli": "these subjects, and other stimuli like these",
    "subjects": "these stimuli, and other subjects like these",
    "both": "other stimuli and other subjects; conservative, as the noise of a measurement is counted twice",
    "corrected": "other stimuli and other subjects, both at once",
}
"""What was drawn again -> the stimuli and subjects that an interval or a p holds for."""


@dataclass(frozen=True, eq=False, repr=False)
class RdmInference(Table):
    """Similarity of models to the brain, with tests over subjects; a table in a notebook.

    Parameters
    ----------
    names : tuple of str
        The models.
    per_subject : (n_models, n_subjects) float64
    ceiling : RdmCeiling
    p_zero : (n_models,) float64
        One-sided t-test over subjects: is the similarity above 0?
    p_ceiling : (n_models,) float64
        Two-sided t-test over subjects: does it differ from the ceiling's lower estimate? That estimate, made of the
        same subjects, lies below a true model, which differs from it more often than the level says: so the table
        shows no p, but `interval` beside the ceiling.
    p_pairs : (n_models, n_models) float64
        Two-sided paired t-test over subjects: do two models differ? Symmetric, NaN on the diagonal.
    method, adjustment : str
        Names in `COMPARISONS` and `ADJUSTMENTS`. Each family of tests is corrected on its own.
    convention : str
        How the numbers came about, in words.
    notes : tuple of str
        What a reader must know: tests that are not defined.
    simulated : bool
        Whether any of the subjects' responses are simulated.
    """

    names: tuple[str, ...]
    per_subject: Array
    ceiling: RdmCeiling
    p_zero: Array
    p_ceiling: Array
    p_pairs: Array
    method: str
    adjustment: str
    convention: str
    notes: tuple[str, ...] = ()
    simulated: bool = False

    @property
    def values(self) -> Array:
        """Mean over subjects, (n_models,) float64."""
        return self.per_subject.mean(axis=1)

    @property
    def errors(self) -> Array:
        """Standard error of the mean over subjects, (n_models,) float64."""
        n_subjects = self.per_subject.shape[1]
        return self.per_subject.std(axis=1, ddof=1) / np.sqrt(n_subjects)

    def interval(self, level: float = 1 - LEVEL) -> Array:
        """Return Student's interval over subjects of each model, for these stimuli.

        Parameters
        ----------
        level : float
            Coverage, above 0 and below 1.

        Returns
        -------
        (n_models, 2) float64
            Low and high.

        Raises
        ------
        ValueError
            If the level makes no interval.
        """
        return student_interval(self.values, self.errors, self.per_subject.shape[1] - 1, level)

    def __repr__(self) -> str:
        rows = zip(self.names, self.values, self.errors, strict=True)
        words = ", ".join(f"{name} {value:.3f} +- {error:.3f}" for name, value, error in rows)
        convention = with_mark(self.convention, self.simulated)
        return f"RdmInference({words}; ceiling {self.ceiling.lower:.3f} to {self.ceiling.upper:.3f}; {convention})"

    def _columns(self) -> list[Column]:
        low, high = self.interval().T
        n_models = len(self.names)
        return [
            Column("model", "model", self.names),
            Column(f"found (level {LEVEL})", "", [*map(verdict, self.p_zero, low, high, [self.ceiling] * n_models)]),
            Column("similarity", "similarity", self.values),
            Column("s.e.", "error", self.errors),
            Column("low", "low", low),
            Column("high", "high", high),
            Column("p against 0", "", [*map(_shown, self.p_zero)]),
            Column("", "p_zero", self.p_zero),
            Column("", "simulated", [self.simulated] * n_models),
        ]

    def _conventions(self) -> list[str]:
        return [
            "Noise ceiling, where a perfect model would lie: "
            f"{self.ceiling.lower:.3f} to {self.ceiling.upper:.3f}. "
            f"low, high: the {1 - LEVEL:.0%} interval over subjects; 'reaches the ceiling': the interval does, which "
            "proves no equality; p: is the similarity above 0? s.e.: standard error over subjects",
            f"Tests and intervals speak of {SPEAKS_OF['subjects']}; `rdm_bootstrap` has those for other stimuli",
            self.convention,
            *([SIMULATED] if self.simulated else []),
        ]


def student_interval(values: Array, errors: Array, freedom: int, level: float) -> Array:
    """Return values +- their standard errors times Student's quantile.

    Parameters
    ----------
    values, errors : (n,) float64
    freedom : int
        Degrees of freedom.
    level : float

    Returns
    -------
    (n, 2) float64

    Raises
    ------
    ValueError
        If the level makes no interval.
    """
    from scipy.stats import t

    check_level(level)
    half = t.ppf((1 + level) / 2, freedom) * errors
    return np.column_stack([values - half, values + half])


def check_level(level: float) -> None:
    """Refuse a level that makes no interval."""
    if not 0 < level < 1:
        raise ValueError(f"`level={level}` makes no interval. Accepted is a number above 0 and below 1.")


def verdict(p_zero: float, low: float, high: float, ceiling: RdmCeiling) -> str:
    """Describe in words how a model stands to 0 and to the noise ceiling.

    Parameters
    ----------
    p_zero : float
        Corrected; NaN where the test is not defined.
    low, high : float
        Interval of its similarity.
    ceiling : RdmCeiling

    Examples
    --------
    >>> ceiling = RdmCeiling(0.4, 0.5, float("nan"), "tau_a", 4, "for example")
    >>> verdict(0.01, 0.1, 0.3, ceiling)
    'above 0, below the ceiling'
    >>> verdict(0.2, -0.1, 0.42, ceiling)
    'could be 0, reaches the ceiling'
    """
    zero = "no test of being 0" if np.isnan(p_zero) else "above 0" if p_zero < LEVEL else "could be 0"
    beyond = "above" if low > ceiling.upper else "below" if high < ceiling.lower else "reaches"
    return f"{zero}, {beyond} the ceiling"


def _shown(p: float) -> str:
    """Write a p-value; a dash where there is none."""
    return "–" if np.isnan(p) else "< 0.001" if p < 0.001 else f"{p:.3f}"
