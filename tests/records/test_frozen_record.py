from dataclasses import dataclass

import numpy as np
import pytest

from hcnn_widgets.records.frozen_record import freeze_arrays


@dataclass(frozen=True)
class Record:
    numbers: np.ndarray
    name: str

    def __post_init__(self) -> None:
        freeze_arrays(self)


def test_arrays_are_changed_neither_through_the_record_nor_from_outside() -> None:
    numbers = np.arange(3)
    record = Record(numbers, "three")
    numbers[0] = 9
    assert record.numbers.tolist() == [0, 1, 2]
    assert record.name == "three"
    with pytest.raises(ValueError, match=r"read-only"):
        record.numbers[0] = 9
