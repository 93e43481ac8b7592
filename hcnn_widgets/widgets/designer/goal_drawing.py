"""A goal in a corner of a card: an example image, and what the network is to answer to it."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.network.probe_images import small_pictures
from hcnn_widgets.widgets.network.strip_scene import picture_box
from hcnn_widgets.widgets.scene.marks import Mark, Pixels

Box = tuple[float, float, float, float]


class Example(NamedTuple):
    """An image with the answer that a goal asks for.

    Attributes
    ----------
    picture : (height, width, 1 or 3) uint8
        The image, with the answer drawn into it where the goal draws its answers.
    answer : str
        In words: "car"; empty where the picture says it, or nobody knows.
    """

    picture: NDArray[np.uint8]
    answer: str = ""


def example_of(goal: Any, one: StimulusSet, images: StimulusSet) -> Example:
    """Return an image with what a goal asks of it, drawn from the goal's own targets.

    Parameters
    ----------
    goal : Goal
    one : StimulusSet
        The image alone.
    images : StimulusSet
        All of them, which say what the outputs stand for.
    """
    bare = small_pictures(one)[0]
    if goal.refusal(images):
        return Example(bare)
    units = goal.units(images)
    perfect = _perfect(goal, goal.targets(one, units))
    if isinstance(perfect, np.ndarray) and perfect.dtype.kind in "iu" and perfect.ndim == 1:
        return Example(bare, str(units[int(perfect[0])]))
    picture, draw = bare, getattr(goal, "drawn", None)
    if draw is not None:
        picture = small_pictures(StimulusSet(np.asarray(draw(perfect, one), np.float32)))[0]
    say = getattr(goal, "in_words", None)
    return Example(picture, "" if say is None else say(_as_outputs(perfect, units), units)[0][1])


def goal_marks(example: Example, box: Box) -> list[Mark]:
    """Return the picture of an example in a box of left, top, width and height."""
    left, top, width, height = box
    side = min(width, height)
    at = picture_box(example.picture.shape[:2], left + width / 2, top + height / 2, side)
    return [Pixels("example", *at, example.picture)]


def _perfect(goal: Any, targets: Any) -> Any:
    """Return the outputs of a network that makes no mistake: the targets, or the first of several arrays."""
    if not isinstance(targets, dict):
        return np.asarray(targets)
    parts = {each.name: each for each in getattr(goal, "goals", ())}
    if parts:
        return {name: _perfect(parts[name], each) for name, each in targets.items()}
    return _perfect(goal, next(iter(targets.values())))


def _as_outputs(perfect: Any, units: tuple[str, ...]) -> Any:
    """Return perfect answers as outputs: the number of a category is an output for each that is high for one."""
    if not isinstance(perfect, dict):
        return perfect
    made = {}
    for name, each in perfect.items():
        own = [unit for unit in units if unit.startswith(f"{name}: ")]
        is_choice = each.dtype.kind in "iu" and each.ndim == 1
        made[name] = np.eye(len(own))[each] if is_choice and own else each
    return made
