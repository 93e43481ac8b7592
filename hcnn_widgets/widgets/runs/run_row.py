"""A run as a row of numbers and words, which outlasts the run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.goal.quantity import HELD_OUT, Quantity
from hcnn_widgets.learning.training_run import without_hold
from hcnn_widgets.widgets.scores.known_scores import works_of

from .run_choices import Flat


class BrainScore(NamedTuple):
    """The newest score of a brain area, of the model area that predicts it best."""

    brain: str
    value: float
    model_area: str
    untrained: float | None
    ceiling: float | None
    simulated: bool
    n_stimuli: int
    final: bool


@dataclass(frozen=True)
class RunRow:
    """What a table says of a run.

    Attributes
    ----------
    number : int
        In the order in which the runs began.
    title, state : str
    choices : mapping
        As `choices_of` returns them.
    seed, model_seed : int or None
        Of the order of images, and of the first weights.
    steps_done, n_steps : int
    elapsed_s : float
    quantity : Quantity or None
        The goal's score.
    score : float or None
        Its newest value.
    held_out : bool
        Whether that is of held-out images.
    brains : tuple of BrainScore
    alive, kept, gone : bool
        Whether it trains, was pinned, and whether its network is there no more.
    """

    number: int
    title: str
    state: str
    choices: Flat = field(compare=False)
    seed: int | None
    model_seed: int | None
    steps_done: int
    n_steps: int
    elapsed_s: float
    quantity: Quantity | None
    score: float | None
    held_out: bool
    brains: tuple[BrainScore, ...]
    alive: bool
    kept: bool = False
    gone: bool = False

    def brain(self, area: str) -> BrainScore | None:
        """Return the score of a brain area, or None."""
        return next((score for score in self.brains if score.brain == area), None)

    @property
    def score_words(self) -> str:
        """The goal's score as it is written: "90.8 %"; empty where it is not known."""
        return "" if self.score is None or self.quantity is None else self.quantity.in_words(self.score)


def row_of(run: Any, number: int, choices: Flat, kept: bool = False) -> RunRow:
    """Return the row of a run as it stands now.

    Parameters
    ----------
    run : TrainingRun
    number : int
    choices : mapping
    kept : bool
    """
    model = run.model
    quantity, score, held_out = goal_score(run)
    setup = getattr(run, "setup", None)
    name = getattr(model, "name", "run")
    return RunRow(
        number=number,
        title=getattr(run, "title", "") or f"{name} {number}",
        state=str(run.state),
        choices=choices,
        seed=getattr(setup, "seed", None),
        model_seed=getattr(model, "seed", None),
        steps_done=int(run.steps_done),
        n_steps=int(run.n_steps),
        elapsed_s=round(float(run.elapsed_s)),
        quantity=quantity,
        score=score,
        held_out=held_out,
        brains=brain_scores(run),
        alive=bool(run.alive),
        kept=kept,
    )


def goal_score(run: Any) -> tuple[Quantity | None, float | None, bool]:
    """Return the first score of a run's goal, its newest value, and whether that is of held-out images.

    Of a training that Keras does, the first of its metrics that is known. A value of training images is the mean of its
    last bin: a single batch says little.
    """
    goal = getattr(run.model, "goal", None)
    of_fit: tuple[Quantity, ...] = tuple(getattr(without_hold(run), "quantities", None) or ())
    kinds = of_fit if goal is None else goal.score_kinds(run.model.categories)
    if not kinds:
        return None, None, False
    for prefix in (HELD_OUT, ""):
        series = run.history.series(prefix + kinds[0].name)
        value = float(series.mean[-1]) if len(series) else np.nan
        value = run.history.last(prefix + kinds[0].name) if prefix and len(series) else value
        if value is not None and np.isfinite(value):
            return kinds[0], float(value), bool(prefix)
    return kinds[0], None, False


def brain_scores(run: Any) -> tuple[BrainScore, ...]:
    """Return the newest score of each brain area that panels have watched."""
    tables = [work.latest for work in works_of(run) if getattr(work.latest, "brain_areas", None)]
    found: dict[str, BrainScore] = {}
    for table in tables:
        for score in _of_table(table):
            if score.brain not in found or (score.final and not found[score.brain].final):
                found[score.brain] = score
    return tuple(found.values())


def _of_table(table: Any) -> Iterable[BrainScore]:
    for row, brain in enumerate(table.brain_areas):
        values = np.asarray(table.value[row], float)
        if np.isnan(values).all():
            continue
        best = int(np.nanargmax(values))
        untrained = np.asarray(table.untrained[row], float)
        yield BrainScore(
            brain=str(brain),
            value=float(values[best]),
            model_area=str(table.model_areas[best]),
            untrained=_known(np.nan if np.isnan(untrained).all() else np.nanmax(untrained)),
            ceiling=_known(table.ceiling[row]),
            simulated=bool(table.simulated[row]),
            n_stimuli=int(table.n_stimuli),
            final=bool(getattr(table, "final", False)),
        )


def _known(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
