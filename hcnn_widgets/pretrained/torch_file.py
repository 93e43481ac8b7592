"""Tensors of a file that ``torch.save`` wrote in its old format, without PyTorch and without running anything in it."""

import reprlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from hcnn_widgets.saving.preflight.refusal import refusal

from .stored_tensors import Storage, Tensor
from .torch_pickle import read_pickle

MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
"""What every file of the old format begins with."""
MOST_BYTES = 2**28
ACCEPTED = "a state_dict in PyTorch's old format (torch.save(..., _use_new_zipfile_serialization=False))"


def tensors_of(path: Path) -> dict[str, NDArray]:
    """Return the tensors of a state_dict by their names.

    Parameters
    ----------
    path : pathlib.Path
        Of five pickles (magic number, version, machine, the tensors' descriptions, the names of their storages), and
        then for every storage the count of its numbers, int64, and the numbers.

    Returns
    -------
    dict of str to array
        float32 or int64, little-endian, read-only.

    Raises
    ------
    FileNotFoundError
    ValueError
        If the file is of another format, larger than 256 MiB, damaged, or anything but tensors.
    """
    n_bytes = path.stat().st_size
    if n_bytes > MOST_BYTES:
        raise refusal(path, "is too large", f"a file of {MOST_BYTES:,} bytes at most", f"{n_bytes:,} bytes")
    with path.open("rb") as file:
        _check_head(file, path)
        tensors = _described(read_pickle(file, path), path)
        storages = _in_their_order(tensors, read_pickle(file, path), path)
        _check_room(storages, n_bytes - file.tell(), path)
        numbers = {storage.key: _numbers(file, storage, path) for storage in storages}
    return {name: _part(tensor, numbers[tensor.storage.key]) for name, tensor in tensors.items()}


def _check_head(file: BinaryIO, path: Path) -> None:
    start = file.read(4)
    file.seek(0)
    if start[:2] != b"\x80\x02":
        raise refusal(path, "is no file of PyTorch that can be read", ACCEPTED, f"a file that begins with {start!r}")
    head = [read_pickle(file, path) for _ in range(2)]
    if head != [MAGIC, PROTOCOL]:
        raise refusal(path, "is no file of PyTorch that can be read", ACCEPTED, "another magic number or version")
    machine = read_pickle(file, path)
    if not isinstance(machine, dict) or machine.get("little_endian") is not True:
        raise refusal(path, "holds numbers in another order of bytes", "little-endian numbers", reprlib.repr(machine))


def _described(given: Any, path: Path) -> dict[str, Tensor]:
    """Return the tensors' descriptions by name."""
    if not isinstance(given, dict):
        raise refusal(path, "holds no tensors by name", ACCEPTED, f"a {type(given).__name__}")
    other = [name for name, tensor in given.items() if not isinstance(tensor, Tensor)]
    if other or not given:
        raise refusal(path, "holds other things than tensors", ACCEPTED, reprlib.repr(other[:3]))
    return given


def _in_their_order(tensors: dict[str, Tensor], keys: Any, path: Path) -> list[Storage]:
    """Return the storages in the order in which the file holds them."""
    storages = {tensor.storage for tensor in tensors.values()}
    by_key = {storage.key: storage for storage in storages}
    agree = isinstance(keys, list) and all(isinstance(key, str) for key in keys) and sorted(keys) == sorted(by_key)
    if not agree or len(by_key) != len(storages):
        raise refusal(path, "names other storages than its tensors lie in", "each once", reprlib.repr(keys))
    return [by_key[key] for key in keys]


def _check_room(storages: list[Storage], left: int, path: Path) -> None:
    """Refuse a file that is not as long as its storages say, before any memory is taken for them."""
    declared = sum(8 + storage.length * storage.dtype.itemsize for storage in storages)
    if declared != left:
        raise refusal(path, "is damaged", f"{declared:,} bytes, as its tensors say", f"{left:,} bytes behind them")


def _numbers(file: BinaryIO, storage: Storage, path: Path) -> NDArray:
    """Return a storage's numbers, (length,)."""
    count = int.from_bytes(file.read(8), "little")
    if count != storage.length:
        raise refusal(path, "is damaged", f"{storage.length:,} numbers in storage {storage.key}", f"{count:,}")
    return np.frombuffer(file.read(count * storage.dtype.itemsize), storage.dtype)


def _part(tensor: Tensor, numbers: NDArray) -> NDArray:
    """Return a tensor's view of its storage, which `read_pickle` has checked it to lie in."""
    n_bytes = tuple(step * numbers.itemsize for step in tensor.steps)
    return as_strided(numbers[tensor.offset :], tensor.shape, n_bytes, writeable=False)
