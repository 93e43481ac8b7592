"""Base of live measurements, made beside the training thread and never in it."""

import atexit
import threading
import time
import weakref
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, TimeoutError
from typing import Any, Generic, TypeVar

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.learning.training_run import MeasuredRun, await_first_step, without_hold
from hcnn_widgets.mapping.live.thinning import Thinning

T = TypeVar("T")
Recorder = Callable[[], ActivationSet]


class LiveWork(Generic[T]):
    """Base class of the live measurements of a run: thread, schedule, history and end.

    A separate thread measures again whenever the network has trained further, and once more when training is over. It
    keeps neither a `Run` nor its model alive. A
    subclass defines the measurement (`_get_ready`, `_measure`, `_complete`, `_let_go`), and calls ``super().__init__``
    last, which starts the thread. Each measurement has a ``step``.

    Parameters
    ----------
    run : Run
        Training under way, or over.
    interval_s : float
        Shortest time between two measurements.
    share : float
        Largest share of the training time that measuring may cost, preparation excluded: the time for which training
        waits, plus the processor time divided by the number of processors. Measurements come less often where the share
        would be exceeded by more than `HEAD_START_S`.
    before : sequence
        Earlier measurements of the run, oldest first.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    KEPT = 512
    """Most measurements that are kept."""
    HEAD_START_S = 0.4
    """Cost that may be spent ahead of the share: a network learns most at the beginning, when people look first."""
    WORK = "Measuring"
    """Name of the work, for the error when it stops."""

    def __init__(self, run: MeasuredRun, interval_s: float, share: float, before: Sequence[T] = ()) -> None:
        if not interval_s >= 0 or not 0 < share <= 1:
            raise ValueError(
                "`interval_s` or `share` makes no schedule. Accepted are 0 s or more, and a share above 0 and at most "
                f"1; received {interval_s} and {share}."
            )
        self._interval_s, self._share = interval_s, share
        self._history: list[T] = []
        self._finished = False
        self._begin_with(before)
        self._error: str | None = None
        self._closed = threading.Event()
        self._viewers: weakref.WeakSet[Any] = weakref.WeakSet()
        self._thread = threading.Thread(
            target=self._work, args=(without_hold(run),), name=f"hcnn-{self.WORK.lower()}", daemon=True
        )
        _alive.add(self)
        self._thread.start()

    @property
    def latest(self) -> T | None:
        """The newest measurement, or None before the first."""
        history = self._history
        return history[-1] if history else None

    @property
    def history(self) -> list[T]:
        """The measurements so far, oldest first; of more than `KEPT` every second, fourth, ... and the newest."""
        return list(self._history)

    @property
    def error(self) -> str | None:
        """The failure, in a sentence, after which nothing more is measured; else None."""
        return self._error

    @property
    def alive(self) -> bool:
        """Whether another measurement may come."""
        return self._thread.is_alive() and not self._closed.is_set()

    @property
    def complete(self) -> bool:
        """Whether all has been measured that there is to measure."""
        return self._finished

    def close(self) -> None:
        """End the work; a measurement under way is dropped."""
        self._closed.set()

    def watched_by(self, viewer: Any) -> None:
        """Note that a panel shows the work; held weakly."""
        with _sharing:
            self._viewers.add(viewer)

    def left_by(self, viewer: Any) -> None:
        """Note that a panel shows the work no more: when the last has left, work that is not done yet ends."""
        with _sharing:
            was_seen = viewer in self._viewers
            self._viewers.discard(viewer)
            if was_seen and not len(self._viewers) and self._thread.is_alive():
                self.close()

    def _is_done(self) -> bool:
        return self._error is None and (self._finished or not self._thread.is_alive())

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the thread has ended; return whether it has."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # --- what a subclass says -----------------------------------------------------------------------------------
    def _get_ready(self, model: Any, final: bool) -> None:
        """Compile the recorders, and measure whatever does not change during training."""
        raise NotImplementedError

    def _measure(self, run: MeasuredRun, final: bool) -> tuple[T, float] | None:
        """Return the newest measurement and its cost to the training in seconds; None if closed meanwhile."""
        raise NotImplementedError

    def _complete(self, model: Any, measured: T, final: bool) -> T:
        """Return the measurement with slower parts, such as the untrained network; called after every measurement."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Forget the model."""
        raise NotImplementedError

    def _to_go_on_from(self, history: list[T]) -> list[T]:
        """Return what stays of a history whose run goes on after its end: nothing in it is the last any more."""
        return history

    def _kept(self, history: list[T]) -> list[T]:
        """Return the measurements to keep, the newest last; the newest must stay."""
        return self._thinning.kept(history)

    # --- the thread ---------------------------------------------------------------------------------------------
    def _work(self, run: MeasuredRun) -> None:
        try:
            while not self._finished and not self._closed.is_set():
                self._while_training(run)
                if not self._closed.is_set() and run.state != "failed":
                    self._at_the_end(run)
                self._finish_unless_it_goes_on(run)
        except Exception as error:  # panels show the error
            if not self._closed.is_set() and run.model is not None:
                self._error = f"{self.WORK} stopped: {type(error).__name__}: {error}"
        finally:
            self._let_go()

    def _finish_unless_it_goes_on(self, run: MeasuredRun) -> None:
        # Under the lock of `shared_work`: who asks when the next fit begins gets work that goes on, or new work.
        with _sharing:
            goes_on = run.alive
            self._finished = not goes_on and not self._closed.is_set()
        if goes_on:
            self._begin_with(self._to_go_on_from(self._history))

    def _while_training(self, run: MeasuredRun) -> None:
        if not run.alive:
            return
        await_first_step(run, self._closed)
        if self._closed.is_set():
            return
        self._get_ready(run.model, False)
        cost_s, step, credit_s = 0.0, None, self.HEAD_START_S
        while run.alive and not self._closed.is_set():
            began = time.perf_counter()
            if step is None or step != run.steps_done:  # while paused there is nothing new
                measured = self._measure(run, False)
                if measured is None:
                    return
                newest, cost_s = measured
                credit_s -= cost_s
                step = newest.step  # type: ignore[attr-defined]
                self._keep(newest)
            self._history = [*self._history[:-1], self._complete(run.model, self._history[-1], False)]
            missing_s = min(cost_s, self.HEAD_START_S) - credit_s
            pause = max(self._interval_s, missing_s / self._share)
            while run.alive and time.perf_counter() - began < pause and not self._closed.wait(0.1):
                pass
            credit_s = min(self.HEAD_START_S, credit_s + self._share * (time.perf_counter() - began))

    def _at_the_end(self, run: MeasuredRun) -> None:
        model = run.model
        if model is None:
            return
        self._get_ready(model, True)
        measured = self._measure(run, True)
        if measured is not None:
            self._keep(self._complete(model, measured[0], True))

    def _begin_with(self, before: Sequence[T]) -> None:
        self._thinning = Thinning[T](self.KEPT)
        kept: list[T] = []
        for measured in before:
            kept = self._kept([*kept, measured])
        self._history = kept

    def _keep(self, newest: T) -> None:
        # A new list each time: whoever reads the old one on another thread reads it whole.
        self._history = self._kept([*self._history, newest])


def record_at_boundary(
    run: MeasuredRun, recorders: Sequence[Recorder], closed: threading.Event
) -> tuple[int, list[ActivationSet], float] | None:
    """Record activations in the training thread between two steps, and wait for them.

    Parameters
    ----------
    run : Run
    recorders : sequence of callable
        Each returns an ActivationSet.
    closed : threading.Event
        Ends the waiting when set.

    Returns
    -------
    tuple or None
        The step, the activations of each recorder, and the seconds for which training waited; None if closed meanwhile.
    """

    def record() -> tuple[int, list[ActivationSet], float]:
        began = time.perf_counter()
        activations = [recorder() for recorder in recorders]
        return run.steps_done, activations, time.perf_counter() - began

    future: Future[tuple[int, list[ActivationSet], float]] = run.at_boundary(record)
    while not closed.is_set():
        try:
            return future.result(timeout=0.2)
        except TimeoutError:
            continue
    future.cancel()
    return None


W = TypeVar("W", bound=LiveWork[Any])


def shared_work(run: MeasuredRun, key: Hashable, make: Callable[[], W]) -> W:
    """Return the live work of a run under a key: the same object for every caller, until it is closed.

    It is kept as long as the training is.
    """
    with _sharing:
        works = _shared.setdefault(without_hold(run), {})
        # A fit that is watched may go on after its end, when its work is done.
        if key not in works or works[key]._closed.is_set() or (run.alive and works[key]._is_done()):
            works[key] = make()
        return works[key]


def shared_works(run: MeasuredRun) -> dict[Hashable, Any]:
    """Return the live works of a run that there are, by their keys."""
    with _sharing:
        return dict(_shared.get(without_hold(run), {}))


_sharing = threading.RLock()
_shared: "weakref.WeakKeyDictionary[Any, dict[Hashable, Any]]" = weakref.WeakKeyDictionary()
_alive: "weakref.WeakSet[LiveWork[Any]]" = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """Stop all threads, so that none runs compiled code while the interpreter exits."""
    works = list(_alive)
    for work in works:
        work.close()
    for work in works:
        work.join(5)
