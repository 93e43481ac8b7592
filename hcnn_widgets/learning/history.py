"""History of a run: curves of bounded size, safe to read from any thread.

A curve of a million steps must stay as cheap to show as one of a thousand. Values are gathered in bins of a
power-of-two width: when the bins run out, neighbours are joined pairwise and the width doubles. A bin's edges are
multiples of its width, so points already drawn do not wander as data grow.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.data_out import data_frame

MAX_BINS = 500
"""About as many points as a chart has pixels to draw them; panels show them all."""

MOST_CURVES, MOST_LETTERS = 256, 200
"""Curves that a file may hold, and letters of a curve's name."""


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


class BinRow(NamedTuple):
    """One bin of one curve, as it is written to a file.

    Attributes
    ----------
    curve : str
    bin_width : int
        Steps that a bin of the curve spans, a power of two.
    n_values : int
        Values in the bin.
    step, mean, low, high : float
        As in `Series`.
    """

    curve: str
    bin_width: int
    n_values: int
    step: float
    mean: float
    low: float
    high: float


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

    def rows(self, curve: str) -> list[BinRow]:
        series, n_values = self.series(), self.count[self.count > 0]
        columns = zip(n_values, series.step, series.mean, series.low, series.high, strict=True)
        return [BinRow(curve, self.width, int(n), *map(float, numbers)) for n, *numbers in columns]

    def put(self, row: BinRow) -> None:
        """Take a bin from a file; refuse what no history writes."""
        place = int(row.step // row.bin_width) if np.isfinite(row.step) and row.bin_width > 0 else -1
        power_of_two = row.bin_width > 0 and row.bin_width & (row.bin_width - 1) == 0
        same = power_of_two and (self.width == row.bin_width or not self.count.any())
        if not (same and 0 <= place < len(self.count) and self.count[place] == 0 and 0 < row.n_values < 2**53):
            raise ValueError(
                f"`rows` of {row.curve!r} make no curve. Accepted are bins of one width, a power of two, each once and "
                f"at most {len(self.count)}; received {row}."
            )
        self.width = row.bin_width
        self.count[place], self.steps[place] = row.n_values, row.step * row.n_values
        self.total[place], self.low[place], self.high[place] = row.mean * row.n_values, row.low, row.high


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

    def rows(self) -> list[BinRow]:
        """Return all bins of all curves, for a file."""
        with self._lock:
            return [row for name, bins in self._bins.items() for row in bins.rows(name)]

    def to_dataframe(self) -> Any:
        """Return all curves as a pandas DataFrame, a row per bin, as in the file that a saved run has.

        Returns
        -------
        pandas.DataFrame
            Columns curve, bin_width, n_values, step, mean, low and high, as in `BinRow`; one curve is
            ``frame[frame.curve == "loss"]``.

        Raises
        ------
        ImportError
            If pandas is not installed.

        Examples
        --------
        >>> history = History()
        >>> history.append("loss", [1, 2], [2.0, 1.0])
        >>> history.to_dataframe()["mean"].tolist()
        [2.0, 1.0]
        """
        rows = self.rows()
        return data_frame({name: [getattr(row, name) for row in rows] for name in BinRow._fields}, {})

    @classmethod
    def from_rows(cls, rows: Iterable[BinRow], last: Mapping[str, float]) -> "History":
        """Make a history of what `rows` returned.

        Parameters
        ----------
        rows : iterable of BinRow
        last : mapping of str to float
            The newest value of each curve.

        Raises
        ------
        ValueError
            If no history has such bins.
        """
        history = cls()
        for row in rows:
            if row.curve not in history._bins:
                if len(history._bins) == MOST_CURVES or len(row.curve) > MOST_LETTERS:
                    raise ValueError(
                        f"`rows` make too many curves, or one of a long name. Accepted are {MOST_CURVES} of "
                        f"{MOST_LETTERS} letters; received {row.curve[:MOST_LETTERS]!r}."
                    )
                history._bins[row.curve] = _Bins(history._max_bins)
            history._bins[row.curve].put(row)
        history._last = {name: float(last[name]) for name in history._bins if name in last}
        history._version = len(history._bins)
        return history
