"""One sentence in place of what a format's library says about a broken file."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unreadable(path: object, file_format: str) -> Iterator[None]:
    """Turn whatever a library raises into a ValueError that names the file.

    Around calls of a library only: our own errors are raised outside.

    Parameters
    ----------
    path : path
        The file, for the error.
    file_format : str
        As what it was to be read.

    Raises
    ------
    ValueError
        In place of any exception of the library's.

    Examples
    --------
    >>> with unreadable("scan.nii", "NIfTI"):
    ...     raise OSError("unexpected end")
    Traceback (most recent call last):
    ...
    ValueError: `path` cannot be read as NIfTI. Accepted is a whole file of this format; received scan.nii: OSError:
    unexpected end
    """
    try:
        yield
    except Exception as error:
        raise ValueError(
            f"`path` cannot be read as {file_format}. Accepted is a whole file of this format; received {path}: "
            f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        ) from error
