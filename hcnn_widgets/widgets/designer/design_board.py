"""The state of a designer: its runs, which of them is chosen and compared with, and what is being built."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hcnn_widgets.saved_runs import load_run
from hcnn_widgets.sweeps.design import Choices, Design
from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.moving_dot import Way
from hcnn_widgets.widgets.panel.words import in_words

from .design_work import DesignWork, Order, curve_of
from .kept_runs import KeptRuns
from .material import Material
from .told import Curve, UnderWay


class DesignBoard:
    """Runs that are built one after the other; any thread may ask.

    Parameters
    ----------
    material : Material
    settings : mapping
        What all runs have in common, as plain data: kept in the folder.
    choices : Choices
    on_change : callable
        Called, on any thread, when a run is over.

    Attributes
    ----------
    trouble : str
        What is to be said of the latest run: that it learned nothing, or could not be written into the folder; or "".
    """

    def __init__(
        self, material: Material, settings: dict[str, Any], choices: Choices, on_change: Callable[[], None]
    ) -> None:
        self.material, self.settings, self._on_change = material, settings, on_change
        self._lock, self._rows, self._runs = threading.RLock(), dict[int, SweepRow](), dict[int, Any]()
        self._kept = None if material.folder is None else KeptRuns(material.folder, settings)
        self.look_again()
        self._drawn: tuple[Sweep, tuple[Relation, Relation]] | None = None
        self.work: DesignWork | None = None
        self._ways: dict[int, Way] = {}
        self._pinned, self.trouble = False, ""
        self.selected: int | None = max(self._rows, default=None)
        self.held: int | None = self._before(self.selected)
        known = self.row(self.selected)
        self.design = Design(*_known_names(known, choices), choices=choices)

    # --- read -----------------------------------------------------------------------------------------------------
    @property
    def rows(self) -> tuple[SweepRow, ...]:
        """Runs in the order in which they were built."""
        with self._lock:
            return tuple(row for _, row in sorted(self._rows.items()))

    def row(self, number: int | None) -> SweepRow | None:
        """Return the row of a run."""
        with self._lock:
            return None if number is None else self._rows.get(number)

    @property
    def busy(self) -> bool:
        """Whether a run is being built."""
        return self.work is not None and not self.work.done.is_set()

    @property
    def now(self) -> UnderWay:
        """What is under way, or the curve of the latest run."""
        return UnderWay() if self.work is None else self.work.now

    @property
    def ghost(self) -> Curve | None:
        """The curve of the run that is compared with, where its training is in this kernel."""
        run, row = self._runs.get(self.held or 0), self.row(self.held)
        return None if run is None or row is None else curve_of(run, row.title)

    @property
    def way(self) -> Way:
        """The way through the plot of the network that trains, or of the chosen run where this kernel built it."""
        if self.work is not None and self.busy:
            return self.work.way
        return self._ways.get(self.selected or 0, Way())

    def plotted(self) -> tuple[Sweep, tuple[Relation, Relation]]:
        """Return the runs as a sweep, and how accuracy and predictivity go together; anew where rows have changed."""
        rows = self.rows
        if self._drawn is None or self._drawn[0].rows != rows:
            sweep = Sweep.of_rows(rows, self.settings, self.material.folder)
            self._drawn = sweep, (sweep.relation("best"), sweep.relation("untrained_best"))
        return self._drawn

    def look_again(self) -> bool:
        """Take in what other notebooks have put into the folder; say whether there was anything."""
        if self._kept is None:
            return False
        with self._lock:
            found = self._kept.new_rows()
            self._rows |= {row.number: row for row in found}
            for row in found:
                if row.number in self._runs:
                    self._runs[row.number].title = row.title
            return bool(found)

    # --- change ---------------------------------------------------------------------------------------------------
    def build(self, seed: int, epochs: float) -> None:
        """Begin to build what is chosen.

        Raises
        ------
        RuntimeError, OSError
            If a run is being built already, or the folder cannot be written to.
        """
        with self._lock:
            if self.busy:
                raise RuntimeError("One run at a time is accepted: another is being built. Stop ends it.")
            self.look_again()
            number = max(self._rows, default=0) + 1
            number = number if self._kept is None else self._kept.claim(number)
            order = Order(self.design, number, title_for(self.design, self.rows), seed, epochs)
            self.work = DesignWork(order, self.material, self._on_row, self._on_change)
            self.work.start()

    def stop(self) -> None:
        """End the run that is being built."""
        if self.work is not None and self.busy:
            self.work.stop()

    def choose(self, number: int) -> None:
        """Choose a run, and compare it with the one before it."""
        self.selected = number
        if self.held == number or self.held is None:
            self.held = self._before(number)

    def hold(self, number: int) -> None:
        """Compare with a run, also the runs to come."""
        self.held, self._pinned = number, True
        if self.selected == number:
            after = [row.number for row in self.rows if row.number != number and not row.error]
            self.selected = after[-1] if after else number

    def name(self, number: int, title: str) -> None:
        """Call a run something else, in its folder, too."""
        with self._lock:
            self._rows[number] = row = replace(self._rows[number], title=title)
            self._keep(row)
            if number in self._runs:
                self._runs[number].title = title

    def run(self, number: int) -> Any:
        """Return a run: the one of this kernel, or out of its folder.

        Raises
        ------
        ValueError, FileNotFoundError
            If it has none.
        """
        if number in self._runs:
            return self._runs[number]
        if self._kept is None:
            raise ValueError("This run has no network to open. Accepted is one that came to its end.")
        run = load_run(self._kept.run_folder(number))
        row = self.row(number)
        run.title = row.title if row is not None and row.title else run.title
        self._runs[number] = run
        return run

    def _on_row(self, work: DesignWork, row: SweepRow) -> None:
        with self._lock:
            if work.run is not None and not row.error:
                self._runs[row.number] = work.run
                self._ways[row.number] = work.way_to(row)
            if not row.error:
                self.selected = row.number
                self.held = self.held if self._pinned else self._before(row.number)
            self._rows[row.number] = row
            try:
                self._keep(row)
                self.trouble = work.warning
            except OSError as error:  # the run stays in this kernel
                self.trouble = in_words(error)

    def _before(self, number: int | None) -> int | None:
        """Return the latest run before one that has a score."""
        earlier = [row.number for row in self.rows if number is not None and row.number < number and not row.error]
        return max(earlier, default=None)

    def _keep(self, row: SweepRow) -> None:
        if self._kept is not None:
            self._kept.keep(row, lambda: self.rows, self.look_again)


def title_for(design: Design, rows: tuple[SweepRow, ...]) -> str:
    """Return what a new run is called: goal and rule, the architecture where it is another, and which time it is."""
    usual = rows[0].architecture if rows else design.architecture
    words = f"{design.goal} by {design.rule}"
    words += f", {design.architecture}" if design.architecture != usual else ""
    taken = {row.title for row in rows}
    if words not in taken:
        return words
    return next(name for n in itertools.count(2) if (name := f"{words} ({n})") not in taken)


def _known_names(row: SweepRow | None, choices: Choices) -> tuple[str, str, str]:
    """Return the names of the latest run where they are on offer, or else the first of each column."""
    on_offer = (choices.architectures, choices.goals, choices.rules)
    names = ("", "", "") if row is None else row.choices
    found = [name if name in known else next(iter(known)) for name, known in zip(names, on_offer, strict=True)]
    return found[0], found[1], found[2]
