"""A panel that is a scene: described in Python alone, drawn by one view of the page and one still picture."""

from collections.abc import Callable
from typing import Any

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import hears

from .scene import Scene

USUAL_WIDTH = 640
"""Pixels: as wide as a drawing is where no page has said how much room there is, and in a still picture."""
NARROWEST, WIDEST = 280, 4000


class DrawsScene(LivePanel, page="Scene"):
    """A panel whose frames are scenes: it fits them to the page, hears of keys and leaves the same scene as a picture.

    The kernel says where everything stands; where the room changes, the page tells, and until the answer is there, or
    where no kernel is, it shows the scene smaller.
    """

    _room = USUAL_WIDTH
    _scene: Callable[[int], Scene] | None = None

    def frame_of_scene(self, scene: Callable[[int], Scene], message: str = "", final: bool = False) -> Frame:
        """Return a frame of what draws a scene for a width in pixels."""
        self._scene = scene
        return scene(self._room).frame(message, final)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._scene = None
        super().clear()

    @hears("room", width=int)
    def fit(self, width: int) -> None:
        """Lay the scene out for a page that has so much room, in pixels."""
        self._room = min(max(width, NARROWEST), WIDEST)
        self.serve()

    @hears("press", place=int, key=str)
    def hear_press(self, place: int, key: str) -> None:
        """Act on a key, or on "Enter" for a click, with this place marked; neither is trusted to be the scene's."""
        if 0 <= place < len(self.header.get("places", ())) and key in self.header.get("keys", ()):
            self.pressed(place, key)
            self.renew()

    def pressed(self, place: int, key: str) -> None:
        """Do what a key at a place asks for."""

    def picture(self) -> bytes:
        """Draw the scene as a PNG."""
        if self._scene is None:
            return b""
        from .scene_picture import scene_picture

        return scene_picture(self._scene(USUAL_WIDTH))


class ScenePanel(DrawsScene):
    """A panel of which ``scene`` says everything; what changes by itself overrides ``source_over``, too.

    Parameters
    ----------
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.start()

    def scene(self, width: int) -> Scene:
        """Describe what is to be seen now, for a width in pixels."""
        raise NotImplementedError

    def source_over(self) -> bool:
        """Say that nothing newer comes by itself."""
        return True

    def make_frame(self) -> Frame:
        """Return the scene as it is now."""
        return self.frame_of_scene(self.scene, final=self.source_over())

    def sentence(self) -> str:
        """Describe what is seen."""
        return str(self.header.get("label", "")) or self.message or type(self).__name__
