"""What a linear readout is to say of each image for a goal: one of several categories, or a few numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.goal.goals import GOALS
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]
FEW = 8
"""Images on which is seen of what kind a goal's targets are: those of masks take their time."""


@dataclass(frozen=True)
class ReadoutTarget:
    """A goal as a linear readout has it.

    Attributes
    ----------
    goal : str
    values : (n_stimuli, n_outputs) float64
        Of categories 1 for the one that is shown and -1 for the others; of numbers with mean 0 and variance 1.
    classes : (n_stimuli,) int64 or None
        Index of the category; None of numbers.
    """

    goal: str
    values: Array
    classes: NDArray[np.int64] | None = None

    @property
    def measure(self) -> str:
        """What its score is."""
        return "r" if self.classes is None else "accuracy"

    @property
    def chance(self) -> float:
        """The score of a readout that knows nothing: 0, or 1 of the categories."""
        return 0.0 if self.classes is None else 1 / self.values.shape[1]


def targets_of(goals: Iterable[Any] | None, images: StimulusSet, n_folds: int) -> list[ReadoutTarget]:
    """Return the targets of goals; without any, of all in `GOALS` that can be read out linearly from these images.

    Parameters
    ----------
    goals : iterable of str or Goal, optional
    images : StimulusSet
    n_folds : int
        As many images a category has at least.

    Raises
    ------
    ValueError
        If a goal is unknown, the images lack what it needs, or no linear readout says it.
    """
    if goals is None:
        return _all_there_are(images, n_folds)
    named = [GOALS[known_name("goals", each, GOALS)]() if isinstance(each, str) else each for each in goals]
    for goal in named:
        if refusal := _refusal(goal, images, n_folds):
            raise ValueError(refusal)
    return [_target(goal, images) for goal in named]


def _all_there_are(images: StimulusSet, n_folds: int) -> list[ReadoutTarget]:
    found: list[ReadoutTarget] = []
    for make in GOALS.values():
        goal = make()
        if _refusal(goal, images, n_folds):
            continue
        target = _target(goal, images)
        # Two goals may ask the same of an image by different losses: to a readout they are one.
        if not any(np.array_equal(target.values, other.values) for other in found):
            found.append(target)
    if not found:
        raise ValueError(
            "`images` have nothing to be read out. Accepted are labels of at least two categories, or the latent "
            f"variables of rendered objects, {n_folds} images of each category; received {images!r}."
        )
    return found


def _refusal(goal: Any, images: StimulusSet, n_folds: int) -> str:
    if not isinstance(goal, Goal):
        return f"`goals` must be names of goals, or goals; received {type(goal).__name__}."
    if refusal := goal.refusal(images):
        return refusal
    told = goal.targets(images.select(np.arange(min(FEW, len(images)))), goal.units(images))
    if not (_are_categories(told) or _are_numbers(told)):
        return (
            f"`goals` holds {goal.name}, which no linear readout says. Accepted are goals whose answer is a category "
            "or a few numbers; received one with a map or several answers."
        )
    classes = _target(goal, images).classes
    least = n_folds if classes is None else np.bincount(classes).min()
    if least < n_folds:
        return (
            f"`images` are too few for {goal.name}. Accepted are {n_folds} of each category, one for each fold; "
            f"received {least} of the rarest."
        )
    return ""


def _are_categories(told: Any) -> bool:
    return isinstance(told, np.ndarray) and told.ndim == 1 and told.dtype.kind in "iu"


def _are_numbers(told: Any) -> bool:
    return isinstance(told, dict) and getattr(told.get("values"), "ndim", 0) == 2


def _target(goal: Goal, images: StimulusSet) -> ReadoutTarget:
    units = goal.units(images)
    told = goal.targets(images, units)
    if _are_categories(told):
        classes = np.asarray(told, np.int64)
        return ReadoutTarget(goal.name, 2.0 * np.eye(len(units))[classes] - 1, classes)
    values = np.asarray(told["values"], np.float64)
    spread = values.std(axis=0)
    return ReadoutTarget(goal.name, (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1))
