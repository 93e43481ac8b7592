"""Training loop of every rule and goal: chunks of compiled steps, with requests served between them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.quantity import HELD_OUT

from .arriving_images import ArrivingImages
from .checkpoints import Checkpoints
from .compiled_steps import Steps
from .control import Control
from .finite_weights import LastFiniteWeights
from .history import History

FRAME_S = 0.075
MAX_CHUNK = 512


class NotFiniteError(ArithmeticError):
    """The loss, or a weight, is no longer a number."""


def batches(n_images: int, batch_size: int, seed: int, in_order: bool = False) -> Iterator[NDArray[np.int32]]:
    """Yield image indices batch by batch, without end; every image comes once before any comes again.

    Batches run on over the end of a pass, so that all are full and none is left out. The first pass may be in order,
    for images that arrive in this order.

    Examples
    --------
    >>> stream = batches(n_images=3, batch_size=2, seed=0)
    >>> sorted(int(i) for i in [*next(stream), *next(stream), *next(stream)])
    [0, 0, 1, 1, 2, 2]
    """
    rng = np.random.default_rng(seed)
    waiting = np.arange(n_images if in_order else 0, dtype=np.int32)
    while True:
        while len(waiting) < batch_size:
            waiting = np.concatenate([waiting, rng.permutation(n_images).astype(np.int32)])
        yield waiting[:batch_size]
        waiting = waiting[batch_size:]


@dataclass
class Loop:
    """All that the training thread works with.

    Attributes
    ----------
    steps : Steps
        Takes the compiled steps.
    control, history
        What is asked for, and what was measured.
    stream : iterator of (batch_size,) int32
    n_steps, steps_per_epoch : int
    learning_rate : callable
        Steps done -> learning rate of the next; asked before every chunk, for each of its steps.
    validate : callable or None
        Returns (loss, *scores) on the held-out images.
    score_names : tuple of str
        Empty where there are no targets to score by.
    measures : tuple of str
        Names of what the rule measures besides.
    weights : LastFiniteWeights, optional
        To be taken back when the loss or a weight is no longer a number.
    arriving : ArrivingImages, optional
        Images that come while training goes on; the loop waits for those of its next step.
    checkpoints : Checkpoints
        Kernels at the start and at some steps.
    done : int
        Steps taken.
    active_s : float
        Seconds of training, without compiling and pauses.
    """

    steps: Steps
    control: Control
    history: History
    stream: Iterator[NDArray[np.int32]]
    n_steps: int
    steps_per_epoch: int
    learning_rate: Callable[[int], float]
    validate: Callable[[], tuple[float, ...]] | None
    score_names: tuple[str, ...]
    measures: tuple[str, ...] = ()
    weights: LastFiniteWeights | None = None
    arriving: ArrivingImages | None = None
    checkpoints: Checkpoints = field(default_factory=Checkpoints)
    done: int = 0
    active_s: float = 0.0
    _timed_steps: int = field(default=0, repr=False)
    _chunk: int = field(default=1, repr=False)
    _warm: bool = field(default=False, repr=False)
    _held_out_warm: bool = field(default=False, repr=False)

    def run(self) -> str:
        """Train to the end or until stopped; give the state in which it ended."""
        self.checkpoints.look(0)
        while self.done < self.n_steps and self.control.may_go_on():
            if not self._n_at_hand():
                continue  # what is asked meanwhile is done meanwhile
            self._take_chunk()
            if self.validate and (self.done % self.steps_per_epoch == 0 or self.done == self.n_steps):
                self._measure_held_out()
        return "finished" if self.done >= self.n_steps else self.control.stop_as

    @property
    def seconds_left(self) -> float | None:
        """Estimate of the training time that is left, in s; None before the first chunk that did not compile."""
        left = self.n_steps - self.done
        if not (left and self._timed_steps):
            return None if left else 0.0
        return self.active_s / self._timed_steps * left

    def _n_at_hand(self) -> int:
        """Return how many of the next steps have their images; sleep a moment where none has."""
        if self.arriving is None:
            return self.n_steps - self.done
        n_at_hand = self.arriving.bring(self.steps) - self.done
        if not n_at_hand:
            self.arriving.wait()
        elif self.arriving.complete:
            self.arriving = None
        return n_at_hand

    def _take_chunk(self) -> None:
        size = 1 if self.control.take_single_step() else self._next_size()
        # A rate for each step, and not for the chunk: how many steps a chunk has depends on how fast the machine is.
        rates = np.array([self.learning_rate(done) for done in range(self.done, self.done + size)], np.float32)
        started = time.perf_counter()
        measured = self.steps.train(np.stack([next(self.stream) for _ in range(size)]), rates)
        self._learn_pace(time.perf_counter() - started, size)
        numbers = np.arange(self.done + 1, self.done + size + 1)
        self.done += size
        losses = measured[0]
        good = np.isfinite(losses)
        for name, values in zip((*self._names, *self.measures), measured, strict=True):
            self.history.append(name, numbers[good], values[good])
        if fault := self._fault(numbers, losses):
            raise NotFiniteError(fault + self._given_back())
        if self.weights is not None:
            self.weights.keep(self.done, float(losses.mean()))
        self.checkpoints.look(self.done)

    def _next_size(self) -> int:
        to_epoch_end = self.steps_per_epoch - self.done % self.steps_per_epoch
        return max(1, min(self._chunk, to_epoch_end, self.n_steps - self.done, self._n_at_hand()))

    def _learn_pace(self, seconds: float, n_steps: int) -> None:
        """Choose the chunk so that it lasts about a frame; the first call compiled, so its time tells nothing."""
        if self._warm:
            self.active_s += seconds
            self._timed_steps += n_steps
            wanted = FRAME_S * n_steps / max(seconds, 1e-6)
            self._chunk = int(np.clip(wanted, 1, min(MAX_CHUNK, 2 * self._chunk + 1)))
        self._warm = True

    def _fault(self, numbers: NDArray[np.int_], losses: NDArray[Any]) -> str:
        """Return the sentences on a loss or weights that are no numbers; empty where all are."""
        bad, rate = ~np.isfinite(losses), self.learning_rate(self.done)
        if bad.any():
            return (
                f"The loss became {losses[bad][0]} at step {numbers[bad][0]:,}; a loss must be a finite number. The "
                f"learning rate was {rate:.3g}: start again with a smaller one, or check the images and the goal."
            )
        broken = self.weights.broken(self.steps.finite) if self.weights is not None else ()
        if broken:
            return (
                f"Weights of {', '.join(broken[:5])} became NaN or infinite by step {numbers[-1]:,}, though the loss "
                f"did not; weights must be finite numbers. The learning rate was {rate:.3g}: start again with a "
                "smaller one."
            )
        return ""

    def _given_back(self) -> str:
        """Give the network its last good weights back, and return a sentence that says so."""
        if self.weights is None:
            return ""
        step = self.weights.give_back()
        which = f"had at step {step:,}" if step else "started with"
        return f" The network has been given back the weights that it {which}."

    def _measure_held_out(self) -> None:
        assert self.validate is not None
        started = time.perf_counter()
        values = self.validate()
        if self._held_out_warm:  # the first time compiles, as the first chunk does
            self.active_s += time.perf_counter() - started
        self._held_out_warm = True
        for name, value in zip(self._names, values, strict=True):
            self.history.append(HELD_OUT + name, [self.done], [value])

    @property
    def _names(self) -> tuple[str, ...]:
        """What is measured on held-out images, too."""
        return ("loss", *self.score_names)
