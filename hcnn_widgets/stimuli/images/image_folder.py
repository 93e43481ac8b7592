"""Read the image files of a folder or a .zip, with checks of links, files and memory."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.stimuli.images.image_file import read_image
from hcnn_widgets.stimuli.images.natural_order import natural_key
from hcnn_widgets.stimuli.images.zipped_images import zipped_images

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp")
"""Endings of the files that are read, in upper or lower case."""

BUDGET = 4 * 2**30
"""Bytes that a folder's images may take in memory."""

NAMED = 5
"""Maximum number of files named in an error; the others are counted."""


def read_folder(
    path: "str | os.PathLike[str]", size: int, n_channels: int, budget: int = BUDGET
) -> tuple[NDArray[np.float32], list[str], list[str] | None]:
    """Read every image file in a folder or .zip and its sub-folders; see `StimulusSet.from_folder`.

    Parameters
    ----------
    path : path
    size : int
        Height and width of the result, in pixels.
    n_channels : int
        1 (luminance) or 3 (RGB).
    budget : int
        Bytes that all images together may take in memory.

    Returns
    -------
    images : (n_stimuli, size, size, n_channels) float32
        From 0 to 1.
    names : list of str
        Path of each file relative to the folder, or in the .zip, with forward slashes, in natural order.
    labels : list of str or None
        The first sub-folder on each file's path; None if all files lie in `path` itself.

    Raises
    ------
    NotADirectoryError
        If `path` is neither.
    ValueError
        If an argument is out of range, there is no image, a file cannot be read, or links lead elsewhere.
    """
    root = _checked_arguments(path, size, n_channels)
    found = zipped_images(root, SUFFIXES) if root.is_file() else _files_below(root)
    names = sorted(found, key=natural_key)
    files = [found[name] for name in names]
    if not files:
        raise ValueError(f"`path` holds no image. Accepted are files ending in {', '.join(SUFFIXES)}; received {root}.")
    wanted = len(files) * size**2 * n_channels * 4
    if wanted > budget:
        raise ValueError(
            f"`path` holds more than fits. Accepted are images of {budget:,} bytes in memory; received {len(files):,} "
            f"of {size} x {size} x {n_channels}, {wanted:,} bytes. A smaller `size` needs less."
        )
    labels = _labels(root, names)
    images, bad = np.empty((len(files), size, size, n_channels), np.float32), []
    for image, file, name in zip(images, files, names, strict=True):
        try:
            image[...] = read_image(file, size, n_channels)
        except Exception as error:  # decoders fail in many ways on what is no image; each is the file's fault
            bad.append(f"{name} ({str(error) or type(error).__name__})")
    if bad:
        raise ValueError(f"`path` holds files that cannot be read. Accepted are whole images; received {_listed(bad)}.")
    return images, names, labels


def _checked_arguments(path: "str | os.PathLike[str]", size: int, n_channels: int) -> Path:
    """Return the folder or .zip; refuse a path that is neither, and a size or number of channels out of range."""
    root = Path(path)
    if not (root.is_dir() or zipfile.is_zipfile(root)):
        raise NotADirectoryError(
            f"`path` is no folder. Accepted is a folder with image files, or a .zip of them; received {root}."
        )
    if not is_whole(size, 1):
        raise ValueError(f"`size` holds no pixel. Accepted are whole numbers above 0; received {size!r}.")
    if n_channels not in (1, 3):
        raise ValueError(f"`n_channels` is unknown. Accepted is 1 (luminance) or 3 (RGB); received {n_channels!r}.")
    return root


def _files_below(root: Path) -> dict[str, Path]:
    """Return the image files below a folder by their paths in it."""
    return {file.relative_to(root).as_posix(): file for file in _image_files(root)}


def _image_files(root: Path) -> Iterator[Path]:
    """Yield the image files in a folder and its sub-folders, except hidden files; refuse links that lead elsewhere."""
    inside, strange = root.resolve(), []
    for folder, folders, files in os.walk(root, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        images = [name for name in files if name.lower().endswith(SUFFIXES) and not name.startswith(".")]
        linked = [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
        found = [Path(folder, name) for name in images]
        # A link to a folder may lead in circles; what is no file, such as a pipe, could be waited for without end.
        strange += linked + [f for f in found if not (f.is_file() and f.resolve().is_relative_to(inside))]
        yield from found
    if strange:
        raise ValueError(
            "`path` holds what is no image file of its own. Accepted are files in the folder and links between them; "
            f"received {_listed(sorted(p.relative_to(root).as_posix() for p in strange))}. Copy there what is linked."
        )


def _raise(error: OSError) -> None:
    """Raise the error of an unreadable folder, which os.walk would leave out."""
    raise error


def _labels(root: Path, names: list[str]) -> list[str] | None:
    """Return the sub-folder of each file, None without sub-folders; refuse a mixture."""
    beside = [name for name in names if "/" not in name]
    if len(beside) == len(names):
        return None
    if beside:
        raise ValueError(
            f"`path` holds images both in sub-folders, whose names are the labels, and beside them. Accepted is either "
            f"alone; received {_listed(beside)} beside the sub-folders of {root}."
        )
    return [name.split("/")[0] for name in names]


def _listed(names: list[str]) -> str:
    """Return the first names, joined, and the number of the others."""
    others = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {others} more" if others > 0 else "")
