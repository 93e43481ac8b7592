"""Count the attributes of HDF5 objects against the budget of their file."""

import sys
from typing import Any

import numpy as np

from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable


def take_attributes(thing: Any, budget: Budget) -> None:
    """Count all attributes of an object, those of variable length once they are read.

    Values of variable length lie in a heap of the file, where thousands can share a single long value, so that their
    size is not declared. For an untrusted file, a process with limited memory reads them first (`hdf5_rehearsal`).

    Parameters
    ----------
    thing : h5py.Group, h5py.Dataset or h5py.Datatype
    budget : Budget
        Memory budget of the file.

    Raises
    ------
    ValueError
        If the attributes exceed the budget, or cannot be read.
    """
    with unreadable(budget.path, "HDF5"):
        attributes = {name: thing.attrs.get_id(name) for name in thing.attrs}
        declared = {name: (attribute.shape or (), attribute.dtype) for name, attribute in attributes.items()}
    for name, (shape, dtype) in declared.items():
        what = f"the attribute {name} of {thing.name}"
        budget.take(bytes_in_memory(shape, dtype), what)
        if has_variable_length(dtype):
            with unreadable(budget.path, "HDF5"):
                values = thing.attrs[name]
            budget.take(bytes_held(values), what)


def has_variable_length(dtype: np.dtype) -> bool:
    """Return whether values of this type, or of a field of it, lie in the file's heap."""
    if dtype.fields:
        return any(has_variable_length(field[0]) for field in dtype.fields.values())
    h5py = library("h5py", "HDF5")
    text = h5py.check_string_dtype(dtype.base)
    return text.length is None if text is not None else h5py.check_vlen_dtype(dtype.base) is not None


def bytes_held(values: Any) -> int:
    """Return the bytes of values that were read."""
    if isinstance(values, str | bytes):
        return sys.getsizeof(values)
    if isinstance(values, np.void):
        return sum(bytes_held(values[name]) for name in values.dtype.names or ())
    if isinstance(values, np.ndarray) and values.dtype.hasobject:
        return sum(map(bytes_held, values.ravel()))
    return int(getattr(values, "nbytes", 0))
