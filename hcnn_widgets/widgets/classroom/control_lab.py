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

    drawn = 0
    """The last frame that a page has drawn."""

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.press(self._lab.now_at(place), key))

    def _hear(self, content: dict[str, Any]) -> None:
        if content.get("kind") == "ack" and isinstance(content.get("sequence"), int):
            self.drawn = max(self.drawn, content["sequence"])
        super()._hear(content)

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

    moved: int | None = None
    """Where a key has moved the place that was marked, for the scene; None where it stays."""
    _left: tuple[int, ...] = ()
    _moved_after = 0

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

    def has_moved(self, place: int, to: int | None) -> None:
        """Note that what was marked at a place is marked at another now; None where it stays."""
        stale = self._is_stale()
        if to is None and stale:
            return  # the page has yet to draw an earlier move
        self._left = () if to is None else (place, *(self._left if stale else ()))
        self.moved, self._moved_after = to, self.panel.sequence

    def now_at(self, place: int) -> int:
        """Return the place that a key is meant for: people type on before the page has drawn where the mark is."""
        return self.moved if self.moved is not None and self._is_stale() and place in self._left else place

    def _is_stale(self) -> bool:
        panel: Any = self.panel
        return self.moved is not None and panel.heard and panel.drawn <= self._moved_after

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
