"""Read recordings from text tables, wide or long, and RDMs from square tables."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column, Presentations
from hcnn_widgets.mapping.readers.rdm_arrays import rdms_in
from hcnn_widgets.mapping.readers.recordings_from import FROM_FILE
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.text_table import (
    number_in,
    numbers_in,
    read_columns,
    read_rows,
    written_for_people,
)
from hcnn_widgets.mapping.readers.trial_grid import numbered, running_count
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.missing_values import first_with_values, is_missing

STIMULUS_COLUMNS = ("stimulus_id", "image_id", "stimulus")
SITES = ("site", "neuroid", "neuron", "unit", "voxel", "channel", "electrode")
SITE_COLUMNS = tuple(f"{name}{ending}" for name in SITES for ending in ("_id", ""))
RESPONSE_COLUMNS = ("response", "value", "rate", "firing_rate", "spikes", "spike_count", "beta")
REPETITION_COLUMNS = ("repetition", "rep")
USUAL = (*STIMULUS_COLUMNS, *SITE_COLUMNS, *RESPONSE_COLUMNS, *REPETITION_COLUMNS)
FIRST_WORDS = frozenset(
    ("stimulus", "image", "object", "trial", "repetition", "repeat", "rep", "block", "run", "session")
)
WORDS = frozenset(("label", "category", "variation", "region", "animal", "subject", "presentation", "row", "duration"))
LAST_WORDS = frozenset(("index", "id", "nr", "number", "time", "onset"))
"""Words in the names of columns that describe a presentation, though they may hold numbers: first words (trial_nr),
single words, and last words (reaction_time), in upper or lower case."""
INDEX_COLUMN = "Unnamed:"
"""Start of the name that pandas gives to an index read back from a file."""
NAMELESS = ""
"""Name of a first column without one, pandas's index: stimulus ids if it holds words, else perhaps numbers of rows."""


def read_csv(
    budget: Budget,
    *,
    about: Sequence[str] = (),
    site: str | None = None,
    response: str | None = None,
    named: Mapping[str, str | None] | None = None,
) -> Presentations:
    """Read a table with a header.

    The layouts. Wide: a row per presentation, with stimulus_id (or image_id, stimulus), perhaps repetition and
    object_name, and a column of numbers per site, which gives the site its name; a column of words alone is no site,
    and a column of both numbers and words is refused. A first column of words without a name, as pandas writes an
    index, holds the stimulus ids where no other does. Long: a row per response, with stimulus_id, a site (site,
    neuroid, neuron, unit, voxel, channel or electrode, each also with _id), the response (response, value, rate,
    firing_rate, spikes, spike_count or beta), perhaps repetition and other columns; repetition (or rep) identifies
    responses to the same presentation, and without it the trials of a stimulus are counted in the order of the rows. An
    empty cell, "nan", "NA", "n/a", "NULL" or "None", in upper or lower case, is a missing response.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    about : sequence of str
        Columns of a wide table that are no sites though they hold numbers, in addition to the usual columns:
        repetition, trial, block, run, session, onset, index, ...
    site, response : str, optional
        Columns of a long table, if their names are not the usual names above.
    named : mapping of str to str or None, optional
        Columns named by other arguments of the call, such as "stimulus" and "trial"; they are no sites.

    Returns
    -------
    Presentations

    Raises
    ------
    ValueError
        If the file is too large, has no header, or neither layout.
    """
    named = named or {}
    if isinstance(about, str):
        raise TypeError(
            f"`about` is one text. Accepted is a sequence of columns; received {about!r}: about=({about!r},)."
        )
    told_names = (name for name in (*about, site, response, *named.values()) if name)
    columns = read_columns(budget, {*USUAL, *map(str.casefold, told_names)})
    for argument, told in (("about", about), ("site", (site,)), ("response", (response,))):
        _check_there(argument, [name for name in told if name is not None], columns, budget)
    site = site or next((name for name in columns if name.casefold() in SITE_COLUMNS), None)
    response = response or next((name for name in columns if name.casefold() in RESPONSE_COLUMNS), None)
    if site is not None and response is not None:
        return _long(columns, site, response, named, budget)
    kept = {name: column for name, column in columns.items() if not name.startswith(INDEX_COLUMN)}
    may_be_sites = {name for name in kept if not _is_of_presentation(name)} - {NAMELESS, *about, *named.values()}
    return _wide(kept, may_be_sites, budget)


def _is_of_presentation(name: str) -> bool:
    """Return whether a column describes a presentation, by its name."""
    words = name.casefold().replace(" ", "_").split("_")
    return words[0] in FIRST_WORDS or words[-1] in LAST_WORDS or (len(words) == 1 and words[0] in WORDS)


def _wide(columns: dict[str, Column], may_be_sites: set[str], budget: Budget) -> Presentations:
    """Return the presentations of a wide table, whose columns of numbers are sites."""
    found = {
        name: _numbers(name, column, budget, f" If {name} is no site, say so: about=({name!r},).")
        for name, column in columns.items()
        if name in may_be_sites
    }
    sites = {name: values for name, values in found.items() if values is not None}
    if not sites:
        raise ValueError(
            "`path` has no site. Accepted is a column of numbers per site, or the columns site_id and response; "
            f"received {', '.join(list(columns)[:12])} in {budget.path}."
        )
    return Presentations(
        values=np.stack(list(sites.values()), axis=1),
        columns={name: column for name, column in columns.items() if name not in sites},
        stimulus_columns=_stimulus_columns(columns),
        site_ids=np.array(list(sites), dtype=np.str_),
    )


def _stimulus_columns(columns: dict[str, Column]) -> tuple[str, ...]:
    """Return the columns that may hold the stimulus ids, the best first."""
    has_words = NAMELESS in columns and numbers_in(columns[NAMELESS]) is None
    return (*STIMULUS_COLUMNS, *((NAMELESS,) if has_words else ()))


def _long(
    columns: dict[str, Column], site: str, response: str, named: Mapping[str, str | None], budget: Budget
) -> Presentations:
    """Return the presentations of a long table, with the responses of each in one row."""
    known = _stimulus_columns(columns) if (own := named.get("stimulus")) is None else (own,)
    there = [name for name in known if name in columns]
    first_there = first_with_values(columns, there)
    stimulus = columns[there[0] if first_there is None else first_there] if there else None
    values = _numbers(response, columns[response], budget)
    if stimulus is None or values is None:
        raise ValueError(
            f"`path` has no stimulus or no numbers. Accepted are a column {' or '.join(known)} and numbers "
            f"in {response}; received {', '.join(list(columns)[:12])} in {budget.path}."
        )
    site_ids, first_of_site, place = numbered(columns[site])
    stimulus_number = numbered(stimulus)[2]
    told = named.get("trial", FROM_FILE)
    candidates = REPETITION_COLUMNS if told == FROM_FILE else (told,)
    counted = first_with_values(columns, filter(None, candidates))
    if counted is not None:
        repetition = columns[counted]
    else:
        repetition = running_count(stimulus_number * len(site_ids) + place).astype(np.str_)
    _, first, row = numbered(numbered(repetition)[2] * len(stimulus) + stimulus_number)
    budget.take(8 * len(first) * len(site_ids), "presentations x sites")
    responses = np.full((len(first), len(site_ids)), np.nan)
    if len(np.unique(row * len(site_ids) + place)) < len(row):
        raise ValueError(
            "`path` has a response more than once. Accepted is one row for each stimulus, repetition and site; "
            f"received {len(row)} rows for fewer of them in {budget.path}. Name the column that tells them apart "
            "(trial=...), or count them in the order of the rows (trial=None)."
        )
    responses[row, place] = values
    others = {name: column for name, column in columns.items() if name not in (site, response, "repetition")}
    return Presentations(
        values=responses,
        columns={"repetition": repetition[first]} | _constant(others, first, row),
        stimulus_columns=_stimulus_columns(columns),
        site_columns=_constant(others, first_of_site, place),
        site_ids=site_ids,
        regions=_constant(others, first_of_site, place).get("region"),
    )


def _check_there(argument: str, named: Sequence[str], columns: dict[str, Column], budget: Budget) -> None:
    """Refuse names that are no columns: the column meant would be taken for something else."""
    unknown = [name for name in named if name not in columns]
    if unknown:
        raise ValueError(
            f"`{argument}` names no column of the table: {unknown[0]!r}. Accepted are {', '.join(list(columns)[:12])}; "
            f"received {', '.join(map(repr, named))} for {budget.path}."
        )


def _numbers(name: str, column: Column, budget: Budget, advice: str = "") -> NDArray[np.float64] | None:
    """Return a column as numbers, or None for words; refuse a mixture, in which one cell would drop a site."""
    numbers = numbers_in(column)
    if numbers is not None:
        return numbers
    texts = column.tolist()
    # A decimal comma is meant for a number.
    meant = (number_in(text.replace(",", ".", 1)) for text in texts)
    if all(number is None or np.isnan(number) for number in meant):
        _check_written_for_programs(name, texts, budget, advice)
        return None
    row = next(row for row, text in enumerate(texts) if number_in(text) is None)
    raise ValueError(
        f"`path` has numbers and words in one column: {name} holds {texts[row]!r} in its row {row + 1}. Accepted are "
        "numbers with a decimal point, and nothing, NA, nan, n/a, NULL or None for what is missing; received "
        f"{budget.path}.{advice}"
    )


def _check_written_for_programs(name: str, texts: list[str], budget: Budget, advice: str) -> None:
    """Refuse a column of numbers that only people can read: taken for words, it would silently drop a site."""
    if all(is_missing(text) or written_for_people(text) for text in texts):
        row = next((row for row, text in enumerate(texts) if not is_missing(text)), None)
        if row is not None:
            raise ValueError(
                f"`path` has numbers written for people in a column: {name} holds {texts[row]!r} in its row {row + 1}. "
                "Accepted are numbers such as 1234.5 or -1.2e-3, without separators of thousands, per cent or units; "
                f"received {budget.path}.{advice}"
            )


def _constant(columns: dict[str, Column], first: NDArray[np.intp], group: NDArray[np.intp]) -> dict[str, Column]:
    """Return, by group, the columns that have a single value in each group."""
    return {name: column[first] for name, column in columns.items() if (column == column[first][group]).all()}


def read_csv_rdms(budget: Budget, *, stimulus_ids: Sequence[str] | None = None, distance: str = "") -> list[Rdm]:
    """Read an RDM from a square table, with stimulus ids in its first row or first row and column, or without.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    stimulus_ids : sequence of str, optional
        In the order of rows; needed where the table holds numbers alone.
    distance : str
        Name of the distance, which the file does not hold.

    Returns
    -------
    list of Rdm
        The only RDM.

    Raises
    ------
    ValueError
        If the table is not square, or its rows and columns have different names.
    """
    rows = read_rows(budget)
    corner = rows[0][0]
    named_rows = len(rows) == len(rows[0]) and (not corner or numbers_in(np.array([corner])) is None)
    named_columns = named_rows or len(rows) == len(rows[0]) + 1
    ids = rows[0][named_rows:] if named_columns else None
    body = [row[named_rows:] for row in rows[named_columns:]]
    names = [row[0] for row in rows[1:]] if named_rows else ids
    numbers = numbers_in(np.array(body).ravel())
    width = len(body[0]) if body else 0
    if not body or len(body) != width or names != ids or numbers is None:
        raise ValueError(
            "`path` is no square RDM. Accepted are as many rows as columns, named alike, with numbers; received "
            f"{len(body)} x {width} in {budget.path}."
        )
    square = numbers.reshape(len(body), len(body))
    told = stimulus_ids if stimulus_ids is not None else ids
    return rdms_in(square, budget.path, name=budget.path.stem, stimulus_ids=told, distance=distance)
