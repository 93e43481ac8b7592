"""What a model's network gives for stimuli, and what choices these outputs are."""

from typing import Any

import numpy as np

from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.check_stimuli import Stimuli, check_shown

from .answers import Answers, are_choices, known_targets, probabilities
from .feature_maps import MOST_AT_ONCE, FeatureMaps
from .recorder import input_shape_for


def outputs_of(model: Any, stimuli: Stimuli) -> Any:
    """Return what a model's network gives for stimuli; see ``GoalDrivenModel.outputs``."""
    check_shown("stimuli", stimuli)
    network = model._built()
    shown: Any = stimuli.adapted_to(input_shape_for(network, stimuli))
    seen = FeatureMaps(network, model.taps, shown.image_shape, pixels=model.pixels)
    parts = [seen.outputs(shown.images[start : start + MOST_AT_ONCE]) for start in range(0, len(shown), MOST_AT_ONCE)]
    return keras.tree.map_structure(lambda *arrays: np.concatenate(arrays), *parts)


def answers_of(model: Any, stimuli: Stimuli) -> Answers:
    """Return a model's answers among its categories; see ``GoalDrivenModel.answers``."""
    outputs, categories = outputs_of(model, stimuli), tuple(model.categories)
    goal = model.goal or Categorization()  # a network whose outputs have names, and no other goal
    targets = known_targets(goal, stimuli, categories)
    if not are_choices(goal, categories, outputs, targets) or outputs.shape[1] != len(categories):
        raise ValueError(
            f"`{model.name}` does not choose among categories. Accepted is a network with a named output for each, as "
            f"the goal of categorization makes it; received {goal.name!r} with outputs of "
            f"{keras.tree.map_structure(np.shape, outputs)}. model.outputs(stimuli) gives them as they are."
        )
    right = None if targets is None else np.array(categories)[targets]
    return Answers(probabilities(outputs), categories, stimuli.stimulus_ids, right)
