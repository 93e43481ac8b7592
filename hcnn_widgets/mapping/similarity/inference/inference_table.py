"""Tests of models over subjects: the record, and its table in a notebook."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import Column, Table
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling

Array = NDArray[np.float64]
LEVEL = 0.05


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
        Two-sided t-test over subjects: does it differ from the ceiling's lower estimate?
    p_pairs : (n_models, n_models) float64
        Two-sided paired t-test over subjects: do two models differ? Symmetric, NaN on the diagonal.
    method, adjustment : str
        Names in `COMPARISONS` and `ADJUSTMENTS`. Each family of tests is corrected on its own.
    convention : str
        How the numbers came about, in words.
    notes : tuple of str
        What a reader must know: tests that are not defined.
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

    @property
    def values(self) -> Array:
        """Mean over subjects, (n_models,) float64."""
        return self.per_subject.mean(axis=1)

    @property
    def errors(self) -> Array:
        """Standard error of the mean over subjects, (n_models,) float64."""
        n_subjects = self.per_subject.shape[1]
        return self.per_subject.std(axis=1, ddof=1) / np.sqrt(n_subjects)

    def __repr__(self) -> str:
        rows = zip(self.names, self.values, self.errors, strict=True)
        words = ", ".join(f"{name} {value:.3f} +- {error:.3f}" for name, value, error in rows)
        return f"RdmInference({words}; ceiling {self.ceiling.lower:.3f} to {self.ceiling.upper:.3f}; {self.convention})"

    def _columns(self) -> list[Column]:
        below, p_values = self.values - self.ceiling.lower, (self.p_zero, self.p_ceiling)
        return [
            Column("model", "model", self.names),
            Column(f"found (p < {LEVEL})", "", [*map(verdict, below, *p_values)]),
            Column("similarity", "similarity", self.values),
            Column("s.e.", "error", self.errors),
            Column("p against 0", "", [*map(_shown, self.p_zero)]),
            Column("p against ceiling", "", [*map(_shown, self.p_ceiling)]),
            Column("", "p_zero", self.p_zero),
            Column("", "p_ceiling", self.p_ceiling),
        ]

    def _conventions(self) -> list[str]:
        return [
            "Noise ceiling, where a perfect model would lie: "
            f"{self.ceiling.lower:.3f} to {self.ceiling.upper:.3f}. "
            "p: is the similarity above 0, and does it differ from the ceiling's lower end? 'Could be': the test finds "
            "no difference, which does not prove that there is none. s.e.: standard error over subjects",
            self.convention,
        ]


def verdict(below: float, p_zero: float, p_ceiling: float) -> str:
    """Describe in words what both tests of a model say.

    Parameters
    ----------
    below : float
        Its similarity less the ceiling's lower estimate.
    p_zero, p_ceiling : float
        Corrected; NaN where a test is not defined.

    Examples
    --------
    >>> verdict(-0.2, 0.01, 0.003)
    'above 0, below the ceiling'
    >>> verdict(-0.01, 0.01, 0.8)
    'above 0, could be at the ceiling'
    """
    side = "below" if below < 0 else "above"
    zero, ceiling = _finding(p_zero, "above 0", "0"), _finding(p_ceiling, f"{side} the ceiling", "at the ceiling")
    return f"{zero}, {ceiling}"


def _finding(p: float, found: str, otherwise: str) -> str:
    """Describe what one test finds, what it leaves open, or that there is none."""
    if np.isnan(p):
        return f"no test of being {otherwise}"
    return found if p < LEVEL else f"could be {otherwise}"


def _shown(p: float) -> str:
    """Write a p-value; a dash where there is none."""
    return "–" if np.isnan(p) else "< 0.001" if p < 0.001 else f"{p:.3f}"
