"""Panel of a run's scores over its training."""

from collections.abc import Callable
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

from .trace_beside import ScoresBeside
from .trace_controls import ALL, TraceControls
from .trace_moments import GoalCurve, Trace, goal_curve, is_final, trace_of
from .trace_scene import NEXT_AREA, SWITCH, trace_scene
from .trace_words import area_name, trace_sentence, trace_title


class ScoreTracePanel(ScoreScene):
    """Drawing of ScoreTrace."""

    title = traitlets.Unicode(trace_title()).tag(sync=True)

    knows_height = True

    against_score = traitlets.Bool()
    """Whether the horizontal axis is the goal's score, in place of the training step: False"""

    area = traitlets.Int(ALL)
    """The brain area that is shown, by its place among the recordings; -1 for as many as have room: 0"""

    areas = traitlets.Tuple()
    """Names of the brain areas, none before the first score: ("V4", "IT (simulated)")"""

    _beside: ScoresBeside | None = None

    goal = traitlets.Unicode()
    """The goal's score, by its name; empty where it is not known yet: "held-out accuracy" """

    def hold_against(self, beside: TrainingRun | None) -> None:
        """Draw the scores that another run has by now beside those of the runs to follow; None for no more."""
        self._beside = None if beside is None else ScoresBeside.of(beside)

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._trace: Trace | None = None
        self._tables: list[Any] = []
        self._goal, self._n_steps = GoalCurve(), 0
        self._ends: list[tuple[float, float]] = []
        self.areas, self.goal = (), ""
        super().clear()

    def make_frame(self) -> Frame:
        """Return a frame of all scores so far; they are taken over here, for the run is let go after the last one."""
        if self._score is not None:
            self._tables = list(getattr(self._score, "history", ()))
        return super().make_frame()

    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of a table of scores and of all before it."""
        if table is not None and table is not self._table_told:
            self._renew_trace(table)
        return super().frame_of(table, message, final)

    def tell(self, told: ToldScores) -> None:
        """Show new scores from now on."""
        super().tell(told)
        self.areas = tuple(area_name(told, brain) for brain in range(len(told.scores.brain_areas)))
        self.goal = self._goal.name

    def _renew_trace(self, newest: Any) -> None:
        run = self._hold.get()
        if run is not None:
            self._goal, self._n_steps = goal_curve(run.history), int(run.n_steps)
        # A table that has got its untrained scores meanwhile, or that of the end, is another object of the same step.
        earlier = [table for table in self._tables if table.step != newest.step or _on_others(table, newest)]
        trace = trace_of([*earlier, newest], self._goal, self._n_steps)
        beside = None if self._beside is None or not trace.moments else self._beside.within(newest)
        self._trace = trace = trace._replace(beside=beside)
        # The axis never shrinks while scores come, so that nothing jumps.
        known = self._ends or [(float("inf"), float("-inf"))] * len(newest.brain_areas)
        needed = [trace.ends(brain) for brain in range(len(newest.brain_areas))]
        self._ends = [(min(low, a), max(high, b)) for (low, high), (a, b) in zip(needed, known, strict=True)]

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the trace for a width in pixels, and for the most height where there is one."""
        return self._drawn(width, height)

    def still_scene(self) -> Scene:
        """Describe the trace for a still picture, with a caption that is whole."""
        return self._drawn(USUAL_WIDTH, whole=True)

    def _drawn(self, width: int, height: int | None = None, whole: bool = False) -> Scene:
        assert self._told is not None
        assert self._trace is not None
        only = self.area if 0 <= self.area < len(self.areas) else None
        return trace_scene(self._told, self._trace, width, self._ends, self.against_score, height, only, whole)

    def pressed(self, place: int, key: str) -> None:
        """Put the goal's score in place of the steps, or the steps back; show the next brain area."""
        if key == SWITCH:
            self.against_score = not self.against_score
        elif key == NEXT_AREA:
            self.area = self.area + 1 if self.area + 1 < len(self.areas) else ALL

    @traitlets.observe("against_score", "area")  # type: ignore[untyped-decorator]
    def _switch(self, _change: Any) -> None:
        with self._sending:
            self._made = None
        if self._told is not None:
            self.renew()

    @property
    def brain_areas(self) -> tuple[str, ...]:
        """Names of the brain areas as the recordings have them; none before the first score."""
        return () if self._told is None else self._told.scores.brain_areas

    def row_of(self, wanted: Callable[[str], bool]) -> int | None:
        """Return the place of the first brain area whose name is wanted, recorded ones before simulated ones."""
        if self._told is None:
            return None
        simulated = self._told.scores.simulated
        rows = [row for row, name in enumerate(self.brain_areas) if wanted(name)]
        return min(rows, key=lambda row: (simulated[row], row), default=None)

    @property
    def goal_curve(self) -> str:
        """Name of the goal's score in the run's history; empty where it is not known yet."""
        return self._goal.curve

    def sentence(self) -> str:
        """Return a sentence on where the score of each brain area has come from and got to."""
        if self._told is None or self._trace is None:
            return self.message or "Scores over training."
        return trace_sentence(self._told, self._trace)


class ScoreTrace(PanelBox):
    """The score of each brain area over the training of a run, from the first live score to the last.

    Each brain area has a plot. A point is the score of the model area that predicts it best at that step, in the colour
    of that model area. Line: score of the untrained network's best area. Dotted line: score of the bare pixels. At the
    edge: noise ceiling, a number with an arrow where it is above all that moves. The trace of simulated recordings is
    dashed. All points are on the same images; where these are a part of those that were recorded, the score after
    training on all of them is a diamond that stands apart, with its own untrained and pixels: more images make better
    maps, and no step of learning leads to it.

    "Against" puts the score of the goal in place of the training step (key X): the path of one network through Figure
    2a of Yamins & DiCarlo (2016). Of several brain areas one can be chosen (key A).

    Parameters
    ----------
    run : Run, optional
        Run whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        Recordings that the model areas are scored against.
    beside : Run, optional
        Another run, such as the last one or one from a folder: its scores, as far as they are on the same recordings
        and as many images, are drawn as thin, pale lines.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within. A ``score`` has its tables in ``history``.
    """

    def __init__(
        self,
        run: TrainingRun | None = None,
        recordings: Any | None = None,
        beside: TrainingRun | None = None,
        **options: Any,
    ) -> None:
        check_options(options, type(self), ScoreTracePanel)
        panel = ScoreTracePanel(layout={"min_height": "350px"}, **options)
        panel.hold_against(beside)
        panel.follow(run, recordings)
        self.choices = TraceControls(panel)
        super().__init__(panel, self.choices.widgets)

    def follow(self, run: TrainingRun | None, recordings: Any | None, beside: TrainingRun | None = None) -> None:
        """Show the scores of another run, with those of one beside."""
        self.panel.hold_against(beside)
        self.panel.follow(run, recordings)

    @property
    def code(self) -> str:
        """Code that computes the same points from the run's live score."""
        from .trace_code import trace_code

        return trace_code(self.panel.goal_curve)


def _on_others(table: Any, newest: Any) -> bool:
    """Return whether a table of the same step is on other images, and so no earlier state of the newest."""
    return is_final(newest) and not is_final(table) and table.n_stimuli != newest.n_stimuli
