"""Panel of the runs of a notebook: sorted, named, kept or forgotten, opened again."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import ipywidgets
import traitlets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.learning.training_thread import tell_of_trainings
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor

from .run_list import RunList
from .run_row import RunRow
from .runs_code import RUNS_CODE
from .runs_layout import Column, columns_within
from .runs_record import RunsRecord
from .runs_scene import Sorting, at_place, runs_scene, sentence_of

SHARED = ("clock", "ticker")
"""Options that the monitor of an opened run has, too."""


class RunGrid(ScenePanel):
    """Drawing of RunTable.

    Parameters
    ----------
    runs : RunList
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    knows_height = True
    title = traitlets.Unicode("Runs").tag(sync=True)

    selected = traitlets.Int(None, allow_none=True)
    """Number of the run that is chosen: 3, or None"""

    def __init__(self, runs: RunList, **traits: Any) -> None:
        self.runs, self.sorting = runs, Sorting()
        self.rows: tuple[RunRow, ...] = ()
        super().__init__(**traits)
        tell_of_trainings(self)

    def training_began(self) -> None:
        """Look at the runs again: there is another."""
        self.renew()

    def source_over(self) -> bool:
        """Return whether no run changes any more, until another begins."""
        return not self.runs.busy()

    def make_frame(self) -> Frame:
        """Return the table as it is now."""
        rows = self.runs.look()
        # What is drawn hangs on these three, and the frame of equal ones is the one before.
        self._drawn = drawn = _same(getattr(self, "_drawn", None), (rows, self.sorting, self.selected))
        self.rows = rows
        return self.frame_of_scene(self.scene, final=self.source_over(), of=drawn)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the table for a width in pixels, and for the most height."""
        return runs_scene(self.rows, self._columns(), self.sorting, self.selected, width, height)

    def _columns(self) -> list[Column]:
        """Return the columns that all views have room for, so that a place is the same in each."""
        return columns_within(self.rows, min(room[0] for room in self._known_rooms()))

    def pressed(self, place: int, key: str) -> None:
        """Sort by the column of a header, or choose the run of a row."""
        column, row = at_place(self.rows, self._columns(), self.sorting, place)
        if column is not None:
            again = column.name == self.sorting.column
            self.sorting = Sorting(column.name, not self.sorting.downwards if again else column.best_first)
        elif row is not None:
            self.selected = row.number

    def sentence(self) -> str:
        """Return a sentence on the runs."""
        return sentence_of(self.rows, self.sorting)

    def saved_sentence(self) -> str:
        """Return a sentence on the runs, for a saved page, to which no row comes any more."""
        return self.sentence() if self.rows else "No run is shown."


class RunTable(PanelBox):
    """The runs of this kernel in a table: choices, seed, the goal's score, scores of brain areas, time.

    Enter on a header, or a click, sorts by its column; on a row it chooses the run, which the buttons above then name,
    keep, forget or open. A run is held weakly, so that its network goes when nothing else leads to it: its row stays,
    and says so. A run that is kept is held until it is kept no more or the table is closed.

    Parameters
    ----------
    runs : iterable of TrainingRun, optional
        By default all of this kernel, those from folders too, and those that are still to come.
    on_open : callable, optional
        Called with a run that is to be opened again; by default a training monitor beneath shows it, with the run
        opened before beside it.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError
        If one of them is no run.
    """

    chosen = traitlets.Any(None, allow_none=True)
    """The run that was opened last, for ``table.observe(..., "chosen")``: <Run of hcnn: finished, ...>"""

    def __init__(
        self,
        runs: Iterable[TrainingRun] | None = None,
        on_open: Callable[[TrainingRun], object] | None = None,
        **options: Any,
    ) -> None:
        check_options(options, type(self), RunGrid)
        self._on_open, self._options = on_open, {name: options[name] for name in SHARED if name in options}
        self._monitor: TrainingMonitor | None = None
        self._runs = RunList(None if runs is None else list(runs))
        self._make_controls()
        grid = RunGrid(self._runs, **options)
        super().__init__(grid, [self._open, self._title, self._keep, self._forget])
        grid.observe(self._show_choice, "selected")
        self._show_choice()

    def _make_controls(self) -> None:
        self._open = _button("Open", "folder-open", "Show the chosen run again", self._on_click_open)
        self._forget = _button("Forget", "trash", "Take the chosen run off the table", self._on_forget)
        self._keep = ipywidgets.ToggleButton(
            description="Keep", icon="thumb-tack", tooltip="Hold the chosen run's network", layout={"width": "auto"}
        )
        self._title = ipywidgets.Text(
            placeholder="choose a run",
            continuous_update=False,
            tooltip="Name of the chosen run",
            layout={"width": "200px"},
        )
        self._keep.observe(self._on_keep, "value")
        self._title.observe(self._on_title, "value")

    def add(self, run: TrainingRun) -> None:
        """Take a run into the table that is not of this kernel's own, such as one that Keras trains."""
        self._runs.add(run)
        self.panel.renew()

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """What is known of each run, in the order in which they began."""
        return self._runs.look()

    @property
    def record(self) -> RunsRecord:
        """The runs as a table: text, Markdown, ``to_csv``, and ``hw.widgets.table_figure`` for a paper."""
        return RunsRecord(self._runs.look())

    # --- from the page ------------------------------------------------------------------------------------------
    def _show_choice(self, _change: Any = None) -> None:
        """Let the controls show and steer the chosen run."""
        row = next((row for row in self._runs.look() if row.number == self.panel.selected), None)
        for control in (self._title, self._keep, self._forget):
            control.disabled = row is None
        self._open.disabled = row is None or row.gone
        self._title.value = "" if row is None else row.title
        self._keep.value = row is not None and row.kept

    @shows_errors
    def _on_click_open(self, _button: Any) -> None:
        run = self._runs.run(self._selected())
        if run is None:
            raise ValueError(
                "The network of this run is no longer in the kernel. Accepted is a run that is still there."
            )
        self.panel.note("")
        before, self.chosen = self.chosen, run
        if self._on_open is not None:
            self._on_open(run)
        elif self._monitor is None:
            self._monitor, box = TrainingMonitor(run, **self._options), cast("ipywidgets.Box", self)
            box.children = (*box.children, self._monitor)
        else:
            self._monitor.follow(run, None if before is run else before)

    @shows_errors
    def _on_forget(self, _button: Any) -> None:
        self._runs.forget(self._selected())
        self.panel.selected = None
        self.panel.renew()

    @shows_errors
    def _on_keep(self, change: dict[str, Any]) -> None:
        row = self._row()
        if row is None or row.kept == change["new"]:
            return
        self._runs.pin(row.number, bool(change["new"]))
        self.panel.renew()

    @shows_errors
    def _on_title(self, change: dict[str, Any]) -> None:
        row, title = self._row(), " ".join(str(change["new"]).split())
        if row is None or title == row.title:
            return
        if not title:
            self._title.value = row.title
            return
        self._runs.name(row.number, title)
        self.panel.renew()

    def _row(self) -> RunRow | None:
        return next((row for row in self._runs.rows if row.number == self.panel.selected), None)

    def _selected(self) -> int:
        row = self._row()
        if row is None:
            raise ValueError("No run is chosen. Accepted is a row of the table: Enter or a click on it.")
        return row.number

    @property
    def code(self) -> str:
        """Code that makes the same table of runs in variables."""
        return RUNS_CODE

    def close(self) -> None:
        """Take the table off the page, and hold no run any more."""
        if hasattr(self, "_runs"):
            self._runs.let_go()
            self.chosen = None
        super().close()


def _same(before: Any, now: Any) -> Any:
    """Return the object before where it equals the present one: frames are made anew for another object."""
    return before if before == now else now


def _button(description: str, icon: str, tooltip: str, on_click: Any) -> ipywidgets.Button:
    button = ipywidgets.Button(description=description, icon=icon, tooltip=tooltip, layout={"width": "auto"})
    button.on_click(on_click)
    return button
