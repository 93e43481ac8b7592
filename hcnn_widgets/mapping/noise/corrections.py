"""The registry of corrections for noise in the recordings: five conventions, which must never be mixed up."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.correction import Correction, chance_reliability, corrected_by
from hcnn_widgets.mapping.noise.maps_of_trials import (
    by_halves,
    by_repetitions,
    check_three_trials,
    check_two_trials,
    squared_over,
)
from hcnn_widgets.records.checks import known_name

Array = NDArray[np.float64]


CORRECTIONS: dict[str, Correction] = {
    "r2/c": Correction(squared_over, "score", "r squared over the reliability c (Brain-Score since January 2026)"),
    "(r/c)2": Correction(
        lambda r, c: (r / c) ** 2,
        "score",
        "the square of r over the reliability c (Brain-Score from 2019 to 2025; a perfect model reaches 1/c, above 1)",
    ),
    "explained variance": Correction(
        lambda r, c: 100 * r**2 / c,
        "site",
        "percent explained variance: r squared of each site over that site's reliability, median over sites (after "
        "Yamins et al. 2014)",
        percent=True,
    ),
    "r2/(c*m)": Correction(
        squared_over,
        "site",
        "r squared of each site over its reliability c and the consistency m of maps fitted on either half of its "
        "trials, both on held-out stimuli, averaged over folds and Spearman-Brown-corrected, median over sites (after "
        "the DiCarlo lab's streams)",
        of_trials=by_halves,
        check_trials=check_two_trials,
    ),
    "r2/(rv*rv_hat)": Correction(
        squared_over,
        "site",
        "r squared of each site over the reliabilities of its three repetitions (rv, at least .182) and of maps fitted "
        "on each of them (rv_hat, at least .183), median over splits and sites (Kell et al. 2018; Tuckute et al. 2023)",
        of_trials=by_repetitions,
        check_trials=check_three_trials,
    ),
}
"""Name -> convention. Scores are never clipped above; below 0 and where nothing is reliable there is no score."""


_OTHER_LEVEL = {
    "score": "is made from each site's own score and reliability, and here the median over sites is corrected",
    "site": "corrects the median over sites, and here each site is corrected",
}


def check_correction(correction: str, level: Literal["score", "site"] | None = None) -> None:
    """Refuse a name that is no correction, or a correction of another level."""
    accepted = [name for name, how in CORRECTIONS.items() if level in (None, how.level)]
    if level is not None and correction in tuple(CORRECTIONS) and correction not in accepted:
        raise ValueError(
            f"`correction={correction!r}` {_OTHER_LEVEL[level]}. Accepted are {', '.join(map(repr, accepted))}."
        )
    known_name("correction", correction, accepted)


def corrected_score(value: float, ceiling: float, correction: str, n_stimuli: int | None = None) -> float:
    """Correct a median over sites for noise in the recordings.

    Parameters
    ----------
    value, ceiling : float
        Pearson r on held-out stimuli, and the reliability of the recordings.
    correction : "r2/c" or "(r/c)2"
        See `CORRECTIONS`.
    n_stimuli : int, optional
        Number of stimuli that the reliability is estimated from.

    Returns
    -------
    float
        Never clipped; NaN where undefined: r below 0 (its square would look like a success), or a ceiling
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
    return np.array([[corrected_score(value, limit, correction, n) for value in row] for row, limit, n in rows])


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
        NaN where the reliability is too low or unknown; minus infinity where r is below 0, which ranks below any score.
    """
    return corrected_by(CORRECTIONS[correction].formula, r, reliability, least)


def unreliable_notes(ceiling: float, site_ceilings: Array, n_stimuli: int) -> list[str]:
    """Return notes that a ceiling, or the reliability of some sites, is not above chance."""
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
