"""Recordings of one brain area from the presentations and sites of a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import LABEL_COLUMNS, TRIAL_COLUMNS, Column, Presentations
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.trial_grid import grid_shape, numbered, trial_grid
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.records.given_arrays import as_text
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.missing_values import first_with_values, missing_in
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Labels = str | Mapping[str, str] | None
FROM_FILE = "from the file"
"""Means that a column is searched for under its usual names."""


def recordings_from(
    presentations: Presentations,
    path: Path,
    *,
    area: str | None = None,
    region: str | None = None,
    stimulus: str | None = None,
    trial: str | None = FROM_FILE,
    labels: Labels = None,
    stimuli: StimulusSet | None = None,
    where: Mapping[str, Any] | None = None,
    source: str = "",
    max_bytes: int,
) -> RecordingSet | TimeResolvedRecordings:
    """Make the recordings of one area from presentations; the options are those of `read_recordings`.

    Parameters
    ----------
    presentations : Presentations
    path : pathlib.Path
        For errors.
    area, region, stimulus, trial, labels, stimuli, where, source, max_bytes
        As for `read_recordings`.

    Returns
    -------
    RecordingSet or TimeResolvedRecordings

    Raises
    ------
    TypeError, ValueError
        If a column is missing, the area is not given, or the responses do not make recordings.
    """
    chosen, area = _of_region(presentations.where(where or {}), area, region, path)
    ids = _stimulus_ids(chosen, stimulus, path)
    trials = _trials(chosen, trial)
    needed = bytes_in_memory((*grid_shape(ids, trials), *chosen.values.shape[1:]), chosen.values.dtype)
    Budget(path, max_bytes).take(needed, "trials x stimuli x sites, missing trials too")
    names, grid = trial_grid(ids, trials)
    values = chosen.values if chosen.values.dtype.kind == "f" else chosen.values.astype(np.float64)
    responses = values[grid]
    responses[grid < 0] = np.nan
    kinds = _labels(chosen, labels, ids, names)
    if stimuli is not None:
        stimuli = stimuli.select(rows_of(names, stimuli.stimulus_ids, "stimuli"))
        kinds = stimuli.labels if kinds is None else kinds
    said = {"labels": kinds, "stimuli": stimuli, "site_ids": chosen.site_ids, "source": source}
    bins = chosen.bins
    # The record takes a copy: the arrays that were read are freed before, so that memory holds no third.
    del presentations, chosen, values
    if bins is None:
        return RecordingSet(responses, names, area, **said)
    if len(bins) == 1:
        start, end = bins[0].tolist()
        return RecordingSet(responses[..., 0], names, area, time_ms=(start, end), **said)
    order = np.argsort(bins[:, 0], kind="stable")
    by_time = np.moveaxis(responses, -1, 0)[order]
    return TimeResolvedRecordings(by_time, bins[order], names, area, **said)


def _of_region(chosen: Presentations, area: str | None, region: str | None, path: Path) -> tuple[Presentations, str]:
    """Select the sites of one region, if the file names regions; return the area's name, too."""
    if chosen.regions is None:
        if area is None or region is not None:
            raise ValueError(
                "`area` must say which brain area this is: the file names none. Accepted is a str such as 'V4', and "
                f"no `region`; received area={area!r}, region={region!r} for {path}."
            )
        return chosen, area
    present = np.unique(chosen.regions).tolist()
    wanted = region or area or (present[0] if len(present) == 1 else None)
    if wanted not in present:
        raise ValueError(
            f"`area` must choose one of the file's regions. Accepted are {', '.join(map(repr, present[:12]))} (with "
            f"region=... if the area is to have another name); received area={area!r}, region={region!r} for {path}."
        )
    return chosen if present == [wanted] else chosen.of_sites(chosen.regions == wanted), area or str(wanted)


def _stimulus_ids(chosen: Presentations, stimulus: str | None, path: Path) -> NDArray[np.str_]:
    """Return the stimulus id of each presentation."""
    candidates = chosen.stimulus_columns if stimulus is None else (stimulus,)
    there = [candidate for candidate in candidates if candidate in chosen.columns]
    name = first_with_values(chosen.columns, there)
    name = next(iter(there), None) if name is None else name
    if name is None:
        named = [column for column in chosen.columns if column]
        advice = ' The first column has no name: stimulus="" takes it.' if "" in chosen.columns else ""
        raise ValueError(
            f"`stimulus` must name the column with the stimulus ids. Accepted are {', '.join(named) or 'none'}; looked "
            f"for {', '.join(filter(None, candidates))} in {path}.{advice}"
        )
    ids = as_text(chosen.columns[name])
    blank = missing_in(ids)
    if blank.any():
        raise ValueError(
            f"`stimulus={name!r}` has no id in {int(blank.sum())} of {len(ids)} presentations, first in row "
            f"{int(blank.argmax())}. Accepted is an id in each; leave the others out with where=..."
        )
    return ids


def _trials(chosen: Presentations, trial: str | None) -> Column | None:
    """Return the trial number of each presentation; None if trials are to be counted."""
    if trial is None:
        return None
    if trial == FROM_FILE:
        usual = first_with_values(chosen.columns, TRIAL_COLUMNS)
        if usual is None:
            return None
        trial = usual
    column = _column(chosen, "trial", trial)
    if (blank := missing_in(column)).any():
        raise ValueError(
            f"`trial={trial!r}` has no number in {int(blank.sum())} of {len(column)} presentations, first in row "
            f"{int(blank.argmax())}. Accepted is one in each, or `trial=None`, which counts them in the order of the "
            "rows."
        )
    return column


def _column(chosen: Presentations, argument: str, name: str) -> Column:
    """Return a named column, or raise an error that lists the columns."""
    if name not in chosen.columns:
        raise ValueError(
            f"`{argument}` names a column that is not in the file. Accepted are {', '.join(chosen.columns)}; received "
            f"{name!r}."
        )
    return chosen.columns[name]


def _labels(
    chosen: Presentations,
    labels: Labels,
    ids: NDArray[np.str_],
    names: NDArray[np.str_],
) -> Any:
    """Return the label of each stimulus: from a column, or by id."""
    _, first, number = numbered(ids)
    if labels is None:
        usual = [as_text(chosen.columns[name]) for name in LABEL_COLUMNS if name in chosen.columns]
        known = (column for column in usual if not missing_in(column).any())
        return next((column[first] for column in known if (column == column[first][number]).all()), None)
    if isinstance(labels, Mapping):
        missing = [name for name in names.tolist() if name not in labels]
        if missing:
            raise ValueError(
                f"`labels` lacks {len(missing)} of {len(names)} stimuli. Accepted is a label for each id; missing are "
                f"{', '.join(missing[:5])}."
            )
        return [labels[name] for name in names.tolist()]
    column = as_text(_column(chosen, "labels", labels))
    if (blank := missing_in(column)).any():
        raise ValueError(
            f"`labels={labels!r}` has no label in {int(blank.sum())} of {len(column)} presentations, first that of "
            f"{ids[blank][0]}. Accepted is a label in each; leave the others out with where=..., or name another "
            "column."
        )
    twice = column != column[first][number]
    if twice.any():
        raise ValueError(
            f"`labels={labels!r}` gives a stimulus two labels. Accepted is one and the same for all presentations of a "
            f"stimulus; received two for {ids[twice][0]}."
        )
    return column[first]
