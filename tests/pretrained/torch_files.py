"""Files as PyTorch's old `torch.save` writes them, by Python's own pickler and classes named like PyTorch's."""

import pickle
import struct
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
MACHINE = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}


def _rebuild_tensor_v2(*arguments: Any) -> None:
    """Be named by pickles; what reads them must not look here."""
    raise AssertionError("a function of the file was called")


@contextmanager
def torch_modules(*kinds: str) -> Iterator[ModuleType]:
    """Have modules `torch` and `torch._utils` while a file is written."""
    torch, inside = ModuleType("torch"), ModuleType("torch._utils")
    for kind in kinds:
        setattr(torch, kind, type(kind, (), {"__module__": "torch"}))
    _rebuild_tensor_v2.__module__ = "torch._utils"
    inside._rebuild_tensor_v2 = _rebuild_tensor_v2  # type: ignore[attr-defined]
    kept = {name: sys.modules.get(name) for name in ("torch", "torch._utils")}
    sys.modules |= {"torch": torch, "torch._utils": inside}
    try:
        yield torch
    finally:
        for name, module in kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


class InStorage:
    """A tensor (offset, shape, steps) of a storage, as PyTorch pickles it."""

    def __init__(self, key: str, kind: str, length: Any, offset: Any, shape: Any, steps: Any) -> None:
        self.storage, self.layout = (key, kind, length), (offset, shape, steps)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_tensor_v2, (StorageOf(*self.storage), *self.layout, False, OrderedDict())


class StorageOf:
    def __init__(self, key: str, kind: str, length: Any) -> None:
        self.key, self.kind, self.length = key, kind, length


class Writer(pickle.Pickler):
    def persistent_id(self, given: Any) -> Any:
        if isinstance(given, StorageOf):
            return ("storage", getattr(sys.modules["torch"], given.kind), given.key, "cpu", given.length, None)
        return None


def pickled(given: Any, *kinds: str) -> bytes:
    content = BytesIO()
    with torch_modules("FloatStorage", "LongStorage", *kinds):
        Writer(content, 2).dump(given)
    return content.getvalue()


def stored(numbers: np.ndarray) -> bytes:
    return struct.pack("<q", numbers.size) + numbers.tobytes()


def file_of(described: bytes, keys: list[str], *runs: np.ndarray, machine: Any = MACHINE) -> bytes:
    """Return a whole file: head, descriptions, keys of the storages and their numbers."""
    head = b"".join(pickle.dumps(part, 2) for part in (MAGIC, 1001, machine))
    return head + described + pickle.dumps(keys, 2) + b"".join(map(stored, runs))


def write_state(path: Path, tensors: dict[str, np.ndarray]) -> Path:
    """Write tensors as a state_dict, each in a storage of its own."""
    kinds = {"f": "FloatStorage", "i": "LongStorage"}
    state = OrderedDict(
        (name, InStorage(name, kinds[value.dtype.kind], value.size, 0, value.shape, _steps(value)))
        for name, value in tensors.items()
    )
    path.write_bytes(file_of(pickled(state), list(tensors), *tensors.values()))
    return path


def _steps(value: np.ndarray) -> tuple[int, ...]:
    return tuple(step // value.itemsize for step in value.strides)
