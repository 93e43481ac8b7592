"""A lab whose keys move what is marked: people type on before the page has drawn where it is now."""

from typing import Any, ClassVar

from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH

from .lab_steps import Shown
from .scene_lab import LabPanel, SceneLab


class ControlPanel(LabPanel):
    """The scene of a lab whose keys move what is marked.

    Parameters
    ----------
    lab : ControlLab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    drawn = 0
    """The last frame that a page has drawn."""

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key."""
        self._lab.act(lambda: self._lab.press(self._lab.now_at(place), key))

    def _hear(self, content: dict[str, Any]) -> None:
        if content.get("kind") == "ack" and isinstance(content.get("sequence"), int):
            self.drawn = max(self.drawn, content["sequence"])
        super()._hear(content)


class ControlLab(SceneLab[Shown]):
    """A scene beneath a row of controls, whose keys may move what is marked."""

    panel_kind: ClassVar[type[LabPanel]] = ControlPanel
    still_width: ClassVar[int] = USUAL_WIDTH
    moved: int | None = None
    """Where a key has moved the place that was marked, for the scene; None where it stays."""
    _left: tuple[int, ...] = ()
    _moved_after = 0

    def told(self) -> object:
        """Return None: where the mark has moved is no part of what is shown."""
        return None

    def press(self, place: int, key: str) -> None:
        """Act on a key: "u" and "r", or what the lab makes of any other."""
        if not self.press_of_all(key):
            self.pressed(place, key)

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
