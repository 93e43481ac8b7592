"""Menus of map, splits and correction for PredictivityExplorer and LayerAreaMatrix."""

from typing import Any

import ipywidgets

from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.widgets.panel.closing import close_parts
from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors

from .score_measure import NO_CORRECTION
from .source_panel import NAMES, SourcePanel


class SourceBox(PanelBox):
    """Panel of scores beneath menus: the correction for a run; map, splits and correction for other sources.

    Parameters
    ----------
    panel : SourcePanel
    corrects : bool
        Whether to offer corrections for noise.
    """

    def __init__(self, panel: SourcePanel, corrects: bool = True) -> None:
        self._mirroring = Mirroring()
        self._method = _menu(NAMES[0], "The map from units to sites", MAPS, panel.method)
        self._splits = _menu(NAMES[1], "Which images a map is fitted on and tested on", SPLITS, panel.splits)
        self._correction = ipywidgets.Dropdown(
            description=NAMES[2],
            tooltip="Correction for noise in the recordings; the caption says its formula",
            layout={"width": "250px"},
        )
        super().__init__(panel, [self._method, self._splits, *([self._correction] if corrects else [])])
        self._offer()
        for menu in (self._method, self._splits, self._correction):
            menu.observe(self._choose, "value")
        panel.when_refused = self._mirror

    def follow(self, source: Any | None, recordings: Any | None, stimulus_ids: Any | None = None) -> None:
        """Show the scores of another source: a run, a model, or activations."""
        self.panel.follow(source, recordings, stimulus_ids)
        self._offer()

    def close(self) -> None:
        """Take it off the page, with the menus that are not on offer."""
        if hasattr(self, "_correction"):
            close_parts(self._correction)
            self._correction.close()
        super().close()

    def _mirror(self) -> None:
        """Set the menus to the choices that the panel shows."""
        with self._mirroring.under_way():
            self._method.value, self._splits.value = self.panel.method, self.panel.splits
            self._correction.value = self.panel.correction

    def _offer(self) -> None:
        """Offer the choices that the source allows: for a live score corrections of medians over sites alone."""
        at_rest = self.panel.at_rest
        for menu in (self._method, self._splits):
            menu.layout.display = "" if at_rest else "none"
        names = [name for name, correction in CORRECTIONS.items() if at_rest or correction.level == "score"]
        chosen = self.panel.correction
        self._correction.options = [NO_CORRECTION, *names]
        self._correction.value = chosen if chosen in self._correction.options else NO_CORRECTION

    @shows_errors
    def _choose(self, _change: Any) -> None:
        if self._mirroring.on:
            return
        self.panel.note("")
        self.panel.show(self._method.value, self._splits.value, self._correction.value)


def _menu(description: str, tooltip: str, entries: Any, value: str) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(
        options=list(entries),
        value=value,
        description=description,
        tooltip=tooltip,
        style={"description_width": "initial"},
        layout={"width": "auto"},
    )
