"""Public names of packages: loaded when first touched; the nearest is named where a name is misspelt.

Every import of the package runs this file: it loads no module that takes longer than all else here, as `typing` does.
"""

from collections.abc import Callable, Iterable

import lazy_loader


def public_names(package: str, file: str) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package; its stub beside `file` lists the names.

    Parameters
    ----------
    package, file : str
        The package's ``__name__`` and ``__file__``.
    """
    load, listed, names = lazy_loader.attach_stub(package, file)

    def get(name: str) -> object:
        if name not in names:
            raise unknown_name(package, name, names)
        return load(name)

    return get, listed, names


def unknown_name(package: str, name: str, names: Iterable[str]) -> AttributeError:
    """Return the error about a name that a package does not have.

    Examples
    --------
    >>> print(unknown_name("hcnn_widgets", "widget", ["model", "widgets"]))
    `widget` is no name in hcnn_widgets. Accepted are those of dir(hcnn_widgets); the nearest is 'widgets'.
    """
    return AttributeError(
        f"`{name}` is no name in {package}. Accepted are those of dir({package}){nearest(name, names)}."
    )


def nearest(given: str, names: Iterable[str]) -> str:
    """Return the end of a sentence about the nearest of the accepted names; empty if none is near.

    Examples
    --------
    >>> nearest("variaton", ["n", "variation"]), nearest("x", ["variation"])
    ("; the nearest is 'variation'", '')
    """
    from difflib import get_close_matches  # slow to load, too

    near = get_close_matches(given, list(names), n=1)
    return f"; the nearest is {near[0]!r}" if near else ""
