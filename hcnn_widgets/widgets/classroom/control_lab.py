"""A lab that is a panel beneath a row of controls: worked in the panel, by mouse or by keyboard, or by the controls."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_steps import KeepsSteps, Shown
from hcnn_widgets.widgets.classroom.plane.plane_lab import button, put
from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH, ScenePanel


class ControlPanel(ScenePanel):
    """The panel of a lab.

    Parameters
    ----------
    lab : ControlLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, lab: "ControlLab[Any]", **traits: Any) -> None:
        self._lab = lab
        super().__init__(**traits)

    def scene(self, width: int) -> Scene:
        """Describe the lab for a width in pixels."""
        return self._lab.scene(width)

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.press(place, key))

    def show_again(self) -> None:
        """Send what there is to show now, and leave its picture once nothing has changed for a while."""
        self._was_pressed = True
        self.renew()


class ControlLab(KeepsSteps[Shown], PanelBox):
    """A panel beneath a row of controls, of which a lab says what they show and do; Undo and Reset stand last.

    Parameters
    ----------
    shown : record
        What is shown first.
    controls : sequence of ipywidgets
    **options
        ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, shown: Shown, controls: Sequence[ipywidgets.Widget], **options: Any) -> None:
        self.begin(shown)
        self._mirroring = Mirroring()
        self._undo = button("Undo", "undo", "Take the last change back (key u)", lambda _: self.act(self.undo))
        self._reset = button("Reset", "refresh", "Take all changes back (key r)", lambda _: self.act(self.reset))
        super().__init__(ControlPanel(self, **options), [*controls, self._undo, self._reset])
        self._mirror_all()

    # --- what a lab says ------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe the panel for a width in pixels."""
        raise NotImplementedError

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place of the panel, other than "u" and "r"."""
        raise NotImplementedError

    def mirror(self) -> None:
        """Set the controls to what is shown."""

    # --- what all of them do --------------------------------------------------------------------------------------
    @shows_errors
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page; what goes wrong is read in the panel."""
        self.panel.note("")
        change()

    def choose(self, shown: Shown | None, same_step: bool = False) -> None:
        """Show what a control was set to by a person; what it is set to by the lab is no choice."""
        if not self._mirroring.on:
            self.act(lambda: self.go_to(shown, same_step))

    def press(self, place: int, key: str) -> None:
        """Act on a key: "u" and "r", or what the lab makes of any other."""
        if key in ("u", "r"):
            (self.undo if key == "u" else self.reset)()
        else:
            self.pressed(place, key)

    def changed(self) -> None:
        """Show what is shown now, in the panel and in the controls."""
        self._mirror_all()
        self.panel.show_again()

    def sentence(self) -> str:
        """Say what is seen."""
        return self.scene(USUAL_WIDTH).said

    def _mirror_all(self) -> None:
        for each in (self._undo, self._reset):
            put(each, disabled=len(self._passed) == 1)
        with self._mirroring.under_way():
            self.mirror()
