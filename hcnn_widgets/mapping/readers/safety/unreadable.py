"""Replace the errors of a format's library by one error that names the file."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unreadable(path: object, file_format: str) -> Iterator[None]:
    """Turn any exception of a library into a ValueError that names the file.

    Only calls of a library belong inside: this package's own errors are raised outside.

    Parameters
    ----------
    path : path
        The file, for the error.
    file_format : str
        Name of the expected format.

    Raises
    ------
    ValueError
        In place of the library's exception.

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
    """Return the error for a broken file.

    Parameters
    ----------
    path : path
    file_format : str
        Name of the expected format.
    found : str
        Fault of the file, in words that follow the path.

    Returns
    -------
    ValueError
    """
    return ValueError(
        f"`path` cannot be read as {file_format}. Accepted is a whole file of this format; received {path}{found}"
    )
