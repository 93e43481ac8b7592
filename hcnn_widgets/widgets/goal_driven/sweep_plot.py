"""Panel of a sweep: each network a dot, as it comes."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.sweeps.relations import Relation
from hcnn_widgets.sweeps.run_moments import checkpoints
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .sweep_scene import SWITCH, sweep_scene
from .sweep_words import SHOWN, sweep_sentence

CODE = """sweep = hw.sweep(images, recordings, n={n}, epochs={epochs:g}, seed={seed})
await sweep.wait()
print(sweep.relation({score!r}))
for row in sweep.rows:
    print(row.label, row.accuracy, row.{score}, row.error)"""


class SweepDrawing(ScenePanel):
    """Drawing of SweepPlot."""

    knows_height = True
    title = traitlets.Unicode("Performance and predictivity").tag(sync=True)

    score = traitlets.Unicode("best")
    """Which score is plotted: "best" or "top" """

    number = traitlets.Tuple(None, allow_none=True)
    """Source and number of the network that is chosen: ("", 3), or None"""

    def __init__(self, sweep: Sweep, **traits: Any) -> None:
        self.sweep = sweep
        self._related: tuple[Any, Relation, Relation] | None = None
        super().__init__(**traits)

    def source_over(self) -> bool:
        """Return whether no network is to come any more."""
        return not self.sweep.alive

    def training_goes_on(self) -> bool:
        """Return False: networks train in processes of their own."""
        return False

    def make_frame(self) -> Frame:
        """Return the plot of the networks that there are; r is worked out where there are others than before."""
        over, related = self.source_over(), self._relations()
        message = f"The sweep ended early: {self.sweep.message}" if self.sweep.state == "failed" else ""
        return self.frame_of_scene(self.scene, message, over, of=related)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the plot for a width in pixels, and for the most height."""
        _, found, untrained = self._relations()
        return sweep_scene(self.sweep, found, untrained, width, self.score, height)

    def pressed(self, place: int, key: str) -> None:
        """Plot the other score, or choose the network of a dot."""
        if key == SWITCH:
            self.score = "top" if self.score == "best" else "best"
        else:
            row = sorted(self.sweep.scored, key=lambda each: each.accuracy)[place]
            self.number = (row.source, row.number)

    def sentence(self) -> str:
        """Return what is seen."""
        return sweep_sentence(self.sweep, self._relations()[1], self.score)

    def _relations(self) -> tuple[Any, Relation, Relation]:
        """Return what is plotted and how it goes together, trained and untrained; worked out where it has changed."""
        known = self.sweep.rows, self.score, self.sweep.state
        if self._related is None or self._related[0] != known:
            untrained = self.sweep.relation(f"untrained_{self.score}")
            self._related = known, self.sweep.relation(self.score), untrained
        return self._related


class SweepPlot(PanelBox):
    """Performance against predictivity, the plot of Figure 2a of Yamins & DiCarlo (2016): a dot a network, as it comes.

    A filled dot is a trained network, in the colour of its depth; the hollow one at the other end of its thin line is
    the same network untrained. Beneath: r over the networks with its intervals, r by rank, r with the number of units
    taken out, and r of the untrained. Enter on a dot, or a click, chooses its network (`chosen`). "Score" or the key X
    plots the highest model area in place of the best.

    Parameters
    ----------
    sweep : Sweep or Run
        As `hw.sweep`, `hw.sweeps.load` or `hw.sweeps.join` gives it; of a run, a dot for each moment of its training at
        which the brain was scored (`hw.sweeps.checkpoints`), its highest model area.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError
        If it is no sweep.
    """

    chosen = traitlets.Any(None, allow_none=True)
    """The row of the network that was chosen last: SweepRow(number=3, ...)"""

    def __init__(self, sweep: Any, **options: Any) -> None:
        check_options(options, SweepPlot, SweepDrawing)
        if hasattr(sweep, "at_boundary"):
            sweep, options = checkpoints(sweep), {"score": "top", **options}
        check_kind("sweep", sweep, Sweep, "hw.sweep(images, recordings) begins one")
        self.sweep = sweep
        panel = SweepDrawing(sweep, layout={"min_height": "440px"}, **options)
        self._score = ipywidgets.Dropdown(
            description="Score",
            options=[(words, name) for name, words in SHOWN.items()],
            value=panel.score,
            tooltip="The model area whose score is plotted",
            layout={"width": "240px"},
        )
        self._stop = ipywidgets.Button(
            description="Stop", icon="stop", tooltip="End the sweep after the networks that are under way"
        )
        self._stop.layout.width = "auto"
        super().__init__(panel, [self._score, self._stop])
        traitlets.link((self._score, "value"), (panel, "score"))
        panel.observe(self._on_score, "score")
        panel.observe(self._on_number, "number")
        self._stop.on_click(self._on_stop)
        self._stop.disabled = not sweep.alive

    @property
    def code(self) -> str:
        """Lines of code that do the same."""
        held = self.sweep.settings
        epochs, seed = held.get("epochs", 6), held.get("seed", 0)
        return CODE.format(n=self.sweep.n, epochs=epochs, seed=seed, score=self.panel.score)

    def _on_score(self, _change: Any) -> None:
        self.panel.renew()

    def _on_number(self, change: Any) -> None:
        self.chosen = next((row for row in self.sweep.rows if (row.source, row.number) == change["new"]), None)

    @shows_errors
    def _on_stop(self, _button: Any) -> None:
        self.sweep.stop()
        self._stop.disabled = True
