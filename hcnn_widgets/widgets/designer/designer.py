"""The three choices of Figure 3 of Yamins & DiCarlo (2016), built, trained, and held against a brain area."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import ipywidgets

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_seed
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.sweeps.begin_sweep import UNITS
from hcnn_widgets.sweeps.design import ALL, Choices, Design, Makers
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor

from .cards import cards_of
from .design_board import DesignBoard
from .designer_drawing import DesignerDrawing
from .fitting import Fitting
from .material import HELD_OUT_SHARE, LEAST_EPOCHS, MOST_EPOCHS, Material, check_material, settings_of
from .told import title_of

SHARED = ("clock", "ticker")
CODE = """images, recordings = ...  # those of the panel
{choices}design = hw.sweeps.Design({architecture!r}, {goal!r}, {rule!r}{given})
_, images = design.fitted(images)
learnt, held_out = images.split({held_out}, seed={split_seed})
model = design.model(images, seed={seed})
run = model.train(learnt, validation=held_out, epochs={epochs:g}, seed={seed})
await run.wait()
activations = model.record(recordings.stimuli, units={units}, seed={split_seed})
hw.mapping.layer_area_match(activations, recordings, n_folds=5, seed={split_seed})"""


class GoalDrivenDesigner(PanelBox):
    """Choose architecture, goal and learning rule, as in Figure 3 of Yamins & DiCarlo (2016); build; compare.

    Three columns of cards: a graph of the areas, an example with what the goal asks of it, the way of the error. What
    does not go with the two other choices is pale, and says why. "Build" trains a small network of what is chosen. Its
    dot moves through the plot of Figure 2a while it learns, measured on fewer images, and stays where all of them put
    it: how well a linear readout of its highest area names what images show, and how well its best area predicts the
    brain area, chosen on other images than those of the score. Below the left column stands what the last change did:
    the difference from the run before, paired over sites. Of all runs the same images are held out, and the same halves
    of the recorded ones choose and report.

    By keyboard, arrow keys walk cards and runs, Enter chooses, "b" builds, "c" compares with a run.

    Parameters
    ----------
    images : StimulusSet
        With labels; a fifth is held out.
    recordings : RecordingSet
        Of one brain area, with stimuli.
    folder : path, optional
        Where runs are kept, each with all that it is repeated with: JSON, CSV and ``.keras``. A folder that holds runs
        of the same images and recordings is gone on from, and `hw.sweeps.load` opens it. Several notebooks may work in
        it at once: no two runs get the same number, and each sees the others' when it is looked at again.
    architectures, goals, rules : mapping of str to callable, optional
        Other choices on offer: a name and what makes it; of an architecture ``(input_shape=, degrees=)``.
    epochs : float
        Passes through the images at first; it can be changed above the cards.
    seed : int
        Of what is held out and of the halves, and at first of the runs.
    units : int
        Of each area, drawn at random, that the maps are fitted on.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Attributes
    ----------
    choices : Choices
        What is on offer, for a `hw.sweeps.Design` of these names.

    Raises
    ------
    TypeError, ValueError
        If images have no labels, recordings no stimuli, or the folder holds something else.
    """

    def __init__(
        self,
        images: StimulusSet,
        recordings: RecordingSet,
        folder: "str | os.PathLike[str] | None" = None,
        *,
        architectures: Makers | None = None,
        goals: Makers | None = None,
        rules: Makers | None = None,
        epochs: float = 4,
        seed: int = 0,
        units: int = UNITS,
        **options: Any,
    ) -> None:
        check_options(options, GoalDrivenDesigner, DesignerDrawing)
        check_material(images, recordings, units, seed, epochs)
        self.choices = choices = Choices(architectures, goals, rules)  # type: ignore[arg-type]
        path = None if folder is None else Path(folder).resolve()
        self._options = {name: options[name] for name in SHARED if name in options}
        self._monitor: TrainingMonitor | None = None
        material = Material(images, recordings, units, seed, path)
        self._board = DesignBoard(material, settings_of(material), choices, self._on_built)
        self._fitting = Fitting(images, choices, self._on_known)
        self._make_controls(epochs, seed)
        panel = DesignerDrawing(
            self._board, self._fitting, cards_of(choices, images), layout={"min_height": "620px"}, **options
        )
        controls = [self._build, self._stop, self._epochs, self._seed, self._title, self._open]
        super().__init__(panel, controls)
        panel.observe(self._on_key_build, "asked_to_build")
        panel.observe(self._show_state, "changed")
        self._fitting.ask(self._board.design)
        panel.renew()
        self._show_state()

    def _make_controls(self, epochs: float, seed: int) -> None:
        self._build = _button("Build", "play", "Build and train what is chosen (key b)", self._on_build)
        self._build.button_style = "primary"
        self._stop = _button("Stop", "stop", "End the run that is being built; it gets no dot", self._on_stop)
        self._open = _button("Open", "folder-open", "Show the training of the chosen run below", self._on_open)
        style = {"description_width": "initial"}
        self._epochs = ipywidgets.BoundedFloatText(
            epochs,
            description="Epochs",
            min=LEAST_EPOCHS,
            max=MOST_EPOCHS,
            step=1,
            tooltip="Passes through the images",
            style=style,
            layout={"width": "115px"},
        )
        self._seed = ipywidgets.BoundedIntText(
            seed,
            description="Seed",
            max=2**31 - 1,
            tooltip="The same seed gives the same numbers",
            style=style,
            layout={"width": "105px"},
        )
        self._title = ipywidgets.Text(
            description="Name",
            continuous_update=False,
            tooltip="Of the chosen run",
            style=style,
            layout={"width": "260px"},
        )
        self._title.observe(self._on_title, "value")

    @property
    def sweep(self) -> Any:
        """The runs as a `hw.sweeps.Sweep`: rows, relation, models; those of other notebooks in the folder, too."""
        self._board.look_again()
        return self._board.plotted()[0]

    @property
    def run(self) -> Any:
        """The chosen run, for use in later cells; None before there is one."""
        row = self._board.row(self._board.selected)
        return None if row is None or row.error else self._board.run(row.number)

    async def build(self, design: Design | None = None, *, seed: int | None = None) -> SweepRow:
        """Build a run and wait for its end in a notebook: ``await designer.build()``.

        Parameters
        ----------
        design : Design, optional
            By default what is chosen.
        seed : int, optional
            By default that above the cards.

        Returns
        -------
        SweepRow
            With an error where it failed. Interrupting the kernel ends the run.

        Raises
        ------
        ValueError, RuntimeError
            If the choices do not fit, or another run is being built.
        """
        if design is not None:
            names = design.architecture, design.goal, design.rule
            self._board.design = Design(*names, choices=self.choices)
            self._fitting.ask(self._board.design)
        if seed is not None:
            check_seed(seed)
            self._seed.value = seed
        self._begin()
        work = self._board.work
        assert work is not None
        try:
            while not work.done.is_set():
                await asyncio.sleep(0.1)
        except (KeyboardInterrupt, asyncio.CancelledError):
            work.stop()
            raise
        row = self._board.row(work.order.number)
        assert row is not None
        return row

    @property
    def code(self) -> str:
        """Lines of code that build what is chosen."""
        design, material = self._board.design, self._board.material
        usual = self.choices == ALL
        return "import hcnn_widgets as hw\n\n" + CODE.format(
            architecture=design.architecture,
            goal=design.goal,
            rule=design.rule,
            held_out=HELD_OUT_SHARE,
            split_seed=material.split_seed,
            seed=self._seed.value,
            epochs=self._epochs.value,
            units=material.units,
            choices="" if usual else "choices = ...  # designer.choices\n",
            given="" if usual else ", choices",
        )

    # --- from the page ------------------------------------------------------------------------------------------
    @shows_errors
    def _on_build(self, _button: Any = None) -> None:
        self._begin()

    def _begin(self) -> None:
        chosen = self._board.design
        if refusal := self._fitting.known.get((chosen.architecture, chosen.goal, chosen.rule)):
            raise ValueError(refusal)
        self._board.build(int(self._seed.value), float(self._epochs.value))
        self.panel.note("")
        self._show_state()
        self.panel.renew()

    def _on_key_build(self, _change: Any) -> None:
        self._on_build()

    @shows_errors
    def _on_stop(self, _button: Any) -> None:
        self._board.stop()

    @shows_errors
    def _on_open(self, _button: Any) -> None:
        row = self._board.row(self._board.selected)
        if row is None or row.error:
            raise ValueError("No run is chosen that can be opened. Accepted is one with a dot: Enter or a click on it.")
        run, held = self._board.run(row.number), self._board.row(self._board.held)
        before = None if held is None or held.error else self._board.run(held.number)
        if self._monitor is None:
            self._monitor, box = TrainingMonitor(run, before, **self._options), cast("ipywidgets.Box", self)
            box.children = (*box.children, self._monitor)
        else:
            self._monitor.follow(run, before)
        self.panel.note("")

    @shows_errors
    def _on_title(self, change: Mapping[str, Any]) -> None:
        row, title = self._board.row(self._board.selected), " ".join(str(change["new"]).split())[:100]
        if row is None or not title or title == row.title:
            return
        self._board.name(row.number, title)
        self.panel.renew()

    # --- from the work ------------------------------------------------------------------------------------------
    def _on_built(self) -> None:
        work = self._board.work
        row = None if work is None else self._board.row(work.order.number)
        if row is not None:
            self.panel.note(f"{title_of(row)} failed. {row.error}" if row.error else self._board.trouble)
        self._show_state()
        self.panel.renew()

    def _on_known(self) -> None:
        if hasattr(self, "panel"):
            self.panel.renew()

    def _show_state(self, _change: Any = None) -> None:
        row, busy = self._board.row(self._board.selected), self._board.busy
        self._build.disabled, self._stop.disabled = busy, not busy
        self._title.disabled = row is None
        self._open.disabled = row is None or bool(row.error)
        self._title.value = "" if row is None else title_of(row)

    def close(self) -> None:
        """Take the designer off the page; a run that is being built ends."""
        if hasattr(self, "_fitting"):
            self._fitting.close()
            self._board.stop()
        super().close()


def _button(description: str, icon: str, tooltip: str, on_click: Any) -> ipywidgets.Button:
    button = ipywidgets.Button(description=description, icon=icon, tooltip=tooltip, layout={"width": "auto"})
    button.on_click(on_click)
    return button
