"""The network to be trained: an architecture's areas with a goal's head, of layers that the learning rule wants."""

from collections.abc import Sequence
from typing import Any

from hcnn_widgets.architecture.operations import OPERATIONS
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.keras_door import keras

from .rule import Rule


def build_network(spec: ArchitectureSpec, goal: Goal, rule: Rule, units: Sequence[str], seed: int) -> Any:
    """Return the network; see ``GoalDrivenModel.build``.

    Parameters
    ----------
    spec : ArchitectureSpec
    goal : Goal
    rule : Rule
        Its makers named like an operation go to the builder, the others to the goal's head.
    units : sequence of str
        What the outputs stand for. None make a network without a head where the rule uses no labels and the goal needs
        some: its areas can be trained on stimuli that have none.
    seed : int
        The same seed gives the same initial weights.
    """
    makers = dict(rule.layers or {})
    trunk = spec.build(layers={word: makers.pop(word) for word in OPERATIONS if word in makers}, seed=seed)
    headless = not units and goal.needs and not rule.uses_labels
    outputs = trunk.output if headless else goal.head(trunk, units, seed, makers)
    return keras.Model(trunk.input, outputs, name=spec.name)
