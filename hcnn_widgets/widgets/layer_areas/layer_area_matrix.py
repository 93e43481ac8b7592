"""Panel that matches model areas to brain areas: twin of layer_area_matrix.ts."""

from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.mapping.live.at_rest.match import folds_of_halves, match_at_rest
from hcnn_widgets.mapping.live.at_rest.source import source_of
from hcnn_widgets.mapping.live.comparison import N_FOLDS
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scores.source_box import SourceBox
from hcnn_widgets.widgets.scores.source_panel import SourcePanel
from hcnn_widgets.widgets.scores.work_at_rest import WorkAtRest

from .layer_area_frame import matrix_frame, matrix_sentence


class LayerAreaMatrixPanel(SourcePanel, page="LayerAreaMatrix"):
    """Drawing of LayerAreaMatrix."""

    def make_score(self, run: TrainingRun, recordings: Any) -> Any:
        """Return the live score of a run, with its match."""
        if self._given_score is not None:
            return self._given_score(run, recordings)
        from hcnn_widgets.mapping.live.score import live_score

        return live_score(run, recordings, match=True)

    def follow(self, run: Any | None, recordings: Any | None, stimulus_ids: Any | None = None) -> None:
        """Show the matches of another source; the arguments are those of the panel."""
        self._asked_again = False
        super().follow(run, recordings, stimulus_ids)

    def source_over(self) -> bool:
        """Return whether the last match is there; a score that ended without a match is requested once more."""
        over, score, run = super().source_over(), self._score, self._hold.get()
        if not over or self._asked_again or run is None or score is None or score.latest is None:
            return over
        if score.latest.match is None:
            self._asked_again = True
            self._score = self.make_score(run, self._recordings)
            self.watch(self._score)
        return super().source_over()

    def work_at_rest(self, source: Any, recordings: Any) -> WorkAtRest[LayerAreaMatch]:
        """Return the computation of the match for a source that does not train."""
        return WorkAtRest(match_at_rest, source_of(source, self._stimulus_ids), recordings)

    @property
    def choices(self) -> tuple[str, str, int]:
        """Map, splits and number of folds for a source that does not train."""
        assert self._at_rest is not None
        return self.method, self.splits, folds_of_halves(self._at_rest.recordings, self.splits)

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of the match."""
        if self.at_rest or table is None:
            return matrix_frame(table, None, message, final)
        waiting = "The match comes with the next score…" if table.match is None else ""
        return matrix_frame(table.match, int(table.step), message or waiting, final)

    def picture(self) -> bytes:
        """Draw the matrix as a PNG."""
        from .layer_area_picture import matrix_picture

        return matrix_picture(self.header, self.values) if self.header else b""

    def sentence(self) -> str:
        """Return a sentence on the model area chosen for each brain area."""
        return matrix_sentence(self.header, self.values) if self.header else self.message or "Model and brain areas."


class LayerAreaMatrix(SourceBox):
    """Scores of every model area against every brain area, with the match of each brain area marked.

    A cell is the median over sites of Pearson r, held out within the reporting half of the images; brighter is higher.
    The diamond and ring mark the model area that predicts the brain area best on the choosing half: the best of
    several scores is biased upwards on the images that it was chosen on, so the area is chosen on the first half and
    its score read on the second. Maps are fitted within each half; the halves share no image. Beneath the matrix: the
    r expected of a perfect model.

    Parameters
    ----------
    source : Run, GoalDrivenModel, ActivationSet or mapping of model area to array, optional
        A run is matched live, by the score that all panels of the run share. Anything else is matched once, in a
        thread, and again for another map or other splits. Arrays may be from any framework.
    recordings : RecordingSet, or sequence or mapping of them, optional
        A set per brain area. A live match needs 20 images or more.
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays.
    method, splits : str
        Names in `hw.mapping.MAPS` and `hw.mapping.SPLITS`, for a source that does not train.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, source: Any | None = None, recordings: Any | None = None, **options: Any) -> None:
        super().__init__(LayerAreaMatrixPanel(source, recordings, **options), corrects=False)

    @property
    def code(self) -> str:
        """Code that computes the same matrix; for a run a matrix near it, by the maps of `predictivity`."""
        from .layer_area_code import match_code

        return match_code(*self.panel.choices) if self.panel.at_rest else match_code(recorded=True, n_folds=N_FOLDS)
