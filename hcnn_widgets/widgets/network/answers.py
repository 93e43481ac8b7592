"""What a network answers to images, in words: the category that it takes them for, or how well it does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.answers import are_choices, are_probabilities, known_targets, probabilities
from hcnn_widgets.stimuli.check_stimuli import Stimuli
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .probe_images import small_pictures

N_RANKED = 5
"""Categories of an answer that are told, the likeliest first."""


@dataclass(frozen=True)
class Answer:
    """What a network answers to an image.

    Attributes
    ----------
    words : str
        The category that it takes the image for, or how well it does: "car", "position error 0.31".
    sure : float or None
        Probability that it gives to that category, in [0, 1].
    right : bool or None
        None where there is no right and wrong, or nobody knows.
    ranked : tuple of (str, float)
        The likeliest categories with their probabilities.
    brief, unit : str
        The words where there is little room, and what they count in: "+0.3, -1.2" of "x, y in deg".
    picture : (height, width, 1 or 3) uint8 or None
        The answer drawn: the image with what the network takes for the object, the image as it gives it back.
    """

    words: str
    sure: float | None = None
    right: bool | None = None
    ranked: tuple[tuple[str, float], ...] = ()
    brief: str = ""
    unit: str = ""
    picture: NDArray[np.uint8] | None = field(default=None, compare=False)

    @property
    def verdict(self) -> str:
        """Return "right", "wrong", or nothing."""
        return "" if self.right is None else "right" if self.right else "wrong"


class NoAnswer(ValueError):
    """The network's outputs say nothing that could be put into words."""


def answers_of(goal: Any, categories: Sequence[str], outputs: Any, stimuli: Stimuli) -> list[Answer]:
    """Return a network's answers to stimuli.

    Outputs of which one stands for each category are a choice: by the goal's targets, or, without a goal, by the
    model's categories. A goal with a method ``in_words(outputs, units)`` says itself what they are, in brief and in
    full; of any other goal each image is scored by itself. ``drawn(outputs, stimuli)`` draws them, (n_stimuli, height,
    width, 1 or 3) from 0 to 1.

    Parameters
    ----------
    goal : Goal or None
    categories : sequence of str
        What the outputs stand for.
    outputs : (n_stimuli, n_outputs) array, or a dict or list of arrays
        Of the network.
    stimuli : StimulusSet or SequenceSet

    Raises
    ------
    NoAnswer
        If nobody knows what the outputs stand for.
    """
    if goal is None:
        return _choices(_probabilities_of(outputs, categories), categories, stimuli.labels)
    targets = known_targets(goal, stimuli, categories)
    if are_choices(goal, categories, outputs, targets):
        right = stimuli.labels if targets is None else np.array(_names(outputs.shape[1], categories))[targets]
        return _choices(probabilities(outputs), categories, right)
    if (say := getattr(goal, "in_words", None)) is not None:
        unit = getattr(goal, "unit_in_brief", "")
        said = [Answer(words, brief=brief, unit=unit) for brief, words in say(outputs, categories)]
    elif targets is None:
        raise NoAnswer("These images do not say what the network should answer, so it cannot be scored on them.")
    else:
        said = [_scored(goal, categories, outputs, targets, row) for row in range(len(stimuli))]
    return _with_pictures(said, goal, outputs, stimuli)


def _with_pictures(answers: list[Answer], goal: Any, outputs: Any, stimuli: Stimuli) -> list[Answer]:
    """Return the answers with their pictures, where the goal draws them."""
    draw = getattr(goal, "drawn", None)
    if draw is None:
        return answers
    pictures = small_pictures(StimulusSet(np.asarray(draw(outputs, stimuli), np.float32)))
    return [replace(answer, picture=picture) for answer, picture in zip(answers, pictures, strict=True)]


def _probabilities_of(outputs: Any, categories: Sequence[str]) -> NDArray[np.float64]:
    """Return the probabilities of a network without a goal; refuse outputs of unknown meaning."""
    if not isinstance(outputs, np.ndarray) or outputs.ndim != 2 or outputs.shape[1] < 2:
        came = f"{len(outputs)} outputs" if isinstance(outputs, dict | list | tuple) else f"maps of {outputs.shape[1:]}"
        raise NoAnswer(f"The network ends in {came}, which are no answer in words.")
    if len(categories) != outputs.shape[1] and not are_probabilities(np.asarray(outputs, np.float64)):
        raise NoAnswer(
            f"Nobody has said what the network's {outputs.shape[1]:,} outputs stand for: name them by "
            "from_keras(..., categories=[...])."
        )
    return probabilities(outputs)


def _choices(chances: NDArray[np.float64], categories: Sequence[str], right: Any) -> list[Answer]:
    """Return the answers by the largest probability; those that are not known to be right or wrong say neither."""
    names = _names(chances.shape[1], categories)
    answers = []
    for row, chance in enumerate(chances):
        order = np.argsort(-chance, kind="stable")[:N_RANKED]
        ranked = tuple((names[place], float(chance[place])) for place in order)
        known = right is not None and str(right[row]) in names
        answers.append(Answer(*ranked[0], ranked[0][0] == str(right[row]) if known else None, ranked))
    return answers


def _names(n_outputs: int, categories: Sequence[str]) -> list[str]:
    return list(categories) if len(categories) == n_outputs else [f"output {number + 1}" for number in range(n_outputs)]


def _scored(goal: Any, units: Sequence[str], outputs: Any, targets: Any, row: int) -> Answer:
    """Return how well an output does by the goal's first score, for an image alone."""
    from hcnn_widgets.keras_door import keras

    own = [keras.tree.map_structure(lambda array: array[row : row + 1], each) for each in (outputs, targets)]
    score = goal.score(*own)
    first = score[0] if isinstance(score, list | tuple) else score
    kind = goal.score_kinds(units)[0]
    value = kind.in_words(float(np.asarray(keras.ops.convert_to_numpy(first))))
    return Answer(f"{kind.name} {value}", brief=value, unit=kind.name)
