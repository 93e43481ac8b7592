"""Scores of another run, held against those of a run: they outlast it."""

from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.panel.known_run import title_beside
from hcnn_widgets.widgets.scores.known_scores import works_of

from .trace_moments import MOST_POINTS, Beside, LineBeside, goal_curve, moment_of, spread


class KnownLine(NamedTuple):
    """A line, and what it is of; only what agrees in this can be held against one another."""

    area: str
    simulated: bool
    n_stimuli: int
    line: LineBeside


class ScoresBeside(NamedTuple):
    """Title and scores of a run, with and without live panels; the run itself is not held."""

    title: str
    known: tuple[KnownLine, ...]

    @classmethod
    def of(cls, run: Any) -> "ScoresBeside":
        """Return the scores that a run has by now.

        Raises
        ------
        TypeError
            If it is no run.
        """
        title, goal = title_beside(run), goal_curve(run.history)
        known = [line for work in works_of(run) for line in _lines(list(work.history), goal)]
        return cls(title, tuple(known))

    def within(self, newest: Any) -> Beside:
        """Return what can be held against a table: the same brain areas, on as many images.

        Parameters
        ----------
        newest : ScoreTable
        """
        areas = zip(newest.brain_areas, newest.simulated, strict=True)
        return Beside(
            self.title, tuple(self._line(str(area), bool(made), int(newest.n_stimuli)) for area, made in areas)
        )

    def _line(self, *same: Any) -> LineBeside | None:
        return next((known.line for known in self.known if known[:3] == same), None)


def _lines(tables: list[Any], goal: Any) -> list[KnownLine]:
    """Return a line for each brain area of tables, of those that are on as many images as the first."""
    if not tables or not getattr(tables[0], "brain_areas", None):
        return []
    first = tables[0]
    alike = [table for table in tables if table.brain_areas == first.brain_areas and table.n_stimuli == first.n_stimuli]
    moments = [moment_of(table) for table in spread(alike, MOST_POINTS)]
    steps = np.array([moment.step for moment in moments], np.float64)
    goals = np.array([goal.at(moment.step) for moment in moments])
    values = np.array([moment.value for moment in moments])
    return [
        KnownLine(str(area), bool(made), int(first.n_stimuli), LineBeside(steps, goals, values[:, brain]))
        for brain, (area, made) in enumerate(zip(first.brain_areas, first.simulated, strict=True))
    ]
