"""The weights in an archive of Keras, an HDF5 file: where its data are, how large they are, and whether finite."""

import io
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .archive import FREE_BYTES, MOST_EXPANSION
from .refusal import refusal

MOST_OBJECTS = 100_000
"""Most groups and data sets."""


def checked_weights(content: bytes, path: Path) -> int:
    """Return the number of values that are stored, after a look at all of them.

    Parameters
    ----------
    content : bytes
        The HDF5 file.
    path : pathlib.Path
        The archive, for errors.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it leads to other files, declares much more than it stores, or holds anything but finite numbers.
    """
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            data_sets = list(_data_sets(file, path))
            _check_sizes(data_sets, len(content), path)
            for data_set in data_sets:
                _check_finite(data_set, path)
            return sum(prod(data_set.shape) for data_set in data_sets)
    except (OSError, RuntimeError, KeyError) as error:  # what HDF5's library raises of damage
        received = f"{type(error).__name__}: {str(error)[:200]}"
        raise refusal(path, "has weights that cannot be read", "an archive that Keras wrote whole", received) from error


def _data_sets(file: Any, path: Path) -> Iterator[Any]:
    """Yield the data sets of a file, each of numbers that lie in the file itself."""
    waiting, found = [file], {h5py.h5o.get_info(file.id).addr}
    while waiting:
        group = waiting.pop()
        for name in group:
            place = f"{group.name.rstrip('/')}/{name}"
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise _elsewhere(path, f"a link at {place}")
            thing = group[name]
            address = h5py.h5o.get_info(thing.id).addr
            if address in found:  # groups may even hold one another in a circle
                raise refusal(path, "has weights that are linked to twice", "a single name for all weights", place)
            found.add(address)
            if len(found) > MOST_OBJECTS:
                raise refusal(path, "has weights that are in too many parts", f"{MOST_OBJECTS:,} groups", "more")
            if isinstance(thing, h5py.Group):
                waiting.append(thing)
            else:
                _check_numbers(thing, place, path)
                yield thing


def _check_numbers(thing: Any, place: str, path: Path) -> None:
    """Refuse what is no data set of numbers in this file."""
    if not isinstance(thing, h5py.Dataset) or thing.shape is None or not _is_of_numbers(thing):
        kind = getattr(thing, "dtype", type(thing).__name__)
        raise refusal(path, "has weights that are no numbers", "real or whole numbers", f"{kind} at {place}")
    if thing.external or thing.is_virtual:
        raise _elsewhere(path, f"the data set {place}, whose values lie in another file")


def _is_of_numbers(data_set: Any) -> bool:
    # HDF5 has no bfloat16: Keras stores its two bytes, and says so in an attribute.
    return data_set.dtype.kind in "fiub" or _is_bfloat16(data_set)


def _is_bfloat16(data_set: Any) -> bool:
    return bool(data_set.dtype.kind == "V" and data_set.dtype.itemsize == 2 and not data_set.dtype.fields)


def _check_sizes(data_sets: list[Any], n_bytes: int, path: Path) -> None:
    accepted = f"{MOST_EXPANSION} times as much"
    for data_set in data_sets:
        declared, stored = _declared(data_set), data_set.id.get_storage_size()
        if declared > MOST_EXPANSION * stored + FREE_BYTES:
            received = f"{data_set.name} with {declared:,} bytes declared and {stored:,} stored"
            raise refusal(path, "has weights that expand to much more than is stored", accepted, received)
    declared = sum(map(_declared, data_sets))
    if declared > MOST_EXPANSION * n_bytes + FREE_BYTES:
        received = f"{declared:,} bytes declared and {n_bytes:,} stored"
        raise refusal(path, "has weights that expand to much more than is stored", accepted, received)


def _declared(data_set: Any) -> int:
    return prod(data_set.shape) * int(data_set.dtype.itemsize)


def _check_finite(data_set: Any, path: Path) -> None:
    values = data_set[()]
    if _is_bfloat16(data_set):
        # Its exponent is the eight bits behind the sign; all of them set means NaN or infinity.
        bad = bool((np.frombuffer(values.tobytes(), "<u2") & 0x7F80 == 0x7F80).any())
    else:
        bad = data_set.dtype.kind == "f" and not np.isfinite(values).all()
    if bad:
        layer = data_set.parent.attrs.get("name", data_set.name)
        raise refusal(path, "has weights that are no numbers", "finite weights", f"NaN or infinity in {layer}")


def _elsewhere(path: Path, received: str) -> ValueError:
    return refusal(path, "has weights that lead elsewhere", "an archive that holds all of its data itself", received)
