"""Recognise the format of a file by its first bytes, not by its name."""

import reprlib
from os import PathLike
from pathlib import Path

Place = str | PathLike[str]

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
PICKLE_SUFFIXES = (".pkl", ".pickle")
SIGNATURES = (
    (b"MATLAB 5.0 MAT-file", "matlab"),
    (b"MATLAB 7.3 MAT-file", "matlab"),
    (b"PK\x03\x04", "npz"),
    (b"\x93NUMPY", "npy"),
    (HDF5_SIGNATURE, "hdf5"),
)
ACCEPTED = "BrainIO netCDF-4, rsatoolbox HDF5, MATLAB .mat, .npz, .npy, NWB 2, NIfTI (.nii, .nii.gz), .csv and .tsv"


def existing_file(path: Place, argument: str = "path") -> Path:
    """Return the path of a file that exists and is not empty.

    Parameters
    ----------
    path : path
    argument : str
        Name of the argument, for the error.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    TypeError, FileNotFoundError, IsADirectoryError, ValueError
        If `path` is no path, or the file does not exist, is a folder, or is empty.
    """
    if not isinstance(path, (str, PathLike)):
        received = f"a {type(path).__name__}" if hasattr(path, "to_csv") else reprlib.repr(path)
        raise TypeError(
            f"`{argument}` must be a path. Accepted is a str or pathlib.Path; received {received}. Arrays and columns "
            "of a table become recordings by RecordingSet or RecordingSet.from_presentations."
        )
    file = Path(path).expanduser()
    if file.is_dir():
        raise IsADirectoryError(f"`{argument}` is a folder. Accepted is a file; received {file}. Name a file in it.")
    if not file.is_file():
        raise FileNotFoundError(f"`{argument}` is not there. Accepted is an existing file; received {file}.")
    if file.stat().st_size == 0:
        raise ValueError(f"`{argument}` is empty. Accepted is {ACCEPTED}; received 0 bytes in {file}.")
    return file


def kind_of_file(path: Path, accepted: str = ACCEPTED) -> str:
    """Return the format of a file.

    Parameters
    ----------
    path : pathlib.Path
        An existing file.
    accepted : str
        The formats, for the error.

    Returns
    -------
    str
        matlab, npz, npy, hdf5, nifti or csv. An "hdf5" file may be BrainIO's, rsatoolbox's or NWB's.

    Raises
    ------
    ValueError
        If the format is none of these, or the file is a pickle.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if path.suffix.lower() in PICKLE_SUFFIXES or (start[:1] == b"\x80" and start[1:2] in b"\x02\x03\x04\x05"):
        raise ValueError(
            f"`path` is a pickle. Accepted is {accepted}; received {path}. Reading a pickle runs whatever code is in "
            "it, so none is read here; rsatoolbox writes the same as HDF5: rdms.save(path, file_type='hdf5')."
        )
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            return kind
    if start[344:348] == b"n+1\0" or start[4:8] == b"n+2\0" or (start[:2] == b"\x1f\x8b" and _says_nifti(path)):
        return "nifti"
    if HDF5_SIGNATURE in (start[512:520], start[1024:1032], start[2048:2056]):
        return "hdf5"
    if path.suffix.lower() in TEXT_SUFFIXES:
        return "csv"
    raise ValueError(
        f"`path` has a format that is not known here. Accepted is {accepted}; received {path}, which starts with "
        f"{start[:8]!r}."
    )


def _says_nifti(path: Path) -> bool:
    """Return whether a compressed file is named as NIfTI names them."""
    return path.name.lower().endswith(".nii.gz")
