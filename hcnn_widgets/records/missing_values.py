"""Recognise the cells of a file that mark missing ids, labels, repetitions and numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_text

MISSING = frozenset(("", "na", "n/a", "#n/a", "<na>", "nan", "nat", "null", "none"))
"""Marks of missing values in R, pandas, BIDS, spreadsheets and databases, in lower case."""


def is_missing(text: str) -> bool:
    """Return whether a cell marks a missing value, in upper or lower case.

    Examples
    --------
    >>> [is_missing(text) for text in ("NaN", " NULL ", "nana")]
    [True, True, False]
    """
    return text.strip().casefold() in MISSING


def missing_in(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return a mask of the cells of a column that mark missing values.

    Parameters
    ----------
    column : (n_rows,) array of numbers or text

    Returns
    -------
    (n_rows,) bool
    """
    different, number = np.unique(as_text(column), return_inverse=True)
    return np.array([is_missing(text) for text in different.tolist()], dtype=np.bool_)[number]


def first_with_values(columns: Mapping[str, NDArray[Any]], names: Iterable[str]) -> str | None:
    """Return the first named column that exists and holds a value in any row; None if no column does."""
    return next((name for name in names if name in columns and not missing_in(columns[name]).all()), None)
