"""An array of images that several threads fill, block by block, while others read what is there."""

import threading
from collections import deque

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK


class GrowingImages:
    """Images, and how many of the first are there.

    Parameters
    ----------
    n, size : int
        Number of images; their height and width in pixels.

    Attributes
    ----------
    images : (n, size, size, 1) float32
        Only the first `n_ready` mean anything.
    """

    def __init__(self, n: int, size: int) -> None:
        self.images: NDArray[np.float32] = np.empty((n, size, size, 1), np.float32)
        n_blocks = -(-n // BLOCK)
        self._missing = deque(range(n_blocks))
        self._there = np.zeros(n_blocks, dtype=np.bool_)
        self._n_blocks_ready = 0
        self._fault: BaseException | None = None
        self._given_up = False
        self._changed = threading.Condition()

    # --- read ---------------------------------------------------------------------------------------------------
    @property
    def n_ready(self) -> int:
        """How many of the first images are there."""
        return min(self._n_blocks_ready * BLOCK, len(self.images))

    @property
    def goes_on(self) -> bool:
        """Whether more are to come."""
        return self._fault is None and self.wanted and self.n_ready < len(self.images)

    def wait(self, n: int, timeout: float | None = None) -> bool:
        """Wait until the first n images are there, so many seconds at most; return whether they are.

        Raises
        ------
        RuntimeError
            If the drawing has failed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.n_ready >= n or self._fault is not None, timeout)
            if self.n_ready < n and self._fault is not None:
                raise RuntimeError(f"The images could not be drawn: {self._fault}") from self._fault
            return self.n_ready >= n

    # --- fill ---------------------------------------------------------------------------------------------------
    def count(self, block: int) -> int:
        """Return how many images a block has."""
        return min(BLOCK, len(self.images) - block * BLOCK)

    def room(self, block: int) -> NDArray[np.float32]:
        """Return the part of the array that is a block's."""
        return self.images[block * BLOCK : (block + 1) * BLOCK]

    @property
    def n_missing(self) -> int:
        """How many blocks nobody has taken on."""
        return len(self._missing)

    def take(self) -> int | None:
        """Take on the next block to be drawn; None where there is none, or nobody wants it any more."""
        with self._changed:
            return self._missing.popleft() if self._missing and not self._given_up else None

    def give_back(self, blocks: "list[int] | deque[int]") -> None:
        """Leave blocks that were taken on to others."""
        with self._changed:
            self._missing.extendleft(sorted(blocks, reverse=True))

    def is_there(self, first: int, n_blocks: int) -> None:
        """Note that blocks are filled."""
        with self._changed:
            self._there[first : first + n_blocks] = True
            for block in range(first, first + n_blocks):
                if block in self._missing:  # read from disk, not taken on
                    self._missing.remove(block)
            lacking = np.flatnonzero(~self._there[self._n_blocks_ready :])
            self._n_blocks_ready = len(self._there) if not len(lacking) else self._n_blocks_ready + int(lacking[0])
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """Tell all who wait that there will be no more."""
        with self._changed:
            self._fault = error
            self._changed.notify_all()

    def give_up(self) -> None:
        """Have nothing more drawn: nobody wants the images any more."""
        self._given_up = True

    @property
    def wanted(self) -> bool:
        """Whether somebody still wants the images."""
        return not self._given_up
