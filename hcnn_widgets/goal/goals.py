"""The goals that a network can be trained for, by name; and goals as plain data."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from .categorization import Categorization
from .delayed_match import DelayedMatch
from .goal import Goal
from .identity import Identity
from .nearest_code import NearestCode
from .next_frame import NextFrame
from .partly_labelled import PartlyLabelled
from .pose import Pose
from .position import Position
from .reconstruction import Reconstruction
from .segmentation import Segmentation
from .several import Several
from .size import Size

GOALS: dict[str, Callable[..., Goal]] = {
    kind.name: kind
    for kind in (
        Categorization,
        Identity,
        Position,
        Size,
        Pose,
        Segmentation,
        Reconstruction,
        Several,
        NearestCode,
        DelayedMatch,
        NextFrame,
        PartlyLabelled,
    )
}
MOST_NESTED = 4
"""How deep goals may be made of goals in a file."""


def goal_to_dict(goal: Goal) -> dict[str, Any]:
    """Return a goal as plain data: its name in `GOALS` and its fields; a goal made of others holds these as plain data.

    Raises
    ------
    ValueError
        If the goal is not in `GOALS`, so that nobody could make it again.
    """
    if goal.name not in GOALS:
        raise ValueError(f"`goal` must be one of {', '.join(GOALS)} to be written; received {goal.name!r}.")
    own: Any = fields(goal)  # type: ignore[arg-type]  # every goal is a dataclass
    return {"goal": goal.name, **{field.name: _plain(getattr(goal, field.name)) for field in own}}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return goal_to_dict(value) if isinstance(value, Goal) else value


def goal_from_dict(data: dict[str, Any]) -> Goal:
    """Make a goal of what `goal_to_dict` returned.

    Raises
    ------
    TypeError, ValueError
        If the goal is not known, a field is wrong, or goals are made of goals without end.
    """
    return _goal(data, 0)


def _goal(data: dict[str, Any], depth: int) -> Goal:
    settings = {field: _made(value, depth + 1) for field, value in data.items()}
    name = settings.pop("goal", None)
    if name not in GOALS:
        raise ValueError(f"`goal` must be one of {', '.join(GOALS)}; received {name!r}.")
    return GOALS[name](**settings)


def _made(value: Any, depth: int) -> Any:
    if depth > MOST_NESTED and isinstance(value, list | dict):
        raise ValueError(f"`goal` is made of goals too deep; {MOST_NESTED} levels are accepted; received more.")
    if isinstance(value, list):
        return tuple(_made(each, depth + 1) for each in value)
    return _goal(value, depth) if isinstance(value, dict) else value
