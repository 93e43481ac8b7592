"""Records whose arrays nobody can change, neither through the record nor from outside."""

from dataclasses import fields
from typing import Any

import numpy as np


def freeze_arrays(record: Any) -> None:
    """Put read-only copies in the place of a frozen dataclass's arrays; for its ``__post_init__``."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            kept = value.copy()
            kept.setflags(write=False)
            object.__setattr__(record, field.name, kept)
