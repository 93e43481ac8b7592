"""A training that ``model.fit`` does, on whatever thread it was called: the same to panels as one of our own."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakMethod

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.busy_kernel import a_fit_begins, training_begins, training_ends
from hcnn_widgets.learning.control import IDLE, OVER, Control
from hcnn_widgets.learning.training import claim
from hcnn_widgets.learning.training_thread import TrainingThread

from .fit_guard import LEFT_EARLY, FitGuard
from .fit_logs import FitLogs, Logs
from .fit_pace import Pace

READ_S = 0.1
"""Shortest time between two readings of the metrics, in s."""
CODE = """\
import hcnn_widgets as hw

# model: the compiled keras.Model; images, targets: what it is trained on
watcher = hw.watch(model)
hw.widgets.TrainingMonitor(watcher.run)
model.fit(images, targets, callbacks=[watcher])
"""


class FitTraining(TrainingThread):
    """What a watcher tells of the fits of a Keras model.

    Methods under "the fit" are called on the thread that trains, `told` apart.

    Parameters
    ----------
    model : GoalDrivenModel
        Held weakly.
    share : float
        Largest share of the training time that reading and measuring may take on the thread that trains.
    """

    code = CODE

    def __init__(self, model: Any, share: float) -> None:
        super().__init__(model, 0.0, 0, 0)
        self.control = Control("waiting")
        self.pace = Pace()
        self.loop: Any = self.pace
        self._logs, self._share = FitLogs(self.history), share
        self._spent_s = self._active_before = 0.0
        self._network: Any = None
        self._again: list[WeakMethod[Any]] = []
        self._rate, self._scheduled = 0.0, False
        self._asked_rate: float | None = None
        self._base, self._reached, self._last_read, self._began_with = 0, 0, 0.0, 0
        self._ended, self._finishing = threading.Event(), threading.RLock()

    # --- read ---------------------------------------------------------------------------------------------------
    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What is known of the curves besides the loss; none before the first step."""
        return self._logs.quantities

    @property
    def share_spent(self) -> float:
        """Share of the latest fit's time that reading and recording have taken on the thread that trains."""
        return self._spent_s / max(self.pace.active_s - self._active_before, 1e-9)

    @property
    def note(self) -> str:
        """What is wrong with the training in a sentence; empty where nothing is known to be."""
        at = self._logs.not_finite
        return "" if at is None else f"The loss is no finite number since step {at:,}."

    @property
    def learning_rate(self) -> float:  # type: ignore[override]
        """The optimizer's, as it was read last; a new value acts from the next batch on."""
        return self._rate if self._asked_rate is None else self._asked_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        if not hasattr(self, "_rate"):  # made: the optimizer is asked when a fit begins
            return
        if self._scheduled:
            raise ValueError(
                "`learning_rate` follows a schedule of the optimizer; that of an optimizer without one is accepted; "
                f"received {rate:g}."
            )
        self._asked_rate = rate

    def when_again(self, action: Callable[[], None]) -> None:
        """Have a method called when another fit begins after the end of one; its object is held weakly."""
        known = [each for each in self._again if each() is not None and each() != action]
        self._again = [*known, WeakMethod(action)]

    def abandon(self) -> None:
        """End the wait for a fit that cannot come any more."""
        if self.state == "waiting":
            self.control.end("stopped")

    # --- the fit ------------------------------------------------------------------------------------------------
    def begin(self, network: Any, epochs: int, steps: int | None) -> None:
        """Begin on this thread, within the call that trains.

        Parameters
        ----------
        network : keras.Model
            What is trained.
        epochs : int
            The number of the epoch before which the fit ends.
        steps : int or None
            Steps an epoch, where Keras knows.

        Raises
        ------
        RuntimeError
            If its weights are being trained already.
        """
        claim(self, self.name, network)
        with self._finishing:  # an earlier fit may have been left by an exception just now
            if self.state not in IDLE:
                self.finish(*LEFT_EARLY)
            again = self.state in OVER
            self.control.begin_again()
            self._network, self._epochs, self._steps = network, epochs, steps
            self._began_epoch, self._validated, self._ended = False, False, threading.Event()
        self._logs.begin()
        self.pace.begin()
        self._spent_s, self._active_before = 0.0, self.pace.active_s
        self.read_rate(network)
        training_begins()
        self._guard(self._ended)
        # A panel that follows the run anew asks anew: those it adds are for the fit after this one.
        for action in tuple(self._again) if again else ():
            with suppress(Exception):  # a panel that cannot go on says so in itself
                (action() or _nothing)()
        self.log_begin()
        a_fit_begins()

    def begin_epoch(self, epoch: int) -> None:
        """Begin an epoch, of this number from 0."""
        self._base, self._reached = self.pace.done, 0
        self._logs.begin_epoch()
        if not self._began_epoch:
            self._plan(self._epochs - epoch)
        self._began_epoch = True

    def told(self, steps: int, logs: Logs | None) -> None:
        """Take in Keras's logs after so many steps of the epoch; on any thread."""
        # Of several steps a call, Keras counts those of the last call that there are no data for.
        steps = min(steps, self._steps or steps)
        self._reached = max(self._reached, steps)
        self._logs.told(self._base + steps, logs)

    def boundary(self, steps: int) -> bool:
        """Do what is due between two batches, after so many steps of the epoch; return whether to go on."""
        return self._boundary(self._base + steps)

    def boundary_beside(self) -> bool:
        """Do what is due between two batches of held-out data."""
        self._leave_first_validation_out()
        return self._boundary(self.pace.done)

    def end_training_part(self, steps: int) -> None:
        """Read the metrics after the last step of an epoch, before Keras sets them to zero."""
        reached = max(steps, self._reached)
        self.pace.reach(self._base + min(reached, self._steps or reached), time.perf_counter())
        self._logs.read(self.pace.done, self._network)

    def end_epoch(self, epoch: int, logs: Logs | None) -> None:
        """End an epoch, of this number from 0."""
        self._leave_first_validation_out()
        self._validated = True
        self.end_training_part(self._reached)
        self._logs.end_epoch(self.pace.done, logs)
        if self._steps is None and self._reached:
            self._steps = self._reached
            self._plan(self._epochs - epoch - 1)

    def finish(self, state: str, detail: str | None = None, fit: threading.Event | None = None) -> None:
        """End in a said state, unless the fit has ended already; by default the latest."""
        ended = fit or self._ended
        with self._finishing:
            if ended.is_set():
                return
            self._ending = True
            self._finaliser.detach()
            self._kept = self.run
            training_ends()
            self.log_end(state, detail)
            self.control.end(state, detail)
            self._network = None
            ended.set()

    def end(self, stopped: bool) -> None:
        """End as Keras does.

        Parameters
        ----------
        stopped : bool
            Whether the fit was stopped before its last epoch.
        """
        if self.control.stopping:
            self.finish(self.control.stop_as)
        elif stopped and not 0 < self.n_steps <= self.pace.done:
            self.finish("stopped", "Stopped before the end by a callback or by model.stop_training.")
        else:
            self.n_steps = self.pace.n_steps = self.pace.done
            self.finish("finished")

    def _guard(self, fit: threading.Event) -> None:
        FitGuard().watch(fit, lambda state, detail: self.finish(state, detail, fit))

    def _leave_first_validation_out(self) -> None:
        if not self._validated:  # the first one compiles
            self.pace.leave_out(time.perf_counter())

    # --- within -------------------------------------------------------------------------------------------------
    def _plan(self, epochs: int) -> None:
        """Plan so many epochs more, from the steps done."""
        known = self._steps or 0
        # Passes through the data are no number where earlier fits had others.
        self.steps_per_epoch = known if self._began_with in (0, known) else 0
        self._began_with = known
        self.n_steps = self.pace.n_steps = self.pace.done + epochs * self._steps if self._steps else 0

    def _boundary(self, step: int) -> bool:
        began = time.perf_counter()
        self.pace.reach(step, began)
        halts = self.control.halts
        if not (halts or self._spent_s == 0 or self.share_spent <= self._share):
            return True
        if not self.pace.warm:  # the state stays "starting" until the first batch has been compiled
            self.control.do_jobs()
            return True
        goes_on = self.control.may_go_on()
        self.control.take_single_step()
        if halts:
            self.pace.leave_out(time.perf_counter())
        if began - self._last_read >= READ_S:
            self._last_read = began
            self._logs.read(step, self._network)
            self.read_rate(self._network)
        if not halts:
            self._spent_s += time.perf_counter() - began
        return goes_on

    def read_rate(self, network: Any) -> None:
        """Give the optimizer the learning rate that was asked for, and read the one that it has."""
        optimizer = getattr(network, "optimizer", None)
        if optimizer is None:
            return
        if network is not self._network or not self.pace.warm:  # compiled anew, perhaps
            self._scheduled = _has_schedule(optimizer)
        asked, self._asked_rate = self._asked_rate, None
        if asked is not None and not self._scheduled:
            optimizer.learning_rate = asked
        # Single precision has no more digits, and people read them.
        self._rate = float(f"{float(keras.ops.convert_to_numpy(optimizer.learning_rate)):.6g}")


def _has_schedule(optimizer: Any) -> bool:
    """Return whether the optimizer sets its learning rate by itself."""
    with suppress(Exception):  # an optimizer of somebody's own need have no configuration
        return isinstance(optimizer.get_config().get("learning_rate"), dict)
    return False


def _nothing() -> None:
    """Stand for what is gone."""
