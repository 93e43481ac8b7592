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
        said = f": {type(error).__name__}: {' '.join(str(error).split())[:300]}"
        raise broken(path, file_format, said) from error


def broken(path: object, file_format: str, found: str) -> ValueError:
    """Return the refusal of a broken file.

    Parameters
    ----------
    path : path
    file_format : str
        As what it was to be read.
    found : str
        What is wrong with it; follows the path.

    Returns
    -------
    ValueError
    """
    return ValueError(
        f"`path` cannot be read as {file_format}. Accepted is a whole file of this format; received {path}{found}"
    )
