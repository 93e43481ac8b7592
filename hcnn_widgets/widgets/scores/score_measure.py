"""What a score is shown as: Pearson r, or r corrected for noise by one of the conventions."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.correction import chance_reliability
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, check_correction, corrected_scores

Array = NDArray[np.float64]

NO_CORRECTION = "none: Pearson r"
"""The name that stands for r itself, beside those in `CORRECTIONS`."""


@dataclass(frozen=True)
class Measure:
    """A measure as a panel names it.

    Attributes
    ----------
    axis : str
        Beside the axis.
    percent : bool
        Whether it is written in percent.
    words : str
        Its convention; empty for r, which the score's own convention speaks of.
    """

    axis: str
    percent: bool = False
    words: str = ""


PEARSON = Measure("Pearson r, median over sites")


def measure_of(correction: str) -> Measure:
    """Return the measure that a noise correction makes.

    Parameters
    ----------
    correction : str
        `NO_CORRECTION` or a name in `CORRECTIONS`.

    Raises
    ------
    ValueError
        If there is no such correction.

    Examples
    --------
    >>> measure_of("r2/c").axis
    'r2/c, corrected for noise'
    """
    if correction == NO_CORRECTION:
        return PEARSON
    check_correction(correction)
    how = CORRECTIONS[correction]
    axis = f"{correction} (%)" if how.percent else f"{correction}, corrected for noise"
    return Measure(axis, how.percent, how.words)


def knows(table: Any, correction: str) -> bool:
    """Return whether a table can be shown in a measure: a live one only where the median over sites is corrected."""
    if correction == NO_CORRECTION:
        return True
    how = CORRECTIONS[correction]
    scores = getattr(table, "scores", None)
    if scores is None:
        return how.level == "score"
    return not how.needs_trials or correction in scores[0][0].site_corrections


def in_measure(table: Any, correction: str) -> Any:
    """Return a table of scores, all of it corrected for noise.

    The error is half of what the corrected score changes by from an error below to an error above. The ceiling is the
    score of a perfect model: 1 where the correction is by the reliability itself.

    Parameters
    ----------
    table : ScoreTable
    correction : str
        `NO_CORRECTION`, or a name in `CORRECTIONS` that the table has (of a live table those of the whole score).

    Returns
    -------
    ScoreTable
        Percentages as fractions; NaN where a correction is not defined.
    """
    if correction == NO_CORRECTION:
        return table
    unit = 0.01 if measure_of(correction).percent else 1.0
    rise = [_corrected(table, table.value + sign * table.error, correction) for sign in (-1, 1)]
    return replace(
        table,
        value=unit * table.corrected(correction),
        error=unit * (rise[1] - rise[0]) / 2,
        untrained=unit * _own(table, "untrained", correction),
        pixels=unit * _own(table, "pixels", correction),
        ceiling=unit * _of_perfect_model(table, correction),
    )


def _own(table: Any, name: str, correction: str) -> Array:
    """Correct what the scores are held against: by its own sites where the table knows them."""
    corrected = getattr(table, f"corrected_{name}", None)
    if corrected is not None:
        return np.asarray(corrected(correction))
    values = np.asarray(getattr(table, name))
    columns = values if values.ndim == 2 else values[:, np.newaxis]
    return _corrected(table, columns, correction).reshape(values.shape)


def _corrected(table: Any, values: Array, correction: str) -> Array:
    """Correct scores, one row per brain area; NaN where that takes each site's own."""
    if CORRECTIONS[correction].level == "site":
        return np.full(values.shape, np.nan)
    return corrected_scores(values, table.reliability, correction, table.n_reliability)


def _of_perfect_model(table: Any, correction: str) -> Array:
    """Return the corrected value of r = sqrt(reliability); NaN where the reliability is not above chance."""
    least = [chance_reliability(n) for n in table.n_reliability.tolist()]
    known = np.where(table.reliability > least, table.reliability, np.nan)
    return np.asarray(CORRECTIONS[correction].formula(np.sqrt(known), known))
