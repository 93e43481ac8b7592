"""Records that stay read-only, as do their arrays and their copies."""

from dataclasses import fields
from types import MappingProxyType
from typing import Any

import numpy as np


class FrozenRecord:
    """A frozen dataclass of which copies are made as the first one was, by its own constructor.

    NumPy's arrays can be written to once they are copied or unpickled; through the constructor they are checked and
    made read-only again.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        values = [getattr(self, field.name) for field in fields(self)]  # type: ignore[arg-type]
        return type(self), tuple(dict(value) if isinstance(value, MappingProxyType) else value for value in values)


def freeze_arrays(record: Any) -> None:
    """Put read-only copies in the place of a frozen dataclass's arrays; for its ``__post_init__``."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            kept = value.copy()
            kept.setflags(write=False)
            object.__setattr__(record, field.name, kept)
