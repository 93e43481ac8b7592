"""Base of the panels of a run's scores that are scenes."""

from typing import Any

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import DrawsScene

from .score_panel import ScorePanel
from .score_words import ToldScores, told_scores


class ScoreScene(DrawsScene, ScorePanel):
    """Drawing of the scores of a run that ``scene`` describes; the arguments are those of ScorePanel."""

    _told: ToldScores | None = None
    _table_told: Any | None = None

    def kept_score(self, run: Any) -> Any | None:
        """Return the newest scores that were saved with a run; None if there are none."""
        kept = getattr(run, "saved_scores", ())
        return kept[-1] if kept else None

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._told = self._table_told = None
        super().clear()

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of a table of scores."""
        if table is None:
            return super().frame_of(table, message, final)
        if table is not self._table_told:
            whole = getattr(table, "whole", None)
            frames = [
                super(ScoreScene, self).frame_of(each, message, final) for each in (table, whole) if each is not None
            ]
            self.tell(told_scores(*frames))
            self._table_told = table
        return self.frame_of_scene(self.scene, message, final, of=table)

    def tell(self, told: ToldScores) -> None:
        """Show new scores from now on."""
        self._told = told

    def scene(self, width: int) -> Scene:
        """Describe the scores that are shown, for a width in pixels."""
        raise NotImplementedError

    def sentence(self) -> str:
        """Return a sentence on the model area that predicts each brain area best."""
        drawn = str(self.header.get("label", ""))
        return self._told.sentence if self._told is not None else self.message or drawn or "Scores."
