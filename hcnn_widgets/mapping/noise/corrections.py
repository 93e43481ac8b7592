"""Corrections for noise in the recordings: five conventions in use, which must never be mixed up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.known_values import median_known

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Correction:
    """One convention.

    Parameters
    ----------
    formula : function (r, reliability)
        Of floats or arrays.
    level : "score" or "site"
        Whether the median over sites is corrected by the median ceiling, or each site by its own, and the median taken
        of the result.
    needs_trials : bool
        Whether maps must be fitted on parts of the trials, which `predictivity` does when asked to.
    words : str
        What stands beside the number.
    """

    formula: Callable[..., Array]
    level: Literal["score", "site"]
    needs_trials: bool
    words: str


CORRECTIONS: dict[str, Correction] = {
    "r2/c": Correction(
        lambda r, c: r**2 / c, "score", False, "r squared over the reliability c (Brain-Score since January 2026)"
    ),
    "(r/c)2": Correction(
        lambda r, c: (r / c) ** 2,
        "score",
        False,
        "the square of r over the reliability c (Brain-Score from 2019 to 2025; a perfect model reaches 1/c, above 1)",
    ),
    "explained variance": Correction(
        lambda r, c: 100 * r**2 / c,
        "site",
        False,
        "percent explained variance: r squared of each site over that site's reliability, median over sites (after "
        "Yamins et al. 2014)",
    ),
    "r2/(c*m)": Correction(
        lambda r, cm: r**2 / cm,
        "site",
        True,
        "r squared of each site over its reliability c and the consistency m of maps fitted on either half of its "
        "trials, both on held-out stimuli, averaged over folds and Spearman-Brown-corrected, median over sites (after "
        "the DiCarlo lab's streams)",
    ),
    "r2/(rv*rv_hat)": Correction(
        lambda r, rv: r**2 / rv,
        "site",
        True,
        "r squared of each site over the reliabilities of its three repetitions (rv, at least .182) and of maps fitted "
        "on each of them (rv_hat, at least .183), median over splits and sites (Kell et al. 2018; Tuckute et al. 2023)",
    ),
}
"""Name -> convention. Never cut off above; below 0 and where nothing is reliable there is no number."""


_OTHER_LEVEL = {
    "score": "is made from each site's own score and reliability, and here the median over sites is corrected",
    "site": "corrects the median over sites, and here each site is corrected",
}


def check_correction(correction: str, level: Literal["score", "site"] | None = None) -> None:
    """Refuse a name that stands for no correction, or for one of another level."""
    accepted = [name for name, one in CORRECTIONS.items() if level in (None, one.level)]
    if correction in accepted:
        return
    what = _OTHER_LEVEL[level] if level is not None and correction in tuple(CORRECTIONS) else "is unknown"
    raise ValueError(f"`correction={correction!r}` {what}. Accepted are {', '.join(map(repr, accepted))}.")


def chance_reliability(n_stimuli: int) -> float:
    """Give the reliability that noise alone reaches in one of twenty recordings.

    Parameters
    ----------
    n_stimuli : int

    Returns
    -------
    float
        Spearman-Brown-corrected correlation of two unrelated halves, one-sided p = .05; 1 with fewer than 4 stimuli.

    Source: Student's t of a correlation. The floors of Kell et al. 2018 are such correlations, of 83 and 82 sounds.

    Examples
    --------
    >>> r = [chance_reliability(n) / (2 - chance_reliability(n)) for n in (83, 82)]
    >>> [round(one, 3) for one in r]
    [0.182, 0.183]
    """
    from scipy.special import stdtrit

    if n_stimuli < 4:
        return 1.0
    t = stdtrit(n_stimuli - 2, 0.95)
    r = t / np.sqrt(n_stimuli - 2 + t**2)
    return float(2 * r / (1 + r))


def corrected_score(value: float, ceiling: float, correction: str, n_stimuli: int | None = None) -> float:
    """Correct a median over sites for noise in the recordings.

    Parameters
    ----------
    value, ceiling : float
        Pearson r on held-out stimuli, and the reliability of the recordings.
    correction : "r2/c" or "(r/c)2"
        See `CORRECTIONS`.
    n_stimuli : int, optional
        That the reliability is from.

    Returns
    -------
    float
        Never cut off; NaN where it is not defined: r below 0 (its square would look like a success), or a ceiling
        that is not above 0, or, where the number of stimuli is given, not above chance.

    Raises
    ------
    ValueError
        If there is no such correction, or it needs more than these numbers.

    Examples
    --------
    >>> round(corrected_score(0.6, 0.75, "r2/c"), 3), corrected_score(-0.1, 0.75, "r2/c")
    (0.48, nan)
    """
    check_correction(correction, "score")
    least = 0.0 if n_stimuli is None else chance_reliability(n_stimuli)
    if not (value >= 0 and ceiling > least):
        return float("nan")
    with np.errstate(over="ignore"):
        return float(CORRECTIONS[correction].formula(np.float64(value), np.float64(ceiling)))


def corrected_scores(
    values: Array, ceilings: Array, correction: str, n_stimuli: NDArray[np.int64] | None = None
) -> Array:
    """Correct medians over sites, a row for each recording: see `corrected_score`.

    Parameters
    ----------
    values : (n_brain, n_model) float64
    ceilings : (n_brain,) float64
    correction : "r2/c" or "(r/c)2"
    n_stimuli : (n_brain,) int64, optional

    Returns
    -------
    (n_brain, n_model) float64
    """
    counts = [None] * len(values) if n_stimuli is None else n_stimuli.tolist()
    rows = zip(values, ceilings, counts, strict=True)
    return np.array([[corrected_score(one, limit, correction, n) for one in row] for row, limit, n in rows])


def corrected_sites(r: Array, reliability: Array, correction: str, least: float) -> Array:
    """Correct each site's score by its own reliability.

    Parameters
    ----------
    r, reliability : (..., n_sites) float64
    correction : str
    least : float
        Reliability above which a site is corrected.

    Returns
    -------
    (..., n_sites) float64
        NaN where a site is not reliable or not known; minus infinity where r is below 0: no number, and less than any.
    """
    reliable = reliability > least
    corrected = CORRECTIONS[correction].formula(r, np.where(reliable, reliability, np.nan))
    return np.where(reliable & (r < 0), -np.inf, corrected)


def median_of_sites(corrected: Array, axis: int = -1) -> Array:
    """Give the median over sites that are reliable, those with r below 0 ranking lowest.

    Left out, they would lift the median; squared, they would pass for successes.
    """
    return median_known(corrected, axis)


def unreliable_notes(ceiling: float, site_ceilings: Array, n_stimuli: int) -> list[str]:
    """Say that a ceiling or the reliability of some sites is no more than chance."""
    least = chance_reliability(n_stimuli)
    chance = f"not above chance ({least:.2f} for {n_stimuli:,} stimuli, p < .05)"
    notes = []
    if not ceiling > least:
        notes.append(
            "the reliability is negative, as halves of the trials run against one another: no ceiling, no correction"
            if ceiling < 0
            else f"the reliability, {ceiling:.2f}, is {chance}: no correction"
        )
    if unreliable := int((~(site_ceilings > least)).sum()):
        notes.append(f"the reliability of {unreliable} of {len(site_ceilings)} sites is {chance}: not corrected")
    return notes
