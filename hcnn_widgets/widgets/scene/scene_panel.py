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


class HasScene:
    """Mixed into a LivePanel whose frames are scenes: it fits them to the page and leaves the same as a picture.

    The kernel says where everything stands; where the room changes, the page tells, and until the answer is there, or
    where no kernel is, it shows the scene smaller.
    """

    _room = USUAL_WIDTH
    _scene: Callable[[int], Scene] | None = None

    def frame_of_scene(self, scene: Callable[[int], Scene], message: str = "", final: bool = False) -> Frame:
        """Return a frame of what draws a scene for a width in pixels."""
        self._scene = scene
        return scene(self._room).frame(message, final)

    @hears("room", width=int)
    def fit(self, width: int) -> None:
        """Lay the scene out for a page that has so much room, in pixels."""
        self._room = min(max(width, NARROWEST), WIDEST)
        self.serve()  # type: ignore[attr-defined]

    @hears("press", place=int, key=str)
    def hear_press(self, place: int, key: str) -> None:
        """Act on a key, or on "Enter" for a click, with this place marked; one that the scene does not tell is none."""
        scene = self._scene(self._room) if self._scene is not None else None
        if scene is not None and 0 <= place < len(scene.places) and key in scene.keys:
            self.pressed(place, key)
            self.renew()  # type: ignore[attr-defined]

    def pressed(self, place: int, key: str) -> None:
        """Do what a key at a place asks for."""

    def picture(self) -> bytes:
        """Draw the scene as a PNG."""
        if self._scene is None:
            return b""
        from .scene_picture import scene_picture

        return scene_picture(self._scene(USUAL_WIDTH))


class ScenePanel(HasScene, LivePanel, page="Scene"):
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
        """Say what is seen."""
        return str(self.header.get("label", "")) or self.message or type(self).__name__
