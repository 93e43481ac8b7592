"""Open HDF5 files that may lead elsewhere: refuse links and data outside the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from hcnn_widgets.mapping.readers.safety.hdf5_attributes import take_attributes
from hcnn_widgets.mapping.readers.safety.hdf5_rehearsal import rehearse
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

MOST_OBJECTS = 1_000_000
"""Most groups and data sets of a file, and most references; visiting each takes time."""
LONGEST_PATH = 10_000
"""Most letters of a path; HDF5 keeps the path of each open group, and all groups around an open group are open."""


@contextmanager
def open_hdf5(budget: Budget, file_format: str = "HDF5") -> Iterator[Any]:
    """Open a file for reading, after a walk through all of it that loads no data.

    Where the file is untrusted, another process walks through it first: HDF5's library may crash on a damaged one.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file; the references that are followed count.
    file_format : str
        For errors.

    Yields
    ------
    h5py.File

    Raises
    ------
    ValueError
        If it is no HDF5 file, or holds a link to another file, data kept in another file, a soft link that leads in a
        circle, a reference to something that no name leads to, or endless or very deep groups, or, for an untrusted
        file, if HDF5's library crashes on the way.
    """
    h5py = library("h5py", file_format)
    if budget.untrusted:
        rehearse(budget)
    with unreadable(budget.path, file_format):
        file = h5py.File(budget.path, "r")
    with file:
        refuse_what_leads_elsewhere(file, budget)
        yield file


def refuse_what_leads_elsewhere(file: Any, budget: Budget) -> None:
    """Walk through a file, each object once, and refuse links and data that leave it.

    Parameters
    ----------
    file : h5py.File
    budget : Budget
        Memory budget of the file; the references that are followed count.

    Raises
    ------
    ValueError
    """
    path = budget.path
    found: set[int] = set()
    referred: list[int] = []
    inside: list[Iterator[Any]] = [iter([file])]
    while inside:
        thing = next(inside[-1], None)
        if thing is None:
            inside.pop()
        elif (address := _address(thing, path)) not in found:
            found.add(address)
            _check_count(len(found), path)
            inside.extend(_looked_into(thing, path))
            for target in _referred(file, thing, budget):
                referred.append(target)
                _check_count(len(referred), path)
    if not found.issuperset(referred):
        raise _elsewhere(path, "a reference points to an object that no name leads to")


def refuse_foreign_data(dataset: Any, path: Path) -> None:
    """Refuse a data set whose numbers are stored in another file.

    Parameters
    ----------
    dataset : h5py.Dataset
    path : pathlib.Path
        For errors.

    Raises
    ------
    ValueError
    """
    with unreadable(path, "HDF5"):
        external = dataset.external
        sources = sorted({source.file_name for source in dataset.virtual_sources()}) if dataset.is_virtual else []
    if external:
        raise _elsewhere(path, f"{dataset.name} keeps its data in the file {external[0][0]!r}")
    if sources:
        raise _elsewhere(path, f"{dataset.name} is a virtual data set made of {', '.join(map(repr, sources[:5]))}")


def _elsewhere(path: Path, what: str) -> ValueError:
    """Return the error for a file that leads to other files."""
    return ValueError(
        f"`path` leads elsewhere: {what}. Accepted is a file that holds all of its data itself; received {path}. "
        "Such a file could read any file of yours; copy the data into one file (h5repack, h5copy) if you trust it."
    )


def _inside(group: Any, path: Path) -> Iterator[Any]:
    """Yield the targets of a group's hard links; those of soft links are visited anyway, external links are refused."""
    with unreadable(path, "HDF5"):
        names, where = list(group), len(group.name)
    for name in names:
        if isinstance(name, bytes):
            raise ValueError(
                f"`path` has a name that is no text: {name!r}. Accepted are names in UTF-8; received {path}."
            )
        if where + len(name) > LONGEST_PATH:
            raise ValueError(
                f"`path` holds groups in groups too deeply. Accepted are paths of {LONGEST_PATH:,} letters; received a "
                f"longer one in {path}."
            )
        if _is_inside(group, name, path):
            with unreadable(path, "HDF5"):
                thing = group[name]
            yield thing


def _is_inside(group: Any, name: str, path: Path) -> bool:
    """Return whether a link is hard, and so to be followed; refuse links that lead out or in a circle."""
    h5py = library("h5py", "HDF5")
    with unreadable(path, "HDF5"):
        kind = group.id.links.get_info(name.encode("utf-8")).type
    if kind == h5py.h5l.TYPE_HARD:
        return True
    where = f"{group.name.rstrip('/')}/{name}"
    if kind != h5py.h5l.TYPE_SOFT:
        raise _elsewhere(path, f"{where} is an external link")
    try:
        group.get(name)
    except RuntimeError as error:
        raise ValueError(
            f"`path` has a soft link that leads in a circle: {where}. Accepted are links that end at data; received "
            f"{path}."
        ) from error
    return False


def _looked_into(thing: Any, path: Path) -> list[Iterator[Any]]:
    """Return the members of a group, to be checked next; refuse a data set with external data."""
    h5py = library("h5py", "HDF5")
    if isinstance(thing, h5py.Dataset):
        refuse_foreign_data(thing, path)
    return [_inside(thing, path)] if isinstance(thing, h5py.Group) else []


def _check_count(count: int, path: Path) -> None:
    """Refuse a file of endless groups or references."""
    if count > MOST_OBJECTS:
        raise ValueError(
            f"`path` holds too many groups and data sets, or references. Accepted are {MOST_OBJECTS:,}; received more "
            f"in {path}."
        )


def _address(thing: Any, path: Path) -> int:
    """Return the address of an object in the file: two names of one object share it."""
    with unreadable(path, "HDF5"):
        return int(library("h5py", "HDF5").h5o.get_info(thing.id).addr)


def _referred(file: Any, thing: Any, budget: Budget) -> Iterator[int]:
    """Yield the addresses that a data set and an object's attributes refer to; count the attributes."""
    take_attributes(thing, budget)
    for reference in _references(thing, budget):
        with unreadable(budget.path, "HDF5"):
            target = file[reference]
        yield _address(target, budget.path)


def _references(thing: Any, budget: Budget) -> Iterator[Any]:
    """Yield the references in a data set and in the attributes of a group or data set."""
    h5py = library("h5py", "HDF5")
    path = budget.path
    with unreadable(path, "HDF5"):
        shape, dtype = (thing.shape, thing.dtype) if isinstance(thing, h5py.Dataset) else (None, None)
        attributes = [name for name in thing.attrs if _may_refer(thing.attrs.get_id(name).dtype)]
    if shape is not None and dtype is not None and _may_refer(dtype):
        _check_count(prod(shape), path)
        budget.take(bytes_in_memory(shape, dtype), f"{thing.name} (references)")
        with unreadable(path, "HDF5"):
            values = thing[()]
        yield from _among(values)
    for name in attributes:
        with unreadable(path, "HDF5"):
            values = thing.attrs[name]
        yield from _among(values)


def _may_refer(dtype: np.dtype) -> bool:
    """Return whether values of this type hold references, directly, in fields or in rows of variable length."""
    h5py = library("h5py", "HDF5")
    if dtype.fields:
        return any(_may_refer(field[0]) for field in dtype.fields.values())
    inner = h5py.check_vlen_dtype(dtype)
    if isinstance(inner, np.dtype):
        return _may_refer(inner)
    return h5py.check_ref_dtype(dtype.base) is not None


def _among(values: Any) -> Iterator[Any]:
    """Yield the references among nested values; skip empty references."""
    h5py = library("h5py", "HDF5")
    if isinstance(values, (h5py.Reference, h5py.RegionReference)):
        if values:
            yield values
    elif isinstance(values, np.void):
        for name in values.dtype.names or ():
            yield from _among(values[name])
    elif isinstance(values, np.ndarray):
        for value in values.ravel():
            yield from _among(value)
