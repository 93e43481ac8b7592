"""What every frozen record of numbers must keep to."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from typing import Any

import numpy as np
import pytest


def assert_nothing_can_be_changed(make: Callable[..., Any]) -> None:
    """Try to set every field, and every array through the record and from outside; `make` takes fields to replace."""
    given = {name: value for name, value in vars(make()).items() if isinstance(value, np.ndarray)}
    assert given
    mine = {name: value.copy() for name, value in given.items()}
    record = make(**mine)
    for field in fields(record):
        with pytest.raises(FrozenInstanceError):
            setattr(record, field.name, None)
    for name, array in mine.items():
        array[:] = 7
        np.testing.assert_array_equal(getattr(record, name), given[name])
        with pytest.raises(ValueError, match=r"read-only"):
            getattr(record, name)[:] = 1
