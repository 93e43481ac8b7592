"""The ventral stream seen from the side, coloured by score."""

from collections.abc import Callable
from typing import Any

import traitlets

from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH
from hcnn_widgets.widgets.scores.score_scene import ScoreScene

from .brain_layout import REGIONS_IN_ORDER
from .brain_scene import brain_scene
from .brain_words import brain_title


class BrainMap(ScoreScene):
    """A drawing of V1, V2, V4 and IT, each coloured by the score of the model area that predicts it best.

    An area without recordings is grey; one whose recordings are simulated is hatched and says so.

    Parameters
    ----------
    run : Run, optional
        Whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        What it is scored against.
    **traits
        Any trait of an ipywidgets.DOMWidget, and ``score``, ``clock`` and ``ticker``.
    """

    knows_height = True

    area = traitlets.Unicode()
    """The area of the drawing that is marked as chosen; empty for none: "V4" """

    _on_area: Callable[[str], object] | None = None

    title = traitlets.Unicode(brain_title(None)).tag(sync=True)

    def clear(self) -> None:
        """Show the brain in grey, before scores come: no frame, so that the first score waits for nobody."""
        super().clear()
        self.header = self.laid_out(self.scene).header

    def fit(self, view: str, width: int, height: int = 0) -> None:
        """Lay the brain out for a view that has so much room, in pixels; one without room is gone."""
        super().fit(view, width, height)
        if self._told is None:
            self.header = self.laid_out(self.scene).header

    def on_area(self, action: Callable[[str], object]) -> None:
        """Have this called with the name of an area that is pressed, by a click or Enter: "V4"."""
        self._on_area = action

    def pressed(self, place: int, key: str) -> None:
        """Tell which area was pressed."""
        if self._on_area is not None:
            self._on_area(REGIONS_IN_ORDER[place])

    @traitlets.observe("area")  # type: ignore[untyped-decorator]
    def _mark(self, _change: Any) -> None:
        with self._sending:
            self._made = None
        if self._told is not None:
            self.renew()

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the brain for a width in pixels, and for the most height where there is one."""
        return brain_scene(self._told, width, height, self.area, pressable=self._on_area is not None)

    def still_scene(self) -> Scene:
        """Describe the brain for a still picture, with a caption that is whole."""
        return brain_scene(self._told, USUAL_WIDTH, None, self.area, whole=True)
