"""A lab with a plane: dragged in the plane, or walked and pressed by keyboard in the panel beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_box import LabBox
from hcnn_widgets.widgets.classroom.lab_steps import Shown
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .plane import SIDE, Plane
from .plane_drawing import PlaneDrawing
from .plane_marks import plane_marks, shifted

NARROWEST_PANEL = 300
"""Pixels: with less beside the planes, the panel stands below them."""
GAP = 12
"""Pixels between planes and the panel below them, in a still picture."""
STILL_WIDTH = 520
"""Pixels: of the panel beside the plane, in a still picture."""
BESIDE = "hcnn-plane-row"
"""The class by which the page knows a panel that stands beside planes."""
ROW = {"flex_flow": "row wrap", "align_items": "flex-start", "flex": "0 0 auto"}
"""On the stage it keeps its height, and the stage is scrolled."""


class PlanePanel(ScenePanel):
    """The panel beside the plane: what the plane shows in numbers and words, within reach of the keyboard.

    Parameters
    ----------
    lab : PlaneLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, lab: "PlaneLab[Any]", **traits: Any) -> None:
        self._lab = lab
        super().__init__(layout={"flex": f"1 1 {NARROWEST_PANEL}px", "min_width": f"{NARROWEST_PANEL}px"}, **traits)

    def scene(self, width: int) -> Scene:
        """Describe the lab for a width in pixels."""
        return self._lab.scene(width)

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.pressed(place, key))

    def show_again(self) -> None:
        """Send what there is to show now, and leave its picture once nothing has changed for a while."""
        self._was_pressed = True
        self.renew()

    def picture(self) -> bytes:
        """Draw plane and panel side by side as a PNG."""
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        return scene_picture(self._lab.whole_scene())


class PlaneLab(LabBox[Shown]):
    """A plane or two, the panel beside them and a row of controls, of which a lab says what they show and do.

    Every dot that is dragged in the plane is a place of the panel, too: arrow keys walk there, with Shift they nudge.

    Parameters
    ----------
    shown : record
        What is shown first.
    controls : sequence of ipywidgets
        Stand before Undo and Reset.
    between : sequence of ipywidgets
        Stand beneath the plane.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Attributes
    ----------
    planes : tuple of Plane
        One a drawing of `drawings`; ``plane`` is the first.
    """

    side = SIDE
    """Width and height of a plane in pixels."""

    def __init__(
        self,
        shown: Shown,
        controls: Sequence[ipywidgets.Widget],
        between: Sequence[ipywidgets.Widget] = (),
        **options: Any,
    ) -> None:
        self._dragging = self._picked = False
        super().__init__(shown, lambda: PlanePanel(self, **options), controls)
        self.planes = tuple(Plane(self._drag, self._pick, self.side) for _ in self.drawings())
        self.plane = self.planes[0]
        box: ipywidgets.Box = self
        row, panel, code = box.children
        beside = ipywidgets.HBox([*(plane.widget for plane in self.planes), panel], layout=ROW)
        beside.add_class(BESIDE)
        box.children = (row, beside, *between, code)
        for part in (row, *between):  # on the stage they keep their height, as the planes do
            part.layout.flex = "0 0 auto"
        self.draw()

    # --- what a lab says ------------------------------------------------------------------------------------------
    def drawing(self) -> PlaneDrawing:
        """Return what the plane shows now."""
        raise NotImplementedError

    def drawings(self) -> tuple[PlaneDrawing, ...]:
        """Return what each plane shows now; all that is seen has a key of its own, over all planes."""
        return (self.drawing(),)

    def after_key(self, place: int, key: str) -> Shown | None:
        """Return what is shown after a key at a place of the panel; None where it changes nothing."""
        raise NotImplementedError

    def moved(self, key: str, number: int, at: tuple[float, float]) -> Shown | None:
        """Return what is shown when a dot is dragged to a point of the plane."""
        raise NotImplementedError

    def picked(self, key: str, number: int) -> Shown | None:
        """Return what is shown when a dot is pressed; None for the same."""
        return None

    # --- what all of them do --------------------------------------------------------------------------------------
    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place of the panel."""
        if not self.press_of_all(key):
            self.go_to(self.after_key(place, key))

    def changed(self) -> None:
        """Show what is shown now in the plane, in the panel and in the controls."""
        self.draw()
        super().changed()

    def draw(self) -> None:
        """Show what is shown now in every plane."""
        for plane, drawing in zip(self.planes, self.drawings(), strict=True):
            plane.draw(drawing)

    def pictures_of_planes(self) -> tuple[bytes, ...]:
        """Draw every plane by itself, each as a PNG: for a page that has no views of bqplot."""
        from hcnn_widgets.widgets.scene.scene_picture import scene_picture

        side = self.side
        marks = (plane_marks(drawing, 0, 0, side) for drawing in self.drawings())
        return tuple(scene_picture(Scene("plane", "", "", side, side, (mark,))) for mark in marks)

    def whole_scene(self) -> Scene:
        """Describe planes and panel as the still picture shows them: side by side, or the panel below two planes."""
        drawings = self.drawings()
        planes = [plane_marks(drawing, n * self.side, 0, self.side) for n, drawing in enumerate(drawings)]
        below = len(drawings) > 1
        right, down = (0, self.side + GAP) if below else (self.side, 0)
        panel = self.scene(right + self.side * len(drawings) if below else STILL_WIDTH)
        width, height = right + panel.width, max(self.side, down + panel.height)
        marks = (*planes, *(shifted(mark, right, down) for mark in panel.marks))
        return replace(panel, width=width, height=height, marks=marks, places=())

    def close(self) -> None:
        """Take the lab off the page, with the planes and the controls."""
        super().close()
        for plane in getattr(self, "planes", ()):  # none of a lab whose making was refused
            plane.close()

    def _drag(self, key: str, number: int, at: tuple[float, float], ended: bool) -> None:
        """Follow a drag: all its moves are one step, with the press that it began with."""
        going_on, self._dragging = self._dragging or self._picked, not ended
        self._picked = False
        self.act(lambda: self.go_to(self.moved(key, number, at), same_step=going_on))
        if ended:  # what was let go comes to its place
            self.draw()

    def _pick(self, key: str, number: int) -> None:
        shown = self.picked(key, number)
        self._picked = shown is not None
        self.act(lambda: self.go_to(shown))
