"""Bar of the dashboard: what makes it train and fills the screen, and how far the training is."""

from collections.abc import Sequence

import ipywidgets

from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor


def lab_bar(
    buttons: Sequence[ipywidgets.Button], monitor: TrainingMonitor, status: ipywidgets.Widget
) -> tuple[ipywidgets.Widget, ...]:
    """Return the rows of the bar; the monitor's controls move into it, and its curves stay where they are.

    Parameters
    ----------
    buttons : sequence of Button
    monitor : TrainingMonitor
    status : widget
        Line on what is being made ready.
    """
    tab = _page_button("columns", "Open the dashboard in a tab beside the notebook", "hcnn-to-tab")
    stage = _page_button("expand", "Fill the screen, for a wall (F); Escape comes back", "hcnn-to-stage")
    above, curves = monitor.children[1 : monitor.children.index(monitor.panel)], monitor.children
    earlier, state, progress = above
    bar = ipywidgets.HBox([*buttons, monitor.controls, tab, stage])
    line = ipywidgets.HBox([status, state])
    for box, name in ((bar, "hcnn-lab-bar"), (line, "hcnn-lab-line"), (progress, "hcnn-lab-progress")):
        box.add_class(name)
    monitor.children = [part for part in curves if part is not monitor.controls and part not in above]
    return bar, line, progress, earlier


def _page_button(icon: str, tooltip: str, name: str) -> ipywidgets.Button:
    """Return a button whose press is heard by the page itself."""
    button = ipywidgets.Button(icon=icon, tooltip=tooltip, layout={"width": "38px"})
    button.add_class(name)
    return button
