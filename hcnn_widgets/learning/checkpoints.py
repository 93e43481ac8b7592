"""Kernels of a network at some steps of its training, kept by the run."""

import threading
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Kernels = NDArray[np.float32]


class Checkpoints:
    """Kernels of the first filter of each area: at the start, and about whenever the number of steps has doubled.

    So they are few however long a training lasts, and the early steps, in which most happens, have most of them.
    Written by the training thread, between two chunks of steps; read from any thread.

    Examples
    --------
    >>> kept = Checkpoints()
    >>> kept.reads(lambda: {"V1": np.zeros((4, 5, 5, 1), np.float32)})
    >>> for step in (0, 1, 2, 3, 4, 9):
    ...     kept.look(step)
    >>> kept.steps, kept.areas, kept.of("V1").shape
    ((0, 1, 2, 4, 9), ('V1',), (5, 4, 5, 5, 1))
    """

    def __init__(self) -> None:
        self._read: Callable[[], Mapping[str, Kernels]] | None = None
        self._lock = threading.Lock()
        self._kept: list[tuple[int, Mapping[str, Kernels]]] = []
        self._next = 0

    def reads(self, read: Callable[[], Mapping[str, Kernels]]) -> None:
        """Take the function that returns the kernels of each area, copied; called by the training thread alone."""
        self._read = read

    def look(self, step: int) -> None:
        """Keep the kernels if it is time to."""
        if self._read is None or step < self._next:
            return
        kernels = dict(self._read())
        with self._lock:
            self._kept.append((step, kernels))
        self._next = max(1, 2 ** int(step).bit_length())

    @classmethod
    def of_kept(cls, kept: Iterable[tuple[int, Mapping[str, Kernels]]]) -> "Checkpoints":
        """Return the checkpoints of a training that is over, (step, area -> kernels) each."""
        checkpoints = cls()
        checkpoints._kept = list(kept)
        return checkpoints

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps at which there are kernels, 0 for the start."""
        with self._lock:
            return tuple(step for step, _ in self._kept)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a filter, and one small enough to be kept."""
        with self._lock:
            return tuple(self._kept[0][1]) if self._kept else ()

    def of(self, area: str) -> Kernels:
        """Return the kernels of an area at all steps, (n_steps, n_kernels, height, width, n_channels).

        Raises
        ------
        ValueError
            If none are kept of such an area.
        """
        if area not in self.areas:
            raise ValueError(
                f"`area={area!r}` has no kernels kept. Accepted are {', '.join(self.areas) or 'none'}; received "
                f"{area!r}."
            )
        with self._lock:
            return np.stack([kernels[area] for _, kernels in self._kept])
