"""RDMs from an array of matrices or upper triangles, by subject and time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import told_ids
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI, n_stimuli_of
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

STACKED = ("subject", "time")
"""Axes before the two of a matrix, as in the files of Net2Brain and Algonauts."""


def n_stimuli_in(array: NDArray[Any]) -> int | None:
    """Return the number of stimuli of the RDMs in an array, square or an upper triangle; None if it can hold none.

    Examples
    --------
    >>> n_stimuli_in(np.zeros((4, 92, 92))), n_stimuli_in(np.zeros((1, 4186))), n_stimuli_in(np.zeros((5, 7)))
    (92, 92, None)
    """
    if _is_square(array):
        return array.shape[-1] if array.shape[-1] >= FEWEST_STIMULI and array.ndim <= 2 + len(STACKED) else None
    return n_stimuli_of(array.size) if max(array.shape, default=0) == array.size else None


def _is_square(array: NDArray[Any]) -> bool:
    """Return whether an array is a matrix or a stack of matrices, not a vector."""
    return array.ndim >= 2 and array.shape[-1] == array.shape[-2]


def rdms_in(
    array: NDArray[Any], path: Path, *, name: str, stimulus_ids: Sequence[str] | None, distance: str = ""
) -> list[Rdm]:
    """Return the RDMs in an array, each named by subject and time.

    Parameters
    ----------
    array : ([n_subjects, [n_times,]] n_stimuli, n_stimuli) or (k,) float
        Symmetric matrices with zeros on the diagonal, or the strict upper triangle row by row.
    path : pathlib.Path
        For errors.
    name : str
        Name of the array, to which each RDM's name adds its subject and time.
    stimulus_ids : sequence of str or None
        In the order of rows.
    distance : str

    Returns
    -------
    list of Rdm

    Raises
    ------
    ValueError
        If the array is no RDM, or no stimulus ids are given.

    Examples
    --------
    >>> two = 1.0 - np.stack([np.eye(3), np.eye(3)])
    >>> rdms_in(two, Path("it.npz"), name="IT", stimulus_ids=["cat", "dog", "car"])
    [Rdm(IT, subject 1: 3 stimuli, distance not named), Rdm(IT, subject 2: 3 stimuli, distance not named)]
    """
    if n_stimuli_in(array) is None:
        raise ValueError(
            "`path` holds no RDM. Accepted are (n_stimuli, n_stimuli) with 3 stimuli or more, after axes for subject "
            f"and time, or the upper triangle; received {name!r} {array.shape} in {path}."
        )
    if stimulus_ids is None:
        raise ValueError(
            f"`stimulus_ids` must be given: {path} does not name the stimuli. Accepted is a sequence of ids in the "
            f"order of the rows of {name!r} {array.shape}; received None. RDMs are joined by id, never by row."
        )
    ids = told_ids("stimulus_ids", stimulus_ids)
    if not _is_square(array):
        return [Rdm(array.ravel(), ids, distance, name)]
    stacked = array.shape[:-2]
    return [
        Rdm.from_matrix(array[place], ids, distance=distance, name=", ".join([name, *_numbered(place, stacked)]))
        for place in np.ndindex(stacked)
    ]


def _numbered(place: tuple[int, ...], stacked: tuple[int, ...]) -> list[str]:
    """Return numbered names of a subject and a time, with as many digits for each subject or time."""
    return [f"{axis} {number + 1:0{len(str(n))}d}" for axis, number, n in zip(STACKED, place, stacked, strict=False)]
