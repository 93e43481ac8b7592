"""Base of the panels of scores, which share a live score per run."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE
from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.given_source import run_given
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.run_hold import RunHold
from hcnn_widgets.widgets.panel.watching import Watches

from .score_frame import score_frame, scores_sentence


class ScorePanel(Watches, LivePanel, page=""):
    """Drawing of the scores of a run's model areas against recordings from the brain.

    Parameters
    ----------
    run : Run, optional
        Run whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        Recordings that the model areas are scored against.
    score : callable, optional
        Function of (run, recordings) that returns a live score; by default ``hcnn_widgets.mapping.live_score``, so
        that all panels of a run share the work.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.

    Attributes
    ----------
    awaited : str
        Words for a run without recordings, where some are on their way or could not be had; empty where there are to be
        none.
    """

    def __init__(
        self,
        run: TrainingRun | None = None,
        recordings: Any | None = None,
        *,
        score: Callable[[Any, Any], Any] | None = None,
        **traits: Any,
    ) -> None:
        self._given_score = score
        self.awaited = ""
        self._hold: RunHold[TrainingRun] = RunHold(None)
        self._score: Any | None = None
        self._table: Any | None = None
        self._last_words, self._last_wrong = "", False
        super().__init__(**traits)
        self.follow(run, recordings)

    def follow(self, run: TrainingRun | None, recordings: Any | None) -> None:
        """Show the scores of another run."""
        run, self._recordings = run_given(run), recordings
        self._hold, self._score, self._table = RunHold(run, self._follow_again), None, None
        model = getattr(run, "model", None)
        self._taps, self.pixels = dict(getattr(model, "taps", {})), getattr(model, "pixels", IN_UNIT_RANGE)
        self.clear()
        if run is not None and recordings is not None:
            self._score = self._asked(lambda: self.make_score(run, recordings), None)
        elif run is not None:
            self._score = self.kept_score(run)
        self.watch(self._score)
        self.start()

    def _follow_again(self) -> None:
        self.follow(self._hold.get(), self._recordings)

    def tap_of(self, area: str) -> str:
        """Return the tap (layer) of a model area, also after the run has been released."""
        return self._taps.get(area, area)

    def kept_score(self, run: TrainingRun) -> Any | None:
        """Return scores that a run brought from a folder, to be shown without recordings, or None."""
        return None

    def make_score(self, run: TrainingRun, recordings: Any) -> Any:
        """Return the live score of a run, or any object with its ``latest``, ``error`` and ``alive``."""
        return (self._given_score or _shared_live_score)(run, recordings)

    def stop_scoring(self) -> None:
        """Stop computing scores, for all panels that show them."""
        if self._score is not None:
            self._score.close()

    def source_over(self) -> bool:
        """Return whether training is over and the last score is there."""
        return self._score is None or not self._score.alive

    def training_goes_on(self) -> bool:
        """Return whether training is under way, with more scores to come."""
        run = self._hold.get()
        return run is not None and run.alive

    def make_frame(self) -> Frame:
        """Return a frame of the newest scores."""
        score = self._score
        if score is None:
            if self._table is None:
                return self._as_said(final=True) if self.message else Frame(message=self._why_nothing(), final=True)
            return replace(self.frame_of(self._table, self._last_words, True), wrong=self._last_wrong)
        final = self.source_over()
        self._table = score.latest if score.latest is not None else self._table
        self._last_words, self._last_wrong = score.error or self._awaited(score, self._hold.get()), bool(score.error)
        if final:
            self._score = None if self._table is not None else score
            self.watch(self._score)
            self._hold.let_go()
        return replace(self.frame_of(self._table, self._last_words, final), wrong=self._last_wrong)

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of a table of scores."""
        return score_frame(table, message, final)

    def _awaited(self, score: Any, run: TrainingRun | None) -> str:
        if score.latest is not None:
            if run is None or run.alive or not score.alive:
                return ""
            on_all = bool(getattr(score.latest, "final", False))
            return f"last score{', on all images' if on_all else ''}…"
        return "scoring…" if score.alive else "There is no score: training ended before the first one."

    def _why_nothing(self) -> str:
        if self._hold.empty:
            return self.nothing_yet(self._hold.words)
        if self._recordings is not None:  # its score is only just being made
            return "scoring…"
        return self.awaited or "No recordings to compare with."

    def close(self) -> None:
        """Take the panel off the page; scoring ends unless another panel shows the scores."""
        self.watch(None)
        if hasattr(self, "_hold"):
            self._hold.let_go()
        super().close()

    def sentence(self) -> str:
        """Return a sentence on the model area that predicts each brain area best."""
        return scores_sentence(self.header, self.values) if self.header else self.message or "Scores."


def _shared_live_score(run: TrainingRun, recordings: Any) -> Any:
    from hcnn_widgets.mapping.live.score import live_score

    return live_score(run, recordings)
