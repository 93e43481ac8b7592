"""Measures of a score: Pearson r, or r corrected for noise in the recordings."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.correction import chance_reliability
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, check_correction, corrected_scores

Array = NDArray[np.float64]

NO_CORRECTION = "none: Pearson r"
"""Choice of uncorrected r, beside the names in `CORRECTIONS`."""


@dataclass(frozen=True)
class Measure:
    """Name and unit of a measure in a panel.

    Attributes
    ----------
    axis : str
        Label of the axis.
    percent : bool
        Whether values are written in percent.
    words : str
        Convention of the measure; empty for r, whose convention comes with the score.
    """

    axis: str
    percent: bool = False
    words: str = ""


PEARSON = Measure("Pearson r, median over sites")


def measure_of(correction: str) -> Measure:
    """Return the measure of scores after a correction.

    Parameters
    ----------
    correction : str
        `NO_CORRECTION` or a name in `CORRECTIONS`.

    Raises
    ------
    ValueError
        If the correction is unknown.

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
    """Return whether a table allows a correction; a live table allows only corrections of the median over sites."""
    if correction == NO_CORRECTION:
        return True
    how = CORRECTIONS[correction]
    scores = getattr(table, "scores", None)
    if scores is None:
        return how.level == "score"
    return not how.needs_trials or correction in scores[0][0].site_corrections


def in_measure(table: Any, correction: str) -> Any:
    """Return a table with scores, errors, baselines and ceilings corrected for noise.

    The error is half the change of the corrected score from r - error to r + error. The ceiling is the score of a
    perfect model: 1 where the correction divides by the reliability itself.

    Parameters
    ----------
    table : ScoreTable
    correction : str
        `NO_CORRECTION`, or a name in `CORRECTIONS` for which `knows` is true.

    Returns
    -------
    ScoreTable
        Percentages as fractions; NaN where the correction is not defined.
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
        gains=None,
    )


def _own(table: Any, name: str, correction: str) -> Array:
    """Correct the baselines "untrained" or "pixels", site by site where the table holds their sites."""
    corrected = getattr(table, f"corrected_{name}", None)
    if corrected is not None:
        return np.asarray(corrected(correction))
    values = np.asarray(getattr(table, name))
    columns = values if values.ndim == 2 else values[:, np.newaxis]
    return _corrected(table, columns, correction).reshape(values.shape)


def _corrected(table: Any, values: Array, correction: str) -> Array:
    """Correct scores, a row per brain area; NaN where the correction needs the r of each site."""
    if CORRECTIONS[correction].level == "site":
        return np.full(values.shape, np.nan)
    return corrected_scores(values, table.reliability, correction, table.n_reliability)


def _of_perfect_model(table: Any, correction: str) -> Array:
    """Return the corrected score of a perfect model, r = sqrt(reliability); NaN where that is not above chance."""
    least = [chance_reliability(n) for n in table.n_reliability.tolist()]
    known = np.where(table.reliability > least, table.reliability, np.nan)
    return np.asarray(CORRECTIONS[correction].formula(np.sqrt(known), known))
