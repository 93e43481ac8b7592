"""Scores of every model area against every recorded brain area, as bars: twin of predictivity_bars.ts."""

from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.scores.score_panel import ScorePanel


class PredictivityBarsPanel(ScorePanel, page="PredictivityBars"):
    """The drawing within PredictivityBars."""

    def picture(self) -> bytes:
        """Draw the bars as a PNG."""
        from .bars_picture import bars_picture

        return bars_picture(self.header, self.values) if self.header else b""


class PredictivityBars(PanelBox):
    """How well each model area predicts each recorded brain area, while the network learns.

    One group of bars per brain area, one bar per model area. Whisker: error of the score. Tick: the same area of the
    untrained network. Dotted line: the bare pixels. Dashed line: what the noise of the recordings allows. A claim that
    the network is like the brain must beat the tick and the dotted line.

    Parameters
    ----------
    run : Run, optional
        Whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        What it is scored against.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, run: TrainingRun | None = None, recordings: Any | None = None, **options: Any) -> None:
        super().__init__(PredictivityBarsPanel(run, recordings, **options))

    def follow(self, run: TrainingRun | None, recordings: Any | None) -> None:
        """Show the scores of this run from now on."""
        self.panel.follow(run, recordings)

    @property
    def code(self) -> str:
        """Lines that give one of the bars."""
        from .predictivity_code import predictivity_code

        areas = self.panel.header.get("model_areas") or ["V4"]
        return predictivity_code(self.panel.tap_of(areas[-1]))
