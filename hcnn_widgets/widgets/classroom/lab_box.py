"""What every lab is: a panel beneath a row of controls that ends in Undo and Reset, and all that it has shown."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH

from .lab_steps import KeepsSteps, Shown


class LabBox(KeepsSteps[Shown], PanelBox):
    """A panel beneath a row of controls, of which a lab says what they show and do.

    Parameters
    ----------
    shown : record
        What is shown first.
    make_panel : callable
        Returns the panel, with a ``show_again``; called when there is something to show.
    controls : sequence of ipywidgets
        Stand before Undo and Reset.
    """

    def __init__(self, shown: Shown, make_panel: Callable[[], Any], controls: Sequence[ipywidgets.Widget]) -> None:
        self.begin(shown)
        self.mirroring = Mirroring()
        self._undo = button("Undo", "undo", "Take the last change back (key u)", lambda _: self.act(self.undo))
        self._reset = button("Reset", "refresh", "Take all changes back (key r)", lambda _: self.act(self.reset))
        super().__init__(make_panel(), [*controls, self._undo, self._reset])
        self.mirror_all()

    # --- what a lab says ------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe what the panel shows, for a width in pixels."""
        raise NotImplementedError

    def mirror(self) -> None:
        """Set the lab's own controls to what is shown."""

    # --- what all of them do --------------------------------------------------------------------------------------
    @shows_errors
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page; what goes wrong is read in the panel."""
        self.panel.note("")
        change()

    def choose(self, change: Callable[[], Shown | None], same_step: bool = False) -> None:
        """Show what a control asks for; not what it was set to so as to show it."""
        if not self.mirroring.on:
            self.act(lambda: self.go_to(change(), same_step=same_step))

    def changed(self) -> None:
        """Show what is shown now in the panel and in the controls."""
        self.mirror_all()
        self.panel.show_again()

    def mirror_all(self) -> None:
        """Set all controls to what is shown."""
        with self.mirroring.under_way():
            for each in (self._undo, self._reset):
                put(each, disabled=len(self._passed) == 1)
            self.mirror()

    def press_of_all(self, key: str) -> bool:
        """Act on a key that every lab has, "u" and "r"; say whether it was."""
        actions = {"u": self.undo, "r": self.reset}
        if key in actions:
            actions[key]()
        return key in actions

    def sentence(self) -> str:
        """Say what is seen."""
        return self.scene(USUAL_WIDTH).said


def button(description: str, icon: str, tooltip: str, on_click: Any) -> ipywidgets.Button:
    """Return a button of a lab's row of controls."""
    made = ipywidgets.Button(description=description, icon=icon, tooltip=tooltip, layout={"width": "auto"})
    made.on_click(on_click)
    return made


def labelled(kind: Any, description: str, width: str = "auto", **options: Any) -> Any:
    """Return a menu, a box or another control with its name before it, as wide as that needs."""
    look = {"style": {"description_width": "initial"}, "layout": {"width": width}}
    return kind(description=description, **look, **options)


def put(widget: ipywidgets.Widget, **values: Any) -> None:
    """Set the traits whose values change, so that nothing is sent in vain."""
    for name, value in values.items():
        if getattr(widget, name) != value:
            setattr(widget, name, value)
