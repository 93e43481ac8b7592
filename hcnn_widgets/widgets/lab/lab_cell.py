"""Cells and views of the dashboard, in each of which one of several panels is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives


class Choice(ipywidgets.Stack):
    """One of several panels; all but the chosen one are off screen, and silent.

    Parameters
    ----------
    panels : mapping of str to widget
        By the words on the buttons that show them.

    Attributes
    ----------
    tabs : ToggleButtons
    """

    def __init__(self, panels: Mapping[str, ipywidgets.Widget]) -> None:
        super().__init__(list(panels.values()), selected_index=0)
        self.tabs = ipywidgets.ToggleButtons(options=list(panels), tooltips=[f"Show: {name}" for name in panels])
        self.tabs.add_class("hcnn-lab-tabs")
        heard_where_it_arrives(self.tabs)
        ipywidgets.link((self.tabs, "index"), (self, "selected_index"))


def lab_grid(lab: Any) -> ipywidgets.Box:
    """Return the grid of a dashboard's panels."""
    score = Choice({"Trace": lab.trace, "Bars": lab.bars})
    # Who asks for missing recordings once more need not look for the button behind the other tab.
    for box in (lab.trace, lab.bars):
        box.controls.children = (lab.missing.button, *box.controls.children)
    cells = {"score": [score.tabs, score], "brain": [lab.brain], "curves": [lab.monitor], "kernels": [lab.kernels]}
    grid = ipywidgets.Box([_cell(place, children) for place, children in cells.items()])
    grid.add_class("hcnn-lab-grid")
    return grid


def views_of(lab: Any) -> Choice:
    """Return a choice of scores, network, or guess and runs; an image that is chosen in the strip leads to the network.

    Parameters
    ----------
    lab : Lab
    """
    runs = ipywidgets.VBox([lab.guess, lab.runs])
    runs.add_class("hcnn-lab-runs")
    views = Choice({"Scores": lab_grid(lab), "Network": lab.network, "Guess and runs": runs})
    views.add_class("hcnn-lab-views")
    ipywidgets.link((lab.strip, "image"), (lab.network, "image"))
    lab.strip.on_image(lambda _image: views.set_trait("selected_index", 1))
    return views


def _cell(place: str, children: Sequence[ipywidgets.Widget]) -> ipywidgets.Box:
    box = ipywidgets.VBox(children)
    for name in ("hcnn-lab-cell", f"hcnn-lab-{place}"):
        box.add_class(name)
    return box
