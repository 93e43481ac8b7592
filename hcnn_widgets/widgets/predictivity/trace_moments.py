"""Scores of a run over its training, as ScoreTrace shows them; arithmetic only."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.quantity import HELD_OUT
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.scores.score_frame import notes_of

Array = NDArray[np.float64]

MOST_POINTS = 120
"""Points of all plots together: there is no room for more, and every one travels with its words."""
FEWEST_MOMENTS = 24


class Moment(NamedTuple):
    """Scores at a step of training, of the model area that predicts each brain area best at that step.

    Attributes
    ----------
    step, n_stimuli : int
    model : (n_brain,) int
        Index of the model area; -1 where no score is known.
    value, error : (n_brain,) float64
        Score of that area, and its error.
    untrained : (n_brain,) float64
        Score of the untrained network's best area, which need not be the same one.
    pixels : (n_brain,) float64
    """

    step: int
    n_stimuli: int
    model: NDArray[np.int64]
    value: Array
    error: Array
    untrained: Array
    pixels: Array


class GoalCurve(NamedTuple):
    """Score of the goal while the network learned: its name, and the steps and values that were measured.

    Attributes
    ----------
    name : str
        "held-out accuracy"; empty where nothing was measured.
    curve : str
        Its name in the run's history: "validation accuracy".
    step, value : (k,) float64
    """

    name: str = ""
    curve: str = ""
    step: Array = np.empty(0)
    value: Array = np.empty(0)

    def at(self, step: int) -> float:
        """Return the score at a step, between two measurements on the line that joins them; NaN outside them."""
        if not len(self.step):
            return float("nan")
        return float(np.interp(step, self.step, self.value, left=np.nan, right=np.nan))


class LineBeside(NamedTuple):
    """Best scores of a brain area over the training of another run: steps, scores of the goal, and r, (k,) each."""

    step: Array
    goal: Array
    value: Array


class Beside(NamedTuple):
    """Another run: its title, and a line for each brain area; None where it was not scored, or on other images."""

    title: str
    lines: tuple[LineBeside | None, ...]


class Trace(NamedTuple):
    """Scores of a run in the order of its steps.

    Attributes
    ----------
    moments : tuple of Moment
        On the same images, the first and the newest among them.
    last : Moment, optional
        The score after training on all images, where the others are on a part: it cannot be joined to them.
    ceiling : (n_brain,) float64
        Of all images that were recorded.
    goal : GoalCurve
    n_steps : int
        Steps to be taken in all; those taken, where training is over.
    convention : str
        How the scores were computed, with what is to be said of them.
    beside : Beside, optional
        Another run, on the same images.
    """

    moments: tuple[Moment, ...]
    last: Moment | None
    ceiling: Array
    goal: GoalCurve
    n_steps: int
    convention: str
    beside: Beside | None = None

    @property
    def all_moments(self) -> tuple[Moment, ...]:
        """The moments, with the last score at their end."""
        return self.moments if self.last is None else (*self.moments, self.last)

    def line_beside(self, brain: int) -> LineBeside | None:
        """Return the line of the run beside for a brain area, or None."""
        return None if self.beside is None else self.beside.lines[brain]

    def spread(self, n_plots: int) -> "Trace":
        """Return the trace with as many moments as so many plots have room for."""
        limit = max(FEWEST_MOMENTS, MOST_POINTS // n_plots)
        return self._replace(moments=tuple(spread(self.moments, limit)))

    def ends(self, brain: int) -> tuple[float, float]:
        """Return the tenths below and above all that moves in the plot of a brain area, and all it is held against.

        The ceiling may lie above: it has a mark at the edge, so that what moves has the room.
        """
        parts: list[tuple[float, ...]] = [
            (of.value[brain], of.untrained[brain], of.pixels[brain]) for of in self.all_moments
        ]
        line = self.line_beside(brain)
        parts += [] if line is None else [tuple(line.value)]
        drawn = np.array([level for part in parts for level in part if np.isfinite(level)])
        if not len(drawn):
            return 0.0, 0.1
        low = float(np.floor(drawn.min() * 10 + 1e-6) / 10)
        return low, max(round(low + 0.1, 1), float(np.ceil(drawn.max() * 10 + 0.2) / 10))


def trace_of(tables: Sequence[Any], goal: GoalCurve, n_steps: int) -> Trace:
    """Return the trace of a run's tables of scores.

    Parameters
    ----------
    tables : sequence of ScoreTable
        Oldest first; one or more.
    goal : GoalCurve
    n_steps : int
    """
    newest, whole = tables[-1], getattr(tables[-1], "whole", None)
    # A run that was over before anybody looked has a last score alone.
    alone = whole is None and is_final(newest) and all(table.n_stimuli != newest.n_stimuli for table in tables[:-1])
    last = newest if alone else whole
    return Trace(
        moments=tuple(moment_of(table) for table in spread(tables[:-1] if alone else tables, MOST_POINTS)),
        last=None if last is None else moment_of(last),
        ceiling=np.asarray(newest.ceiling, np.float64),
        goal=goal,
        n_steps=max(1, int(newest.step) if is_final(newest) else n_steps, int(newest.step)),
        convention="; ".join([str(newest.convention), *notes_of(newest)]),
    )


def is_final(table: Any) -> bool:
    """Return whether a table holds the scores after training."""
    return bool(getattr(table, "final", False))


def moment_of(table: Any) -> Moment:
    """Return the best score of each brain area in a table."""
    value, error = np.asarray(table.value, np.float64), np.asarray(table.error, np.float64)
    model = np.argmax(np.nan_to_num(value, nan=-np.inf), axis=1)
    rows = np.arange(len(value))
    return Moment(
        step=int(table.step),
        n_stimuli=int(table.n_stimuli),
        model=np.where(np.isnan(value).all(axis=1), -1, model),
        value=value[rows, model],
        error=error[rows, model],
        untrained=np.fmax.reduce(np.asarray(table.untrained, np.float64), axis=1),
        pixels=np.asarray(table.pixels, np.float64),
    )


def spread(tables: Sequence[Any], limit: int) -> list[Any]:
    """Return at most about ``limit`` tables: every second, fourth, ... and the newest.

    The distance is a power of two, so that points which are drawn already stay where they are while others come.

    Examples
    --------
    >>> spread(range(10), 4), spread(range(3), 4), spread([], 4)
    ([0, 4, 8, 9], [0, 1, 2], [])
    """
    distance = 1
    while len(tables) > limit * distance:
        distance *= 2
    kept = list(tables[::distance])
    return kept if (len(tables) - 1) % distance == 0 or not kept else [*kept, tables[-1]]


def goal_curve(history: History) -> GoalCurve:
    """Return the first score of a run's goal: on held-out images where there are any, else on those of training."""
    scores = [name for name in history.names if name.removeprefix(HELD_OUT) != "loss"]
    held_out = [name for name in scores if name.startswith(HELD_OUT)]
    if not scores:
        return GoalCurve()
    name = (held_out or scores)[0]
    series = history.series(name)
    words = f"held-out {name.removeprefix(HELD_OUT)}" if held_out else f"training {name}"
    return GoalCurve(words, name, series.step, series.mean)
