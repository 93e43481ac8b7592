"""Panel of a run's scores over its training."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scores.score_scene import ScoreScene

from .trace_layout import ends_of
from .trace_moments import GoalCurve, Trace, goal_curve, is_final, trace_of
from .trace_scene import SWITCH, trace_scene
from .trace_words import trace_sentence, trace_title


class ScoreTracePanel(ScoreScene):
    """Drawing of ScoreTrace."""

    title = traitlets.Unicode(trace_title(None)).tag(sync=True)

    knows_height = True

    against_score = traitlets.Bool()
    """Whether the horizontal axis is the goal's score, in place of the training step: False"""

    def clear(self) -> None:
        """Take what is shown off the page, before something else is shown."""
        self._trace: Trace | None = None
        self._tables: list[Any] = []
        self._goal, self._n_steps, self._ends = GoalCurve(), 0, (0.0, 0.0)
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

    def _renew_trace(self, newest: Any) -> None:
        run = self._hold.get()
        if run is not None:
            self._goal, self._n_steps = goal_curve(run.history), int(run.n_steps)
        # A table that has got its untrained scores meanwhile is another object of the same step.
        moment = (newest.step, is_final(newest))
        earlier = [table for table in self._tables if (table.step, is_final(table)) != moment]
        self._trace = trace_of([*earlier, newest], self._goal, self._n_steps)
        # The axis never shrinks while scores come, so that nothing jumps.
        low, high = ends_of(self._trace)
        self._ends = min(low, self._ends[0]), max(high, self._ends[1])

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe the trace for a width in pixels, and for the most height where there is one."""
        assert self._told is not None
        assert self._trace is not None
        return trace_scene(self._told, self._trace, width, self._ends, self.against_score, height)

    def pressed(self, place: int, key: str) -> None:
        """Put the goal's score in place of the steps, or the steps back."""
        if key == SWITCH:
            self.against_score = not self.against_score

    @traitlets.observe("against_score")  # type: ignore[untyped-decorator]
    def _switch(self, _change: Any) -> None:
        with self._sending:
            self._made = None
        self.renew()

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
    edge: noise ceiling. The trace of simulated recordings is dashed. The score after training is measured on all
    images, those before on a part of them: where the numbers differ it is a diamond that stands apart. Of a training of
    more than `LiveScore.KEPT` scores the first are forgotten.

    The button, or the key X, puts the score of the goal in place of the training step: the path of one network through
    Figure 2a of Yamins & DiCarlo (2016).

    Parameters
    ----------
    run : Run, optional
        Run whose model is scored.
    recordings : RecordingSet or sequence of them, optional
        Recordings that the model areas are scored against.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within. A ``score`` has its tables in ``history``.
    """

    def __init__(self, run: TrainingRun | None = None, recordings: Any | None = None, **options: Any) -> None:
        check_options(options, type(self), ScoreTracePanel)
        self._against = ipywidgets.ToggleButton(
            description="Against the goal's score",
            tooltip="Show the score against how well the network solves its task (key X)",
            layout={"width": "auto"},
        )
        panel = ScoreTracePanel(run, recordings, layout={"min_height": "350px"}, **options)
        traitlets.link((panel, "against_score"), (self._against, "value"))
        super().__init__(panel, [self._against])

    def follow(self, run: TrainingRun | None, recordings: Any | None) -> None:
        """Show the scores of another run."""
        self.panel.follow(run, recordings)

    @property
    def code(self) -> str:
        """Code that computes the same points from the run's live score."""
        from .trace_code import trace_code

        return trace_code(self.panel.goal_curve)
