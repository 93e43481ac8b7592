"""Base class of records that show as a table, with remarks beneath it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.mapping.numerics.plain_table import as_markdown, as_text, escaped
from hcnn_widgets.records.data_out import data_frame

FLOATS = (float, np.floating)
SIMULATED = "the recordings are simulated"
"""Mark of numbers on simulated recordings; panels leave it out, as they say it beside the brain area's name."""


class Column(NamedTuple):
    """A column of a table, a value per row.

    Attributes
    ----------
    shown : str
        Name of the column in text and Markdown; empty if the column is in the CSV alone.
    csv : str
        Name of the column in the CSV; empty if the column is in text and Markdown alone.
    values : iterable of str, float, int or bool
        Numbers are shown with three decimals, counts with commas; NaN, for an unknown value, as a dash.
    marked : bool
        Whether the column is bold in the marked rows; the first such column is starred in text.
    """

    shown: str
    csv: str
    values: Iterable[Any]
    marked: bool = False


def where_known(column: Column) -> Column:
    """Return a column, in the CSV alone if none of its values is known: a column of dashes tells nobody anything.

    Examples
    --------
    >>> [where_known(Column("r", "r", values)).shown for values in ([np.nan, np.nan], [np.nan, 0.5])]
    ['', 'r']
    """
    return column._replace(shown="") if all(map(_unknown, column.values)) else column


class Table:
    r"""Mix-in that shows a record as a table: aligned text, Markdown in a notebook, and CSV in full precision.

    A subclass returns its columns (`_columns`), the conventions of its numbers (`_conventions`) and its marked rows
    (`_marked_rows`). Its ``notes`` and its ``source`` are shown beneath the table.

    Examples
    --------
    >>> class Scores(Table):
    ...     source = "made up"
    ...     def _columns(self):
    ...         areas = ["V1", "IT"]
    ...         return [Column("area", "area", areas, True), Column("r", "r", [0.25, np.nan]), Column("", "n", [9, 8])]
    ...     def _conventions(self):
    ...         return ["r: of each site"]
    ...     def _marked_rows(self):
    ...         return [0]
    >>> Scores()
    area  r
    V1 *  0.250
    IT    –
    r: of each site.
    Recordings: made up.
    >>> Scores().to_csv_text()
    'area,r,n\nV1,0.25,9\nIT,,8\n'
    """

    notes: tuple[str, ...] = ()
    source: str = ""

    def to_csv_text(self) -> str:
        """Return all rows in full precision as CSV, with a header line; unknown values are empty.

        Text that a spreadsheet would run as a formula, such as a name with "=" before it, gets an apostrophe.
        """
        columns = [column for column in self._columns() if column.csv]
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([column.csv for column in columns])
        for row in zip(*(column.values for column in columns), strict=True):
            writer.writerow(["" if _unknown(value) else _no_formula(value) for value in row])
        return text.getvalue()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """Return `to_csv_text`, and write it to a file where a path is given.

        Parameters
        ----------
        path : str or path, optional
            A file there is replaced.
        """
        text = self.to_csv_text()
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="")
        return text

    def to_dataframe(self) -> Any:
        """Return the rows of `to_csv` as a pandas DataFrame; its ``attrs`` have the conventions, notes and source.

        Returns
        -------
        pandas.DataFrame
            Names as they are; unknown numbers are NaN.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        columns = {column.csv: column.values for column in self._columns() if column.csv}
        return data_frame(columns, {"conventions": self._conventions(), "notes": self.notes, "source": self.source})

    def as_shown(self) -> tuple[list[str], list[list[str]], set[tuple[int, int]]]:
        """Return the header, the cells of each row, and the places (row, column) of the marked cells."""
        columns = [column for column in self._columns() if column.shown]
        marked = {(row, place) for row in self._marked_rows() for place, column in enumerate(columns) if column.marked}
        return [column.shown for column in columns], _cells(columns), marked

    def remarks(self) -> list[str]:
        """Return the sentences beneath the table."""
        said = [*self._conventions(), *self.notes, *([f"Recordings: {self.source}"] if self.source else [])]
        return [f"{sentence}." for sentence in said]

    def __repr__(self) -> str:
        """Return the table as aligned text, with a star in the marked rows."""
        header, cells, marked = self.as_shown()
        starred = min((place for _, place in marked), default=0)
        for row in self._marked_rows():
            cells[row][starred] += " *"
        return "\n".join([as_text(header, cells), *self.remarks()])

    def _repr_markdown_(self) -> str:
        header, cells, marked = self.as_shown()
        return "\n\n".join([as_markdown(header, cells, marked), *map(escaped, self.remarks())])

    def _columns(self) -> list[Column]:
        """Return the columns, from the left; the first two that are shown hold names."""
        raise NotImplementedError

    def _conventions(self) -> list[str]:
        """Return the conventions of the numbers, in sentences without a full stop."""
        raise NotImplementedError

    def _marked_rows(self) -> list[int]:
        """Return the indices of the marked rows."""
        return []


def named(area: str, simulated: bool) -> str:
    """Return the name of a brain area, followed by "(simulated)" if its recordings are simulated."""
    return f"{area} (simulated)" if simulated else area


def with_mark(convention: str, simulated: bool) -> str:
    """Return the convention of a number, followed by `SIMULATED` if its recordings are simulated."""
    return f"{convention}; {SIMULATED}" if simulated else convention


def _cells(columns: Sequence[Column]) -> list[list[str]]:
    """Return the cells of each row as text."""
    return [[_words(value) for value in row] for row in zip(*(column.values for column in columns), strict=True)]


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if _unknown(value):
        return "–"
    return f"{value:.3f}" if isinstance(value, FLOATS) else f"{value:,}"


def _no_formula(value: Any) -> Any:
    """Return a value, with an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _unknown(value: Any) -> bool:
    return isinstance(value, FLOATS) and bool(np.isnan(value))
