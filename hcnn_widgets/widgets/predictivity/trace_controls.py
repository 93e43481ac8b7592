"""Choices of ScoreTrace: what the score is drawn against, and which brain area."""

from typing import Any

import ipywidgets

from hcnn_widgets.widgets.panel.mirroring import Mirroring

ALL = -1
STEPS, UNKNOWN_GOAL, ALL_AREAS = "training steps", "the goal's score", "all that fit"


class TraceControls:
    """Menus that follow the panel, and that the panel follows.

    Parameters
    ----------
    panel : ScoreTracePanel
    """

    def __init__(self, panel: Any) -> None:
        self._panel, self._mirroring = panel, Mirroring()
        self.against = _menu("Against", "Training steps, or how well the network solves its task (key X)")
        self.area = _menu("Brain area", "One brain area, or all that have room (key A)")
        self._mirror(None)
        for menu in self.widgets:
            menu.observe(self._choose, "value")
        panel.observe(self._mirror, ["against_score", "area", "areas", "goal"])

    @property
    def widgets(self) -> list[ipywidgets.Dropdown]:
        """The menus, from the left."""
        return [self.against, self.area]

    def _mirror(self, _change: Any) -> None:
        """Offer what the panel knows of, and show what it has chosen."""
        panel = self._panel
        with self._mirroring.under_way():
            _offer(self.against, [(STEPS, False), (panel.goal or UNKNOWN_GOAL, True)], panel.against_score)
            areas = [(name, place) for place, name in enumerate(panel.areas)]
            _offer(self.area, [(ALL_AREAS, ALL), *areas], panel.area)
            self.area.layout.display = "" if len(areas) > 1 else "none"

    def _choose(self, _change: Any) -> None:
        if not self._mirroring.on:
            self._panel.against_score, self._panel.area = self.against.value, self.area.value


def _menu(description: str, tooltip: str) -> ipywidgets.Dropdown:
    style, layout = {"description_width": "initial"}, {"width": "auto"}
    return ipywidgets.Dropdown(description=description, tooltip=tooltip, style=style, layout=layout)


def _offer(menu: ipywidgets.Dropdown, options: list[tuple[str, Any]], value: Any) -> None:
    if menu.options != tuple(options):
        menu.options = options
    known = [entry for _, entry in options]
    menu.value = value if value in known else known[0]
