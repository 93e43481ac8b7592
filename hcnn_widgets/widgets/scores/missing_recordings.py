"""What panels of scores say and offer where recordings are missing."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives
from hcnn_widgets.widgets.panel.words import shows_errors

from .score_panel import ScorePanel


class MissingRecordings:
    """Says in panels of scores which recordings are missing, and offers to look for them again.

    Parameters
    ----------
    *panels : ScorePanel
        Panels that say it; the first also says what goes wrong when the button is pressed.

    Attributes
    ----------
    words : str
        What is missing; empty where nothing is.
    button : Button
        "Try again", shown while there is something to look for: put it among the controls of the panels.
    """

    def __init__(self, *panels: ScorePanel) -> None:
        self._panels, self.words = panels, ""
        self._look_again: Callable[[], None] | None = None
        self.button = ipywidgets.Button(
            description="Try again",
            icon="refresh",
            tooltip="Look for the missing recordings once more",
            layout={"width": "auto", "display": "none"},
        )
        self.button.on_click(self._on_click)
        heard_where_it_arrives(self.button)

    def tell(self, words: str, look_again: Callable[[], None] | None = None) -> None:
        """Say what is missing, until the next call.

        Parameters
        ----------
        words : str
            Empty where nothing is missing.
        look_again : callable, optional
            Called by the button; must not wait for anything.
        """
        self.words, self._look_again = words, look_again
        for panel in self._panels:
            if words or panel.notice:
                panel.note(words)
        self.button.layout.display = "" if words and look_again is not None else "none"

    @shows_errors
    def _on_click(self, _button: Any) -> None:
        if self._look_again is not None:
            self._look_again()

    def say(self, problem: str | BaseException) -> None:
        """Show in words what went wrong."""
        self._panels[0].note(problem)
