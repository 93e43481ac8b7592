"""Missing values in files: one list for ids, labels, repetitions and numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_text

MISSING = frozenset(("", "na", "n/a", "#n/a", "<na>", "nan", "nat", "null", "none"))
"""What R, pandas, BIDS, spreadsheets and databases write, in small letters."""


def is_missing(text: str) -> bool:
    """Return whether a cell says that nothing is known, in whatever letters.

    Examples
    --------
    >>> [is_missing(text) for text in ("NaN", " NULL ", "nana")]
    [True, True, False]
    """
    return text.strip().casefold() in MISSING


def missing_in(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return a mask of the cells of a column that say that nothing is known.

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
    """Return the first of several columns that is there and holds a value in any row; None if there is none."""
    return next((name for name in names if name in columns and not missing_in(columns[name]).all()), None)
