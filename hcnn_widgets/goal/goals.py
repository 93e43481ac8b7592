"""The goals that a network can be trained for, by name; and goals as plain data."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .categorization import Categorization
from .goal import Goal
from .identity import Identity
from .pose import Pose
from .position import Position
from .reconstruction import Reconstruction
from .segmentation import Segmentation
from .size import Size

GOALS: dict[str, Callable[..., Goal]] = {
    kind.name: kind for kind in (Categorization, Identity, Position, Size, Pose, Segmentation, Reconstruction)
}


def goal_to_dict(goal: Goal) -> dict[str, Any]:
    """Return a goal as plain data: its name in `GOALS` and its fields.

    Raises
    ------
    ValueError
        If the goal is not in `GOALS`, so that nobody could make it again.
    """
    if goal.name not in GOALS:
        raise ValueError(f"`goal` must be one of {', '.join(GOALS)} to be written; received {goal.name!r}.")
    return {"goal": goal.name, **asdict(goal)}  # type: ignore[call-overload]


def goal_from_dict(data: dict[str, Any]) -> Goal:
    """Make a goal of what `goal_to_dict` returned.

    Raises
    ------
    ValueError
        If the goal is not known.
    """
    settings = dict(data)
    name = settings.pop("goal", None)
    if name not in GOALS:
        raise ValueError(f"`goal` must be one of {', '.join(GOALS)}; received {name!r}.")
    return GOALS[name](**settings)
