"""How long a convolution takes on each device, over batch and size: timed beside the page, number by number."""

import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hcnn_widgets.machine import Devices, convolution_flops, convolution_s, devices
from hcnn_widgets.widgets.beside.starting import exiting, started

from .one_core import timed_on_one_core

BATCHES, SIDES = (1, 4, 16, 64), (16, 32, 64)
"""Images at once, and height and width of each in pixels."""


class Way(NamedTuple):
    """One way to have a convolution: a device, the numbers it computes in, and whether on one core alone."""

    device: str
    dtype: str = "float32"
    alone: bool = False

    @property
    def words(self) -> str:
        """The way in words: "cpu:0, bfloat16"."""
        one = " on one core" if self.alone else ""
        return f"{self.device}{one}" + ("" if self.dtype == "float32" else f", {self.dtype}")


class Time(NamedTuple):
    """A convolution that was timed.

    Attributes
    ----------
    batch, side : int
    seconds : float
        Median.
    """

    batch: int
    side: int
    seconds: float

    @property
    def rate(self) -> float:
        """Images a second."""
        return self.batch / self.seconds

    @property
    def gflops(self) -> float:
        """Thousand million additions and multiplications a second."""
        return convolution_flops(self.batch, self.side) / self.seconds / 1e9


class DeviceTimes:
    """Times each way at each batch and size, on a thread of its own, until it is done or stopped.

    Parameters
    ----------
    batches, sides : tuple of int
    found : Devices, optional
        By default those of this machine, asked for when measuring begins.
    timed, timed_alone : callable
        As `convolution_s` and `timed_on_one_core`; for tests.
    """

    def __init__(
        self,
        batches: tuple[int, ...] = BATCHES,
        sides: tuple[int, ...] = SIDES,
        found: Devices | None = None,
        timed: Callable[..., float] = convolution_s,
        timed_alone: Callable[..., Iterator[tuple[int, int, float]]] = timed_on_one_core,
    ) -> None:
        self.batches, self.sides = batches, sides
        self.machine = found or devices()
        self._timed, self._timed_alone = timed, timed_alone
        self.ways = tuple(_ways(self.machine))
        self.times: dict[Way, dict[tuple[int, int], Time]] = {}
        self.problems: dict[Way, str] = {}
        self.under_way: Way | None = None
        self.was_stopped = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def going(self) -> bool:
        """Whether anything is timed now."""
        return self.under_way is not None

    @property
    def n_cells(self) -> int:
        """Numbers that there are to be when all is done."""
        return len(self.ways) * len(self.batches) * len(self.sides)

    @property
    def n_done(self) -> int:
        """Numbers that there are."""
        return sum(len(times) for times in list(self.times.values()))

    def begin(self) -> None:
        """Time everything anew; nothing happens while something is timed."""
        if self.going:
            return
        self.times, self.problems, self.was_stopped = {}, {}, False
        self._stop.clear()
        self.under_way = self.ways[0]
        self._thread = started(self._go, "hcnn-device-times", awaited=True)
        if self._thread is None:
            self._go()

    def stop(self) -> None:
        """End after the number under way; what is measured stays."""
        self.was_stopped = self.was_stopped or self.going
        self._stop.set()

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is timed, at most so many seconds; say whether that is so."""
        if self._thread is not None:
            self._thread.join(timeout)
        return not self.going

    def at(self, way: Way, batch: int, side: int) -> Time | None:
        """Return what was timed; None before."""
        return self.times.get(way, {}).get((batch, side))

    def _go(self) -> None:
        try:
            for way in self.ways:
                self.under_way = way
                self._take(way)
                if self._ends():
                    return
        finally:
            self.under_way = None

    def _ends(self) -> bool:
        return self._stop.is_set() or exiting.is_set()

    def _take(self, way: Way) -> None:
        cells = [(batch, side) for batch in self.batches for side in self.sides]
        try:
            for batch, side, seconds in self._seconds(way, cells):
                self.times[way] = {**self.times.get(way, {}), (batch, side): Time(batch, side, seconds)}
        except Exception as error:  # no memory, a type that a device does not know: the others go on, and it is said
            self.problems[way] = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no words'}"

    def _seconds(self, way: Way, cells: list[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
        if way.alone:
            yield from self._timed_alone(cells, self._ends)
            return
        for batch, side in cells:
            if self._ends():
                return
            yield batch, side, self._timed(way.device, batch, side, dtype=way.dtype)


def _ways(found: Devices) -> Iterator[Way]:
    """Yield what is timed: each device in float32 and in bfloat16, the processor on one of its cores last."""
    for device in found.keras_devices:
        yield Way(device)
        yield Way(device, "bfloat16")
    if found.cores > 1:
        yield Way("cpu:0", alone=True)


def against(times: DeviceTimes, way: Way, other: Way, batch: int, side: int) -> float | None:
    """Return how many times as many images a second a way has as another one; None where one is not known."""
    mine, theirs = times.at(way, batch, side), times.at(other, batch, side)
    return None if mine is None or theirs is None else mine.rate / theirs.rate


def table(times: DeviceTimes) -> tuple[tuple[Any, ...], ...]:
    """Return all that was timed, a row each, below the names of the columns."""
    head = ("device", "one_core", "dtype", "batch", "pixels", "seconds", "images_per_s", "gflop_per_s")
    rows = [
        (way.device, int(way.alone), way.dtype, *time, time.rate, time.gflops)
        for way in times.ways
        for time in times.times.get(way, {}).values()
    ]
    return (head, *rows) if rows else ()
