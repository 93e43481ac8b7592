"""Cell of the dashboard, in which one of several panels is shown."""

from collections.abc import Mapping

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives


def cell(place: str, panels: Mapping[str, ipywidgets.Widget]) -> ipywidgets.Widget:
    """Return a cell of the dashboard's grid.

    Parameters
    ----------
    place : str
        Area of the grid.
    panels : mapping of str to widget
        By the words on the buttons that show them; with a single panel there are no buttons. All but the first are
        off screen, and silent, until they are asked for.
    """
    children = list(panels.values())
    if len(children) == 1:
        box: ipywidgets.Box = ipywidgets.VBox(children)
    else:
        tabs = ipywidgets.ToggleButtons(options=list(panels), tooltips=[f"Show: {name}" for name in panels])
        tabs.add_class("hcnn-lab-tabs")
        heard_where_it_arrives(tabs)
        stack = ipywidgets.Stack(children, selected_index=0)
        ipywidgets.link((tabs, "index"), (stack, "selected_index"))
        box = ipywidgets.VBox([tabs, stack])
    for name in ("hcnn-lab-cell", f"hcnn-lab-{place}"):
        box.add_class(name)
    return box
