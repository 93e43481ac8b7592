"""Files that are written whole or not at all: until the new one is complete on the disk, the old one stays."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Let a file be written beside another, and then take its place in a single step.

    Parameters
    ----------
    path : pathlib.Path
        The file to be written or replaced; of a link, what it leads to is replaced.

    Yields
    ------
    pathlib.Path
        Where to write, in the same folder and with the same suffix; gone afterwards, also after an error.

    Raises
    ------
    OSError
        If the disk is full, the folder is missing or read-only, ...: `path` is as it was.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.stem}-{uuid4().hex[:12]}{target.suffix}")
    try:
        temporary.open("xb").close()
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        _to_disk(temporary)
        os.replace(temporary, target)
        _names_to_disk(target.parent)
    except OSError as error:
        raise OSError(
            error.errno,
            f"`path` could not be written: {error.strerror or error}. Accepted is a folder that can be written to and "
            f"has room for the file; received {path}, which is as it was before",
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _to_disk(path: Path) -> None:
    """Wait until the bytes are on the disk: a name must not be given to what a power cut would lose."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _names_to_disk(folder: Path) -> None:
    """Wait until the new name is on the disk, where the system lets a folder be opened."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
