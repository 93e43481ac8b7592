"""The drawing of a TransferLab: new categories, or other goals."""

from typing import Any

import traitlets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .readout_scene import FURTHER_SCORES, readout_scene
from .readout_words import SHOWN, readout_sentence
from .transfer_scene import BACK, BEGIN, FURTHER, OTHER_VIEW, transfer_scene
from .transfer_state import TransferState
from .transfer_words import TITLE, transfer_sentence

VIEWS = {"transfer": "New categories", "readouts": "Other goals"}
"""The views, in words."""


class TransferDrawing(ScenePanel):
    """Drawing of TransferLab."""

    knows_height = True
    title = traitlets.Unicode(TITLE).tag(sync=True)

    view = traitlets.Enum(tuple(VIEWS), "transfer")
    """"transfer" or "readouts" """

    freeze_at = traitlets.Unicode()
    """The last area below the freeze line: "IT" """

    scores = traitlets.Enum(tuple(SHOWN), "trained")
    """Which readouts the grid shows: "trained", "untrained" or "difference" """

    going = traitlets.Bool(False)
    """Whether networks are trained"""

    def __init__(self, state: TransferState, **traits: Any) -> None:
        self.state = state
        self._seen: tuple[Any, ...] = ()
        super().__init__(**{"freeze_at": state.model.areas[-1], **traits})

    def source_over(self) -> bool:
        """Return whether nothing is measured."""
        return self.state.under_way is None and not self.state.job.busy

    def training_goes_on(self) -> bool:
        """Return whether networks are trained."""
        return self.state.under_way is not None

    def make_frame(self) -> Frame:
        """Return the view that is chosen, described anew where it holds something else than before."""
        over = self.source_over()
        self.going = self.state.under_way is not None
        if self.view == "readouts":
            return self._readouts_frame(over)
        made = self.state.shown(self.freeze_at).made
        far = None if made is None else (made, round(100 * made.done / made.n), made.under_way, made.state)
        message = f"It ended early: {made.message}" if made is not None and made.state == "failed" else ""
        return self.frame_of_scene(self.scene, message, over, of=self._same((self.freeze_at, far)))

    def _readouts_frame(self, over: bool) -> Frame:
        found = self.state.readouts
        if found is None:
            done, total = self.state.job.progress
            return Frame(message=f"reading out: {done + 1} of {total}…" if total else "recording…", final=over)
        return self.frame_of_scene(self.scene, "", over, of=self._same((found, self.scores)))

    def _same(self, seen: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return what was seen before where it is the same."""
        if seen != self._seen:
            self._seen = seen
        return self._seen

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the view for a width in pixels, and for the most height."""
        found = self.state.readouts if self.view == "readouts" else None
        if found is not None:
            return readout_scene(found, self.scores, width, height)
        return transfer_scene(self.state.shown(self.freeze_at), width, height)

    def pressed(self, place: int, key: str) -> None:
        """Move the line, begin, or show something else."""
        areas = self.state.model.areas
        line = areas.index(self.freeze_at)
        if key == OTHER_VIEW:
            self.view = "readouts" if self.view == "transfer" else "transfer"
        elif key == FURTHER_SCORES:
            names = list(SHOWN)
            self.scores = names[(names.index(self.scores) + 1) % len(names)]
        elif self.view == "readouts":
            return
        elif key == BEGIN:
            self.begin()
        elif key in (FURTHER, BACK):
            self.freeze_at = areas[min(max(line + (1 if key == FURTHER else -1), 0), len(areas) - 1)]
        elif place < len(areas):
            self.freeze_at = areas[place]

    def begin(self) -> None:
        """Train networks for the line that is shown."""
        self.note("")
        self.state.begin(self.freeze_at)
        self.renew()

    def sentence(self) -> str:
        """Return what is seen."""
        if self.view == "readouts":
            found = self.state.readouts
            return self.message or "Goals read out from areas." if found is None else readout_sentence(found)
        return transfer_sentence(self.state.shown(self.freeze_at))
