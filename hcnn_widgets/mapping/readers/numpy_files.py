"""Read responses and RDMs from NumPy's files, never from a pickle."""

import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from math import prod
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.array_axes import presentations_in
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.rdm_arrays import rdms_in
from hcnn_widgets.mapping.readers.safety.size_budget import Budget, bytes_in_memory
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

LONGEST_HEADER = 10_000
"""Most bytes of a header, NumPy's own limit."""


def read_npy(
    budget: Budget,
    *,
    stimulus_ids: Sequence[str] | None = None,
    axes: Sequence[str] | None = None,
    site_ids: Sequence[str] | None = None,
) -> Presentations:
    """Read an array of responses: (n_stimuli, n_sites), (n_trials, n_stimuli, n_sites), or as `axes` says.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    stimulus_ids, axes, site_ids
        As for `presentations_in`.

    Returns
    -------
    Presentations

    Raises
    ------
    ValueError, TypeError
        If the file is too large, broken or a pickle, or the arguments do not fit the array.
    """
    array = npy_array(budget)
    return presentations_in(array, budget.path, stimulus_ids=stimulus_ids, axes=axes, site_ids=site_ids)


def read_npz(
    budget: Budget,
    *,
    variable: str | None = None,
    stimulus_ids: Sequence[str] | None = None,
    axes: Sequence[str] | None = None,
    site_ids: Sequence[str] | None = None,
) -> Presentations:
    """Read an array of responses from an archive: `variable`, by default the only array that is no vector.

    Vectors with one number or text for each stimulus are columns: ids, labels, ... Else as `read_npy`.
    """
    shapes = _shapes(budget)
    tables = [name for name, shape in shapes.items() if prod(shape) > max(shape, default=1)]
    if variable is None and len(tables) > 1:
        listed = ", ".join(f"{name} {shapes[name]}" for name in tables)
        raise ValueError(
            f"`variable` must name the array of responses. Accepted are {listed}; received None for {budget.path}."
        )
    name, array = npz_array(budget, next(iter(tables), None) if variable is None else variable)
    vectors = [
        other for other, shape in shapes.items() if other != name and set(shape) & set(array.shape) == {prod(shape)}
    ]
    beside = {vector: npz_array(budget, vector)[1] for vector in vectors}
    return presentations_in(array, budget.path, stimulus_ids=stimulus_ids, axes=axes, site_ids=site_ids, beside=beside)


def read_npy_rdms(budget: Budget, *, stimulus_ids: Sequence[str] | None = None, distance: str = "") -> list[Rdm]:
    """Read RDMs from an array, ([n_subjects, [n_times,]] n_stimuli, n_stimuli) or an upper triangle; as `rdms_in`."""
    array = npy_array(budget)
    return rdms_in(array, budget.path, name=budget.path.stem, stimulus_ids=stimulus_ids, distance=distance)


def read_npz_rdms(
    budget: Budget, *, stimulus_ids: Sequence[str] | None = None, variable: str | None = None, distance: str = ""
) -> list[Rdm]:
    """Read RDMs as Net2Brain stores them: the first array, (n_subjects, [n_times,] n_stimuli, n_stimuli); as `rdms_in`.

    Source: Net2Brain, github.com/cvai-roig-lab/Net2Brain.
    """
    name, array = npz_array(budget, variable)
    title = budget.path.stem if variable is None else name
    return rdms_in(array, budget.path, name=title, stimulus_ids=stimulus_ids, distance=distance)


def npy_array(budget: Budget) -> NDArray[Any]:
    """Read a .npy file after a check of its header.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    ValueError
        If the file declares more than the budget, holds Python objects, or is broken.
    """
    with budget.path.open("rb") as file:
        _take_header(file, budget)
    with unreadable(budget.path, ".npy"):
        return np.asarray(np.load(budget.path, allow_pickle=False))


def npz_array(budget: Budget, variable: str | None) -> tuple[str, NDArray[Any]]:
    """Read one array of a .npz file after a check of its header.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    variable : str or None
        Name of the array; None for the first array.

    Returns
    -------
    name : str
    array : numpy.ndarray

    Raises
    ------
    ValueError
        If there is no such array, or it declares more than the budget, holds Python objects, or is broken.
    """
    with unreadable(budget.path, ".npz"), zipfile.ZipFile(budget.path) as archive:
        names = [entry.filename for entry in archive.infolist() if entry.filename.endswith(".npy")]
    wanted = f"{variable}.npy" if variable is not None else next(iter(names), None)
    if wanted not in names:
        raise ValueError(
            f"`variable` names no array of the archive. Accepted are {', '.join(name[:-4] for name in names) or 'none'}"
            f"; received {variable!r} for {budget.path}."
        )
    with ExitStack() as stack:
        with unreadable(budget.path, ".npz"):
            archive = stack.enter_context(zipfile.ZipFile(budget.path))
            member = stack.enter_context(archive.open(wanted))
        _take_header(member, budget)
    with unreadable(budget.path, ".npz"), np.load(budget.path, allow_pickle=False) as arrays:
        return wanted[:-4], np.asarray(arrays[wanted[:-4]])


def _shapes(budget: Budget) -> dict[str, tuple[int, ...]]:
    """Return the shapes of an archive's arrays, without those of Python objects."""
    shapes = {}
    with unreadable(budget.path, ".npz"), zipfile.ZipFile(budget.path) as archive:
        for name in (entry.filename for entry in archive.infolist() if entry.filename.endswith(".npy")):
            with archive.open(name) as file:
                shape, dtype = _header(file)
            if not dtype.hasobject:
                shapes[name[:-4]] = shape
    return shapes


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype]:
    """Read an array's header: its shape and type."""
    version = npy.read_magic(file)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(file, max_header_size=LONGEST_HEADER)
    return shape, dtype


def _take_header(file: IO[bytes], budget: Budget) -> None:
    """Count what a header declares, and refuse Python objects."""
    with unreadable(budget.path, ".npy"):
        shape, dtype = _header(file)
    if dtype.hasobject:
        raise ValueError(
            "`path` holds Python objects. Accepted is an array of numbers; received dtype object in "
            f"{budget.path}. Reading objects runs whatever code is in them, so none are read here."
        )
    budget.take(bytes_in_memory(shape, dtype), "its array")
