import tempfile
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.io import savemat
from scipy.sparse import csc_array

from hcnn_widgets.mapping.readers.safety.matlab_variables import matlab_variables
from hcnn_widgets.mapping.readers.safety.size_budget import Budget


class MatlabFile:
    """Write a v7.3 file as MATLAB does: column-major HDF5, classes as attributes, cells by reference."""

    def __init__(self, path: Path) -> None:
        with h5py.File(path, "w", userblock_size=512) as self.file:
            self.refs = self.file.create_group("#refs#")
        with path.open("r+b") as raw:
            raw.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
        self.file = h5py.File(path, "a")
        self.refs = self.file["#refs#"]

    def numbers(self, where, name, array, kind="double"):
        data_set = where.create_dataset(name, data=np.asarray(array).T)
        data_set.attrs["MATLAB_class"] = np.bytes_(kind)
        return data_set

    def text(self, where, name, rows):
        codes = np.array([[ord(letter) for letter in row] for row in rows], dtype="u2").reshape(len(rows), -1)
        return self.numbers(where, name, codes, "char")

    def reference(self, make, value):
        return make(self.refs, f"r{len(self.refs)}", value).ref

    def cells(self, where, name, references, shape=None):
        array = np.array(references, dtype=h5py.ref_dtype).reshape(shape or (1, -1))
        data_set = where.create_dataset(name, data=array.T, dtype=h5py.ref_dtype)
        data_set.attrs["MATLAB_class"] = np.bytes_("cell")
        return data_set

    def structs(self, where, name, fields):
        group = where.create_group(name)
        group.attrs["MATLAB_class"] = np.bytes_("struct")
        for field, references in fields.items():
            data = np.array(references, dtype=h5py.ref_dtype).reshape(1, -1).T
            group.create_dataset(field, data=data, dtype=h5py.ref_dtype)
        return group


@pytest.fixture
def matlab(tmp_path):
    made = MatlabFile(tmp_path / "x.mat")
    yield made
    made.file.close()


def variables73(matlab) -> dict:
    path = Path(matlab.file.filename)
    matlab.file.close()
    return matlab_variables(Budget(path))


numbers = hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=3), elements=st.floats(allow_nan=False))


@settings(max_examples=30, deadline=None)
@given(array=numbers, compress=st.booleans())
def test_both_versions_give_numbers_of_matlab_s_shape(array, compress) -> None:
    with tempfile.TemporaryDirectory() as folder:
        savemat(f"{folder}/5.mat", {"x": array}, do_compression=compress)
        made = MatlabFile(Path(f"{folder}/73.mat"))
        made.numbers(made.file, "x", array)
        made.file.close()
        for variables in (
            matlab_variables(Budget(Path(f"{folder}/5.mat"))),
            matlab_variables(Budget(Path(f"{folder}/73.mat"))),
        ):
            np.testing.assert_array_equal(variables["x"], array)


def test_v5_gives_texts_structs_and_nothing_for_the_rest(tmp_path) -> None:
    names = np.array(["cat", "köter"], dtype=object)
    mixed = np.empty(2, dtype=object)
    mixed[0], mixed[1] = "cat", np.arange(3)
    things = {"rows": ["cat  ", "mouse"], "cells": names, "mixed": mixed, "p": csc_array(np.eye(3))}
    savemat(tmp_path / "x.mat", {**things, "s": {"RDM": np.eye(3), "name": "IT"}, "flag": np.array([True])})
    read = matlab_variables(Budget(tmp_path / "x.mat"))
    assert read["rows"] == ["cat", "mouse"]
    assert read["cells"] == ["cat", "köter"]
    assert read["mixed"] is None
    assert "p" not in read
    assert read["s"][0]["name"] == ["IT"]
    assert read["s"][0]["RDM"].tolist() == np.eye(3).tolist()
    assert read["flag"].tolist() == [[1]]


def test_v73_gives_texts_structs_and_nothing_for_the_rest(matlab) -> None:
    file = matlab.file
    matlab.text(file, "rows", ["cat  ", "mouse"])
    matlab.cells(file, "cells", [matlab.reference(matlab.text, [name]) for name in ("cat", "köter")])
    matlab.cells(file, "mixed", [matlab.reference(matlab.text, ["cat"]), matlab.reference(matlab.numbers, [[1.0]])])
    rdms = [matlab.reference(matlab.numbers, np.eye(3) * k) for k in (1, 2)]
    matlab.structs(file, "s", {"RDM": rdms, "name": [matlab.reference(matlab.text, [name]) for name in ("V1", "IT")]})
    one = matlab.structs(file, "one", {})
    matlab.numbers(one, "RDM", np.eye(3))
    matlab.numbers(one, "flag", [[1]], "logical").attrs["MATLAB_class"] = "logical"
    matlab.numbers(file, "p", [[1.0]]).attrs["MATLAB_sparse"] = 3
    matlab.numbers(file, "none", [[0, 0]], "char").attrs["MATLAB_empty"] = 1
    matlab.numbers(file, "void", [[0, 0]]).attrs["MATLAB_empty"] = 1
    file["bare"] = [1.0, 2.0]
    file.create_dataset("handles", data=[file["bare"].ref], dtype=h5py.ref_dtype).attrs["MATLAB_class"] = (
        "function_handle"
    )
    file["words"] = "text that MATLAB does not write"
    file.create_group("object").attrs["MATLAB_class"] = "table"
    read = variables73(matlab)
    assert read["rows"] == ["cat", "mouse"]
    assert read["cells"] == ["cat", "köter"]
    assert [struct["name"] for struct in read["s"]] == [["V1"], ["IT"]]
    assert read["s"][1]["RDM"].tolist() == (2 * np.eye(3)).tolist()
    assert read["one"][0]["RDM"].shape == (3, 3)
    assert read["one"][0]["flag"].tolist() == [[1]]
    assert read["none"] == []
    assert read["bare"].tolist() == [1, 2]
    assert all(read[name] is None for name in ("mixed", "p", "void", "handles", "words", "object"))
    assert "#refs#" not in read


def test_cells_that_lead_back_to_themselves_end(matlab) -> None:
    cell = matlab.cells(matlab.file, "x", [None])
    cell[0, 0] = cell.ref
    assert variables73(matlab) == {"x": None}


def test_cells_of_cells_that_stand_for_a_billion_are_refused(matlab) -> None:
    cells = matlab.reference(matlab.text, ["a"])
    for _ in range(2):
        cells = matlab.reference(matlab.cells, [cells] * 1000)
    matlab.cells(matlab.file, "x", [cells] * 1000)
    path = Path(matlab.file.filename)
    matlab.file.close()
    with pytest.raises(ValueError, match=r"takes too much memory: .* bytes with /.* \(cells\)"):
        matlab_variables(Budget(path, 10**7))


def test_a_thousand_cells_that_are_one_and_the_same_array_are_all_counted(matlab) -> None:
    text = matlab.reference(matlab.text, ["a" * 10**5])
    matlab.cells(matlab.file, "x", [text] * 1000)
    path = Path(matlab.file.filename)
    matlab.file.close()
    with pytest.raises(ValueError, match=r"takes too much memory: .* bytes with /#refs#/r0"):
        matlab_variables(Budget(path, 10**8))


def test_a_v5_file_that_scipy_cannot_read_is_refused(tmp_path) -> None:
    savemat(tmp_path / "x.mat", {"x": np.eye(3)})
    raw = (tmp_path / "x.mat").read_bytes()
    (tmp_path / "x.mat").write_bytes(raw.replace(b"\x09\0\0\0\x48\0\0\0", b"\x63\0\0\0\x48\0\0\0"))
    with pytest.raises(ValueError, match=r"cannot be read as MATLAB v5\. Accepted is a whole file of this format"):
        matlab_variables(Budget(tmp_path / "x.mat"))
