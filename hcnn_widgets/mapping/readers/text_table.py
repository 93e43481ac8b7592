"""Read text tables, comma-, semicolon- or tab-separated, row by row within a budget."""

import csv
import re
from collections.abc import Collection, Iterator
from io import StringIO
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.records.missing_values import is_missing

LONGEST_LINE = 1 << 22
"""Most letters of a line, which is parsed as a whole."""
EACH_CELL = 64
"""Bytes that a cell takes beside its letters."""


def read_rows(budget: Budget) -> list[list[str]]:
    """Read all rows of a table, the header included; empty lines are left out.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    list of list of str
        One row or more, all of the same length.

    Raises
    ------
    ValueError
        If the table is too large, is not UTF-8 text, or its rows differ in length.
    """
    rows: list[list[str]] = []
    with _opened(budget) as file:
        parsed = csv.reader(_lines(file, budget), delimiter=_delimiter(budget), strict=True)
        while True:
            try:
                row = next(parsed, None)
            except (csv.Error, UnicodeDecodeError) as error:
                raise ValueError(
                    "`path` cannot be read as a table. Accepted is UTF-8 text, separated by commas, semicolons or "
                    f"tabs; received {budget.path}: {error}"
                ) from error
            if row is None:
                break
            if row:
                budget.take(sum(map(len, row)) + EACH_CELL * len(row), "its cells")
                rows.append(row)
    _check_rows(rows, budget)
    return rows


def read_columns(budget: Budget, known: Collection[str] | None = None) -> dict[str, Column]:
    """Read a table whose first row names the columns.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    known : collection of str, optional
        Names in lower case, one of which a header has; a first row without them that holds numbers is taken for none.

    Returns
    -------
    dict of str to (n_rows,) str
        Text as written, so that an id such as 007 keeps its zeros. A first column without a name, such as pandas's
        index, is ""; others without a name are left out.

    Raises
    ------
    ValueError
        As `read_rows`, and if there is no header, no row below it, or two columns have one name.
    """
    header, *rows = read_rows(budget)
    if known is not None:
        _check_header(header, known, budget)
    names = [name for name in header if name]
    if not rows or len(set(names)) < len(names):
        raise ValueError(
            "`path` is no table with named columns. Accepted is a header with different names, and a row or more "
            f"below; received {len(rows)} rows below {', '.join(names[:8])} in {budget.path}."
        )
    columns: dict[str, Column] = {}
    for place, name in enumerate(header):
        if name or not place:
            texts = [row[place] for row in rows]
            budget.take(4 * len(texts) * max(map(len, texts)), f"column {name}")
            columns[name] = np.array(texts, dtype=np.str_)
    return columns


def numbers_in(column: Column) -> NDArray[np.float64] | None:
    """Return a column of text as numbers, NaN where missing; None if it does not hold numbers.

    Parameters
    ----------
    column : (n_rows,) str

    Returns
    -------
    (n_rows,) float64 or None

    Examples
    --------
    >>> numbers_in(np.array(["1", "", "2.5"]))
    array([1. , nan, 2.5])
    >>> numbers_in(np.array(["1", "x"])) is None
    True
    """
    numbers = [number_in(text) for text in column.tolist()]
    return None if None in numbers else np.array(numbers, dtype=np.float64)


def number_in(text: str) -> float | None:
    """Return a cell as a number, NaN if it marks a missing value; None if it is not a number.

    Examples
    --------
    >>> [number_in(text) for text in (" 0.5 ", "NA", "-", "1_2")]
    [0.5, nan, None, None]
    """
    if is_missing(text):
        return np.nan
    try:
        # Python reads 1_2, a name, as 12.
        return float(text.replace("_", "?"))
    except ValueError:
        return None


_WRITTEN_FOR_PEOPLE = re.compile(
    r"""\s*[+\-\u2212(]?\s*                # a sign, typographic too, or an accountant's bracket
    \d[\d.,'\u2019\s]*                   # digits, grouped by points, commas, apostrophes, spaces
    (?<!\.)([ED][+\-\u2212]?\d+)?         # an exponent, as Fortran writes it too
    \s*([%\u2030)]|[A-Z\u00b5\u03bc]{1,2})?\s*  # per cent, the closing bracket, or a unit such as Hz or mV
    """,
    re.VERBOSE | re.IGNORECASE,
)


def written_for_people(text: str) -> bool:
    """Return whether a cell is a number to a person though not to a program: 1,234.5 or 12 %.

    Examples
    --------
    >>> [written_for_people(text) for text in ("1,234.5", "\u22120.4", "1.0D+02", "12 %", "8 Hz", "img 12", "12.png")]
    [True, True, True, True, True, False, False]
    """
    return _WRITTEN_FOR_PEOPLE.fullmatch(text) is not None


def _check_header(header: list[str], known: Collection[str], budget: Budget) -> None:
    """Refuse a first row of numbers, which would be lost as names; an index that pandas wrote has no name, though."""
    has_numbers = any(name and number_in(name) is not None for name in header)
    if header[0] and has_numbers and not any(name.casefold() in known for name in header):
        raise ValueError(
            "`path` has no header: its first row, which is taken for the names of the columns, holds numbers. Accepted "
            "is a first row such as stimulus_id, site_1, site_2; received the first row "
            f"{', '.join(header[:8])} in {budget.path}. Where these are names, stimulus=... says which is that of the "
            "stimulus ids."
        )


def _opened(budget: Budget) -> TextIO:
    """Open a file as text, or what is in memory already."""
    if budget.held is not None:
        return StringIO(budget.held, newline="")
    return budget.path.open(encoding="utf-8-sig", newline="")


def _delimiter(budget: Budget) -> str:
    """Return the separator that occurs most often in the first line."""
    if budget.held is not None:
        return ","
    with budget.path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline(LONGEST_LINE)
    return max(",;\t", key=first.count)


def _lines(file: TextIO, budget: Budget) -> Iterator[str]:
    """Yield the lines of a file, none longer than a limit."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError(
                f"`path` has a line that is too long. Accepted are {LONGEST_LINE:,} letters; received more in "
                f"{budget.path}."
            )
        yield line


def _check_rows(rows: list[list[str]], budget: Budget) -> None:
    """Refuse an empty table, and rows of different lengths."""
    wrong = next((number for number, row in enumerate(rows, start=1) if len(row) != len(rows[0])), None)
    if wrong is not None or not rows:
        received = "none" if wrong is None else f"{len(rows[wrong - 1])} cells in row {wrong}, {len(rows[0])} in row 1"
        raise ValueError(
            f"`path` is no table. Accepted are rows as long as one another; received {received} in {budget.path}."
        )
