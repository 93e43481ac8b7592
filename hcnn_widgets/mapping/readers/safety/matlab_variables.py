"""Read the variables of MATLAB files, v5 or v7.3, as arrays, texts, and lists of structs."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.hdf5_values import read_numbers
from hcnn_widgets.mapping.readers.safety.matlab_elements import plain_variables
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable

DEEPEST = 3
"""Deepest level at which cells within fields of structs are read."""
EACH_CELL = 1024
"""Bytes that a cell takes whatever it holds: a few cells that refer to one another may stand for very many."""
HDF5_HEADER = b"MATLAB 7.3 MAT-file"
Numbers = NDArray[Any]
Struct = dict[str, Any]
Variable = Numbers | list[str] | list[Struct] | None
"""Numbers of MATLAB's shape; the texts of a char matrix or a cell array; the structs of an array, last index fastest;
None for anything else."""


def matlab_variables(budget: Budget) -> dict[str, Variable]:
    """Read all variables of a file, v5 (`save` without an option, or with -v6 or -v7) or v7.3 (which is HDF5).

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    dict of str to Variable

    Raises
    ------
    ImportError
        If SciPy (v5) or h5py (v7.3) is not installed.
    ValueError
        If the variables exceed the budget, or the file is broken, or leads elsewhere.
    """
    with budget.path.open("rb") as file:
        is_hdf5 = file.read(len(HDF5_HEADER)) == HDF5_HEADER
    return _variables_of_v73(budget) if is_hdf5 else _variables_of_v5(budget)


def _variables_of_v5(budget: Budget) -> dict[str, Variable]:
    """Read the variables of a v5 file that SciPy reads safely."""
    names = plain_variables(budget)
    with unreadable(budget.path, "MATLAB v5"):
        loadmat = library("scipy.io", "MATLAB v5", "scipy").loadmat
        loaded = loadmat(budget.path, appendmat=False, variable_names=names) if names else {}
    return {name: _plain(loaded[name]) for name in names}


def _plain(value: NDArray[Any]) -> Variable:
    """Return SciPy's result as numbers, texts or structs."""
    if value.dtype.names:
        names = value.dtype.names
        return [{name: _plain(struct[name]) for name in names} for struct in value.ravel()]
    if value.dtype.kind == "U":
        return [text.rstrip() for text in value.ravel().tolist()]
    if value.dtype.kind == "O":
        return _texts([_plain(cell) for cell in value.ravel()])
    return value if value.dtype.kind in "fiub" else None


def _texts(cells: list[Variable]) -> Variable:
    """Return the texts of a cell array with one text in each cell, else None."""
    texts = [cell[0] for cell in cells if isinstance(cell, list) and len(cell) == 1 and isinstance(cell[0], str)]
    return texts if len(texts) == len(cells) else None


def _variables_of_v73(budget: Budget) -> dict[str, Variable]:
    """Read the variables of a v7.3 file, without the targets of references, whose names begin with #."""
    with open_hdf5(budget, "MATLAB v7.3") as file:
        reader = _Reader(file, budget)
        return {name: reader.variable(thing, 0) for name, thing in _members(file) if not name.startswith("#")}


def _members(group: Any) -> Iterator[tuple[str, Any]]:
    """Yield the groups and data sets in a group, without named types and dangling links."""
    h5py = library("h5py", "MATLAB v7.3")
    for name in group:
        if isinstance(thing := group.get(name), h5py.Group | h5py.Dataset):
            yield name, thing


class _Reader:
    """Reader of the variables of a v7.3 file, in which cells and structs refer to further variables."""

    def __init__(self, file: Any, budget: Budget) -> None:
        self._file, self._budget = file, budget
        self._h5py = library("h5py", "MATLAB v7.3")

    def variable(self, thing: Any, depth: int) -> Variable:
        """Return a variable as numbers, texts or structs."""
        if depth > DEEPEST:
            return None
        kind = thing.attrs.get("MATLAB_class", b"")
        kind = kind.decode("ascii", "replace") if isinstance(kind, bytes) else str(kind)
        if isinstance(thing, self._h5py.Group):
            return self._structs(thing, depth) if kind == "struct" else None
        if thing.attrs.get("MATLAB_empty", 0):
            return [] if kind == "char" else None
        if self._h5py.check_ref_dtype(thing.dtype) is not None:
            return (
                _texts([self.variable(target, depth + 1) for target in self._targets(thing)])
                if kind == "cell"
                else None
            )
        if thing.dtype.kind not in "fiub" or "MATLAB_sparse" in thing.attrs:
            return None
        numbers = read_numbers(thing, self._budget).T
        return _rows_of_text(numbers) if kind == "char" else numbers

    def _targets(self, dataset: Any) -> list[Any]:
        """Return the objects that a data set of references leads to, in MATLAB's order of rows."""
        self._budget.take(EACH_CELL * dataset.size, f"{dataset.name} (cells)")
        return [self._file[reference] for reference in np.asarray(dataset[()]).T.ravel()]

    def _structs(self, group: Any, depth: int) -> Variable:
        """Return a struct, or the structs of an array, where each field is a data set of references."""
        fields: dict[str, list[Any]] = {}
        for name, field in _members(group):
            is_array = "MATLAB_class" not in field.attrs and isinstance(field, self._h5py.Dataset)
            fields[name] = self._targets(field) if is_array else [field]
        return [
            {name: self.variable(target, depth + 1) for name, target in zip(fields, struct, strict=True)}
            for struct in zip(*fields.values(), strict=True)
        ]


def _rows_of_text(codes: Numbers) -> list[str]:
    """Return the rows of a char matrix, stored as UTF-16 codes, without trailing blanks."""
    return [np.ascontiguousarray(row).astype("<u2").tobytes().decode("utf-16-le", "replace").rstrip() for row in codes]
