"""A transfer while it goes on, and afterwards: its rows, the curves, and what one way has over another."""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import known_name

from .transfer_row import TransferRow
from .transfer_table import TransferTable
from .ways import WAYS

N_DRAWS = 1_000
PERCENTILES = (2.5, 97.5)


class Score(NamedTuple):
    """A mean over seeds with its 95 % interval."""

    value: float
    low: float
    high: float
    n_seeds: int


class Transfer:
    """Rows of a transfer: those that there are by now, while it goes on.

    Attributes
    ----------
    settings : mapping
        All that it is repeated with, as plain data: "freeze_at", "n_labels", "seeds", ...
    state : str
        "running", "finished", "stopped" or "failed".
    message : str
        Why it failed.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = dict(settings)
        self.state, self.message = "running", ""
        self.by_key: dict[tuple[str, int, int], TransferRow] = {}
        self.under_way: tuple[str, int, int] | None = None
        self.run: Any = None
        self._known: dict[Any, Score] = {}
        self._over, self.to_stop = threading.Event(), threading.Event()

    @property
    def freeze_at(self) -> str:
        """The last area below the freeze line."""
        return str(self.settings["freeze_at"])

    @property
    def n_labels(self) -> tuple[int, ...]:
        """Numbers of labelled images, of all categories together."""
        return tuple(self.settings["n_labels"])

    @property
    def ways(self) -> tuple[str, ...]:
        """Names in `WAYS`."""
        return tuple(self.settings["ways"])

    @property
    def chance(self) -> float:
        """The accuracy of guessing."""
        return 1 / len(self.settings["categories"])

    @property
    def n(self) -> int:
        """Trainings in all."""
        return len(self.ways) * len(self.n_labels) * len(self.settings["seeds"])

    @property
    def rows(self) -> tuple[TransferRow, ...]:
        """Rows that there are, in the order in which they came; those with an error too."""
        return tuple(self.by_key.values())

    @property
    def alive(self) -> bool:
        """Whether it goes on."""
        return not self._over.is_set()

    @property
    def done(self) -> float:
        """Trainings that are done, with the share of the one that is under way."""
        run = self.run
        return len(self.by_key) + (run.steps_done / run.n_steps if run is not None and run.n_steps else 0.0)

    def score(self, way: str, n_labels: int) -> Score:
        """Return the accuracy on held-out images by a way and a number of labels, over the seeds that there are.

        The interval comes of drawing held-out images, and seeds where there are several, with replacement.
        """
        return self._mean_of((way, n_labels), self._right(way, n_labels))

    def difference(self, way: str, other: str, n_labels: int) -> Score:
        """Return what a way has over another one, on the same images and seeds, with its interval.

        Examples
        --------
        >>> made = Transfer({"freeze_at": "IT", "n_labels": [10], "ways": list(WAYS), "seeds": [0], "categories": "ab"})
        >>> made.add(TransferRow("frozen", 10, 0, np.array([True, True, False, True])))
        >>> made.add(TransferRow("from scratch", 10, 0, np.array([True, False, False, False])))
        >>> made.difference("frozen", "from scratch", 10).value
        0.5
        """
        first, second = (self._right(each, n_labels) for each in (way, other))
        both = [seed for seed in first if seed in second]
        return self._mean_of((way, other, n_labels), {seed: first[seed] - second[seed] for seed in both})

    @property
    def table(self) -> TransferTable:
        """Accuracies by way and number of labels, and what each has over the controls."""
        lines = []
        for way in self.ways:
            for n_labels in self.n_labels:
                own = self.score(way, n_labels)
                controls = {
                    name: self.difference(way, name, n_labels)
                    for name in self.ways
                    if WAYS[name].is_control and not WAYS[way].is_control
                }
                if own.n_seeds:
                    lines.append((way, n_labels, own, controls))
        return TransferTable(tuple(lines), self.chance, self.words)

    @property
    def words(self) -> str:
        """What was measured, in a sentence without a full stop."""
        held = self.settings
        return (
            f"Areas up to {self.freeze_at} are carried over, what lies above is drawn anew; {held['n_steps']} steps of "
            f"Adam at {held['learning_rate']:g} each, batches of {held['batch_size']} at most; {held['n_held_out']:,} "
            f"held-out images of {len(held['categories'])} categories"
        )

    def stop(self) -> None:
        """End it; the training that is under way is left out."""
        self.to_stop.set()
        run = self.run
        if run is not None:
            run.stop()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end in a script; return whether it is over."""
        return self._over.wait(timeout)

    async def wait(self) -> "Transfer":
        """Wait for the end in a notebook: ``await transfer.wait()``; the panel goes on working meanwhile."""
        while self.alive:
            await asyncio.sleep(0.1)
        return self

    def add(self, row: TransferRow) -> None:
        """Take a row in."""
        self.by_key[row.way, row.n_labels, row.seed] = row

    def end(self, state: str, message: str = "") -> None:
        """Say that it is over."""
        self.state, self.message = state, message
        self._over.set()

    def _mean_of(self, what: Any, of_seeds: Mapping[int, NDArray[np.float64]]) -> Score:
        """Return a mean with its interval, drawn once for the seeds that there are."""
        known = what, tuple(of_seeds)
        if known not in self._known:
            self._known[known] = _mean(of_seeds)
        return self._known[known]

    def _right(self, way: str, n_labels: int) -> dict[int, NDArray[np.float64]]:
        known_name("way", way, WAYS)
        rows = [row for row in self.rows if (row.way, row.n_labels, row.error) == (way, n_labels, "")]
        return {row.seed: row.right.astype(np.float64) for row in rows}

    def __repr__(self) -> str:
        """Say in a line how far it is."""
        failed = sum(bool(row.error) for row in self.rows)
        words = f"{len(self.rows) - failed} of {self.n} trainings" + (f", {failed} with an error" if failed else "")
        return f"<Transfer {self.state}: {words}>"


def _mean(of_seeds: Mapping[int, NDArray[np.float64]]) -> Score:
    """Return the mean over seeds and images; the same images and seeds are drawn for whatever is compared."""
    if not of_seeds:
        return Score(np.nan, np.nan, np.nan, 0)
    values = np.stack([of_seeds[seed] for seed in sorted(of_seeds)])
    n_seeds, n_images = values.shape
    rng = np.random.default_rng(0)
    images = rng.multinomial(n_images, np.full(n_images, 1 / n_images), N_DRAWS) / n_images
    seeds = rng.multinomial(n_seeds, np.full(n_seeds, 1 / n_seeds), N_DRAWS) / n_seeds
    low, high = np.percentile((images @ values.T * seeds).sum(axis=1), PERCENTILES)
    return Score(float(values.mean()), float(low), float(high), n_seeds)
