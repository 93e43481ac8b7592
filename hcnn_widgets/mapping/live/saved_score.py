"""Scores over a training that is over, as they were saved: as tables of text, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.score_table import PER_BRAIN, PER_PAIR, ScoreTable, frame_of_tables

COLUMNS = ("table", "step", "brain_area", "model_area", *PER_PAIR, *PER_BRAIN)
LARGE = frozenset({"details", "match", "gains"})
"""Fields of a ScoreTable that are not written: they are made of responses of single sites."""
WHOLE = "whole"
"""Field that is a table of its own, which is written as one: `unfolded` and `folded`."""
MOST_TABLES, MOST_AREAS = 4096, 256


class SavedScore:
    """Scores of a run as a panel asks a `LiveScore` for them; nothing is computed.

    Parameters
    ----------
    key : tuple of str
        Fingerprints of the recordings that were scored.
    tables : sequence of ScoreTable
        Oldest first; one or more.

    Attributes
    ----------
    latest, history, error, alive
        As those of a `LiveScore` that has ended.
    """

    error: str | None = None
    alive = False

    def __init__(self, key: Sequence[str], tables: Sequence[ScoreTable]) -> None:
        self.key, self._tables = tuple(key), list(tables)

    @property
    def latest(self) -> ScoreTable:
        """The newest scores."""
        return self._tables[-1]

    @property
    def history(self) -> list[ScoreTable]:
        """All scores, oldest first."""
        return list(self._tables)

    def to_dataframe(self) -> Any:
        """Return all scores as a pandas DataFrame; see `LiveScore.to_dataframe`."""
        return frame_of_tables(self._tables)

    def close(self) -> None:
        """Do nothing: there is no work to end."""


def saved_score(run: Any, key: Sequence[str]) -> SavedScore | None:
    """Return the scores that were saved with a run against these recordings, or None.

    Parameters
    ----------
    run : Run
    key : sequence of str
        Fingerprints of the recordings.
    """
    kept: Iterable[SavedScore] = getattr(run, "saved_scores", ())
    return next((score for score in kept if score.key == tuple(key)), None)


def rows_of(tables: Sequence[ScoreTable]) -> list[tuple[Any, ...]]:
    """Return the numbers of tables as rows, a row per table, brain area and model area, under `COLUMNS`."""
    return [
        (
            number,
            table.step,
            brain,
            model,
            *(getattr(table, name)[b, m] for name in PER_PAIR.values()),
            *(getattr(table, name)[b] for name in PER_BRAIN.values()),
        )
        for number, table in enumerate(tables)
        for b, brain in enumerate(table.brain_areas)
        for m, model in enumerate(table.model_areas)
    ]


def words_of(table: ScoreTable) -> dict[str, Any]:
    """Return what a table says besides: its areas, convention, notes, images, ..., in plain data."""
    numbers = {*PER_PAIR.values(), *PER_BRAIN.values(), *LARGE, WHOLE}
    return {each.name: _plain(getattr(table, each.name)) for each in fields(table) if each.name not in numbers}


def unfolded(tables: Sequence[ScoreTable]) -> list[tuple[ScoreTable, int | None]]:
    """Return tables, and after them the scores on all images that some of them have, each with its table's number.

    Examples
    --------
    >>> [number for _, number in unfolded([])]
    []
    """
    wholes = [(table.whole, number) for number, table in enumerate(tables) if table.whole is not None]
    return [*((replace(table, whole=None), None) for table in tables), *wholes]


def folded(tables: Sequence[tuple[ScoreTable, object]]) -> list[ScoreTable]:
    """Return the tables that `unfolded` took apart, put together.

    Raises
    ------
    ValueError
        If a number is that of no table.
    """
    whole_of = {number: table for table, number in tables if number is not None}
    found = [table for table, number in tables if number is None]
    if not all(type(number) is int and 0 <= number < len(found) for number in whole_of):
        raise ValueError(f"`whole_of` must be the number of a table, 0 to {len(found) - 1}; received {list(whole_of)}.")
    return [replace(table, whole=whole_of.get(number)) for number, table in enumerate(found)]


def table_from(words: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> ScoreTable:
    """Make a table of what `words_of` and `rows_of` returned.

    Parameters
    ----------
    words : mapping
    rows : sequence of mapping
        Column -> text; the rows of this table, in their order.

    Raises
    ------
    ValueError
        If words and rows do not fit one another.
    """
    brains, models = _names(words, "brain_areas"), _names(words, "model_areas")
    expected = [(brain, model) for brain in brains for model in models]
    if [(row["brain_area"], row["model_area"]) for row in rows] != expected:
        raise ValueError(
            f"`rows` of table {words.get('step')} do not fit its areas. Accepted is a row for each of "
            f"{len(brains)} x {len(models)} areas in their order; received {len(rows)}."
        )
    shape, firsts = (len(brains), len(models)), rows[:: len(models)]
    known: dict[str, Any] = {name: _numbers(rows, column).reshape(shape) for column, name in PER_PAIR.items()}
    known |= {name: _numbers(firsts, column) for column, name in PER_BRAIN.items()}
    known["simulated"] = tuple(bool(number) for number in known["simulated"])
    known["n_reliability"] = np.nan_to_num(known["n_reliability"]).astype(np.int64)
    return ScoreTable(**known, **_checked_words(words))


def _checked_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the other fields of a table, each of the kind that it has by default or must have."""
    kinds: dict[str, type] = {"step": int, "n_stimuli": int, "convention": str, "source": str, "final": bool}
    taken: dict[str, Any] = {}
    for each in fields(ScoreTable):
        if (
            each.name not in words
            or each.name in (*LARGE, WHOLE)
            or each.name in (*PER_PAIR.values(), *PER_BRAIN.values())
        ):
            continue
        given = words[each.name]
        kind = kinds.get(each.name) or (type(each.default) if each.default is not MISSING else tuple)
        if kind is tuple and isinstance(given, list) and all(isinstance(word, str) for word in given):
            taken[each.name] = tuple(given)
        elif kind is not tuple and type(given) is kind:
            taken[each.name] = given
        else:
            raise ValueError(f"`{each.name}` of a table must be {kind.__name__}; received {type(given).__name__}.")
    return taken


def _names(words: Mapping[str, Any], field: str) -> list[str]:
    names = words.get(field)
    if not isinstance(names, list) or not 0 < len(names) <= MOST_AREAS or not all(isinstance(n, str) for n in names):
        raise ValueError(f"`{field}` must be 1 to {MOST_AREAS} names; received {type(names).__name__}.")
    return names


def _numbers(rows: Sequence[Mapping[str, str]], column: str) -> NDArray[np.float64]:
    return np.array([float(row[column]) if row[column] else np.nan for row in rows], np.float64)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
