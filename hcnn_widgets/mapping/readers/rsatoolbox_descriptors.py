"""Read the descriptors of rows, columns and RDMs in rsatoolbox's HDF5 files."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column
from hcnn_widgets.mapping.readers.safety.hdf5_values import read_numbers, read_text, text_array
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

FORMAT = "rsatoolbox HDF5"
STIMULUS_COLUMNS = ("stimulus_id", "stimulus", "stimuli", "conds", "conditions", "image_id")
"""Descriptors that usually hold the stimulus, the best first."""


def read_descriptors(file: Any, name: str, length: int, budget: Budget) -> dict[str, Column]:
    """Read a group of descriptors: data sets, or attributes where rsatoolbox wrote a tuple.

    Parameters
    ----------
    file : h5py.File
    name : str
        Name of the group, such as "pattern_descriptors".
    length : int
        Number of values of each descriptor.
    budget : Budget

    Returns
    -------
    dict of str to (length,) array
        Empty if there is no such group. Descriptors of another shape are left out.

    Raises
    ------
    ValueError
        If a descriptor exceeds the budget.
    """
    h5py = library("h5py", FORMAT)
    group = file.get(name)
    if not isinstance(group, h5py.Group):
        return {}
    columns: dict[str, Column] = {}
    for key in group:
        descriptor = group.get(key)
        if isinstance(descriptor, h5py.Dataset) and descriptor.shape == (length,):
            is_text = h5py.check_string_dtype(descriptor.dtype) is not None
            columns[key] = (read_text if is_text else read_numbers)(descriptor, budget)
    for key in group.attrs:
        if group.attrs.get_id(key).shape == (length,):
            values = np.asarray(group.attrs[key])
            columns[key] = _text(values, budget, f"{name}/{key}") if values.dtype.kind in "OSU" else values
    return columns


def _text(values: NDArray[Any], budget: Budget, what: str) -> NDArray[np.str_]:
    """Return the texts of an attribute; h5py leaves some as bytes."""
    with unreadable(budget.path, FORMAT):
        texts = [value.decode("utf-8") if isinstance(value, bytes) else str(value) for value in values.tolist()]
    return text_array(texts, budget, f"{what} (text)")
