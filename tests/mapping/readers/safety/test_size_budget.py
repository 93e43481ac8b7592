from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.readers.safety.size_budget import MAX_BYTES, Budget, bytes_in_memory


@given(shape=st.lists(st.integers(0, 9), max_size=4), dtype=st.sampled_from(["u1", "f2", "f4", "i8", "f8"]))
def test_an_array_is_counted_as_it_will_be_kept(shape, dtype) -> None:
    kept = np.zeros(shape, np.float32 if dtype == "f4" else np.float64)
    assert bytes_in_memory(shape, np.dtype(dtype)) == kept.nbytes


def test_a_shape_beyond_all_numbers_is_counted_without_overflow() -> None:
    assert bytes_in_memory([np.int64(2**62), 2**62], np.dtype("f8")) == 2**127


def test_bytes_add_up_until_the_budget_is_used() -> None:
    budget = Budget(Path("x.h5"), max_bytes=100)
    budget.take(60, "one")
    budget.take(40, "another")
    with pytest.raises(ValueError, match=r"101 bytes with a third\. Accepted are `max_bytes=100`; received x\.h5\. If"):
        budget.take(1, "a third")


def test_four_gigabytes_are_the_default() -> None:
    assert Budget(Path("x")).max_bytes == MAX_BYTES == 4 * 1024**3
