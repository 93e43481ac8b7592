"""The ventral stream seen from the side, coloured by score."""

from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene
from hcnn_widgets.widgets.scores.score_panel import ScorePanel
from hcnn_widgets.widgets.scores.score_words import ToldScores, told_scores

from .brain_scene import brain_scene


class BrainMap(DrawsScene, ScorePanel):
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

    _told: ToldScores | None = None

    def follow(self, run: TrainingRun | None, recordings: Any | None) -> None:
        """Show the scores of this run from now on."""
        self._told = None
        super().follow(run, recordings)

    def clear(self) -> None:
        """Show the brain in grey, before scores come: no frame, so that the first score waits for nobody."""
        super().clear()
        self.header = self.laid_out(self.scene).header

    def fit(self, view: str, width: int) -> None:
        """Lay the brain out for a view that has so much room, in pixels; one without room is gone."""
        super().fit(view, width)
        if self._told is None:
            self.header = self.laid_out(self.scene).header

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return these scores as the page draws them."""
        frame = super().frame_of(table, message, final)
        if not frame.header:
            return frame
        self._told = told_scores(frame)
        return self.frame_of_scene(self.scene, message, final)

    def scene(self, width: int) -> Scene:
        """Describe the brain for a width in pixels."""
        return brain_scene(self._told, width)

    def sentence(self) -> str:
        """Describe which model area predicts each brain area best."""
        return self._told.sentence if self._told is not None else self.message or "Scores."
