"""A score with everything it needs to be read rightly: its convention, its ceiling, its error."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
HeldOut = tuple[tuple[NDArray[np.intp], Array], ...]
"""(rows held out, (n_test,); what was predicted for them, (n_test, n_sites)), one pair per fold."""

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
    stimulus_ids : (n_stimuli,) str
        Sorted; the rows of what follows.
    site_ids : (n_sites,) str
    responses : (n_stimuli, n_sites) float64
        What was recorded, averaged over trials, in the recording's unit.
    held_out : tuple of (rows, predictions), one pair per fold
        What each fold predicted for the stimuli it held out; NaN where a site is constant.
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
    stimulus_ids: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    site_ids: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    responses: Array = field(default_factory=lambda: np.zeros((0, 0)))
    held_out: HeldOut = ()

    @cached_property
    def predictions(self) -> Array:
        """What was predicted while held out, the mean over the folds that held a stimulus out.

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
