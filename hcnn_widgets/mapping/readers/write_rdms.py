"""Write RDMs to HDF5 files that rsatoolbox opens."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.rsatoolbox_descriptors import FORMAT
from hcnn_widgets.mapping.readers.rsatoolbox_rdms import SAID
from hcnn_widgets.mapping.readers.safety.file_kind import Place
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def write_rdms(path: Place, rdms: Rdm | Sequence[Rdm], *, overwrite: bool = False) -> None:
    """Write RDMs as HDF5 that rsatoolbox's `rsatoolbox.rdm.load_rdm(path, file_type="hdf5")` opens.

    Parameters
    ----------
    path : path
        Usually ending in .h5 or .hdf5, from which rsatoolbox tells the format.
    rdms : Rdm or sequence of Rdm
        Of the same stimuli, in any order, and of the same distance: a file has a single measure.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    ImportError
        If h5py is not installed.
    FileExistsError, FileNotFoundError
        If the file exists already, or its folder does not.
    TypeError, ValueError
        If there is no RDM, or their stimuli or distances differ, or an id cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from hcnn_widgets.mapping.readers.read_rdms import read_rdms
    >>> rdm = Rdm([1, 2, 3], stimulus_ids=["cat", "dog", "car"], distance="correlation", name="IT")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_rdms(f"{folder}/it.h5", [rdm])
    ...     read_rdms(f"{folder}/it.h5")
    (Rdm(IT: 3 stimuli, correlation),)
    """
    h5py = library("h5py", FORMAT)
    several = _checked_together(rdms)
    file = _new_file(path, overwrite)
    ids = several[0].stimulus_ids
    said = {name: np.array([getattr(rdm, name) for rdm in several], dtype=np.str_) for name in ("name", *SAID)}
    said = {name: text for name, text in said.items() if name == "name" or any(text.tolist())}
    for argument, text in (("stimulus_ids", ids), *said.items()):
        _check_writable(argument, text)
    draft = file.with_name(file.name + ".part")
    try:
        with h5py.File(draft, "w", libver=("v108", "latest")) as out:  # older ones limit an attribute to 64 kB
            out.attrs["dissimilarity_measure"] = several[0].distance
            out["dissimilarities"] = np.stack([rdm.select(ids.tolist()).vector for rdm in several])
            out.create_group("descriptors")
            _write_text(out.create_group("pattern_descriptors"), "stimulus_id", ids)
            descriptors = out.create_group("rdm_descriptors")
            for name, text in said.items():
                _write_text(descriptors, name, text)
            descriptors["simulated"] = np.array([rdm.simulated for rdm in several])
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _checked_together(rdms: Rdm | Sequence[Rdm]) -> list[Rdm]:
    """Return the RDMs as a list, or refuse RDMs that do not fit into one file."""
    several = [rdms] if isinstance(rdms, Rdm) else list(rdms)
    strangers = [type(item).__name__ for item in several if not isinstance(item, Rdm)]
    if strangers or not several:
        raise TypeError(
            f"`rdms` must be RDMs. Accepted is an Rdm or a sequence of one or more; received {strangers or 'none'}. "
            "A square matrix becomes one by Rdm.from_matrix(matrix, stimulus_ids)."
        )
    distances = sorted({rdm.distance for rdm in several})
    if len(distances) > 1:
        raise ValueError(
            f"`rdms` have several distances. Accepted is one, as a file has one measure; received "
            f"{', '.join(map(repr, distances))}. Write one file for each."
        )
    wanted = set(several[0].stimulus_ids.tolist())
    for rdm in several[1:]:
        if different := wanted ^ set(rdm.stimulus_ids.tolist()):
            raise ValueError(
                f"`rdms` are of different stimuli. Accepted are the same ids in each, in any order; "
                f"{', '.join(sorted(different)[:5])} are not in all. Take those in common first: rdm.select(ids)."
            )
    return several


def _new_file(path: Place, overwrite: bool) -> Path:
    """Return the path of a file that may be written."""
    file = Path(path).expanduser()
    if not file.parent.is_dir():
        raise FileNotFoundError(f"`path` lies in no folder. Accepted is one that is there; received {file.parent}.")
    if file.exists() and not overwrite:
        raise FileExistsError(f"`path` is there already. Accepted is a new file, or overwrite=True; received {file}.")
    return file


def _check_writable(argument: str, text: NDArray[np.str_]) -> None:
    """Refuse text that HDF5 cannot hold: a NUL, or half of a UTF-16 pair."""
    for entry in text.tolist():
        if "\0" in entry or any("\ud800" <= letter <= "\udfff" for letter in entry):
            raise ValueError(
                f"`{argument}` has text that HDF5 cannot hold. Accepted is any Unicode text without NUL; received "
                f"{entry!r}."
            )


def _write_text(group: Any, name: str, text: NDArray[np.str_]) -> None:
    """Write text so that rsatoolbox reads it as text: ASCII as bytes in a data set, other text as an attribute."""
    if all(entry.isascii() for entry in text.tolist()):
        group[name] = text.astype("S")
    else:
        group.attrs[name] = text.tolist()
