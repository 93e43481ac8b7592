"""Panel of scores of model areas against brain areas, as bars."""

from typing import Any

import traitlets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene
from hcnn_widgets.widgets.scores.score_panel import ScorePanel
from hcnn_widgets.widgets.scores.score_words import ToldScores, told_scores

from .bars_layout import highest_score, lowest_score
from .bars_scene import bars_scene, bars_title


class PredictivityBarsPanel(DrawsScene, ScorePanel):
    """Drawing of PredictivityBars."""

    title = traitlets.Unicode(bars_title(None)).tag(sync=True)

    _told: ToldScores | None = None
    _ends = (0.0, 0.0)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._told, self._ends = None, (0.0, 0.0)
        super().clear()

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return these scores as the page draws them."""
        frame = super().frame_of(table, message, final)
        if not frame.header:
            return frame
        self._told, (low, high) = told_scores(frame), self._ends
        # The axis never shrinks while scores come: nothing jumps.
        self._ends = min(low, lowest_score(self._told.scores)), max(high, highest_score(self._told.scores))
        return self.frame_of_scene(self.scene, message, final)

    def scene(self, width: int) -> Scene:
        """Describe the bars for a width in pixels."""
        assert self._told is not None
        return bars_scene(self._told, width, self._ends)

    def sentence(self) -> str:
        """Return a sentence on the model area that predicts each brain area best."""
        return self._told.sentence if self._told is not None else self.message or "Scores."

    @property
    def model_areas(self) -> tuple[str, ...]:
        """Model areas that are scored; none before the first score."""
        return () if self._told is None else self._told.scores.model_areas


class PredictivityBars(PanelBox):
    """Scores of each model area against each recorded brain area, as bars that follow the training.

    Each brain area has a group of bars, with a bar per model area. Whisker: error of the score. Tick: score of the same
    area of the untrained network. Dotted line: score of the bare pixels. Dashed line: noise ceiling of the recordings.
    Evidence that the network is like the brain must exceed the tick and the dotted line.

    Parameters
    ----------
    run : Run, optional
        Run whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        Recordings that the model areas are scored against.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, run: TrainingRun | None = None, recordings: Any | None = None, **options: Any) -> None:
        room = {"min_height": "350px"}
        super().__init__(PredictivityBarsPanel(run, recordings, layout=room, **options))

    def follow(self, run: TrainingRun | None, recordings: Any | None) -> None:
        """Show the scores of another run."""
        self.panel.follow(run, recordings)

    @property
    def code(self) -> str:
        """Code that computes the score of a bar, that of the last model area."""
        from .predictivity_code import predictivity_code

        areas = self.panel.model_areas or ("V4",)
        return predictivity_code(self.panel.tap_of(areas[-1]))
