import sys
import tempfile
import tracemalloc
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.readers.safety.hdf5_values import read_numbers, read_text, take_declared
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@pytest.fixture
def file(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as opened:
        yield opened


def budget(file, max_bytes: int = 10**6) -> Budget:
    file.flush()
    return Budget(Path(file.filename), max_bytes)


@settings(max_examples=30, deadline=None)
@given(written=st.lists(texts, max_size=12), small=st.booleans())
def test_text_of_any_length_comes_back(written, small) -> None:
    with tempfile.TemporaryDirectory() as folder, h5py.File(f"{folder}/x.h5", "w") as file:
        file.create_dataset("x", data=written, shape=(len(written),), dtype=h5py.string_dtype())
        most = 4 * len(written) * max(map(len, written), default=0) + 80 * len(written)
        assert read_text(file["x"], budget(file, most if small else 10**6)).tolist() == written


def test_text_of_fixed_width_and_single_text_come_back(file) -> None:
    file["fixed"] = np.array([["cat", "dog"], ["car", "köter"]]).astype("U5").astype(object)
    file["bytes"] = np.array([b"cat", b"k\xc3\xb6ter"])
    file["one"] = "cat"
    file["none"] = np.zeros(0, "S3")
    assert read_text(file["fixed"], budget(file)).tolist() == [["cat", "dog"], ["car", "köter"]]
    assert read_text(file["bytes"], budget(file)).tolist() == ["cat", "köter"]
    assert read_text(file["one"], budget(file)) == "cat"
    assert read_text(file["none"], budget(file)).shape == (0,)


@pytest.mark.parametrize("shape", [(0,), (5, 0), (0, 5)])
def test_no_text_comes_back_as_none(file, shape) -> None:
    file.create_dataset("x", shape, h5py.string_dtype())
    assert read_text(file["x"], budget(file)).shape == shape


def test_numbers_come_back_as_they_are(file) -> None:
    file["x"] = np.arange(6, dtype=np.int16).reshape(2, 3)
    numbers = read_numbers(file["x"], budget(file))
    assert numbers.dtype == np.int16
    assert numbers.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_megabyte_that_unpacks_to_gigabytes_is_refused_before_it_is_read(file) -> None:
    packed = file.create_dataset("x", (40_000, 40_000), "u1", chunks=(4_000, 4_000), compression="gzip", fillvalue=1)
    packed[:4000, :4000] = 2
    with pytest.raises(ValueError, match=r"12,800,000,000 bytes with /x\. Accepted are `max_bytes=4294967296`"):
        read_numbers(packed, Budget(Path(file.filename)))
    assert Path(file.filename).stat().st_size < 10**6


def test_a_short_data_set_in_a_huge_chunk_is_refused(file) -> None:
    packed = file.create_dataset("x", (3,), "f8", chunks=(50_000_000,), maxshape=(None,), compression="gzip")
    with pytest.raises(ValueError, match=r"400,000,000 bytes with /x"):
        take_declared(packed, budget(file))


def test_a_million_times_the_same_long_text_is_refused_before_it_fills_the_memory(file, tmp_path) -> None:
    long = file.create_dataset("x", data=["a" * 10**5], dtype=h5py.string_dtype(), maxshape=(None,), chunks=(1000,))
    file.flush()
    long.id.refresh()
    raw = long.id.read_direct_chunk((0,))[1]
    one = raw[:16]
    long.resize((100_000,))
    for start in range(0, 100_000, 1000):
        long.id.write_direct_chunk((start,), one * 1000)
    file.close()
    assert (tmp_path / "x.h5").stat().st_size < 3 * 10**6
    with h5py.File(tmp_path / "x.h5") as again:
        assert again["x"].asstr()[99_999] == "a" * 10**5
        with pytest.raises(ValueError, match=r"bytes with /x \(text\)"):
            read_text(again["x"], Budget(tmp_path / "x.h5", 50_000_000))


def test_short_texts_count_as_python_keeps_them(file) -> None:
    packed = file.create_dataset("x", data=np.full(10**5, b"abc"), compression="gzip")
    held = sum(map(sys.getsizeof, ["abc"] * 10**5))
    with pytest.raises(ValueError, match=r"bytes with /x \(text\)"):
        read_text(packed, budget(file, held))
    assert read_text(packed, budget(file, 2 * held)).tolist() == ["abc"] * 10**5


def test_one_long_text_among_short_ones_counts_at_its_width_for_all(file) -> None:
    file.create_dataset("x", data=["a" * 50_000] + ["b"] * 999, dtype=h5py.string_dtype())
    with pytest.raises(ValueError, match=r"bytes with /x \(text\)"):
        read_text(file["x"], budget(file, 10**8))


@pytest.mark.parametrize("n_rows", [1, 3])
def test_rows_of_text_count_at_their_longest(file, n_rows) -> None:
    rows = file.create_dataset("x", (n_rows, 100), h5py.string_dtype())
    rows[:] = "a"
    assert read_text(rows, budget(file, 10**7)).tolist() == [["a"] * 100] * n_rows
    rows[0, 0] = "a" * 10**5
    with pytest.raises(ValueError, match=r"\d\d,\d{3},\d{3} bytes with /x \(text\)"):
        read_text(rows, budget(file, 10**7))


def test_of_a_row_that_is_one_long_text_many_times_little_is_read_before_it_is_refused(tmp_path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        packed = file.create_dataset("x", (1, 1000), h5py.string_dtype(), chunks=(1, 1000))
        packed[0, 0] = "a" * 10**5
        file.flush()
        first = packed.id.read_direct_chunk((0, 0))[1][:16]
        packed.id.write_direct_chunk((0, 0), first * 1000)
    with h5py.File(tmp_path / "x.h5") as file:
        assert file["x"].asstr()[0, 999] == "a" * 10**5
        tracemalloc.start()
        with pytest.raises(ValueError, match=r"bytes with /x \(text\)"):
            read_text(file["x"], Budget(tmp_path / "x.h5", 10**6))
        assert tracemalloc.get_traced_memory()[1] < 2 * 10**6
        tracemalloc.stop()


def test_a_single_row_of_numbers_counts_as_long_as_it_is(file) -> None:
    single = file.create_dataset("x", (), h5py.vlen_dtype(np.float64))
    single[()] = np.zeros(10**4)
    with pytest.raises(ValueError, match=r"8\d,\d{3} bytes with /x\."):
        take_declared(single, budget(file, 10**4))


@pytest.mark.parametrize("inner", [np.dtype("u1"), np.dtype([("name", h5py.string_dtype())])], ids=["rows", "fields"])
def test_rows_of_any_length_count_as_they_are(file, inner) -> None:
    many = file.create_dataset("x", (1000,), inner if inner.fields else h5py.vlen_dtype(inner))
    take_declared(many, budget(file, 10**6))
    long = ("a" * 10**4,) if inner.fields else np.zeros(10**4, "u1")
    for row in range(200):
        many[row] = long
    with pytest.raises(ValueError, match=r"\d,\d{3},\d{3} bytes with /x\."):
        take_declared(many, budget(file, 10**6))
    take_declared(many, budget(file, 10**7))


@pytest.mark.parametrize(
    ("data", "read", "words"),
    [
        (["a"], read_numbers, r"holds no numbers at /x\. Accepted is a data set of numbers; received object in"),
        ([1.0], read_text, r"holds no text at /x\. Accepted is a data set of strings; received dtype float64 in"),
        (h5py.Empty("f8"), read_numbers, "no numbers"),
        (h5py.Empty(h5py.string_dtype()), read_text, "no text"),
    ],
)
def test_another_type_is_refused(file, data, read, words) -> None:
    file["x"] = data
    with pytest.raises(TypeError, match=words):
        read(file["x"], budget(file))


def test_a_group_is_no_numbers(file) -> None:
    with pytest.raises(TypeError, match=r"no numbers at /g.*received a group in"):
        read_numbers(file.create_group("g"), budget(file))


def test_text_that_is_not_utf_8_is_refused(file) -> None:
    file["x"] = np.array([b"\xff\xfe"])
    with pytest.raises(ValueError, match=r"cannot be read as HDF5.*UnicodeDecodeError"):
        read_text(file["x"], budget(file))


def test_numbers_that_cannot_be_unpacked_are_refused(file) -> None:
    packed = file.create_dataset("x", (100,), "f8", chunks=(100,), compression="gzip")
    packed.id.write_direct_chunk((0,), b"not zlib at all")
    with pytest.raises(ValueError, match=r"`path` cannot be read as HDF5\. Accepted is a whole file"):
        read_numbers(packed, budget(file))
