"""Panel of memory: the state of units after different histories, and accuracy over delays."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.in_time.delay_scores import DelayScores
from hcnn_widgets.in_time.histories import Histories
from hcnn_widgets.records.checks import check_kind, known_name
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .memory_scene import BEFORE, NEXT, memory_scene
from .memory_shown import Shown

CODE = """models = {{{names}}}  # trained for hw.goal.DelayedMatch() on sequences
histories = hw.in_time.histories(models, images)
for name in models:
    unit = histories.units_by_memory(name, {area!r})[{rank}]
    print(name, histories.states[name][{area!r}][:, :, unit])  # frames x histories
scores = hw.in_time.accuracy_over_delays(models, images)
for name in models:
    print(name, [scores.accuracy(name, delay) for delay in scores.delays])"""


class MemoryDrawing(ScenePanel):
    """Drawing of MemoryTrace."""

    knows_height = True
    title = traitlets.Unicode("Memory over a delay").tag(sync=True)

    area = traitlets.Unicode()
    """Area whose unit is shown: "IT" """

    rank = traitlets.Int(0, min=0)
    """Which unit, in order of how much its last state differs between histories: 0 for the most"""

    def __init__(self, histories: Histories, scores: DelayScores | None, area: str, **traits: Any) -> None:
        self.histories, self.scores = histories, scores
        super().__init__(area=area, **traits)

    @property
    def n_units(self) -> int:
        """Number of units of the area, in the network that has the fewest."""
        return min(states[self.area].shape[2] for states in self.histories.states.values())

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the plots for a width in pixels, and for the most height."""
        return memory_scene(Shown(self.histories, self.scores, self.area, self.rank), width, height)

    def pressed(self, place: int, key: str) -> None:
        """Show the next unit, or the one before."""
        step = {NEXT: 1, BEFORE: -1}.get(key, 0)
        self.rank = min(max(self.rank + step, 0), self.n_units - 1)


class MemoryTrace(PanelBox):
    """What units keep of a sample over a delay, and how long networks are right: histories that have the same end.

    Above, for each network, the state of one unit frame by frame: a line a history. All histories end with the same
    delay and the same test image, so that whatever differs at the last frame is memory; thick lines are histories whose
    sample matches the test. Beneath, the fraction right over delays with its 95 % interval, and chance. "Unit", or the
    keys N and P, goes through the units of an area, those first whose last state differs most.

    Parameters
    ----------
    histories : Histories
        As `hw.in_time.histories` gives it.
    scores : DelayScores, optional
        As `hw.in_time.accuracy_over_delays` gives it.
    area : str, optional
        By default the last one.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If they are no such records, or the area is in none.
    """

    def __init__(
        self, histories: Histories, scores: DelayScores | None = None, *, area: str | None = None, **options: Any
    ) -> None:
        check_options(options, MemoryTrace, MemoryDrawing)
        check_kind("histories", histories, Histories, ", as hw.in_time.histories(models) gives it")
        if scores is not None:
            check_kind("scores", scores, DelayScores, ", as hw.in_time.accuracy_over_delays(models) gives it")
        chosen = histories.areas[-1] if area is None else known_name("area", area, histories.areas)
        panel = MemoryDrawing(histories, scores, chosen, layout={"min_height": "480px"}, **options)
        self._area = ipywidgets.Dropdown(
            description="Area", options=histories.areas, value=chosen, tooltip="The area whose unit is shown"
        )
        self._area.layout.width = "170px"
        self._unit = Slider("Unit", min=1, max=panel.n_units, value=1)
        super().__init__(panel, [self._area, self._unit])
        self._area.observe(self._on_area, "value")
        self._unit.observe(self._on_unit, "value")
        panel.observe(self._on_rank, "rank")

    @property
    def code(self) -> str:
        """Lines of code that do the same."""
        names = ", ".join(f"{name!r}: ..." for name in self.panel.histories.networks)
        return CODE.format(names=names, area=self.panel.area, rank=self.panel.rank)

    def _on_area(self, change: Any) -> None:
        self.panel.area = change["new"]
        self._unit.max = self.panel.n_units
        self.panel.rank = min(self.panel.rank, self.panel.n_units - 1)
        self.panel.renew()

    def _on_unit(self, change: Any) -> None:
        self.panel.rank = int(change["new"]) - 1

    def _on_rank(self, change: Any) -> None:
        self._unit.value = change["new"] + 1
        self.panel.renew()
