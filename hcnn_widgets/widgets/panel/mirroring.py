"""Telling what a person chooses from what controls are set to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mirroring(threading.local):
    """Whether this thread sets controls to what is shown: what they then say is no choice of a person's.

    Examples
    --------
    >>> mirroring = Mirroring()
    >>> with mirroring.under_way():
    ...     print(mirroring.on)
    True
    >>> mirroring.on
    False
    """

    on = False

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Set controls within this context."""
        self.on = True
        try:
            yield
        finally:
            self.on = False
