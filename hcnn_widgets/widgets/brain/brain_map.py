"""The ventral stream seen from the side, coloured by score."""

import traitlets

from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scores.score_scene import ScoreScene

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

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the brain for a width in pixels, and for the most height where there is one."""
        return brain_scene(self._told, width, height)
