"""Base of PredictivityExplorer and LayerAreaMatrix, for runs and for sources that do not train."""

from collections.abc import Callable
from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.mapping.live.at_rest.scores import n_folds, scores_at_rest
from hcnn_widgets.mapping.live.at_rest.source import source_of
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .score_measure import NO_CORRECTION, Measure, in_measure, knows, measure_of
from .score_panel import ScorePanel
from .work_at_rest import WorkAtRest

NAMES = ("Map", "Splits", "Correction")
"""Labels of the choices on the page."""


class SourcePanel(ScorePanel, page=""):
    """Drawing of scores, live for a run or computed once for a model or activations.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, ActivationSet or mapping of model area to array, optional
        A run, or a model that is in training, is scored live.
    recordings : RecordingSet or sequence of them, optional
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays.
    method, splits : str
        Names in `MAPS` and `SPLITS`, for a source that does not train.
    correction : str
        `NO_CORRECTION` or a name in `CORRECTIONS`.
    score : callable, optional
        Function that returns the live score, as in ScorePanel.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(
        self,
        source: Any | None = None,
        recordings: Any | None = None,
        *,
        stimulus_ids: Any | None = None,
        method: str = "ridgecv",
        splits: str = "kfold",
        correction: str = NO_CORRECTION,
        score: Callable[[Any, Any], Any] | None = None,
        **traits: Any,
    ) -> None:
        measure_of(correction)
        Choices(method, splits)
        self._at_rest: WorkAtRest[Any] | None = None
        self._stimulus_ids = stimulus_ids
        self.method, self.splits = method, splits
        self.correction = self._shown_correction = correction
        self._kept: tuple[str, str, str] | None = None
        self.when_refused: Callable[[], None] = lambda: None
        super().__init__(source, recordings, score=score, **traits)

    @property
    def at_rest(self) -> bool:
        """Whether the source does not train."""
        return self._at_rest is not None

    @property
    def measure(self) -> Measure:
        """Measure of the scores that are shown."""
        return measure_of(self._shown_correction)

    def follow(self, run: Any | None, recordings: Any | None, stimulus_ids: Any | None = None) -> None:
        """Show the scores of another source; the arguments are those of the panel."""
        run = source_given(run)  # a plain Keras model, too
        self._stimulus_ids = stimulus_ids if stimulus_ids is not None else self._stimulus_ids
        if self._at_rest is not None:
            self._at_rest.close()
        self._at_rest, self._recordings, self._kept, self._has_source = None, recordings, None, run is not None
        self._shown_correction = NO_CORRECTION
        live = run_of(run)
        if live is not None or run is None or recordings is None:
            super().follow(live, recordings)
            return
        self._hold, self._table = RunHold(None), None
        self.watch(None)
        self.clear()
        self._at_rest = self._asked(lambda: self._new_work(run, recordings), None)
        self._score = self._at_rest
        self.start()

    def _new_work(self, source: Any, recordings: Any) -> WorkAtRest[Any]:
        work = self.work_at_rest(source, recordings)
        work.use(self.method, self.splits, self.correction)
        return work

    def work_at_rest(self, source: Any, recordings: Any) -> WorkAtRest[Any]:
        """Return the computation of the scores of a source that does not train."""
        return WorkAtRest(scores_at_rest, source_of(source, self._stimulus_ids), recordings)

    def show(self, method: str, splits: str, correction: str) -> None:
        """Show scores by another map, splits and correction; a run keeps its map and splits."""
        asked_anew = (method, splits) != (self.method, self.splits)
        self.method, self.splits, self.correction = method, splits, correction
        if self._at_rest is not None and (asked_anew or not knows(self._at_rest.latest, correction)):
            self._at_rest.use(method, splits, correction)
            self._score = self._at_rest
        self.renew()

    def make_frame(self) -> Frame:
        """Return a frame of the newest scores; choices that fail give way to the previous choices, with the reason."""
        work, chosen = self._at_rest, (self.method, self.splits, self.correction)
        error = None if work is None else work.error
        if work is not None and error is None and work.settled:
            self._kept = chosen
        elif work is not None and error is not None and self._kept is not None:
            self.method, self.splits, self.correction = self._kept
            work.go_back()
            self.note(f"{_refused(chosen, self._kept)} {error}")
            self.when_refused()
        return super().make_frame()

    def code_of(self, area: str, brain: int = 0) -> str:
        """Return the code that scores a model area of a source that does not train against a brain area.

        Parameters
        ----------
        area : str
            Model area.
        brain : int
            Index of the brain area.
        """
        from .scores_code import scores_code

        assert self._at_rest is not None
        folds = n_folds(self._at_rest.recordings[brain], self.splits)
        correction = None if self.correction == NO_CORRECTION else self.correction
        return scores_code(area, self.method, self.splits, correction, folds)

    def measured(self, table: Any) -> Any:
        """Return a table in the chosen measure; in the previous measure if the table does not know the chosen one."""
        if knows(table, self.correction):
            self._shown_correction = self.correction
        return in_measure(table, self._shown_correction)

    def _why_nothing(self) -> str:
        missing = [] if self._has_source else ["no model"]
        missing += ["no recordings"] if self._recordings is None else []
        return f"{' and '.join(missing).capitalize()} chosen yet: there is nothing to compare."

    def _awaited(self, score: Any, run: TrainingRun | None) -> str:
        return self._at_rest.words if self._at_rest is not None else super()._awaited(score, run)

    def close(self) -> None:
        """Take the panel off the page and stop the work that is for this panel alone."""
        if getattr(self, "_at_rest", None) is not None:
            self._at_rest.close()  # type: ignore[union-attr]
        super().close()


def _refused(chosen: tuple[str, str, str], kept: tuple[str, str, str]) -> str:
    """Return a sentence on the choices that failed and the choices in their place.

    Examples
    --------
    >>> _refused(("pls", "grouped", "r2/c"), ("pls", "kfold", "r2/c"))
    'Splits “grouped” cannot be had here; what is shown is “kfold” as before.'
    """
    changed = [place for place, name in enumerate(chosen) if name != kept[place]]
    asked = " and ".join(f"{NAMES[place]} “{chosen[place]}”" for place in changed)
    before = " and ".join(f"“{kept[place]}”" for place in changed)
    return f"{asked} cannot be had here; what is shown is {before} as before."


def run_of(source: Any | None) -> Any | None:
    """Return the run to score live: the source itself, or the run of a model in training; else None."""
    if hasattr(source, "at_boundary"):
        return source
    run = getattr(source, "run", None)
    return run if run is not None and run.alive else None
