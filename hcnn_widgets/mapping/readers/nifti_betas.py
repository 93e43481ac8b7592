"""Read fMRI beta maps: a 4-D NIfTI file, a mask, and the events of the volumes."""

import gzip
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Presentations, told_ids
from hcnn_widgets.mapping.readers.safety.file_kind import Place, existing_file
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import unreadable
from hcnn_widgets.mapping.readers.text_table import read_columns

FORMAT = "NIfTI"
STIMULUS_COLUMNS = ("stim_file", "trial_type")
"""Columns of BIDS's events that may hold the stimulus, the best first."""
NEAR = 1e-3
"""Largest difference between two affine transforms of the same space, in mm."""


def read_nifti(
    budget: Budget,
    *,
    mask: Place | None = None,
    events: Place | None = None,
    stimulus_ids: Sequence[str] | None = None,
) -> Presentations:
    """Read one beta map per presentation, or per stimulus.

    The layout: betas (x, y, z, n_presentations); the mask (x, y, z) in the same space, not zero where a voxel is
    wanted; BIDS events (`*_events.tsv`), one row per map in the order of the maps, with onset, duration, and the
    stimulus in stim_file or trial_type. Sites are named by their voxel, such as "12-40-7".

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    mask : path
        A NIfTI file; required.
    events : path, optional
        A .tsv file.
    stimulus_ids : sequence of str, optional
        In the order of the maps, in place of events; the same id wherever the same stimulus was shown.

    Returns
    -------
    Presentations

    Raises
    ------
    ImportError
        If nibabel is not installed.
    ValueError, TypeError, FileNotFoundError
        If a file is too large, broken or missing, or betas, mask and events do not fit together.

    Source: the NIfTI-1 and NIfTI-2 standards; the Brain Imaging Data Structure (BIDS), events files.
    """
    if mask is None or (events is None) == (stimulus_ids is None):
        raise ValueError(
            "`mask` and either `events` or `stimulus_ids` must be given: beta maps name neither voxels nor stimuli. "
            f"Accepted are paths of a NIfTI mask and of an events.tsv; received mask={mask!r}, events={events!r}, "
            f"stimulus_ids={'None' if stimulus_ids is None else 'given'} for {budget.path}."
        )
    betas, inside = _image(budget, 4), _image(Budget(existing_file(mask, "mask"), budget.max_bytes), 3)
    if betas.shape[:3] != inside.shape or not np.allclose(betas.affine, inside.affine, atol=NEAR):
        raise ValueError(
            f"`mask` is not in the space of the betas. Accepted is {betas.shape[:3]} with the same affine; received "
            f"{inside.shape} in {mask}. Resample the mask onto the betas (nilearn.image.resample_to_img)."
        )
    wanted = _values(inside, Path(mask)) != 0
    values = _values(betas, budget.path)[wanted].T
    if not values.size:
        raise ValueError(f"`mask` is zero everywhere. Accepted is one that is not; received {mask}.")
    sites = np.array(["-".join(map(str, voxel)) for voxel in np.argwhere(wanted).tolist()], dtype=np.str_)
    if events is None:
        columns = {"stim_file": told_ids("stimulus_ids", () if stimulus_ids is None else stimulus_ids)}
    else:
        columns = read_columns(Budget(existing_file(events, "events"), budget.max_bytes))
    if n_rows := {len(column) for column in columns.values()} ^ {len(values)}:
        raise ValueError(
            f"`events` do not fit the betas. Accepted is one row for each of {len(values)} maps; received "
            f"{', '.join(map(str, n_rows - {len(values)}))} in {events or 'stimulus_ids'}."
        )
    return Presentations(values, columns, STIMULUS_COLUMNS, site_ids=sites)


def _image(budget: Budget, n_dimensions: int) -> Any:
    """Open an image after a check of its header, without loading its values."""
    nibabel = library("nibabel", FORMAT)
    with unreadable(budget.path, FORMAT):
        header = _header(nibabel, budget.path)
        shape, dtype = tuple(map(int, header.get_data_shape())), header.get_data_dtype()
        first = int(header["vox_offset"])
    if len(shape) != n_dimensions or min(shape) < 1 or dtype.kind not in "fiu":
        raise ValueError(
            f"`path` is an image of another shape or type. Accepted are numbers, "
            f"{'(x, y, z, n_presentations)' if n_dimensions == 4 else '(x, y, z)'}; received {shape} of {dtype} in "
            f"{budget.path}."
        )
    budget.take(8 * prod(shape) + max(0, first), "its image")
    with unreadable(budget.path, FORMAT):
        return nibabel.load(budget.path)


def _header(nibabel: Any, path: Path) -> Any:
    """Read the header alone: nibabel's loader also reads the bytes between it and the data."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        start = file.read(540)
    if start[4:7] == b"n+2":
        return nibabel.Nifti2Header(start, check=False)
    return nibabel.Nifti1Header(start[:348], check=False)


def _values(image: Any, path: Path) -> NDArray[Any]:
    """Load an image's values, scaled as its header says."""
    with unreadable(path, FORMAT):
        return np.asanyarray(image.dataobj)
