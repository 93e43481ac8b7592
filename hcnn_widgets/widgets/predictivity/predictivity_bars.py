"""Panel of scores of model areas against brain areas, as bars."""

from typing import Any

import traitlets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH
from hcnn_widgets.widgets.scores.score_scene import ScoreScene
from hcnn_widgets.widgets.scores.score_words import ToldScores

from .bars_beside import LastScores, LevelsBeside
from .bars_layout import ends_of_bars
from .bars_scene import bars_scene, bars_title


class PredictivityBarsPanel(ScoreScene):
    """Drawing of PredictivityBars."""

    title = traitlets.Unicode(bars_title(None)).tag(sync=True)

    knows_height = True

    _ends = (0.0, 0.0)
    _beside: LastScores | None = None
    _levels: LevelsBeside | None = None

    def hold_against(self, beside: TrainingRun | None) -> None:
        """Draw the last scores that another run has by now on the bars of the runs to follow; None for no more."""
        self._beside = None if beside is None else LastScores.of(beside)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._ends, self._levels = (0.0, 0.0), None
        super().clear()

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of a table of scores, with those of the run beside on as many images."""
        if table is not None and table is not self._table_told and self._beside is not None:
            self._levels = self._beside.within(table)
        return super().frame_of(table, message, final)

    def tell(self, told: ToldScores) -> None:
        """Show new scores from now on; the axis never shrinks while they come, so that nothing jumps."""
        super().tell(told)
        low, high = self._ends
        lowest, highest = ends_of_bars(told, self._levels)
        self._ends = min(low, lowest), max(high, highest)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the bars for a width in pixels, and for the most height where there is one."""
        assert self._told is not None
        return bars_scene(self._told, width, self._ends, height, self._levels)

    def still_scene(self) -> Scene:
        """Describe the bars for a still picture, with a caption that is whole."""
        assert self._told is not None
        return bars_scene(self._told, USUAL_WIDTH, self._ends, None, self._levels, whole=True)

    @property
    def model_areas(self) -> tuple[str, ...]:
        """Model areas that are scored; none before the first score."""
        return () if self._told is None else self._told.scores.model_areas


class PredictivityBars(PanelBox):
    """Scores of each model area against each recorded brain area, as bars that follow the training.

    Each brain area has a group of bars, with a bar per model area. Whisker: error of the score. Tick: score of the same
    area of the untrained network. Dotted line: score of the bare pixels. Dashed line: noise ceiling of the recordings;
    above the axis it is a number with an arrow. All bars of a training are on the same images; where these are a part,
    the score after training on all of them is a diamond beside the bars, with its own untrained and pixels.
    Evidence that the network is like the brain must exceed the tick and the dotted line.

    Parameters
    ----------
    run : Run, optional
        Run whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        Recordings that the model areas are scored against.
    beside : Run, optional
        Another run, such as the last one or one from a folder: its last scores, as far as they are on the same
        recordings and as many images, are the pale outlines of bars.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(
        self,
        run: TrainingRun | None = None,
        recordings: Any | None = None,
        beside: TrainingRun | None = None,
        **options: Any,
    ) -> None:
        check_options(options, type(self), PredictivityBarsPanel)
        panel = PredictivityBarsPanel(layout={"min_height": "350px"}, **options)
        panel.hold_against(beside)
        panel.follow(run, recordings)
        super().__init__(panel)

    def follow(self, run: TrainingRun | None, recordings: Any | None, beside: TrainingRun | None = None) -> None:
        """Show the scores of another run, with those of one beside."""
        self.panel.hold_against(beside)
        self.panel.follow(run, recordings)

    @property
    def code(self) -> str:
        """Code that computes the score of a bar, that of the last model area."""
        from .predictivity_code import predictivity_code

        areas = self.panel.model_areas or ("V4",)
        return predictivity_code(self.panel.tap_of(areas[-1]), self.panel.pixels)
