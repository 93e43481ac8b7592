"""A lab that is a scene with a row of controls: pointed at and walked in the scene, set by the controls or by keys."""

from collections.abc import Sequence
from typing import Any, ClassVar

import ipywidgets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .lab_box import LabBox
from .lab_steps import Shown


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
        self.hurry()

    def picture(self) -> bytes:
        """Draw the lab as a PNG."""
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        return scene_picture(self._lab.scene(self._lab.still_width))


class SceneLab(LabBox[Shown]):
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
        super().__init__(shown, lambda: self.panel_kind(self, **options), controls)

    # --- what a lab says ------------------------------------------------------------------------------------------
    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place of the scene; `press_of_all` knows those that every lab has."""
        raise NotImplementedError

    def told(self) -> object:
        """Return what the scene is made of; as long as it is the same object, not None, nothing is described anew."""
        return self.shown

    def awaited(self) -> str:
        """Return words on what the lab waits for."""
        return ""

    def source_over(self) -> bool:
        """Say whether nothing newer comes by itself."""
        return True
