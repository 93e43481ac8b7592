"""Libraries that one format needs and nothing else does: loaded when a file of it is read."""

from importlib import import_module
from typing import Any


def library(name: str, file_format: str, install: str = "") -> Any:
    """Load a library, or say in one line how to install it.

    Parameters
    ----------
    name : str
        The module's name, such as "nibabel" or "scipy.io".
    file_format : str
        What is read with it, for the error.
    install : str
        What pip calls it, where that is another name or more than one package.

    Returns
    -------
    module

    Raises
    ------
    ImportError
        If it is not installed.

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
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"Reading {file_format} needs `{name}`, which is not installed. Accepted is any recent version; install it "
            f"with: pip install {install or name}"
        ) from error
