"""Bar of the dashboard: what makes it train and fills the screen, and how far the training is."""

from collections.abc import Sequence

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor


def lab_bar(
    buttons: Sequence[ipywidgets.Button], monitor: TrainingMonitor, beside: Sequence[ipywidgets.Widget]
) -> tuple[ipywidgets.Widget, ...]:
    """Return the rows of the bar; the monitor's controls move into it, and its curves stay where they are.

    Parameters
    ----------
    buttons : sequence of Button
    monitor : TrainingMonitor
    beside : (2,) widget
        What stands before and behind the line on the state of the training.
    """
    tab = _page_button("Tab", "columns", "Open the dashboard in a tab beside the notebook", "hcnn-to-tab")
    stage = _page_button("Stage", "expand", "Fill the screen, for a wall (F); Escape comes back", "hcnn-to-stage")
    above, curves = monitor.children[1 : monitor.children.index(monitor.panel)], monitor.children
    earlier, state, progress = above
    bar = ipywidgets.HBox([*buttons, monitor.controls, tab, stage])
    before, behind = beside
    line = ipywidgets.HBox([before, state, behind])
    for box, name in ((bar, "hcnn-lab-bar"), (line, "hcnn-lab-line"), (progress, "hcnn-lab-progress")):
        box.add_class(name)
    monitor.children = [part for part in curves if part is not monitor.controls and part not in above]
    return bar, line, progress, earlier


def lab_button(description: str, icon: str, tooltip: str, style: str) -> ipywidgets.Button:
    """Return a button of the dashboard itself."""
    button = ipywidgets.Button(
        description=description, icon=icon, tooltip=tooltip, button_style=style, layout={"width": "auto"}
    )
    heard_where_it_arrives(button)
    return button


def _page_button(words: str, icon: str, tooltip: str, name: str) -> ipywidgets.Button:
    """Return a button whose press is heard by the page itself."""
    button = ipywidgets.Button(description=words, icon=icon, tooltip=tooltip, layout={"width": "auto"})
    button.add_class(name)
    return button
