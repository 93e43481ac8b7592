"""Read the images in a zip archive, with checks of names, sizes and memory."""

import zipfile
from io import BytesIO
from os import PathLike
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

BUDGET = 256 * 2**20
"""Bytes that an archive's images may take, unpacked and as pixels."""


def read_images(
    path: "str | PathLike[str]", suffix: str = ".jpg", budget: int = BUDGET
) -> tuple[list[str], NDArray[np.uint8]]:
    """Read all images of an archive into memory; nothing is written to disk.

    Parameters
    ----------
    path : path
        A zip file with images of one size.
    suffix : str
        Ending of the files to read.
    budget : int
        Bytes that the images may take, unpacked, and again as pixels.

    Returns
    -------
    names : list of str
        Sorted, without folder and suffix.
    images : (n_stimuli, height, width, 3) uint8

    Raises
    ------
    ValueError
        If a name leads out of the archive, there is no image, sizes differ, or the budget is exceeded.
    """
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(suffix)]
        _check(path, entries, suffix, budget)
        entries.sort(key=lambda entry: entry.filename)
        images = [_pixels(archive, entry, budget // len(entries)) for entry in entries]
    sizes = {image.shape for image in images}
    if len(sizes) > 1:
        raise ValueError(
            f"`path` holds images of several sizes. Accepted is one size; received {sorted(sizes)} in {path}."
        )
    return [PurePosixPath(entry.filename).stem for entry in entries], np.stack(images)


def _check(path: object, entries: list[zipfile.ZipInfo], suffix: str, budget: int) -> None:
    """Refuse an archive without images, with names that lead elsewhere, or that unpacks to more than the budget."""
    if not entries:
        raise ValueError(f"`path` holds no image. Accepted is a zip file with {suffix} files; received {path}.")
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise ValueError(
                f"`path` holds a file whose name leads out of the archive. Accepted are names below it; received "
                f"{entry.filename!r} in {path}."
            )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > budget:
        raise ValueError(
            f"`path` unpacks to too much. Accepted are {budget:,} bytes; received an archive of {unpacked:,} in {path}."
        )


def _pixels(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> NDArray[np.uint8]:
    """Decode an image, checking its size before its pixels."""
    from PIL import Image

    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    with Image.open(BytesIO(data)) as image:
        if 3 * image.width * image.height > budget:
            raise ValueError(
                f"`path` holds an image that is too large. Accepted are {budget:,} bytes as pixels; received "
                f"{image.width} x {image.height} in {entry.filename}."
            )
        return np.asarray(image.convert("RGB"))
