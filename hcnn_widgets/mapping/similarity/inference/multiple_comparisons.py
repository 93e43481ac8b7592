"""Correcting p-values for how many there are, by name."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]


def fdr(p: Array) -> Array:
    """Control the share of false discoveries (Benjamini & Hochberg 1995).

    Parameters
    ----------
    p : (n_tests,) float64
    """
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p), dtype=np.float64)


def holm(p: Array) -> Array:
    """Control the chance of any false discovery, step by step (Holm 1979).

    Parameters
    ----------
    p : (n_tests,) float64
    """
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def bonferroni(p: Array) -> Array:
    """Control the chance of any false discovery: each p times the number of tests.

    Parameters
    ----------
    p : (n_tests,) float64
    """
    return np.minimum(p * len(p), 1)


def none(p: Array) -> Array:
    """Leave the p-values as they are.

    Parameters
    ----------
    p : (n_tests,) float64
    """
    return p.copy()


@dataclass(frozen=True)
class Adjustment(Entry[[Array], Array]):
    """A correction of p-values for their number, as `ADJUSTMENTS` lists it.

    Parameters
    ----------
    function : function (p)
        From (n_tests,) to (n_tests,), all of them defined.
    words : str
        What a table of tests says of it.
    """

    words: str


ADJUSTMENTS: dict[str, Adjustment] = {
    "fdr": Adjustment(fdr, "false discovery rate (Benjamini & Hochberg)"),
    "holm": Adjustment(holm, "Holm"),
    "bonferroni": Adjustment(bonferroni, "Bonferroni"),
    "none": Adjustment(none, "not corrected for the number of tests"),
}
"""Name -> correction, which is called as (p)."""


@checks_keywords
def adjusted(p_values: Any, adjustment: str = "fdr") -> Array:
    """Correct the p-values of a family of tests for how many they are.

    Parameters
    ----------
    p_values : (n_tests,) float
        From 0 to 1; NaN for a test that is not defined, which is not counted and stays NaN.
    adjustment : str
        One of `ADJUSTMENTS`: "fdr", "holm", "bonferroni", "none".

    Returns
    -------
    (n_tests,) float64
        From 0 to 1; to be held against the level that the tests are meant to have, such as 0.05.

    Raises
    ------
    ValueError
        If a p-value lies elsewhere, or the name is unknown.

    Examples
    --------
    >>> adjusted([0.01, 0.04, 0.03], "bonferroni").round(2)
    array([0.03, 0.12, 0.09])
    """
    known_name("adjustment", adjustment, ADJUSTMENTS)
    p = numbers("p_values", p_values).astype(np.float64)
    defined = ~np.isnan(p)
    if p.ndim != 1 or ((p[defined] < 0) | (p[defined] > 1)).any():
        raise ValueError(f"`p_values` are no probabilities. Accepted is a row of numbers from 0 to 1; received {p}.")
    if defined.any():
        p[defined] = ADJUSTMENTS[adjustment](p[defined])
    return p
