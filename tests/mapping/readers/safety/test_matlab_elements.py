import io
import struct
import tempfile
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.io import loadmat, savemat
from scipy.sparse import csc_array

from hcnn_widgets.mapping.readers.safety.matlab_elements import DEEPEST, plain_variables
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

INT8, INT32, UINT32, DOUBLE, MATRIX, COMPRESSED, UTF8 = 1, 5, 6, 9, 14, 15, 16

SHAPE = struct.pack("<II2i", INT32, 8, 1, 1)
VERSIONS = {b"IM": b"\x00\x01", b"MI": b"\x01\x00"}


def element(kind: int, data: bytes, length: int | None = None, order: str = "<") -> bytes:
    padded = data if kind == COMPRESSED else data + b"\0" * (-len(data) % 8)
    return struct.pack(order + "II", kind, len(data) if length is None else length) + padded


def matrix(what: int, shape: tuple[int, ...], *parts: bytes, length: int | None = None, order: str = "<") -> bytes:
    head = element(UINT32, struct.pack(order + "II", what, 0), order=order)
    head += element(INT32, struct.pack(f"{order}{len(shape)}i", *shape), order=order) + element(INT8, b"x", order=order)
    return element(MATRIX, head + b"".join(parts), length, order)


def squeezed(data: bytes) -> bytes:
    return element(COMPRESSED, zlib.compress(data, 9))


def written(folder, *elements: bytes, order: bytes = b"IM") -> Path:
    path = Path(folder) / "x.mat"
    path.write_bytes(b"MATLAB 5.0 MAT-file".ljust(124) + VERSIONS[order] + order + b"".join(elements))
    return path


def taken(path: Path) -> int:
    budget = Budget(path, 2**60)
    plain_variables(budget)
    return budget.taken


arrays = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.uint8, np.int32, np.complex128]),
    hnp.array_shapes(min_dims=2, max_dims=3),
)


@settings(max_examples=40, deadline=None)
@given(array=arrays, compress=st.booleans(), as_cell=st.booleans())
def test_what_scipy_reads_is_counted_at_least_and_not_much_more(array, compress, as_cell) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.mat"
        cell = np.empty((1, 2), dtype=object)
        cell[0, 0], cell[0, 1] = array, "text"
        savemat(path, {"x": cell if as_cell else array, "y": "abc"}, do_compression=compress)
        read = loadmat(path)["x"]
        kept = (read[0, 0] if as_cell else read).astype(complex if np.iscomplexobj(array) else float).nbytes
        assert kept <= taken(path) <= kept + 4096


def test_structs_sparse_and_empty_cells_pass(tmp_path) -> None:
    path = tmp_path / "x.mat"
    cells = np.empty((2, 2), object)
    cells.fill(np.zeros((0, 0)))
    things = {"s": {"a": np.arange(3.0), "b": {"c": "text"}}, "p": csc_array(np.eye(5)), "c": cells}
    savemat(path, things, do_compression=True)
    assert 0 < taken(path) < 10**5


def test_a_file_of_the_other_byte_order_is_counted_alike(tmp_path) -> None:
    data = struct.pack(">6d", *range(6))
    path = written(tmp_path, matrix(6, (2, 3), element(DOUBLE, data, order=">"), order=">"), order=b"MI")
    assert loadmat(path)["x"].shape == (2, 3)
    assert 48 <= taken(path) < 1000


def test_functions_objects_and_what_has_no_name_are_left_out(tmp_path) -> None:
    function = element(MATRIX, element(UINT32, struct.pack("<II", 16, 0)) + SHAPE + element(INT8, b"f") + bytes(24))
    workspace = element(
        MATRIX,
        matrix(9, (1, 2), element(2, b"ab"))[8:]
        .replace(b"x", b"\0")
        .replace(struct.pack("<II", 1, 1) + bytes(8), struct.pack("<II", 1, 0)),
    )
    path = written(tmp_path, function, matrix(6, (1, 1), element(DOUBLE, bytes(8))), element(MATRIX, b""), workspace)
    assert plain_variables(Budget(path)) == ["x"]
    assert set(loadmat(path, variable_names=["x"])) >= {"x"}


def test_a_cell_with_a_function_in_it_is_left_out(tmp_path) -> None:
    function = element(MATRIX, element(UINT32, struct.pack("<II", 17, 0)) + element(INT8, b"MCOS"))
    path = written(tmp_path, squeezed(matrix(1, (1, 2), function, matrix(6, (0, 0), element(DOUBLE, b"")))))
    assert plain_variables(Budget(path)) == []


def test_a_name_may_be_said_to_be_utf_8_and_an_object_has_fields(tmp_path) -> None:
    head = element(UINT32, struct.pack("<II", 3, 0)) + element(INT32, struct.pack("<2i", 1, 1)) + element(UTF8, b"x")
    fields = element(INT8, b"inline") + element(INT32, struct.pack("<i", 4)) + element(INT8, b"a\0\0\0b\0\0\0")
    values = matrix(6, (1, 1), element(DOUBLE, bytes(8))) * 2
    assert plain_variables(Budget(written(tmp_path, element(MATRIX, head + fields + values)))) == ["x"]


@pytest.mark.no_cover
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_while_little_is_unpacked(tmp_path) -> None:
    packer, packed = zlib.compressobj(9), io.BytesIO()
    start = matrix(6, (1, 2**25), element(DOUBLE, b"", 2**28), length=2**28 + 64)
    packed.write(packer.compress(start))
    zeros = bytes(2**24)
    for _ in range(16):
        packed.write(packer.compress(zeros))
    packed.write(packer.flush())
    path = written(tmp_path, element(COMPRESSED, packed.getvalue()))
    assert path.stat().st_size < 10**6
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"268,435,\d+ bytes with its variables\. Accepted are `max_bytes=200000000`"):
        plain_variables(Budget(path, 2 * 10**8))
    assert tracemalloc.get_traced_memory()[1] < 10**7
    tracemalloc.stop()


@pytest.mark.parametrize(
    "bomb",
    [
        squeezed(matrix(1, (2**15, 2**15))),
        squeezed(matrix(2, (2**15, 2**15), element(INT32, struct.pack("<i", 1)), element(INT8, b"a"))),
        squeezed(matrix(6, (1, 1), element(DOUBLE, bytes(10), 2**31))),
        squeezed(matrix(6, (2**15, 2**15))),
        squeezed(matrix(4, (2**15, 2**15))),
        squeezed(matrix(2, (1, 10**4), element(INT32, struct.pack("<i", 1)), element(INT8, b"a" * 60_000))),
        matrix(6, (2**15, 2**15)),
    ],
    ids=["cells", "structs", "numbers", "declared", "letters", "fields", "not compressed"],
)
def test_what_only_declares_much_is_refused(tmp_path, bomb) -> None:
    with pytest.raises(ValueError, match=r"`path` takes too much memory: .* bytes with its variables"):
        plain_variables(Budget(written(tmp_path, bomb), 10**9))


def test_a_hundred_thousand_empty_cells_are_counted(tmp_path) -> None:
    path = written(tmp_path, squeezed(matrix(1, (1, 10**5), element(MATRIX, b"") * 10**5)))
    assert path.stat().st_size < 10**4
    with pytest.raises(ValueError, match=r"takes too much memory"):
        plain_variables(Budget(path, 10**7))


def test_cells_within_cells_beyond_the_stack_are_refused(tmp_path) -> None:
    deep = matrix(6, (1, 1), element(DOUBLE, bytes(8)))
    for _ in range(DEEPEST + 1):
        deep = matrix(1, (1, 1), deep)
    with pytest.raises(ValueError, match=r"cannot be read as MATLAB v5.*cells within cells, more than 64 deep"):
        plain_variables(Budget(written(tmp_path, squeezed(deep))))
    shallow = matrix(1, (1, 1), matrix(6, (1, 1), element(DOUBLE, bytes(8))))
    assert taken(written(tmp_path, squeezed(shallow))) < 2000


NUMBERS = matrix(6, (2, 2), element(DOUBLE, bytes(32)))
LETTERS = element(INT32, struct.pack("<i", 2))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (squeezed(NUMBERS)[:-30], "EOFError: it ends within a variable"),
        (element(COMPRESSED, b"no zlib"), "incorrect header check"),
        (NUMBERS[:-8], "it ends within a variable"),
        (b"\x0e\0\0", "unpack requires a buffer of 8 bytes"),
        (element(INT8, b"no matrix"), "type 1 in place of 14"),
        (squeezed(element(INT8, b"no matrix")), "type 1 in place of 14"),
        (element(MATRIX, element(UINT32, bytes(16))), "a variable without flags"),
        (matrix(6, (1,), element(DOUBLE, bytes(8))), "a variable with 1 dimensions"),
        (matrix(6, (1,) * 40, element(DOUBLE, bytes(8))), "a variable with 40 dimensions"),
        (matrix(6, (2, 2), element(8, bytes(32))), "type 8 for numbers"),
        (matrix(6, (2, 2), element(99, bytes(32))), "type 99 for numbers"),
        (matrix(6, (2, 2), NUMBERS), "type 14 for numbers"),
        (matrix(6, (2, 2), element(DOUBLE, bytes(32)), element(DOUBLE, bytes(32))), "ends at 96 and not at 136"),
        (matrix(6 | 0x800, (2, 2), element(DOUBLE, bytes(32))), "within a variable"),
        (matrix(1, (1, 2), NUMBERS), "within a variable"),
        (matrix(1, (1, 1), element(DOUBLE, bytes(32))), "type 9 in place of 14"),
        (matrix(2, (1, 1), NUMBERS), "fields without the length of their names"),
        (
            matrix(2, (1, 1), element(INT32, bytes(4)), element(INT8, b"ab"), NUMBERS),
            "names of fields of 0 letters in 2",
        ),
        (matrix(2, (1, 1), LETTERS, element(INT8, b"abc"), NUMBERS), "names of fields of 2 letters in 3"),
        (matrix(2, (1, 1), LETTERS, NUMBERS), "type 14 and 88 bytes for a name"),
        (NUMBERS[:8] + struct.pack("<HHI", UINT32, 4, 6) + NUMBERS[16:], "type 6 in place of 6"),
        (NUMBERS.replace(b"\1\0\0\0\1\0\0\0x", b"\1\0\5\0abcdx"), "a small element of 5 bytes"),
    ],
)
def test_a_file_against_the_grammar_is_refused_before_scipy_sees_it(tmp_path, broken, words) -> None:
    with pytest.raises(ValueError, match=rf"`path` cannot be read as MATLAB v5\. Accepted is a whole file.*{words}"):
        plain_variables(Budget(written(tmp_path, broken)))


@pytest.mark.parametrize(
    "name", ["92_brainRDMs.mat", "92_modelRDMs.mat", "Kriegeskorte_Neuron2008_supplementalData.mat"]
)
def test_published_files_are_counted_near_what_they_take(data_folder, name) -> None:
    path = data_folder / "kriegeskorte2008" / "demos" / "92imageData" / name
    assert path.stat().st_size / 2 < taken(path) < 10**8
