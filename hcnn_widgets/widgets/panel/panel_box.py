"""A panel with the controls that belong to it."""

from collections.abc import Sequence
from typing import Any

import ipywidgets

from .closing import close_parts
from .comm_routing import heard_where_it_arrives
from .live_panel import LivePanel
from .still_picture import LeavesPicture

ROW = {"flex_flow": "row wrap", "align_items": "center"}
BOX = "hcnn-box"
"""The class by which the page knows what has panels and their controls, whose keys are not JupyterLab's."""


class PanelBox(LeavesPicture, ipywidgets.VBox):
    """A live panel beneath a row of controls, with the code that does the same thing folded away at its foot.

    Parameters
    ----------
    panel : LivePanel
    controls : sequence of ipywidgets
        Shown in a row above the panel.
    between : sequence of ipywidgets
        Shown beneath one another between the two.
    **traits
        Any trait of an ipywidgets.VBox.

    Attributes
    ----------
    controls : ipywidgets.HBox
        Row of controls, the button of the code last.
    """

    def __init__(
        self,
        panel: LivePanel,
        controls: Sequence[ipywidgets.Widget] = (),
        between: Sequence[ipywidgets.Widget] = (),
        **traits: Any,
    ) -> None:
        self.panel = panel
        self._code_text = ipywidgets.Textarea(
            disabled=True, rows=6, tooltip="Code that does the same thing", layout={"width": "auto", "display": "none"}
        )
        self._code_button = ipywidgets.ToggleButton(
            description="Code",
            icon="code",
            tooltip="Show the lines of code that do the same thing",
            layout={"width": "auto"},
        )
        self._code_button.observe(self._toggle_code, "value")
        self._code_button.add_class("hcnn-code-button")
        self._code_text.add_class("hcnn-code")
        self.controls = ipywidgets.HBox([*controls, self._code_button], layout=ROW)
        self.controls.add_class("hcnn-controls")
        super().__init__([self.controls, *between, panel, self._code_text], **traits)
        self.add_class(BOX)
        panel.when_over(self.leave_picture)
        for control in (*controls, self._code_button):
            heard_where_it_arrives(control)

    @property
    def code(self) -> str:
        """Lines of Keras, NumPy and the like that do what the panel does."""
        raise NotImplementedError

    @property
    def over(self) -> bool:
        """Whether there is nothing newer to come."""
        return self.panel.over

    def stage(self) -> None:
        """Fill the screen with the panel and its controls, in print for a wall; Escape or a second call comes back."""
        self.panel.stage()

    def say(self, problem: str | BaseException) -> None:
        """Show what is wrong, in words, inside the panel."""
        self.panel.note(problem)

    def _toggle_code(self, change: dict[str, Any]) -> None:
        try:
            self._code_text.value = self.code if change["new"] else ""
            self._code_text.rows = max(3, self._code_text.value.count("\n") + 2)
            self._code_text.layout.display = "" if change["new"] else "none"
        except Exception as error:  # the person must read it where they clicked
            self.say(error)

    def _is_ending(self) -> bool:
        return self.panel._is_ending()

    def _panel_that_carries(self) -> LivePanel:
        return self.panel

    def picture(self) -> bytes:
        """Draw what the panel shows as a PNG."""
        return self.panel.picture()

    def sentence(self) -> str:
        """Describe in words what the panel shows."""
        return self.panel.sentence()

    def close(self) -> None:
        """Take it off the page, with the panel and the controls."""
        close_parts(self)
        super().close()

    def __repr__(self) -> str:
        """Describe in a line what the panel shows."""
        return f"<{type(self).__name__}: {self.sentence()}>"
