"""What PredictivityBars and BrainMap share: one live score of one run, whoever shows it."""

from collections.abc import Callable
from typing import Any

from .frame import Frame
from .live_panel import LivePanel
from .run_hold import RunHold
from .score_frame import score_frame, scores_sentence


class ScorePanel(LivePanel):
    """A view of the scores of a run's model areas against recordings from the brain.

    Parameters
    ----------
    run : Run, optional
        Whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        What it is scored against.
    score : callable, optional
        Makes the live score of (run, recordings); by default ``hcnn_widgets.mapping.live_score``, so that all panels
        of one run share the work.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(
        self,
        run: Any | None = None,
        recordings: Any | None = None,
        *,
        score: Callable[[Any, Any], Any] | None = None,
        **traits: Any,
    ) -> None:
        self._make_score = score or _shared_live_score
        self._hold, self._score = RunHold(None), None
        super().__init__(**traits)
        self.follow(run, recordings)

    def follow(self, run: Any | None, recordings: Any | None) -> None:
        """Show the scores of this run from now on."""
        self._hold, self._score = RunHold(run), None
        self.clear()
        if run is not None and recordings is not None:
            self._score = self._asked(lambda: self._make_score(run, recordings), None)
        self.start()

    def stop_scoring(self) -> None:
        """Have no more scores computed, for whichever panel shows them."""
        if self._score is not None:
            self._score.close()

    def source_over(self) -> bool:
        """Say whether training is over and the last score there."""
        return self._score is None or not self._score.alive

    def make_frame(self) -> Frame:
        """Give the newest scores."""
        score, run = self._score, self._hold.get()
        if score is None:
            return Frame(message=self.message or self._why_nothing(), final=True)
        final = self.source_over()
        message = score.error or self._awaited(score, run)
        frame = score_frame(score.latest, message, final)
        if final:
            self._score = None if score.latest is not None else score
            self._hold.let_go()
        return frame

    def _awaited(self, score: Any, run: Any | None) -> str:
        if score.latest is not None:
            ending = run is not None and not run.alive and score.alive
            return "Training is over; the last score, on all images…" if ending else ""
        return "scoring…" if score.alive else "There is no score: training ended before the first one."

    def _why_nothing(self) -> str:
        if self.header:
            return ""
        return self._hold.words if self._hold.empty else "No recordings to compare with."

    def sentence(self) -> str:
        """Say which model area predicts each brain area best."""
        return scores_sentence(self.header, self.values) if self.header else self.message or "Scores."


def _shared_live_score(run: Any, recordings: Any) -> Any:
    from hcnn_widgets.mapping.live_score import live_score

    return live_score(run, recordings)
