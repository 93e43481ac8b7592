"""History of a run: curves of bounded size, safe to read from any thread.

A curve of a million steps must stay as cheap to show as one of a thousand. Values are gathered in bins of a
power-of-two width: when the bins run out, neighbours are joined pairwise and the width doubles. A bin's edges are
multiples of its width, so points already drawn do not wander as data grow.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAX_BINS = 500
"""About as many points as a chart has pixels to draw them; panels show them all."""


@dataclass(frozen=True)
class Series:
    """One curve, thinned.

    Attributes
    ----------
    step : (k,) float64
        Mean step of the values in each bin, counted from 1.
    mean, low, high : (k,) float64
        Mean, smallest and largest value in each bin.
    """

    step: NDArray[np.float64]
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.step)


class _Bins:
    """The bins of one curve: how many values, their sums and extremes."""

    def __init__(self, max_bins: int) -> None:
        self.width = 1
        self.count, self.steps, self.total = (np.zeros(max_bins) for _ in range(3))
        self.low, self.high = np.full(max_bins, np.inf), np.full(max_bins, -np.inf)

    def add(self, steps: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        while int(steps.max()) // self.width >= len(self.count):
            self._join_pairs()
        bins = steps.astype(np.int64) // self.width
        np.add.at(self.count, bins, 1)
        np.add.at(self.steps, bins, steps)
        np.add.at(self.total, bins, values)
        np.minimum.at(self.low, bins, values)
        np.maximum.at(self.high, bins, values)

    def _join_pairs(self) -> None:
        self.width *= 2
        half = len(self.count) // 2
        for array, join, empty in (
            (self.count, np.add, 0.0),
            (self.steps, np.add, 0.0),
            (self.total, np.add, 0.0),
            (self.low, np.minimum, np.inf),
            (self.high, np.maximum, -np.inf),
        ):
            array[:half] = join(array[0::2], array[1::2])
            array[half:] = empty

    def series(self) -> Series:
        used = self.count > 0
        n = self.count[used]
        return Series(self.steps[used] / n, self.total[used] / n, self.low[used], self.high[used])


class History:
    """Curves by name, in the order in which they first appeared.

    Parameters
    ----------
    max_bins : int, even
        The most points that a curve keeps.

    Examples
    --------
    >>> history = History()
    >>> history.append("loss", [1, 2], [2.0, 1.0])
    >>> history.names, history.last("loss")
    (('loss',), 1.0)
    """

    def __init__(self, max_bins: int = MAX_BINS) -> None:
        if max_bins < 2 or max_bins % 2:
            raise ValueError(f"`max_bins` must be an even number of at least 2; received {max_bins}.")
        self._max_bins = max_bins
        self._lock = threading.Lock()
        self._bins: dict[str, _Bins] = {}
        self._last: dict[str, float] = {}
        self._version = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The curves there are."""
        with self._lock:
            return tuple(self._bins)

    @property
    def version(self) -> int:
        """Grows with every change, so that a reader can tell whether there is anything new."""
        return self._version

    def append(self, name: str, steps: ArrayLike, values: ArrayLike) -> None:
        """Add values measured at these steps to the curve of that name.

        Parameters
        ----------
        name : str
        steps : (k,) whole numbers, from 0
        values : (k,)

        Raises
        ------
        ValueError
            If the two differ in length.
        """
        x, y = np.atleast_1d(np.asarray(steps, np.float64)), np.atleast_1d(np.asarray(values, np.float64))
        if x.shape != y.shape or x.ndim != 1:
            raise ValueError(f"`steps` and `values` must be lists of one length; received {x.shape} and {y.shape}.")
        if not len(x):
            return
        with self._lock:
            self._bins.setdefault(name, _Bins(self._max_bins)).add(x, y)
            self._last[name] = float(y[-1])
            self._version += 1

    def series(self, name: str) -> Series:
        """Return the curve of a name, empty if it has no values yet."""
        with self._lock:
            bins = self._bins.get(name)
            return bins.series() if bins else Series(*(np.empty(0) for _ in range(4)))

    def last(self, name: str) -> float | None:
        """Return the newest value of a curve, or None."""
        with self._lock:
            return self._last.get(name)
