"""Read rsatoolbox's RDMs from HDF5 files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column
from hcnn_widgets.mapping.readers.rsatoolbox_descriptors import FORMAT, STIMULUS_COLUMNS, read_descriptors
from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.hdf5_values import read_numbers
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.given_arrays import as_text

NAME_COLUMNS = ("name", "participant", "subject", "session")
"""Descriptors of an RDM that usually name it."""
SAID = ("convention", "source")
"""Fields of an RDM beside its name, stored as descriptors."""


def read_rsatoolbox_rdms(budget: Budget, *, stimulus: str | None = None) -> list[Rdm]:
    """Read RDMs written by rsatoolbox's `RDMs.save(path, file_type="hdf5")`.

    The layout: `dissimilarities` (n_rdms, k), the strict upper triangles row by row; the attribute
    `dissimilarity_measure`; groups pattern_descriptors and rdm_descriptors with one value per stimulus and per RDM.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    stimulus : str, optional
        The pattern descriptor with the stimulus ids. By default stimulus_id, stimulus, stimuli, conds, conditions or
        image_id, or the only descriptor other than the index.

    Returns
    -------
    list of Rdm

    Raises
    ------
    ImportError
        If h5py is not installed.
    ValueError, TypeError
        If the file is too large, leads elsewhere, has another layout or no stimulus ids, or holds vectors that are no
        RDM.

    Source: rsatoolbox 0.3, rsatoolbox.rdm.RDMs.
    """
    with open_hdf5(budget, FORMAT) as file:
        vectors = read_numbers(file["dissimilarities"], budget)
        if vectors.ndim != 2:
            raise ValueError(
                "`path` holds dissimilarities of another shape. Accepted is (n_rdms, n_pairs); received "
                f"{vectors.shape} in {budget.path}."
            )
        n_stimuli = round((1 + (1 + 8 * vectors.shape[1]) ** 0.5) / 2)
        patterns = read_descriptors(file, "pattern_descriptors", n_stimuli, budget)
        descriptors = read_descriptors(file, "rdm_descriptors", len(vectors), budget)
        distance = file.attrs.get("dissimilarity_measure", "")
    ids = _ids(patterns, stimulus, budget.path)
    fields = _fields(descriptors, len(vectors))
    distance = distance if isinstance(distance, str) else ""
    return [Rdm(vector, ids, distance, **said) for vector, said in zip(vectors, fields, strict=True)]


def _ids(patterns: Mapping[str, Column], stimulus: str | None, path: Path) -> NDArray[np.str_]:
    """Return the stimulus ids, or raise an error that lists the descriptors."""
    names = [name for name in patterns if name != "index"]
    usual = [name for name in STIMULUS_COLUMNS if name in patterns] or (names if len(names) == 1 else [])
    wanted = stimulus if stimulus is not None else next(iter(usual), None)
    if wanted is None or wanted not in patterns:
        raise ValueError(
            "`stimulus` must name the pattern descriptor with the stimulus ids. Accepted are "
            f"{', '.join(patterns) or 'none'}; received {stimulus!r} for {path}."
        )
    return as_text(patterns[wanted])


def _fields(descriptors: Mapping[str, Column], n_rdms: int) -> list[dict[str, Any]]:
    """Return the name of each RDM, from the file or by number, and the fields that `write_rdms` stored."""
    named = next((descriptors[name] for name in NAME_COLUMNS if name in descriptors), None)
    names = [f"RDM {number + 1}" for number in range(n_rdms)] if named is None else as_text(named).tolist()
    fields: list[dict[str, Any]] = [{"name": name} for name in names]
    for field in (*SAID, "simulated"):
        for said, value in zip(fields, descriptors.get(field, np.zeros(0)).tolist(), strict=False):
            said[field] = bool(value) if field == "simulated" else str(value)
    return fields
