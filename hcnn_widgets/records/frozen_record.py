"""Frozen dataclasses whose arrays and copies stay read-only."""

from dataclasses import fields
from types import MappingProxyType
from typing import Any

import numpy as np


class FrozenRecord:
    """A frozen dataclass that is copied and unpickled through its own constructor.

    Copied or unpickled NumPy arrays are writable; the constructor checks them and makes them read-only again.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        values = [getattr(self, field.name) for field in fields(self)]  # type: ignore[arg-type]
        return type(self), tuple(dict(value) if isinstance(value, MappingProxyType) else value for value in values)


def freeze_arrays(record: Any) -> None:
    """Replace the arrays of a frozen dataclass by read-only copies; for its ``__post_init__``."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            kept = value.copy()
            kept.setflags(write=False)
            object.__setattr__(record, field.name, kept)
