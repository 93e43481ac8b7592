"""Onsets of the stimuli in NWB files, and a check that spikes share their clock."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column

Times = NDArray[np.float64]
USUAL = "start_time"
_STIMULUS = re.compile(r"stim|image|picture|object|sample|target|cue|flash|visual|onset", re.IGNORECASE)
_TIME = re.compile(r"time|onset|(^|_)on(_|$)|_ts$", re.IGNORECASE)


def onsets_of(columns: Mapping[str, Column], onset: str | None, intervals: str, path: Path) -> Times:
    """Return the onset of each presentation, in s.

    Parameters
    ----------
    columns : mapping of str to (n_presentations,) array
        The table of presentations.
    onset : str or None
        Name of the column; if None, start_time, unless another column seems to hold the onsets of the stimuli: a trial
        often begins with fixation.
    intervals : str
        Name of the table, for errors.
    path : pathlib.Path
        For errors.

    Raises
    ------
    ValueError
        If the column does not exist, lacks the time of a presentation, or is not named where it must be.
    """
    times = time_columns(columns)
    if onset is None and (others := [name for name in times if _seems_onset(name, times)]):
        raise ValueError(
            f"`onset` must say when the stimulus came on: the table {intervals} has {USUAL} and {', '.join(others)}. "
            f"Accepted is the name of a column of times in s, such as onset={others[0]!r}; received none for {path}."
        )
    name = USUAL if onset is None else onset
    if name not in times:
        raise ValueError(
            f"`onset` names no column of times in the table {intervals}. Accepted are {', '.join(times) or 'none'}; "
            f"received {name!r} for {path}."
        )
    onsets = times[name]
    if not onsets.size or not np.isfinite(onsets).all():
        raise ValueError(
            f"`intervals={intervals!r}` has no onsets. Accepted is a {name} in s for each presentation; received "
            f"{int((~np.isfinite(onsets)).sum())} missing of {onsets.size} in {path}."
        )
    return onsets


def time_columns(columns: Mapping[str, Column]) -> dict[str, Times]:
    """Return the columns of times: start_time, and columns of fractional numbers with the name of a time."""
    return {
        name: np.asarray(column, dtype=np.float64)
        for name, column in columns.items()
        if name == USUAL or (column.dtype.kind == "f" and _TIME.search(name))
    }


def check_spikes_in_windows(
    counts: Times, spikes: Sequence[Times], onsets: Times, bins: Times, others: Sequence[str], path: Path
) -> None:
    """Refuse recordings in which no window holds a spike: spikes and onsets differ in clock or unit.

    Parameters
    ----------
    counts : (n_presentations, n_units, n_bins) float
    spikes : sequence of (n_spikes,) float
        Per unit, in s.
    onsets : (n_presentations,) float
        In s.
    bins : (n_bins, 2) float
        Start and end of each window, in ms after onset.
    others : sequence of str
        Columns of times that may be the onset instead.
    path : pathlib.Path
    """
    times = np.concatenate([np.zeros(0), *spikes])
    if not times.size or counts.any():
        return
    raise ValueError(
        "`window` holds no spike of any unit after any onset. Accepted are spikes and onsets in s and a window in ms; "
        f"received spikes from {times.min():g} to {times.max():g} s, onsets from {onsets.min():g} to {onsets.max():g} "
        f"s and {bins.min():g} to {bins.max():g} ms after them in {path}. {_advice(others)}"
    )


def _advice(others: Sequence[str]) -> str:
    named = f" or name another column of times ({', '.join(others)}) by onset=..." if others else ""
    return f"Look whether the file has its spikes in ms, give the window in ms{named}."


def _seems_onset(name: str, times: Mapping[str, Times]) -> bool:
    """Return whether a column seems to hold the onsets of stimuli, by its name and by times within the trials."""
    if name in (USUAL, "stop_time") or not _STIMULUS.search(name) or re.search(r"off|end|stop", name, re.IGNORECASE):
        return False
    starts = times.get(USUAL)
    if starts is None or not np.isfinite(times[name]).all():
        return False
    return bool((times[name] >= starts).all() and (times[name] != starts).any())
