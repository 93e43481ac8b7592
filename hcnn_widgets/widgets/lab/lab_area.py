"""One area for all panels of the dashboard: chosen in the brain or in the network, shown in score, kernels and maps."""

from typing import Any

from hcnn_widgets.widgets.brain.brain_layout import region_of
from hcnn_widgets.widgets.predictivity.trace_controls import ALL


class AreaChoice:
    """Has an area that is pressed in one panel shown in the others, as far as these have it.

    A press on an area of the brain that is shown already has the score show all areas again.

    Parameters
    ----------
    brain : BrainMap
    trace : ScoreTracePanel
    kernels : KernelGrid
    network : NetworkView
    """

    def __init__(self, brain: Any, trace: Any, kernels: Any, network: Any) -> None:
        self._brain, self._trace, self._kernels, self._network = brain, trace, kernels, network
        brain.on_area(self._from_brain)
        network.observe(self._from_network, "area")
        trace.observe(self._from_trace, ["area", "areas"])

    def _from_brain(self, area: str) -> None:
        row = self._trace.row_of(lambda name: region_of(name) == area)
        self._trace.area = ALL if row in (None, self._trace.area) else row
        if self._trace.area != ALL:
            self._show_model_area(area)

    def _from_network(self, change: dict[str, Any]) -> None:
        area = change["new"]
        if change["old"] not in self._network.panel.areas:  # not pressed: another network has come
            return
        self._show_model_area(area)
        row = self._trace.row_of(lambda name: name == area)
        row = self._trace.row_of(lambda name: region_of(name) == area) if row is None else row
        if row is not None:
            self._trace.area = row

    def _from_trace(self, _change: Any) -> None:
        chosen, names = self._trace.area, self._trace.brain_areas
        self._brain.area = (region_of(names[chosen]) or "") if 0 <= chosen < len(names) else ""

    def _show_model_area(self, area: str) -> None:
        if area in self._kernels.panel.areas:
            self._kernels.area = area
        if area in self._network.panel.areas:
            self._network.area = area
