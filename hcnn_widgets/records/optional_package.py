"""Load a package that only some people need, when it is needed."""

from importlib import import_module
from typing import Any


def optional_package(name: str, purpose: str, install: str = "") -> Any:
    """Load a package, or say in one line how to install it.

    Parameters
    ----------
    name : str
        The module's name, such as "pandas" or "scipy.io".
    purpose : str
        What needs it, as the beginning of a sentence.
    install : str
        Packages that pip installs, if they differ from `name`.

    Returns
    -------
    module

    Raises
    ------
    ImportError
        If the package is not installed.

    Examples
    --------
    >>> optional_package("numpy", "`to_numbers()`").__name__
    'numpy'
    >>> optional_package("no_such_package", "`to_papyrus()`", install="no-such-package")
    Traceback (most recent call last):
    ...
    ImportError: `to_papyrus()` needs `no_such_package`, which is not installed. Accepted is any recent version;
    install it with: pip install no-such-package
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"{purpose} needs `{name}`, which is not installed. Accepted is any recent version; install it "
            f"with: pip install {install or name}"
        ) from error
