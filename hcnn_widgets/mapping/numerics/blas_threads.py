"""Keeping NumPy's linear algebra on one core: quicker for small matrices, and kind to a network in training."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _OneThread:
    """A limit that several threads may hold at once; the last to let go sets it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._limit: Any = None

    def take(self) -> None:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        with self._lock:
            if not self._holders:
                self._limit = threadpool_limits(limits=1, user_api="blas")
            self._holders += 1

    def let_go(self) -> None:
        with self._lock:
            self._holders -= 1
            if not self._holders:
                self._limit.restore_original_limits()


_ONE_THREAD = _OneThread()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep NumPy on one core within this context, however many threads are in it.

    Matrices of some hundred rows lose more to threads that wait for one another than they gain, by far on a busy
    machine. The limit holds for the whole process while it lasts, and is then set back.
    """
    # Were each holder to set back what it found, the last of two that overlap would leave the limit behind.
    _ONE_THREAD.take()
    try:
        yield
    finally:
        _ONE_THREAD.let_go()
