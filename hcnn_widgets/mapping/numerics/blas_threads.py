"""Limit NumPy's linear algebra to one thread: quicker for small matrices, and leaves cores to a network in training."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _OneThread:
    """A limit to one BLAS thread that several threads may hold at once; the last release restores the former limit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._limit: Any = None
        self._libraries: Any = None
        self._n_modules = 0

    def take(self) -> None:
        with self._lock:
            if not self._holders:
                self._limit = self._found().limit(limits=1, user_api="blas")
            self._holders += 1

    def _found(self) -> Any:
        """Look for the libraries again only after something was imported: to look takes longer than a small map."""
        if len(sys.modules) != self._n_modules:
            from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

            self._libraries, self._n_modules = ThreadpoolController(), len(sys.modules)
        return self._libraries

    def let_go(self) -> None:
        with self._lock:
            self._holders -= 1
            if not self._holders:
                self._limit.restore_original_limits()


_ONE_THREAD = _OneThread()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Limit NumPy to one BLAS thread within this context, which several threads may enter at once.

    Matrices of some hundred rows lose more to threads that wait for one another than they gain, by far on a busy
    machine. The limit holds for the whole process while it lasts; then the former limit is restored.
    """
    # If each holder restored the limit that it found, the later of two overlapping holders would restore one thread.
    _ONE_THREAD.take()
    try:
        yield
    finally:
        _ONE_THREAD.let_go()
