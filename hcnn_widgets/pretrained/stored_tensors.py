"""Storages and tensors as a PyTorch file describes them, checked before there is a number."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

STORAGES: dict[str, np.dtype] = {"torch FloatStorage": np.dtype("<f4"), "torch LongStorage": np.dtype("<i8")}
"""Kinds of numbers that are read, little-endian."""
ORDERED_DICT, TENSOR = "collections OrderedDict", "torch._utils _rebuild_tensor_v2"
NAMES = (ORDERED_DICT, TENSOR, *STORAGES)
"""All that a pickle may name; none of it is imported."""


@dataclass(frozen=True)
class Named:
    """A name of Python's in a pickle, which stays a name.

    Parameters
    ----------
    name : str
        In `NAMES`.
    """

    name: str


@dataclass(frozen=True)
class Storage:
    """A run of numbers that a file holds.

    Parameters
    ----------
    key : str
        Its name in the file.
    dtype : dtype
    length : int
        Count of its numbers.
    """

    key: str
    dtype: np.dtype
    length: int


@dataclass(frozen=True)
class Tensor:
    """A tensor as the pickle describes it: a part of a storage.

    Parameters
    ----------
    storage : Storage
    offset : int
        Of its first number in the storage.
    shape : tuple of int
    steps : tuple of int
        Along each axis, in numbers of the storage; in the order of C or any other.
    """

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    steps: tuple[int, ...]


class NoTensor(Exception):
    """A description is none that is read; has two arguments, what is accepted and what came."""


def storage_of(given: Any) -> Storage:
    """Return the storage of a persistent id, ("storage", kind, key, device, length, view).

    Raises
    ------
    NoTensor
    """
    fields: tuple[Any, ...] = given if isinstance(given, tuple) and len(given) == 6 else (None,) * 6
    word, kind, key, _device, length, view = fields
    dtype: Any = STORAGES.get(kind.name) if isinstance(kind, Named) else None
    if word != "storage" or dtype is None or not isinstance(key, str) or not _is_count(length) or view is not None:
        raise NoTensor("a storage of a kind, by a key, with a count of numbers", given)
    return Storage(key, dtype, length)


def tensor_of(storage: Any, offset: Any, shape: Any, steps: Any) -> Tensor:
    """Return a tensor that lies in its storage as a whole.

    Raises
    ------
    NoTensor
    """
    given = (offset, shape, steps)
    if not isinstance(storage, Storage) or not _is_count(offset) or not _are_counts(shape) or not _are_counts(steps):
        raise NoTensor("a tensor of a storage, with an offset, a shape and steps", given)
    # A step of 0 would make a tensor of any size of a single number.
    if len(shape) != len(steps) or 0 in shape or 0 in steps or prod(shape) > storage.length:
        raise NoTensor(f"as many steps as axes, and {storage.length:,} numbers", given)
    last = offset + sum((length - 1) * step for length, step in zip(shape, steps, strict=True))
    if last >= storage.length:
        raise NoTensor(f"a tensor inside its storage of {storage.length:,} numbers", given)
    return Tensor(storage, offset, shape, steps)


def _is_count(given: Any) -> bool:
    return type(given) is int and 0 <= given < 2**63


def _are_counts(given: Any) -> bool:
    return isinstance(given, tuple) and len(given) <= 8 and all(map(_is_count, given))
