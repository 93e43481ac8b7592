"""A lab that is a scene with a row of controls: pointed at and walked in the scene, set by the controls or by keys."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import ipywidgets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH, ScenePanel

from .lab_steps import KeepsSteps, Shown
from .plane.plane_lab import button, put


class LabPanel(ScenePanel):
    """The scene of a lab.

    Parameters
    ----------
    lab : SceneLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, lab: "SceneLab[Any]", **traits: Any) -> None:
        self._lab = lab
        super().__init__(**traits)

    def scene(self, width: int) -> Scene:
        """Describe the lab for a width in pixels."""
        return self._lab.scene(width)

    def source_over(self) -> bool:
        """Say whether nothing newer comes by itself."""
        return self._lab.source_over()

    def make_frame(self) -> Frame:
        """Return the lab as it is now."""
        told = self._lab.told()
        return self.frame_of_scene(self.scene, self._lab.awaited(), self.source_over(), of=told)

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.pressed(place, key))

    def show_again(self) -> None:
        """Send what there is to show now, and leave its picture once nothing has changed for a while."""
        self._was_pressed = True
        self.renew()

    def picture(self) -> bytes:
        """Draw the lab as a PNG."""
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        return scene_picture(self._lab.scene(self._lab.still_width))


class SceneLab(KeepsSteps[Shown], PanelBox):
    """A scene beneath a row of controls, of which a lab says what they show and do.

    Parameters
    ----------
    shown : record
        What is shown first.
    controls : sequence of ipywidgets
        Stand before Undo and Reset.
    **options
        ``clock`` and ``ticker`` of the panel within.
    """

    panel_kind: ClassVar[type[LabPanel]] = LabPanel
    still_width: ClassVar[int] = 860
    """Pixels: of a still picture."""

    def __init__(self, shown: Shown, controls: Sequence[ipywidgets.Widget], **options: Any) -> None:
        self.begin(shown)
        self._mirroring = Mirroring()
        self._undo = button("Undo", "undo", "Take the last change back (key u)", lambda _: self.act(self.undo))
        self._reset = button("Reset", "refresh", "Take all changes back (key r)", lambda _: self.act(self.reset))
        super().__init__(self.panel_kind(self, **options), [*controls, self._undo, self._reset])
        self._mirror()

    # --- what a lab says ------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe the lab, for a width in pixels."""
        raise NotImplementedError

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place of the scene; `press_of_all` knows those that every lab has."""
        raise NotImplementedError

    def mirror(self) -> None:
        """Set the controls to what is shown."""

    def told(self) -> object:
        """Return what the scene is made of; as long as it is the same object, not None, nothing is described anew."""
        return self.shown

    def awaited(self) -> str:
        """Return words on what the lab waits for."""
        return ""

    def source_over(self) -> bool:
        """Say whether nothing newer comes by itself."""
        return True

    # --- what all of them do --------------------------------------------------------------------------------------
    @shows_errors
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page; what goes wrong is read in the panel."""
        self.panel.note("")
        change()

    def choose(self, change: Callable[[], Shown | None], same_step: bool = False) -> None:
        """Show what a control asks for; not what it was set to so as to show it."""
        if not self._mirroring.on:
            self.act(lambda: self.go_to(change(), same_step))

    def changed(self) -> None:
        """Show what is shown now in the scene and in the controls."""
        self._mirror()
        self.panel.show_again()

    def press_of_all(self, key: str) -> bool:
        """Act on a key that every lab has, "u" and "r"; say whether it was."""
        actions = {"u": self.undo, "r": self.reset}
        if key in actions:
            actions[key]()
        return key in actions

    def sentence(self) -> str:
        """Say what is seen."""
        return self.scene(USUAL_WIDTH).said

    def _mirror(self) -> None:
        with self._mirroring.under_way():
            for each in (self._undo, self._reset):
                put(each, disabled=len(self._passed) == 1)
            self.mirror()
