"""Read numbers and text from HDF5 data sets, within a budget that counts unpacked sizes."""

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.safety.hdf5_attributes import bytes_held, has_variable_length
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

EACH_TEXT = 64
"""Bytes that a text takes in addition to its letters."""


def take_declared(dataset: Any, budget: Budget) -> None:
    """Count the declared size of a data set, or of a compressed chunk if larger: a chunk is unpacked whole.

    Text and other values of variable length are read to be counted, in parts, as their size is not declared.

    Parameters
    ----------
    dataset : h5py.Dataset
    budget : Budget

    Raises
    ------
    ValueError
        If the data set exceeds the budget, or values of variable length cannot be read.
    """
    if library("h5py", "HDF5").check_string_dtype(dataset.dtype) is not None and dataset.shape is not None:
        read_text(dataset, budget)
        return
    _take_shape(dataset, budget)
    if has_variable_length(dataset.dtype) and dataset.shape is not None:
        for part in _parts(dataset, budget):
            with unreadable(budget.path, "HDF5"):
                values = dataset[part]
            budget.take(bytes_held(values), dataset.name or "a data set")


def _parts(dataset: Any, budget: Budget) -> Iterator[Any]:
    """Yield the indices of parts that fit the budget even if each value of variable length is as long as the file.

    The parts are rows, or single elements where a single row could exceed the budget.
    """
    if not has_variable_length(dataset.dtype):
        yield ...
        return
    largest_row = budget.path.stat().st_size * max(1, prod(dataset.shape[1:]))
    step = budget.max_bytes // largest_row
    if dataset.ndim == 0 or step == 0:
        yield from np.ndindex(dataset.shape)
        return
    yield from (slice(start, start + step) for start in range(0, len(dataset), step))


def _take_shape(dataset: Any, budget: Budget) -> None:
    """Count the elements of a data set, without their values in the file's heap."""
    chunk = bytes_in_memory(dataset.chunks, dataset.dtype) if dataset.chunks else 0
    budget.take(max(bytes_in_memory(dataset.shape or (), dataset.dtype), chunk), dataset.name or "a data set")


def read_numbers(dataset: Any, budget: Budget) -> NDArray[Any]:
    """Read a data set of numbers.

    Parameters
    ----------
    dataset : h5py.Dataset
    budget : Budget

    Returns
    -------
    numpy.ndarray
        Of the same type as in the file.

    Raises
    ------
    ValueError
        If the data set exceeds the budget, or cannot be read.
    TypeError
        If the data set holds no numbers.
    """
    dtype = getattr(dataset, "dtype", None)
    if dtype is None or dtype.kind not in "fiub" or getattr(dataset, "shape", None) is None:
        raise TypeError(
            f"`path` holds no numbers at {dataset.name}. Accepted is a data set of numbers; received "
            f"{'a group' if dtype is None else dtype} in {budget.path}."
        )
    _take_shape(dataset, budget)
    with unreadable(budget.path, "HDF5"):
        return np.asarray(dataset[()])


def read_text(dataset: Any, budget: Budget) -> NDArray[np.str_]:
    """Read a data set of text, in parts that cannot exceed the budget.

    Strings of variable length lie in a heap, where a million of them can share a single long text, so that their size
    is known only once they are read. No string is longer than the file.

    Parameters
    ----------
    dataset : h5py.Dataset
    budget : Budget

    Returns
    -------
    numpy.ndarray of str
        Of the data set's shape.

    Raises
    ------
    ValueError
        If the data set exceeds the budget, is not UTF-8, or cannot be read.
    TypeError
        If the data set holds no text.
    """
    info = library("h5py", "HDF5").check_string_dtype(dataset.dtype)
    if info is None or dataset.shape is None:
        raise TypeError(
            f"`path` holds no text at {dataset.name}. Accepted is a data set of strings; received dtype "
            f"{dataset.dtype} in {budget.path}."
        )
    what = f"{dataset.name} (text)"
    _take_shape(dataset, budget)
    budget.take(EACH_TEXT * dataset.size, what)
    rows = dataset.asstr("utf-8")
    texts: list[str] = []
    longest = 0
    for part in _parts(dataset, budget):
        with unreadable(budget.path, "HDF5"):
            read = np.ravel(rows[part]).tolist()
        texts.extend(read)
        longest = max(longest, max(map(len, read), default=0))
        Budget(budget.path, budget.max_bytes).take(4 * len(texts) * longest, what)
    return text_array(texts, budget, what).reshape(dataset.shape)


def text_array(texts: list[str], budget: Budget, what: str) -> NDArray[np.str_]:
    """Return texts as an array, in which each takes as much memory as the longest.

    Parameters
    ----------
    texts : list of str
    budget : Budget
    what : str
        For the error.

    Returns
    -------
    (n_texts,) numpy.ndarray of str

    Raises
    ------
    ValueError
        If the array exceeds the budget.
    """
    budget.take(4 * len(texts) * max(map(len, texts), default=0), what)
    return np.array(texts, dtype=np.str_)
