"""A lab of boards: cells that are walked and typed into, beneath a row of controls."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_box import put
from hcnn_widgets.widgets.classroom.lab_steps import Shown
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
        What is shown first: with an `output`, a `focus` (board, row, column) and an `entry`, what is being typed.
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
            layout={"flex": "0 0 auto"},
        )
        self._player.observe(self._played, "value")
        super().__init__(shown, [*controls, self._player], **options)

    # --- what a lab says ------------------------------------------------------------------------------------------
    def cell_at(self, place: int) -> Any:
        """Return the cell of a place: board, row, column."""
        raise NotImplementedError

    def after_key(self, cell: Any, key: str) -> Shown | None:
        """Return what is shown after a key at a cell, other than Space, Enter, "u" and "r"; None for the same."""
        raise NotImplementedError

    def output_after(self, shown: Any) -> Shown:
        """Return what is shown with the output in front that comes next in reading order."""
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
        self.mirror_all()

    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a cell: digits write it, Enter and a click bring it in front, Space moves the window on."""
        shown: Any = self.shown
        at = self.cell_at(place)
        if self.press_of_all(key):
            return
        if key == " ":
            # From a cell that is no output the window goes on from where it is.
            self.point_at(self.output_after(replace(shown, focus=at) if at[0] == "output" else shown))
        elif key == "Enter":
            self.point_at(replace(shown, focus=at, entry=""))
        else:
            after: Any = self.after_key(at, key)
            goes_on = bool(shown.entry) and at == shown.focus and after is not None and bool(after.entry)
            self.go_to(after, same_step=goes_on)

    def point_at(self, shown: Shown) -> None:
        """Show the same from another place: no step that would be taken back."""
        self._passed = [*self._passed[:-1], shown]
        self.changed()

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        shown: Any = self.shown
        board, row, column = shown.focus
        last = max(shown.output.size - 1, 0)
        front = row * shown.output.shape[-1] + column if board == "output" else None
        put(self._player, max=max(last, self._player.value))
        put(self._player, value=min(self._player.value if front is None else front, last))
        put(self._player, max=last, text=f"{int(self._player.value) + 1} of {last + 1}")
        self.mirror_controls()

    @contextmanager
    def following(self) -> Iterator[None]:
        """Set controls within this context: what they then say is no choice of a person's."""
        with self.mirroring.under_way():
            yield

    def _played(self, change: dict[str, Any]) -> None:
        shown: Any = self.shown
        number = min(int(change["new"]), shown.output.size - 1)
        if not self.mirroring.on:
            self.act(lambda: self.point_at(self.at_output(number)))
