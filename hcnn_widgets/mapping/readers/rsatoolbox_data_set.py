"""Read rsatoolbox's data sets from HDF5 files."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column, Presentations
from hcnn_widgets.mapping.readers.rsatoolbox_descriptors import FORMAT, STIMULUS_COLUMNS, read_descriptors
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.hdf5_values import read_numbers
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.records.given_arrays import as_text

REGION_COLUMNS = ("region", "roi", "ROI", "area")
SITE_COLUMNS = ("site_id", "neuroid_id", "name", "channel")


def read_rsatoolbox_data_set(budget: Budget) -> Presentations:
    """Read a data set written by rsatoolbox's `Dataset.save(path, file_type="hdf5")`.

    The layout: `measurements` (n_observations, n_channels), groups obs_descriptors and channel_descriptors with one
    value per observation and channel. Its pickle form is refused: reading a pickle runs whatever code is in it.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    Presentations

    Raises
    ------
    ImportError
        If h5py is not installed.
    ValueError, TypeError
        If the file is too large, leads elsewhere, or has another layout.

    Source: rsatoolbox 0.3, rsatoolbox.data.Dataset.
    """
    with open_hdf5(budget, FORMAT) as file:
        values = read_numbers(file["measurements"], budget)
        if values.ndim != 2:
            raise ValueError(
                "`path` holds measurements of another shape. Accepted is (n_observations, n_channels), rsatoolbox's "
                f"Dataset; received {values.shape} in {budget.path}. Of a TemporalDataset, average over time or take "
                "one time point before saving."
            )
        columns = read_descriptors(file, "obs_descriptors", values.shape[0], budget)
        sites = read_descriptors(file, "channel_descriptors", values.shape[1], budget)
    return Presentations(
        values=values,
        columns=columns,
        stimulus_columns=STIMULUS_COLUMNS,
        site_columns=sites,
        site_ids=_first(sites, SITE_COLUMNS),
        regions=_first(sites, REGION_COLUMNS),
    )


def _first(columns: dict[str, Column], names: tuple[str, ...]) -> NDArray[np.str_] | None:
    """Return the first of these columns that exists, as text."""
    return next((as_text(columns[name]) for name in names if name in columns), None)
