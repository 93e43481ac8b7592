import struct
from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings
from hcnn_widgets.mapping.readers.safety.hdf5_attributes import take_attributes
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

LONG = 10**6


@pytest.fixture
def file(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as opened:
        yield opened


def taken(thing, max_bytes=10**6) -> int:
    thing.file.flush()
    budget = Budget(Path(thing.file.filename), max_bytes)
    take_attributes(thing, budget)
    return budget.taken


def all_refer_to_the_first(path: Path, n_values: int) -> None:
    """Let every value of an attribute refer to the long text that the first refers to."""
    written = bytearray(path.read_bytes())
    at = written.index(struct.pack("<I", LONG))
    written[at : at + 16 * n_values] = written[at : at + 16] * n_values
    path.write_bytes(written)


def bomb(path: Path, n_values: int = 100) -> Path:
    """Write RDMs whose measure is a list of texts: one long text, so many times."""
    with h5py.File(path, "w") as file:
        file["dissimilarities"] = np.ones((1, 3))
        file["pattern_descriptors/stimulus"] = ["a", "b", "c"]
        file.attrs["dissimilarity_measure"] = ["a" * LONG] + ["b"] * (n_values - 1)
    all_refer_to_the_first(path, n_values)
    return path


@pytest.mark.parametrize("read", [read_rdms, read_recordings])
def test_a_long_text_that_an_attribute_holds_many_times_counts_each_time(tmp_path, read) -> None:
    path = bomb(tmp_path / "x.h5")
    assert path.stat().st_size < 2 * LONG
    with pytest.raises(
        ValueError, match=r"too much memory: 100,\d{3},\d{3} bytes with the attribute diss.* of /\. Acc"
    ):
        read(path, max_bytes=5 * 10**7)


def test_attributes_count_one_after_another(tmp_path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        for number in range(30):
            file.create_group(f"{number}").attrs["text"] = "a" * LONG
    with pytest.raises(ValueError, match=r"too much memory: [\d,]+ bytes with the attribute text of /\d+"):
        read_rdms(tmp_path / "x.h5", max_bytes=2 * 10**7)


@pytest.mark.parametrize(
    ("value", "least"),
    [
        (3, 8),
        (np.zeros(1000), 8000),
        (np.zeros(1000, "u1"), 8000),
        ("a" * 500, 500),
        (["a" * 500, "b"], 500),
        (h5py.Empty("f8"), 0),
    ],
)
def test_what_an_attribute_holds_is_counted(file, value, least) -> None:
    file.attrs["x"] = value
    assert least <= taken(file) < least + 300
    with pytest.raises(ValueError, match="bytes with the attribute x of /"):
        taken(file, max_bytes=7 if least else -1)


def test_rows_of_any_length_and_fields_of_text_are_counted(file) -> None:
    rows = h5py.vlen_dtype(np.float64)
    file.attrs.create("rows", np.array([np.zeros(100), np.zeros(50)], object), dtype=rows)
    assert 1200 <= taken(file) < 1300
    del file.attrs["rows"]
    pair = np.dtype([("name", h5py.string_dtype()), ("twice", h5py.string_dtype(), (2,)), ("number", "f4")])
    file.attrs.create("pair", np.array([("a" * 300, ["b" * 200, "c"], 1)], dtype=pair))
    assert 500 <= taken(file) < 1000


def test_attributes_that_cannot_be_read_are_refused(tmp_path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file.attrs["x"] = "a" * 300
    written = bytearray((tmp_path / "x.h5").read_bytes())
    at = written.index(b"GCOL")
    written[at : at + 4] = b"LOCG"
    (tmp_path / "x.h5").write_bytes(written)
    with (
        pytest.raises(ValueError, match=r"`path` cannot be read as HDF5\. Accepted is a whole file"),
        open_hdf5(Budget(tmp_path / "x.h5")),
    ):
        pass
