"""Attributes of HDF5 objects, counted before they are read: thousands can stand for one and the same long text."""

import sys
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

HEAP = b"GCOL\x01"
"""What a collection of values of variable length begins with, in the file; three bytes further comes its size."""
SMALLEST_HEAP = 4096
"""HDF5 makes no smaller collection, in bytes."""
EACH_REFERENCE = 16
"""Bytes by which a value of variable length is referred to."""
AT_ONCE = 2**24


def take_attributes(thing: Any, budget: Budget) -> None:
    """Count all attributes of an object; none is read that could take more than the budget.

    Values of variable length lie in heaps of the file, and what they take is known only once they are read. None is
    longer than the largest heap, which is looked for where several values could go beyond the budget.

    Parameters
    ----------
    thing : h5py.Group, h5py.Dataset or h5py.Datatype
    budget : Budget
        Of the file.

    Raises
    ------
    ValueError
        If they go beyond the budget, or cannot be read.
    """
    with unreadable(budget.path, "HDF5"):
        attributes = {name: thing.attrs.get_id(name) for name in thing.attrs}
        declared = {name: (attribute.shape or (), attribute.dtype) for name, attribute in attributes.items()}
    for name, (shape, dtype) in declared.items():
        what = f"the attribute {name} of {thing.name}"
        budget.take(bytes_in_memory(shape, dtype), what)
        if has_variable_length(dtype):
            check_variable_length(shape, dtype, budget, what)
            with unreadable(budget.path, "HDF5"):
                values = thing.attrs[name]
            budget.take(_held(values), what)


def has_variable_length(dtype: np.dtype) -> bool:
    """Tell whether values of this type, or of one of its fields, lie in the file's heap."""
    if dtype.fields:
        return any(has_variable_length(field[0]) for field in dtype.fields.values())
    return _inner(dtype.base) is not None


def check_variable_length(shape: tuple[int, ...], dtype: np.dtype, budget: Budget, what: str) -> None:
    """Refuse values of variable length that could take more than the budget, were each as long as the file allows.

    Parameters
    ----------
    shape : tuple of int
    dtype : dtype
    budget : Budget
        Nothing is taken from it.
    what : str
        For the error.

    Raises
    ------
    ValueError
    """
    stat = budget.path.stat()
    # One value takes no more than the file, which is not looked through for that.
    if prod(shape) * _most_bytes(dtype, stat.st_size) > max(budget.max_bytes, stat.st_size):
        longest = longest_heap(budget.path, stat.st_size, stat.st_mtime_ns)
        Budget(budget.path, budget.max_bytes).take(prod(shape) * _most_bytes(dtype, longest), what)


@lru_cache(maxsize=4)
def longest_heap(path: Path, size: int, changed: int) -> int:
    """Give a length that no value of variable length in a file exceeds.

    Parameters
    ----------
    path : pathlib.Path
    size, changed : int
        Of the file in bytes, and when it was last written to in ns: another file is looked through anew.

    Returns
    -------
    int
        In bytes, from 4,096 to the file's size, or 4,096.

    Source: HDF5 file format specification, III.E, disk format of the global heap.
    """
    longest = SMALLEST_HEAP
    with path.open("rb") as file:
        for start in range(0, size, AT_ONCE):
            file.seek(start)
            # A heap that begins at the end of this part is seen whole.
            part = file.read(AT_ONCE + 16)
            at = part.find(HEAP)
            while 0 <= at < AT_ONCE:
                # Files may say sizes in two bytes, four or eight; one that goes beyond the file is none.
                sizes = (int.from_bytes(part[at + 8 : at + end], "little") for end in (10, 12, 16))
                longest = max(longest, *(one for one in sizes if one <= size - start - at), 0)
                at = part.find(HEAP, at + 1)
    return longest


def _inner(dtype: np.dtype) -> Any:
    """Give the type of the elements of values of variable length (str or bytes of text); None for other types."""
    h5py = library("h5py", "HDF5")
    text = h5py.check_string_dtype(dtype)
    if text is not None:
        return np.dtype("u1") if text.length is None else None
    return h5py.check_vlen_dtype(dtype)


def _most_bytes(dtype: np.dtype, longest: int) -> int:
    """Give what a value can take at most where no heap is larger than `longest`."""
    if dtype.subdtype:
        return prod(dtype.shape) * _most_bytes(dtype.base, longest)
    if dtype.fields:
        return sum(_most_bytes(field[0], longest) for field in dtype.fields.values())
    inner = _inner(dtype)
    if inner is None:
        return dtype.itemsize
    if not has_variable_length(np.dtype(inner)):
        return longest
    return longest // EACH_REFERENCE * _most_bytes(np.dtype(inner), longest)


def _held(values: Any) -> int:
    """Give the bytes of values that were read."""
    if isinstance(values, str | bytes):
        return sys.getsizeof(values)
    if isinstance(values, np.void):
        return sum(_held(values[name]) for name in values.dtype.names or ())
    if isinstance(values, np.ndarray) and values.dtype.hasobject:
        return sum(map(_held, values.ravel()))
    return int(getattr(values, "nbytes", 0))
