"""A lab of boards: cells that are walked and typed into, beneath a row of controls."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_steps import KeepsSteps, Shown
from hcnn_widgets.widgets.classroom.plane.plane_lab import button, put
from hcnn_widgets.widgets.panel.mirroring import Mirroring
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH, ScenePanel

STEP_MS = 700
"""Milliseconds that the walking window stays at a place."""


class BoardPanel(ScenePanel):
    """The panel of a lab of boards.

    Parameters
    ----------
    lab : BoardLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, lab: "BoardLab[Any]", **traits: Any) -> None:
        self._lab = lab
        super().__init__(**traits)

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


class BoardLab(KeepsSteps[Shown], PanelBox):
    """Boards of cells, of which a lab says what they show and do.

    Parameters
    ----------
    shown : record
        What is shown first.
    controls : sequence of ipywidgets
        Stand before the player, Undo and Reset.
    **options
        ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, shown: Shown, controls: Sequence[ipywidgets.Widget], **options: Any) -> None:
        self.begin(shown)
        self._mirroring = Mirroring()
        self._player = ipywidgets.Play(interval=STEP_MS, repeat=True, show_repeat=False, layout={"width": "auto"})
        self._player.tooltip = "Walk over all outputs (Space: to the next)"
        self._player.observe(self._played, "value")
        self._undo = button("Undo", "undo", "Take the last change back (key u)", lambda _: self.act(self.undo))
        self._reset = button("Reset", "refresh", "Take all changes back (key r)", lambda _: self.act(self.reset))
        super().__init__(BoardPanel(self, **options), [*controls, self._player, self._undo, self._reset])
        self.mirror()

    # --- what a lab says ------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe the boards, for a width in pixels."""
        raise NotImplementedError

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a place; `press_of_all` knows those that every lab has."""
        raise NotImplementedError

    def n_outputs(self) -> int:
        """Return how many outputs the player walks over."""
        raise NotImplementedError

    def at_output(self, number: int) -> Shown:
        """Return what is shown with an output in front, counted in reading order."""
        raise NotImplementedError

    def mirror_controls(self) -> None:
        """Set the lab's own controls to what is shown."""

    # --- what all of them do --------------------------------------------------------------------------------------
    @shows_errors
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page; what goes wrong is read in the panel, and nothing is changed."""
        self.panel.note("")
        try:
            change()
        finally:
            self.mirror()

    def choose(self, change: Callable[[], Shown | None]) -> None:
        """Show what a control asks for, unless the control only follows what is shown."""
        if not self._mirroring.on:
            self.act(lambda: self.go_to(change()))

    def point_at(self, shown: Shown) -> None:
        """Show the same from another place: no step that would be taken back."""
        self._passed = [*self._passed[:-1], shown]
        self.changed()

    def changed(self) -> None:
        """Show what is shown now in the panel and in the controls."""
        self.mirror()
        panel: Any = self.panel
        panel.show_again()

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        with self.following():
            for each in (self._undo, self._reset):
                put(each, disabled=len(self._passed) == 1)
            put(self._player, max=max(self.n_outputs() - 1, 0))
            self.mirror_controls()

    @contextmanager
    def following(self) -> Iterator[None]:
        """Set controls within this context: what they then say is no choice of a person's."""
        with self._mirroring.under_way():
            yield

    def press_of_all(self, key: str) -> bool:
        """Act on a key that every lab has, "u" and "r"; say whether it was."""
        actions = {"u": self.undo, "r": self.reset}
        if key in actions:
            actions[key]()
        return key in actions

    def sentence(self) -> str:
        """Say what is seen."""
        return self.scene(USUAL_WIDTH).said

    def _played(self, change: dict[str, Any]) -> None:
        number = min(int(change["new"]), self.n_outputs() - 1)
        if not self._mirroring.on:
            self.act(lambda: self.point_at(self.at_output(number)))
