"""A panel that is a scene: described in Python alone, drawn by one view of the page and one still picture."""

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

import traitlets

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import hears

from .after_pause import AfterPause
from .scene import Scene

USUAL_WIDTH = 640
"""Pixels: as wide as a drawing is where no page has said how much room there is, and in a still picture."""
NARROWEST, WIDEST = 280, 4000
LOWEST = 120
"""Pixels: in less height a drawing is laid out for this much, and the page shows it smaller."""
MOST_ROOMS = 4
"""Views that a scene is laid out for: a page that is reloaded takes leave of none, and the oldest is forgotten."""
PAUSE_S = 1.0
HAND_S = 0.4
"""Time in s after a press before all that can be pointed at is described: whoever types on is answered first."""
Room = tuple[int, ...]
"""What a scene is laid out for: a width, and the most height where the room has an end; in pixels."""
Draws = Callable[..., Scene]
"""A function of a room that describes a scene."""


class DrawsScene(LivePanel, page="Scene"):
    """A panel whose frames are scenes: it fits them to the page, hears of keys and leaves the same scene as a picture.

    The kernel says where everything stands. Every view of the page tells how much room it has, and a frame holds the
    scene for each; where the room changes, or where no kernel is, a view shows the scene smaller.

    A panel that ``fits`` fills a cell of a given height, and its views tell that height, too. One that `knows_height`
    lays itself out for it, as ``scene(width, height)``; any other one is shown smaller.

    A press is answered at once: where a scene has many places, a first frame holds what is seen of it now, and the next
    one all that can be pointed at.
    """

    title = traitlets.Unicode("Drawing").tag(sync=True)
    """The panel's title before its first scene: "Brain areas" """

    knows_height: ClassVar[bool] = False
    """Whether ``scene`` takes the most height, besides the width."""

    _scene: Draws | None = None
    _rooms: Mapping[str, Room] = MappingProxyType({})
    _made: tuple[object, tuple[str, bool, list[Room]], Frame] | None = None
    _was_pressed = _is_pressed = False
    _held: int | None = None
    """The place that a frame in a hurry is to hold; -1 for none, None where nothing hurries."""
    _hurried: tuple[object, float, Frame] | None = None
    """What the last frame in a hurry showed, until when it is enough, and the frame."""

    @cached_property
    def _after_pause(self) -> AfterPause:
        return AfterPause()

    def frame_of_scene(self, scene: Draws, message: str = "", final: bool = False, of: object = None) -> Frame:
        """Return a frame of what draws a scene for a width in pixels, and for a height where the panel knows it.

        Parameters
        ----------
        scene : callable
        message : str
        final : bool
        of : object, optional
            What the scene shows. As long as it is the same object nothing is described anew: a panel is asked for a
            frame several times a second, and training comes first.
        """
        self._scene = scene
        held, self._held = self._held, None
        if held is None and of is not None and self._hurried is not None:
            shown, enough_until, frame = self._hurried
            if shown is of and self._clock() < enough_until:
                return frame
        self._hurried = None
        asked = message, final, self._known_rooms()
        if of is None or self._made is None or self._made[0] is not of or self._made[1] != asked:
            scenes = self._scenes(scene)
            seen = scenes if held is None else [each.in_a_hurry(held) for each in scenes]
            if seen[0] is not scenes[0]:
                frame = seen[0].frame(message, False, seen[1:])  # the whole one is due next
                self._hurried = of, self._clock() + HAND_S, frame
                return frame
            self._made = of, asked, scenes[0].frame(message, final, scenes[1:])
        return self._made[2]

    def laid_out(self, scene: Draws) -> Frame:
        """Return a frame of a scene for the room of each view, the newest first, that leaves no picture."""
        newest, *others = self._scenes(scene)
        return newest.frame(others=others)

    def _scenes(self, scene: Draws) -> list[Scene]:
        return [scene(*room) for room in self._known_rooms()]

    def _known_rooms(self) -> list[Room]:
        return list(dict.fromkeys(reversed(list(self._rooms.values())))) or [(USUAL_WIDTH,)]

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._scene = self._made = None
        super().clear()

    @hears("room", view=str, width=int, height=int)
    def fit(self, view: str, width: int, height: int = 0) -> None:
        """Lay the scene out for a view that has so much room, in pixels.

        Parameters
        ----------
        view : str
        width : int
            Of a view that is gone 0.
        height : int
            The most; 0 where the drawing may be as high as it needs.
        """
        rooms = {name: room for name, room in self._rooms.items() if name != view}
        if width > 0:
            most_height = (min(max(height, LOWEST), WIDEST),) if height > 0 and self.knows_height else ()
            rooms[view] = (min(max(width, NARROWEST), WIDEST), *most_height)
        self._rooms = dict(list(rooms.items())[-MOST_ROOMS:])
        if width > 0:
            self.serve()

    @hears("press", place=int, key=str)
    def hear_press(self, place: int, key: str) -> None:
        """Act on a key, or on "Enter" for a click, with this place marked; neither is trusted to be the scene's."""
        if 0 <= place < len(self.header.get("places", ())) and key in self.header.get("keys", ()):
            self._was_pressed = self._is_pressed = True
            self._held = place
            try:
                self.pressed(place, key)
            finally:
                self._is_pressed = False
                self.renew()

    def tick(self) -> bool:
        """Send a frame if it is time for one, and none of a press that is half done; say whether one went out."""
        return not self._is_pressed and super().tick()

    def hurry(self) -> None:
        """Answer what a person has done outside of the scene: what is seen at once goes out first."""
        if self._held is None:
            self._held = -1
        self.renew()

    def show_now(self) -> bool:
        """Have the panel's state hold the whole frame of now."""
        self._held = self._hurried = None
        return super().show_now()

    def pressed(self, place: int, key: str) -> None:
        """Do what a key at a place asks for."""

    def at_end(self) -> None:
        """Do what is due after the last frame, the still picture among it, where it holds up no other panel.

        A picture takes about a second. So it is drawn on a thread of its own, and once a person has ceased to press.
        """
        self._after_pause.do(super().at_end, PAUSE_S if self._was_pressed else 0.0)

    def close(self) -> None:
        """Take the panel off the page and stop looking after it."""
        self._after_pause.cancel()
        super().close()

    def picture(self) -> bytes:
        """Draw the scene as a PNG."""
        if self._scene is None:
            return b""
        from .scene_picture import scene_picture

        return scene_picture(self.still_scene())

    def still_scene(self) -> Scene:
        """Describe what is shown for a still picture, below which nothing jumps and where nobody can ask for more."""
        assert self._scene is not None
        return self._scene(USUAL_WIDTH)


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
