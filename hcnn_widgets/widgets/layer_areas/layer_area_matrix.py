"""Panel that matches model areas to brain areas."""

from typing import Any

import traitlets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.mapping.live.at_rest.match import folds_of_halves, match_at_rest
from hcnn_widgets.mapping.live.at_rest.source import source_of
from hcnn_widgets.mapping.live.comparison import N_FOLDS
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.captions import CaptionRoom
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene
from hcnn_widgets.widgets.scene.word_room import font_size
from hcnn_widgets.widgets.scores.source_box import SourceBox
from hcnn_widgets.widgets.scores.source_panel import SourcePanel
from hcnn_widgets.widgets.scores.work_at_rest import WorkAtRest

from .layer_area_layout import highest_cell
from .layer_area_scene import matrix_scene
from .layer_area_words import ShownMatch, convention_of, matrix_sentence, matrix_title, shown_match


class LayerAreaMatrixPanel(DrawsScene, SourcePanel):
    """Drawing of LayerAreaMatrix."""

    title = traitlets.Unicode(matrix_title(None)).tag(sync=True)

    _shown_match: ShownMatch | None = None
    _top = 0.0

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._shown_match, self._top, self._captions = None, 0.0, CaptionRoom()
        super().clear()

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
        match, step = (table, None) if self.at_rest or table is None else (table.match, int(table.step))
        if match is None:
            waiting = "scoring…" if table is None else "The match comes with the next score…"
            return Frame(message=message or waiting, final=final)
        if self._shown_match is None or (self._shown_match.match, self._shown_match.step) != (match, step):
            self._shown_match = shown_match(match, step)
            # The colours never rescale downwards while scores come.
            self._top = max(self._top, highest_cell(self._shown_match))
        return self.frame_of_scene(self.scene, message, final, of=self._shown_match)

    def scene(self, width: int) -> Scene:
        """Describe the match for a width in pixels."""
        assert self._shown_match is not None
        match = self._shown_match.match
        captions = self._captions.lines([convention_of(match), match.source], width, font_size(width))
        return matrix_scene(self._shown_match, width, self._top, captions)

    def sentence(self) -> str:
        """Return a sentence on the model area chosen for each brain area."""
        shown = self._shown_match
        return matrix_sentence(shown) if shown is not None else self.message or "Model and brain areas."


class LayerAreaMatrix(SourceBox):
    """Scores of every model area against every brain area, with the match of each brain area marked.

    A cell is the median over sites of Pearson r, held out within the reporting half of the images; brighter is higher.
    The diamond and ring mark the model area that predicts the brain area best on the choosing half: the best of
    several scores is biased upwards on the images that it was chosen on, so the area is chosen on the first half and
    its score read on the second. Maps are fitted within each half; the halves share no image. Beneath the matrix: the
    r expected of a perfect model.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, ActivationSet or mapping of model area to array, optional
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
        check_options(options, type(self), LayerAreaMatrixPanel)
        room = {"min_height": "330px"}
        super().__init__(LayerAreaMatrixPanel(source, recordings, layout=room, **options), corrects=False)

    @property
    def code(self) -> str:
        """Code that computes the same matrix; for a run a matrix near it, by the maps of `predictivity`."""
        from .layer_area_code import match_code

        return match_code(*self.panel.choices) if self.panel.at_rest else match_code(recorded=True, n_folds=N_FOLDS)
