from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping.readers.rsatoolbox_descriptors import read_descriptors
from hcnn_widgets.mapping.readers.safety.size_budget import Budget


@pytest.fixture
def file(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as opened:
        yield opened


def read(file, length=2, max_bytes=10**6):
    file.flush()
    return read_descriptors(file, "g", length, Budget(Path(file.filename), max_bytes))


def test_descriptors_are_text_or_numbers_of_the_right_number(file) -> None:
    group = file.create_group("g")
    group["bytes"], group["text"], group["numbers"] = np.array([b"a", b"b"]), ["ä", "b"], [1.5, 2.5]
    group["longer"], group["matrix"], group["one"], group["sub/x"] = [1, 2, 3], np.eye(2), 4.0, [1, 2]
    group.attrs["tuple"], group.attrs["pair"], group.attrs["single"] = ["猫", "b"], [1, 2], "text"
    read_columns = {name: column.tolist() for name, column in read(file).items()}
    assert read_columns == {
        "bytes": ["a", "b"],
        "text": ["ä", "b"],
        "numbers": [1.5, 2.5],
        "tuple": ["猫", "b"],
        "pair": [1, 2],
    }


def test_no_group_is_no_descriptors(file) -> None:
    assert read(file) == {}
    file["g"] = 3
    assert read(file) == {}


def test_descriptors_count(file) -> None:
    file["g/x"] = np.zeros(100)
    with pytest.raises(ValueError, match=r"800 bytes with /g/x"):
        read(file, 100, max_bytes=500)
