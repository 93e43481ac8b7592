"""Find the image files in a .zip, whose names and sizes are checked before anything is unpacked."""

import stat
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

BUDGET = 4 * 2**30
"""Bytes that a .zip's image files may take, unpacked."""
LARGEST_FILE = 256 * 2**20
"""Bytes that a single one may take: they are unpacked in memory, one after another."""


def zipped_images(
    path: Path, suffixes: Sequence[str], budget: int = BUDGET, largest: int = LARGEST_FILE
) -> dict[str, Callable[[], IO[bytes]]]:
    """Return the image files in a .zip: path -> function that unpacks the file in memory; nothing is written to disk.

    Parameters
    ----------
    path : pathlib.Path
    suffixes : sequence of str
        Endings of image files, in lower case. Other and hidden files are passed over.
    budget, largest : int
        Bytes that the image files may declare, all together and each.

    Returns
    -------
    dict of str to function
        A single folder at the top, as archives of a folder have it, is left out of the paths.

    Raises
    ------
    ValueError
        If the file is no whole .zip, or an image file in it leads elsewhere, is a link, encrypted, too large, or there
        twice.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if _is_image(entry, suffixes)]
    except zipfile.BadZipFile as error:
        raise ValueError(f"`path` is broken. Accepted is a whole .zip; received {path} ({error}).") from error
    for entry in entries:
        if reason := _refusal(entry, largest):
            raise ValueError(
                f"`path` holds a file that is not read from a .zip. Accepted are image files below it, unencrypted, of "
                f"{largest:,} bytes at most; received {entry.filename!r}, which {reason}, in {path}."
            )
    if (declared := sum(entry.file_size for entry in entries)) > budget:
        raise ValueError(f"`path` unpacks to too much. Accepted are {budget:,} bytes; received {declared:,} in {path}.")
    found = {name: _opener(path, entry) for name, entry in zip(_names(entries), entries, strict=True)}
    if len(found) < len(entries):
        raise ValueError(f"`path` holds files of the same name. Accepted is each name once; received {path}.")
    return found


def _is_image(entry: zipfile.ZipInfo, suffixes: Sequence[str]) -> bool:
    """Return whether an entry's name is that of an image file that is not hidden, nor in a hidden folder."""
    parts = PurePosixPath(entry.filename).parts
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return not (entry.is_dir() or hidden) and entry.filename.lower().endswith(tuple(suffixes))


def _refusal(entry: zipfile.ZipInfo, largest: int) -> str:
    """Return what an entry does that no image file of an archive may; empty for the others."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    # The upper half of the attributes holds the file's mode where the archive was made on Unix.
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "leads out of the archive"
    if entry.flag_bits & 1:
        return "is encrypted"
    return f"declares {entry.file_size:,} bytes" if entry.file_size > largest else ""


def _names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the paths of entries, without the folder that all of them lie in."""
    paths = [PurePosixPath(entry.filename) for entry in entries]
    shared = {path.parts[0] for path in paths}
    if len(shared) == 1 and all(len(path.parts) > 1 for path in paths):
        paths = [path.relative_to(path.parts[0]) for path in paths]
    return [path.as_posix() for path in paths]


def _opener(path: Path, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    """Return a function that unpacks an entry, no more of it than it declares."""

    def unpacked() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
            return BytesIO(file.read(entry.file_size))

    return unpacked
