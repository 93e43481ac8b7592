"""Read spike counts of sorted units around stimulus onsets from NWB 2 files, with pynwb."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.nwb_onsets import USUAL, check_spikes_in_windows, onsets_of, time_columns
from hcnn_widgets.mapping.readers.presentations import Column, Presentations
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.hdf5_values import take_declared
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable
from hcnn_widgets.records.given_arrays import as_text

FORMAT = "NWB 2"
STIMULUS_COLUMNS = ("stimulus_id", "image_id", "stim_file", "stimulus_name", "image_name", "stimulus")
REGION_COLUMNS = ("location", "brain_area", "region")


def read_nwb(
    budget: Budget,
    *,
    window: tuple[float, float] | Sequence[tuple[float, float]] = (),
    intervals: str = "trials",
    onset: str | None = None,
) -> Presentations:
    """Count the spikes of each unit in a window after each onset.

    The layout: `/units` with spike_times and spike_times_index (s), perhaps electrodes, obs_intervals and other
    columns; `/intervals/<name>` with start_time (s), one row per presentation, and the stimulus in a column of its own.
    A unit's region is that of its electrodes, or its column location, brain_area or region. A presentation in which a
    unit was not observed (obs_intervals) is missing for that unit.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file; units, intervals and electrodes count.
    window : (float, float) or sequence of them
        Start and end in ms after onset, the end excluded; required. Several windows make time-resolved recordings.
    intervals : str
        Name of the table of presentations.
    onset : str, optional
        Column of the stimulus onsets, in s; by default start_time, which is refused where another column seems to hold
        the onsets.

    Returns
    -------
    Presentations
        Spike counts.

    Raises
    ------
    ImportError
        If pynwb is not installed.
    ValueError
        If the file is too large, leads elsewhere, or has no units or no such intervals, or if there is no window, or no
        window holds a spike.

    Source: Rübel et al. 2022, The Neurodata Without Borders ecosystem, eLife 11:e78362.
    """
    bins = _windows(window, budget)
    pynwb = library("pynwb", FORMAT)
    with open_hdf5(budget, FORMAT) as file:
        _take_tables(file, budget)
    with unreadable(budget.path, FORMAT):
        source = pynwb.NWBHDF5IO(budget.path, mode="r")
    with source:
        with unreadable(budget.path, FORMAT):
            nwb = source.read()
        return _presentations(nwb, bins, intervals, onset, budget)


def _windows(window: Any, budget: Budget) -> NDArray[np.float64]:
    """Return start and end of each window, (n_bins, 2)."""
    try:
        bins = np.atleast_2d(np.asarray(window, dtype=np.float64))
    except (TypeError, ValueError):
        bins = np.zeros((0, 0))
    if bins.ndim != 2 or bins.shape[1] != 2 or not (np.isfinite(bins).all() and (bins[:, 0] < bins[:, 1]).all()):
        raise ValueError(
            "`window` must say in which time after onset spikes are counted. Accepted is (start, end) in ms, the start "
            f"first, or several of them; received {window!r} for {budget.path}."
        )
    return bins


def _take_tables(file: Any, budget: Budget) -> None:
    """Count the values to be read: columns with a value per row, spike times, observed intervals and scalars."""
    h5py = library("h5py", FORMAT)
    file.visititems(lambda _, thing: take_declared(thing, budget) if getattr(thing, "shape", None) == () else None)
    groups = [file.get("units"), file.get("general/extracellular_ephys/electrodes")]
    if isinstance(tables := file.get("intervals"), h5py.Group):
        groups.extend(tables.get(name) for name in tables)
    for group in groups:
        for name, column in group.items() if isinstance(group, h5py.Group) else ():
            if isinstance(column, h5py.Dataset) and (column.ndim < 2 or name == "obs_intervals"):
                take_declared(column, budget)


def _presentations(
    nwb: Any, bins: NDArray[np.float64], intervals: str, onset: str | None, budget: Budget
) -> Presentations:
    """Return the spike counts by presentation, unit and bin, with the columns of presentations and units."""
    tables = nwb.intervals or {}
    if nwb.units is None or "spike_times" not in nwb.units.colnames or intervals not in tables:
        raise ValueError(
            "`intervals` must name the table of presentations, and there must be units with spike times. Accepted are "
            f"{', '.join(tables) or 'none'}; received {intervals!r} and {'no ' if nwb.units is None else ''}units in "
            f"{budget.path}."
        )
    with unreadable(budget.path, FORMAT):
        columns, units = _columns(tables[intervals]), _columns(nwb.units)
        spikes, observed = _rows(nwb.units["spike_times"]), None
        if "obs_intervals" in nwb.units.colnames:
            observed = _rows(nwb.units["obs_intervals"])
        regions = _regions(nwb, units)
        unit_ids = as_text(np.asarray(nwb.units.id.data[:]))
    onsets = onsets_of(columns, onset, intervals, budget.path)
    budget.take(8 * len(onsets) * len(spikes) * len(bins), "spike counts")
    edges = onsets[:, np.newaxis, np.newaxis] + bins / 1000
    counts = np.stack([_counts(np.sort(times), edges) for times in spikes], axis=1)
    others = [name for name in time_columns(columns) if name not in (onset or USUAL, "stop_time")]
    check_spikes_in_windows(counts, spikes, onsets, bins, others, budget.path)
    if observed is not None:
        seen = np.stack([_observed(spans, edges) for spans in observed], axis=1)
        counts = np.where(seen, counts, np.nan)
    return Presentations(
        values=counts,
        columns=columns,
        stimulus_columns=STIMULUS_COLUMNS,
        site_columns=units,
        site_ids=unit_ids,
        regions=regions,
        bins=bins,
    )


def _counts(times: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the spikes of a unit, (n_presentations, n_bins), between edges (n_presentations, n_bins, 2)."""
    before = np.searchsorted(times, edges)
    return (before[..., 1] - before[..., 0]).astype(np.float64)


def _observed(spans: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the bins, (n_presentations, n_bins), in which a unit was observed from start to end."""
    starts = edges[..., 0, np.newaxis] >= spans[:, 0]
    ends = edges[..., 1, np.newaxis] <= spans[:, 1]
    return np.asarray((starts & ends).any(axis=-1))


def _columns(table: Any) -> dict[str, Column]:
    """Return the columns with one value per row; pynwb marks columns with several by an index."""
    columns = {column.name: column.data for column in table.columns}
    ragged = {column.target.name for column in table.columns if hasattr(column, "target")}
    return {
        name: np.asarray(data[:])
        for name, data in columns.items()
        if len(np.shape(data)) == 1 and name not in ragged and not name.endswith("_index")
    }


def _rows(index: Any) -> list[NDArray[Any]]:
    """Return the rows of a ragged column, each ending where the index says."""
    values, ends = np.asarray(index.target.data[:]), np.asarray(index.data[:], dtype=np.intp)
    if (np.diff(ends, prepend=0) < 0).any() or ends[-1:].sum() != len(values):
        raise ValueError(f"{index.name} does not rise from 0 to {len(values)}, the length of {index.target.name}")
    return np.split(values, ends[:-1])


def _regions(nwb: Any, units: dict[str, Column]) -> NDArray[np.str_] | None:
    """Return the region of each unit, from its own column or its electrodes; several are joined by a slash."""
    own = next((name for name in REGION_COLUMNS if name in units), None)
    if own is not None:
        return as_text(units[own])
    if "electrodes" not in nwb.units.colnames or "location" not in nwb.electrodes.colnames:
        return None
    locations = as_text(np.asarray(nwb.electrodes["location"].data[:]))
    rows = _rows(nwb.units["electrodes"])
    return np.array(["/".join(dict.fromkeys(locations[row].tolist())) for row in rows], dtype=np.str_)
