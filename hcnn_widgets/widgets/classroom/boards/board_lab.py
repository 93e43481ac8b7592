"""A lab of boards: cells that are walked and typed into, beneath a row of controls."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_steps import Shown
from hcnn_widgets.widgets.classroom.plane.plane_lab import put
from hcnn_widgets.widgets.classroom.scene_lab import SceneLab
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH

STEP_MS = 700
"""Milliseconds that the walking window stays at a place."""


class BoardLab(SceneLab[Shown]):
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

    still_width: ClassVar[int] = USUAL_WIDTH

    def __init__(self, shown: Shown, controls: Sequence[ipywidgets.Widget], **options: Any) -> None:
        self._player = Slider(
            "Output",
            interval=STEP_MS,
            tooltip="Walk over all outputs (Space: to the next)",
            layout={"width": "250px"},
        )
        self._player.observe(self._played, "value")
        super().__init__(shown, [*controls, self._player], **options)

    # --- what a lab says ------------------------------------------------------------------------------------------
    def n_outputs(self) -> int:
        """Return how many outputs the player walks over."""
        raise NotImplementedError

    def number_in_front(self) -> int | None:
        """Return the output in front, counted in reading order; None where it is none."""
        raise NotImplementedError

    def at_output(self, number: int) -> Shown:
        """Return what is shown with an output in front, counted in reading order."""
        raise NotImplementedError

    def mirror_controls(self) -> None:
        """Set the lab's own controls to what is shown."""

    # --- what all of them do --------------------------------------------------------------------------------------
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page; a control that asked for what cannot be goes back to what is shown."""
        super().act(change)
        self._mirror()

    def point_at(self, shown: Shown) -> None:
        """Show the same from another place: no step that would be taken back."""
        self._passed = [*self._passed[:-1], shown]
        self.changed()

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        last, front = max(self.n_outputs() - 1, 0), self.number_in_front()
        put(self._player, max=max(last, self._player.value))
        put(self._player, value=min(self._player.value if front is None else front, last))
        put(self._player, max=last, text=f"{int(self._player.value) + 1} of {last + 1}")
        self.mirror_controls()

    @contextmanager
    def following(self) -> Iterator[None]:
        """Set controls within this context: what they then say is no choice of a person's."""
        with self._mirroring.under_way():
            yield

    def _played(self, change: dict[str, Any]) -> None:
        number = min(int(change["new"]), self.n_outputs() - 1)
        if not self._mirroring.on:
            self.act(lambda: self.point_at(self.at_output(number)))
