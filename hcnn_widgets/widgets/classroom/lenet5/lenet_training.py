"""LeNet-5 learns digits while the lab looks at its weights."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.lenet5 import lenet5_weights
from hcnn_widgets.goal.quantity import HELD_OUT as HELD_OUT_CURVE
from hcnn_widgets.widgets.beside.starting import exiting, started
from hcnn_widgets.widgets.panel.words import duration, in_words

Weights = list[NDArray[Any]]
EPOCHS = 12
HELD_OUT = 0.2
DIGITS = tuple(str(digit) for digit in range(10))


class LeNetTraining:
    """The weights of a variant: drawn anew, learning, or learnt. Keras is loaded when it is to learn, not before.

    Parameters
    ----------
    variant : "published" or "modern"
    seed : int
        Of the untrained weights.
    model : GoalDrivenModel, optional
        With a network for the ten digits that has learnt already.
    """

    def __init__(self, variant: str, seed: int, model: Any = None) -> None:
        self.variant, self.seed, self.model = variant, seed, model
        self.weights: Weights = lenet5_weights(variant, seed) if model is None else model.network.get_weights()
        self.is_trained = model is not None
        self.problem = ""
        self._thread: threading.Thread | None = None
        self._asked: Future[Weights] | None = None
        self._going_on = self._starting = self._forgotten = False
        self._looking, self._since = threading.Lock(), 0.0

    @property
    def going_on(self) -> bool:
        """Whether newer weights are to come."""
        return self._going_on

    @property
    def run(self) -> Any:
        """The latest run; None before there is one."""
        return None if self.model is None else self.model.run

    def begin(self) -> None:
        """Learn for some epochs more, on a thread of its own."""
        if self._going_on:
            return
        self._starting = True  # before it goes on: who looks meanwhile must not take it for over
        self._going_on, self.problem, self._since = True, "", time.monotonic()
        self._thread = started(self._start, "hcnn-lenet5", awaited=True)
        if self._thread is None:
            self._start()

    def stop(self) -> None:
        """End the run, if there is one."""
        self._forgotten = True
        if self.run is not None:
            self.run.stop()

    def join(self, timeout: float) -> bool:
        """Wait until it has learnt; say whether that is so."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self.run is None or bool(self.run.join(timeout))

    def look(self) -> bool:
        """Take the weights as they are now, without waiting for them; say whether that was the last time."""
        with self._looking:
            if not self._going_on or self._starting:
                return False
            self._look(self.run)
            return not self._going_on

    def _look(self, run: Any) -> None:
        if self.problem or run is None:
            self._going_on = False
            return
        if not run.alive:
            self._take(run.at_boundary(self.model.network.get_weights))
            self.problem = run.state_message if run.state == "failed" else ""
            self._going_on = False
        elif self._asked is None or self._asked.done():
            self._take(self._asked)
            self._asked = run.at_boundary(self.model.network.get_weights)

    def words(self) -> str:
        """Return what the weights are, in words."""
        run = self.run
        if self._going_on:
            if run is None or not run.alive or run.steps_done == 0:
                seconds = duration(time.monotonic() - self._since)
                return f"Making ready to train: Keras, digits, network\u2026 {seconds}"
            return f"Training: step {run.steps_done} of {run.n_steps}.{self._held_out()}"
        if not self.is_trained:
            return "Weights drawn at random. Train learns from handwritten digits, in half a minute or less."
        return f"Trained.{self._held_out()}"

    def _held_out(self) -> str:
        """Return how many digits are right that were not learnt from, in words."""
        run = self.run
        if run is None or run.held_out is None:
            return ""
        share = run.history.last(HELD_OUT_CURVE + "accuracy")
        return "" if share is None else f" {share:.0%} of {len(run.held_out)} other digits right."

    def _take(self, answer: "Future[Weights] | None") -> None:
        if answer is not None:
            self.weights = [np.asarray(each) for each in answer.result()]
            self.is_trained = self.is_trained or self.run.steps_done > 0

    def _start(self) -> None:
        """Load Keras, make the model and begin its run; what goes wrong is kept as words."""
        try:
            model = self.model or self._made()
            learnt, held_out = digits_apart()
            if not (self._forgotten or exiting.is_set()):
                model.train(learnt, validation=held_out, epochs=EPOCHS, seed=self.seed)
            self.model = model
        except ImportError as error:
            self.problem = (
                "Training needs Keras, TensorFlow and scikit-learn. Accepted is a kernel where these are installed; "
                f"received: {in_words(error)}"
            )
        except Exception as error:  # the person must read it in the panel
            self.problem = in_words(error)
        finally:
            self._starting = False

    def _made(self) -> Any:
        model = lenet_model(self.variant)
        model.build(DIGITS)
        model.network.set_weights(self.weights)
        return model


def lenet_model(variant: str) -> Any:
    """Return a model of a variant, not yet built."""
    import hcnn_widgets as hw

    goal = hw.goal.NearestCode() if variant == "published" else hw.goal.Categorization(dropout=0.0)
    return hw.GoalDrivenModel(hw.architecture.lenet5(variant), goal)


def digits_apart() -> tuple[Any, Any]:
    """Return the digits to learn from, and those to show and to test with, 32 x 32."""
    import hcnn_widgets as hw

    return hw.stimuli.digits().adapted_to((32, 32, 1)).split(HELD_OUT)


class DigitsAtHand:
    """Images of digits that are not learnt from, one after the other."""

    def __init__(self, load: Callable[[], Any] | None = None) -> None:
        self._load = load or _held_out_digits
        self._set: Any = None
        self._next: dict[int, int] = {}

    def one_of(self, digit: int) -> NDArray[np.float32]:
        """Return the next image of a digit, (8, 8) in [0, 1]."""
        if self._set is None:
            try:
                self._set = self._load()
            except ImportError as error:
                raise RuntimeError(
                    "Images of digits come with scikit-learn. Accepted is a kernel where it is installed, or a drawing "
                    f"of your own; received: {error}."
                ) from None
        rows = np.flatnonzero(self._set.labels == str(digit))
        place = self._next.get(digit, 0)
        self._next[digit] = place + 1
        return np.asarray(self._set.images[rows[place % len(rows)], :, :, 0], np.float32)


def _held_out_digits() -> Any:
    import hcnn_widgets as hw

    return hw.stimuli.digits().split(HELD_OUT)[1]
