"""Memory budget of a file, checked by its declared sizes before loading."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np

MAX_BYTES = 4 * 2**30
"""Bytes that a file's contents may take by default."""


@dataclass
class Budget:
    """Bytes that a file may take in memory, and bytes that it has taken.

    Parameters
    ----------
    path : pathlib.Path
        The file, for the error.
    max_bytes : int
        Bytes that it may take, altogether.
    untrusted : bool
        Whether the file may be damaged on purpose, so that another process is to walk through it first.
    taken : int
        Bytes that are taken.
    held : str, optional
        Text that is in memory already; `path` is then no file but what to call it.

    Examples
    --------
    >>> budget = Budget(Path("responses.npy"), max_bytes=1000)
    >>> budget.take(600, "its array")
    >>> budget.take(600, "its array")
    Traceback (most recent call last):
    ...
    ValueError: `path` takes too much memory: 1,200 bytes with its array. Accepted are `max_bytes=1000`; received
    responses.npy. If you trust the file and have the memory, pass a larger max_bytes.
    """

    path: Path
    max_bytes: int = MAX_BYTES
    untrusted: bool = False
    taken: int = 0
    held: str | None = None

    def take(self, needed: int, what: str) -> None:
        """Count bytes before they are loaded, and refuse bytes beyond the budget.

        Parameters
        ----------
        needed : int
            As declared by the file.
        what : str
            Part of the file that needs them, for the error.

        Raises
        ------
        ValueError
        """
        self.taken += needed
        if self.taken > self.max_bytes:
            raise ValueError(
                f"`path` takes too much memory: {self.taken:,} bytes with {what}. Accepted are "
                f"`max_bytes={self.max_bytes}`; received {self.path}. If you trust the file and have the memory, pass "
                "a larger max_bytes."
            )


def bytes_in_memory(shape: Iterable[int], dtype: np.dtype) -> int:
    """Return the number of bytes of an array once read: float32 stays float32, everything else becomes float64.

    Parameters
    ----------
    shape : iterable of int
        As the file declares it.
    dtype : dtype

    Returns
    -------
    int

    Examples
    --------
    >>> bytes_in_memory((10, 10), np.dtype("uint8")), bytes_in_memory((10, 10), np.dtype("float32"))
    (800, 400)
    """
    each = 4 if dtype == np.float32 else max(8, dtype.itemsize)
    return prod(int(length) for length in shape) * each
