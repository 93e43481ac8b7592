"""Load a format's library when a file of the format is read."""

from typing import Any

from hcnn_widgets.records.optional_package import optional_package


def library(name: str, file_format: str, install: str = "") -> Any:
    """Load a library, or say in one line how to install it.

    Parameters
    ----------
    name : str
        The module's name, such as "nibabel" or "scipy.io".
    file_format : str
        Name of the format that the library reads, for the error.
    install : str
        Packages that pip installs, if they differ from `name`.

    Returns
    -------
    module

    Raises
    ------
    ImportError
        If the library is not installed.

    Examples
    --------
    >>> library("numpy", "numbers").__name__
    'numpy'
    >>> library("no_such_library", "papyrus", install="no-such-library")
    Traceback (most recent call last):
    ...
    ImportError: Reading papyrus needs `no_such_library`, which is not installed. Accepted is any recent version;
    install it with: pip install no-such-library
    """
    return optional_package(name, f"Reading {file_format}", install)
