"""A score with everything it needs to be read rightly: its convention, its ceiling, its error."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CORRECTIONS: dict[str, Callable[[float, float], float]] = {
    "r2/c": lambda r, c: r**2 / c,
    "(r/c)2": lambda r, c: (r / c) ** 2,
}
"""Name -> function (score, ceiling): Brain-Score's correction since January 2026, and the one from 2019 to then."""

CORRECTION_WORDS = {
    "r2/c": "r squared over the ceiling c (Brain-Score since January 2026)",
    "(r/c)2": "the square of r over the ceiling c (Brain-Score from 2019 to 2025; it can exceed 1)",
}
"""Name -> its words beside a table."""


def corrected_score(value: float, ceiling: float, correction: str) -> float:
    """Correct a score for noise in the recordings.

    Parameters
    ----------
    value, ceiling : float
        Pearson r on held-out stimuli, and the reliability of the recordings.
    correction : str
        A name in `CORRECTIONS`.

    Returns
    -------
    float
        Never cut off; NaN where it is not defined: r below 0 (its square would look like a success), or a ceiling
        that is not above 0.

    Raises
    ------
    ValueError
        If there is no such correction.
    """
    check_correction(correction)
    return CORRECTIONS[correction](value, ceiling) if value >= 0 and ceiling > 0 else float("nan")


def check_correction(correction: str) -> None:
    """Refuse a name that stands for no correction."""
    if correction not in CORRECTIONS:
        raise ValueError(f"`correction={correction!r}` is unknown. Accepted are {', '.join(map(repr, CORRECTIONS))}.")


@dataclass(frozen=True, eq=False)
class Score:
    """How well a model area predicts a brain area.

    Parameters
    ----------
    value : float
        Pearson r on held-out stimuli, median over sites, averaged as `convention` says.
    error : float
        Standard deviation over folds of the median over sites, / sqrt(n_folds).
    per_site : (n_sites,) float64
        r of each site; NaN where a site is constant and so was left out.
    per_split : (n_folds, n_sites) float64
        r of each site on each fold's held-out stimuli; NaN where the site is constant there.
    ceiling : float
        Reliability of the recordings in Brain-Score's convention; NaN with one trial per stimulus.
    method, splits : str
        Names in `MAPS` and `SPLITS`.
    convention : str
        How the number came about, in words.
    notes : tuple of str
        What a reader of the number must know: sites left out, labels inferred, no ceiling.
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

    def corrected(self, correction: str) -> float:
        """Give the score corrected for noise in the recordings.

        Parameters
        ----------
        correction : "r2/c" or "(r/c)2"
            r squared over the ceiling (Brain-Score since January 2026), or the square of r over the ceiling (2019 to
            then; it can exceed 1). Never mix them up.

        Returns
        -------
        float
            Never cut off; NaN where it is not defined: r below 0 (its square would look like a success), or a ceiling
            that is not above 0.

        Raises
        ------
        ValueError
            If there is no such correction.

        Examples
        --------
        >>> nothing = np.zeros(0)
        >>> score = Score(0.6, 0.01, nothing, nothing, 0.75, "ridge", "kfold", "for example")
        >>> round(score.corrected("r2/c"), 3), round(score.corrected("(r/c)2"), 3)
        (0.48, 0.64)
        """
        return corrected_score(self.value, self.ceiling, correction)

    def __repr__(self) -> str:
        ceiling = "no ceiling" if np.isnan(self.ceiling) else f"ceiling {self.ceiling:.3f}"
        return f"Score({self.value:.3f} +- {self.error:.3f}, {ceiling}; {self.convention})"
