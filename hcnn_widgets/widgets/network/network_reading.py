"""What a panel asks of a network: answered between two training steps, only as often as the panel looks."""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, TimeoutError
from typing import Any, NamedTuple

from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.run_hold import RunHold

Ask = Callable[[Any], Any]
"""A question, such as the number of an image -> the answer, with the weights of the moment."""


class Read(NamedTuple):
    """An answer of the network: to what it is, at which step, and the answer."""

    asked: Hashable
    step: int
    value: Any


class NetworkReading:
    """Asks a network that may be in training, on a thread of its own.

    Nothing is asked unless a panel looks, so that a panel off screen costs nothing.

    Parameters
    ----------
    source : Run or GoalDrivenModel
    make : callable
        The model -> an `Ask`; it compiles on the reading's own thread, while training goes on.
    interval_s : float
        Shortest time between two answers to the same question.
    share : float
        Largest share of the training time that answers may cost.
    clock : callable
        Seconds, rising.
    """

    def __init__(
        self,
        source: Any,
        make: Callable[[Any], Ask],
        interval_s: float = 0.3,
        share: float = 0.04,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        run = source if hasattr(source, "at_boundary") else getattr(source, "run", None)
        model = source.model if hasattr(source, "at_boundary") else source
        self._run: RunHold[Any] = RunHold(run)
        self._model: RunHold[Any] = RunHold(model)
        self._make, self._interval_s, self._share, self._clock = make, interval_s, share, clock
        self._job, self._closed = LatestJob(), threading.Event()
        self._ask: Ask | None = None
        self._asked: tuple[Hashable, int] | None = None
        self._began, self._cost_s = -1e9, 0.0
        self._failed: tuple[Hashable, Exception] | None = None
        self.latest: Read | None = None

    @property
    def trains(self) -> bool:
        """Whether the network is or was in training, so that its answers are those of a step."""
        return not self._run.empty

    @property
    def training(self) -> bool:
        """Whether the network may still change."""
        run = self._run.get()
        return run is not None and bool(run.alive)

    @property
    def step(self) -> int:
        """Training steps taken so far."""
        run = self._run.get()
        return int(run.steps_done) if run is not None else 0

    @property
    def gone(self) -> bool:
        """Whether nobody holds the model any more."""
        return self._model.get() is None

    def look(self, asked: Hashable) -> Read | None:
        """Return the newest answer, and have the question answered if it is another one or the network has trained.

        Raises
        ------
        Exception
            What went wrong with this question.
        """
        self._take()
        if self._failed is not None and self._failed[0] == asked:
            raise self._failed[1]
        if self._is_due(asked):
            self._put(asked)
        return self.latest

    def settled(self, asked: Hashable) -> bool:
        """Return whether nothing newer will come to this question."""
        if self.gone or (self._failed is not None and self._failed[0] == asked):
            return True
        return not self.training and self.latest is not None and self.latest[:2] == (asked, self.step)

    def let_go(self) -> None:
        """Hold neither run nor model any more."""
        for hold in (self._run, self._model):
            hold.let_go()

    def close(self) -> None:
        """Ask nothing any more."""
        self._closed.set()
        self.let_go()

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is being answered; say whether that is so."""
        return self._job.wait(timeout)

    def _is_due(self, asked: Hashable) -> bool:
        if self.gone or self._closed.is_set():
            return False
        if self._asked is None or asked != self._asked[0]:
            return True
        newest = self.latest is not None and self.latest[:2] == (asked, self.step)
        late = self._clock() - self._began >= max(self._interval_s, self._cost_s / self._share)
        return not newest and not self._job.busy and (late or not self.training)

    def _put(self, asked: Hashable) -> None:
        model, run, key = self._model.get(), self._run.get(), (asked, self.step)
        self._asked, self._began, self._failed = key, self._clock(), None
        self._job.ask(key, lambda _tell: self._answered(model, run, asked))

    def _take(self) -> None:
        if self._asked is None:
            return
        try:
            answer = self._job.answer(self._asked)
        except CancelledError:
            return
        except Exception as error:  # raised where the panel looks
            self._failed = self._asked[0], error
            return
        if answer is not None:
            self.latest, self._cost_s = answer

    def _answered(self, model: Any, run: Any, asked: Hashable) -> tuple[Read, float]:
        """Return the answer and what it cost the training in s; called on the job's thread."""
        if self._ask is None:
            self._ask = self._make(model)
        ask = self._ask

        def read() -> tuple[Read, float]:
            began = time.perf_counter()
            value = ask(asked)
            return Read(asked, int(run.steps_done) if run is not None else 0, value), time.perf_counter() - began

        return read() if run is None else self._waited_for(run.at_boundary(read))

    def _waited_for(self, future: "Future[tuple[Read, float]]") -> tuple[Read, float]:
        while not self._closed.is_set():
            try:
                return future.result(timeout=0.2)
            except TimeoutError:
                continue
        future.cancel()
        raise CancelledError
