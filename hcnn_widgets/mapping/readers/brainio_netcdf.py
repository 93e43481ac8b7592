"""Read Brain-Score's assemblies, BrainIO netCDF-4 files, with xarray and h5netcdf."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.hdf5_values import take_declared
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable
from hcnn_widgets.records.given_arrays import as_text

FORMAT = "BrainIO netCDF"
INSTALL = "xarray h5netcdf"
DIMENSIONS = ("presentation", "neuroid", "time_bin")
STIMULUS_COLUMNS = ("stimulus_id", "image_id")


def read_brainio(budget: Budget) -> Presentations:
    """Read a data assembly as Brain-Score packages it.

    The layout: one variable, `data` or `__xarray_dataarray_variable__`, with the dimensions presentation and neuroid,
    in any order, and perhaps time_bin; flat coordinates stimulus_id (older: image_id), repetition, object_name,
    variation along presentation, neuroid_id, animal, region along neuroid, time_bin_start and time_bin_end (ms) along
    time_bin.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file; all its variables count.

    Returns
    -------
    Presentations

    Raises
    ------
    ImportError
        If xarray or h5netcdf is not installed.
    ValueError
        If the file is too large, leads elsewhere, or has another layout.

    Source: the BrainIO format specification, github.com/brain-score/brainio.
    """
    xarray = library("xarray", FORMAT, INSTALL)
    library("h5netcdf", FORMAT, INSTALL)
    _check_whole_file(budget)
    with unreadable(budget.path, FORMAT):
        data_set = xarray.open_dataset(budget.path, engine="h5netcdf", decode_times=False, decode_timedelta=False)
    with data_set:
        return _presentations(data_set, budget.path)


def _check_whole_file(budget: Budget) -> None:
    """Refuse a file whose variables exceed the budget; a BrainIO file holds nothing else."""
    h5py = library("h5py", FORMAT)
    with open_hdf5(budget, FORMAT) as file:
        for name in file:
            if isinstance(variable := file.get(name), h5py.Dataset):
                take_declared(variable, budget)


def _presentations(data_set: Any, path: Path) -> Presentations:
    """Return the data variable with its dimensions in our order, and its coordinates."""
    found = [name for name, data in data_set.data_vars.items() if {"presentation", "neuroid"} <= set(data.dims)]
    if len(found) != 1 or not set(data_set[found[0]].dims) <= set(DIMENSIONS):
        variables = "; ".join(f"{name} {data.dims}" for name, data in data_set.data_vars.items()) or "none"
        raise ValueError(
            "`path` is no data assembly. Accepted is one variable with the dimensions presentation, neuroid and "
            f"perhaps time_bin; received {variables} in {path}."
        )
    data = data_set[found[0]]
    data = data.transpose(*(name for name in DIMENSIONS if name in data.dims))
    with unreadable(path, FORMAT):
        values = np.asarray(data.values)
        columns = {axis: _columns(data, axis) for axis in DIMENSIONS}
    neuroids, bins = columns["neuroid"], _bins(columns["time_bin"], path) if values.ndim == 3 else None
    return Presentations(
        values=values,
        columns=columns["presentation"],
        stimulus_columns=STIMULUS_COLUMNS,
        site_columns=neuroids,
        site_ids=as_text(neuroids["neuroid_id"]) if "neuroid_id" in neuroids else None,
        regions=as_text(neuroids["region"]) if "region" in neuroids else None,
        bins=bins,
    )


def _columns(data: Any, axis: str) -> dict[str, NDArray[Any]]:
    """Return the coordinates along an axis."""
    return {str(name): np.asarray(column.values) for name, column in data.coords.items() if column.dims == (axis,)}


def _bins(columns: dict[str, NDArray[Any]], path: Path) -> NDArray[np.float64]:
    """Return start and end of each time bin."""
    if not {"time_bin_start", "time_bin_end"} <= set(columns):
        raise ValueError(
            "`path` does not say when its time bins start and end. Accepted are the coordinates time_bin_start and "
            f"time_bin_end, in ms; received {', '.join(columns) or 'none'} in {path}."
        )
    return np.stack([columns["time_bin_start"], columns["time_bin_end"]], axis=1).astype(np.float64)
