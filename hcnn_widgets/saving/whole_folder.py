"""Folders that are written whole or not at all: until the new one is complete on the disk, the old one stays."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from uuid import uuid4


@contextmanager
def folder_written_whole(folder: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Let a folder be filled beside another, and then take its place.

    Parameters
    ----------
    folder : pathlib.Path
        The folder to be written or replaced.
    is_ours : callable
        Whether all that is in a folder was written by this package, so that it may be replaced.

    Yields
    ------
    pathlib.Path
        An empty folder beside it; gone afterwards, also after an error.

    Raises
    ------
    FileExistsError
        If there is something else of this name.
    OSError
        If the disk is full, the folder above is missing or read-only, ...: all is as it was.
    """
    named = folder.name not in ("", "..")
    is_free = not folder.exists() or (folder.is_dir() and (_empty(folder) or is_ours(folder)))
    if folder.is_symlink() or not (named and is_free):
        raise FileExistsError(
            "`folder` names something that is no saved run, and it will not be replaced. Accepted is a new name, or "
            f"the folder of a run saved before with nothing else in it; received {folder}."
        )
    mark = uuid4().hex[:12]
    temporary, aside = (folder.with_name(f".{folder.name}-{mark}-{kind}") for kind in ("new", "old"))
    try:
        temporary.mkdir()
        yield temporary
        for path in temporary.iterdir():
            _to_disk(path)
        _put_in_place(temporary, folder, aside)
        _to_disk(folder.parent)
    except OSError as error:
        raise OSError(
            error.errno,
            f"`folder` could not be written: {error.strerror or error}. Accepted is a place that can be written to and "
            f"has room for the run; received {folder}, which is as it was before",
        ) from error
    finally:
        for left in (temporary, aside):
            shutil.rmtree(left, ignore_errors=True)


def _put_in_place(temporary: Path, folder: Path, aside: Path) -> None:
    """Give the new folder its name; where that fails, the old one gets it back."""
    was_there = folder.exists()
    if was_there:
        os.rename(folder, aside)
    try:
        os.rename(temporary, folder)
    except OSError:
        if was_there:
            os.rename(aside, folder)
        raise


def _empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder where the system lets it be opened, are on the disk."""
    with suppress(OSError) if path.is_dir() else nullcontext():
        opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
