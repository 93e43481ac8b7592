"""The runs of a kernel: found by themselves, held weakly unless they are pinned."""

import itertools
import threading
import weakref
from dataclasses import dataclass, replace
from typing import Any

from hcnn_widgets.learning.run import Run
from hcnn_widgets.learning.training_thread import TrainingThread, known_trainings
from hcnn_widgets.widgets.panel.known_run import check_run
from hcnn_widgets.widgets.scores.known_scores import works_of

from .run_choices import Flat, choices_of
from .run_row import RunRow, row_of

MOST_ROWS = 60
"""Rows that are kept: the oldest that are not pinned go first."""


@dataclass
class Entry:
    """A run that is or was there: how it is reached, and what was last known of it."""

    number: int
    source: "weakref.ref[Any]"
    choices: Flat
    row: RunRow
    held: Any = None

    def run(self) -> Any | None:
        """Return the run, or None if its network has gone."""
        source = self.source()
        if not isinstance(source, TrainingThread):
            return source
        model = source.model
        return None if model is None else Run.of(model, source)


class RunList:
    """Rows of the runs of this kernel, or of given ones, in the order in which they began.

    Parameters
    ----------
    runs : sequence of TrainingRun, optional
        By default all trainings of this kernel, and those that are still to come.
    """

    def __init__(self, runs: Any | None = None) -> None:
        self._follows = runs is None
        self._entries: dict[int, Entry] = {}
        self._forgotten: weakref.WeakSet[Any] = weakref.WeakSet()
        self._numbers, self._lock = itertools.count(1), threading.RLock()
        self.rows: tuple[RunRow, ...] = ()
        for run in runs or ():
            self.add(run)

    def add(self, run: Any) -> None:
        """Take a run into the list, such as one from a folder."""
        check_run("run", run)
        source = getattr(run, "training", run)
        self._forgotten.discard(source)
        if all(entry.source() is not source for entry in self._all()):
            number, choices = next(self._numbers), choices_of(run)
            row = row_of(run, number, choices)
            with self._lock:
                self._entries[number] = Entry(number, weakref.ref(source), choices, row)

    def look(self) -> tuple[RunRow, ...]:
        """Return the rows as they stand now; the same object where nothing has changed."""
        if self._follows:
            self._find()
        for entry in self._all():
            run = entry.run()
            kept = entry.held is not None
            if run is not None:
                entry.row = row_of(run, entry.number, entry.choices, kept)
            elif not entry.row.gone:
                entry.row = replace(entry.row, alive=False, gone=True)
        rows = tuple(entry.row for entry in self._all())
        self.rows = self.rows if rows == self.rows else rows
        return self.rows

    def busy(self) -> bool:
        """Return whether a run may still change, or a score of one be renewed."""
        runs = [entry.run() for entry in self._all() if not entry.row.gone]
        return any(run.alive or any(work.alive for work in works_of(run)) for run in runs if run is not None)

    def run(self, number: int) -> Any | None:
        """Return a run by the number of its row; None if its network has gone."""
        entry = self._entries.get(number)
        return None if entry is None else entry.run()

    def name(self, number: int, title: str) -> None:
        """Give a run another title."""
        run, entry = self.run(number), self._entries[number]
        if run is not None:
            run.title = title
        entry.row = replace(entry.row, title=title)

    def pin(self, number: int, kept: bool) -> None:
        """Hold a run, so that its network stays; or no more.

        Raises
        ------
        ValueError
            If its network has gone.
        """
        run, entry = self.run(number), self._entries[number]
        if run is None and kept:
            raise ValueError(
                f"The network of {entry.row.title} is no longer in the kernel. Accepted is a run whose network is."
            )
        entry.held = run if kept else None
        entry.row = replace(entry.row, kept=kept)

    def forget(self, number: int) -> None:
        """Take a run off the list, and hold it no more."""
        with self._lock:
            source = self._entries.pop(number).source()
        if source is not None:
            self._forgotten.add(source)

    def let_go(self) -> None:
        """Hold no run any more."""
        for entry in self._all():
            entry.held = None

    def _all(self) -> list[Entry]:
        with self._lock:
            return list(self._entries.values())

    def _find(self) -> None:
        known = [entry.source() for entry in self._all()]
        for training in known_trainings():
            is_new = not any(training is source for source in known) and training not in self._forgotten
            model = training.model if is_new else None
            if model is not None:
                self.add(Run.of(model, training))
        for number in [entry.number for entry in self._all() if entry.held is None][:-MOST_ROWS]:
            self.forget(number)
