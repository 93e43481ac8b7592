"""The still picture of several panels, left once the last of them has come to its end."""

from functools import cached_property
from typing import Any

from hcnn_widgets.widgets.panel.still_picture import LeavesPicture
from hcnn_widgets.widgets.scene.after_pause import AfterPause


class LeavesPictureOfAll(LeavesPicture):
    """Mixed into what the ticker looks after: its panels side by side are its still picture.

    A subclass gives `_panels` and `over`, and calls `leave_due_picture` in every round. The pictures take seconds, so
    they are drawn on a thread of their own.
    """

    _picture_due = False
    _ticker: Any

    @property
    def _panels(self) -> tuple[Any, ...]:
        raise NotImplementedError

    @cached_property
    def drawing(self) -> AfterPause:
        """What draws the picture."""
        return AfterPause()

    def owe_picture(self) -> None:
        """Have the next round leave the picture: no panel knows whether it is the last to end."""
        self._picture_due = True
        self._ticker.add(self)

    def leave_due_picture(self) -> None:
        """Leave the picture if a panel has ended since the last one and nothing is under way any more."""
        if self._picture_due and self._at_end():
            self._picture_due = False
            self.drawing.do(self.leave_picture, 0.0)

    def picture(self) -> bytes:
        """Draw the panels as a single PNG."""
        from hcnn_widgets.widgets.panel.picture_page import side_by_side

        return side_by_side([panel.picture() for panel in self._panels])

    def sentence(self) -> str:
        """Return the sentences of the panels."""
        return " ".join(panel.sentence() for panel in self._panels)
