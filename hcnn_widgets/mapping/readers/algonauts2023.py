"""Read fMRI responses of the Algonauts Project 2023, with masks of regions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.array_axes import presentations_in
from hcnn_widgets.mapping.readers.numpy_files import npy_array
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.safety.file_kind import Place, existing_file, kind_of_file
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

FILE_NAME = re.compile(r"(lh|rh)_training_fmri\.npy")
ROIS = {
    "prf-visualrois": ("V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"),
    "floc-bodies": ("EBA", "FBA-1", "FBA-2", "mTL-bodies"),
    "floc-faces": ("OFA", "FFA-1", "FFA-2", "mTL-faces", "aTL-faces"),
    "floc-places": ("OPA", "PPA", "RSC"),
    "floc-words": ("OWFA", "VWFA-1", "VWFA-2", "mfs-words", "mTL-words"),
    "streams": ("early", "midventral", "midlateral", "midparietal", "ventral", "lateral", "parietal"),
}
"""Mask -> the regions numbered 1, 2, ... in it. The published mapping files are pickles, which are not read here."""
OUTSIDE = ""
"""Region of a vertex outside the regions of the mask."""


def is_algonauts2023(file: Path) -> bool:
    """Return whether a file has a file name of the project and the first bytes of a .npy file."""
    return FILE_NAME.fullmatch(file.name) is not None and kind_of_file(file) == "npy"


def read_algonauts2023(
    budget: Budget,
    *,
    mask: Place | None = None,
    stimulus_ids: Sequence[str] | None = None,
) -> Presentations:
    """Read the responses of one hemisphere.

    The layout: `training_split/training_fmri/{lh,rh}_training_fmri.npy` (n_stimuli, n_vertices), z-scored and averaged
    over repeats; `training_split/training_images/train-0001_nsd-00013.png`, ..., one per row in the order of their
    names; `roi_masks/{lh,rh}.<mask>_challenge_space.npy` (n_vertices,), the number of a region for each vertex.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    mask : path, optional
        A file of roi_masks, from whose regions `area` chooses. Without a mask all vertices are one area.
    stimulus_ids : sequence of str, optional
        In the order of rows; by default the names, without suffix, of the images in the folder beside.

    Returns
    -------
    Presentations

    Raises
    ------
    ValueError, FileNotFoundError
        If a file is too large, broken or missing, or mask, images and responses do not fit together.

    Source: Gifford et al. 2023, The Algonauts Project 2023 Challenge, arXiv:2301.03198.
    """
    array = npy_array(budget)
    if stimulus_ids is None:
        images = budget.path.parent.parent / "training_images"
        stimulus_ids = sorted(image.stem for image in images.glob("*.png")) or None
    hemisphere = budget.path.name[:2]
    vertices = [f"{hemisphere}-{vertex:05d}" for vertex in range(array.shape[-1])]
    presentations = presentations_in(array, budget.path, stimulus_ids=stimulus_ids, site_ids=vertices)
    if mask is None:
        return presentations
    regions = _regions(existing_file(mask, "mask"), hemisphere, len(vertices), budget.max_bytes)
    return replace(presentations, regions=regions).of_sites(regions != OUTSIDE)


def _regions(mask: Path, hemisphere: str, n_vertices: int, max_bytes: int) -> NDArray[np.str_]:
    """Return the region of each vertex: by name if the mask is a published one, else by number."""
    numbers = npy_array(Budget(mask, max_bytes))
    if numbers.shape != (n_vertices,) or numbers.dtype.kind not in "iuf" or mask.name[:2] != hemisphere:
        raise ValueError(
            f"`mask` does not fit the responses. Accepted is a number for each of {n_vertices} vertices of "
            f"{hemisphere}, a file of roi_masks that ends in _challenge_space.npy; received {numbers.shape} in {mask}."
        )
    published = ROIS.get(mask.name[3:].removesuffix("_challenge_space.npy"), ())
    names = {0: OUTSIDE, **dict(enumerate(published, start=1))}
    return np.array([names.get(int(number), str(int(number))) for number in numbers], dtype=np.str_)
