"""The network to be trained: an architecture's areas with a goal's head, of layers that the learning rule wants."""

from collections.abc import Sequence
from typing import Any

from hcnn_widgets.architecture.operations import OPERATIONS
from hcnn_widgets.architecture.precision import built_in
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.keras_door import keras

from .rule import Rule

FIRST_FILTER = "first filter"
"""Name of the maker of those filters that see the images themselves, where a rule wants another one there."""


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
    with built_in(getattr(rule, "precision", None)):
        return _built(spec, goal, rule, units, seed)


def _built(spec: ArchitectureSpec, goal: Goal, rule: Rule, units: Sequence[str], seed: int) -> Any:
    makers = _by_place(spec, dict(rule.layers or {}))
    trunk = spec.build(layers={word: makers.pop(word) for word in OPERATIONS if word in makers}, seed=seed)
    headless = not units and goal.needs and not rule.uses_labels
    outputs = trunk.output if headless else goal.head(trunk, units, seed, makers)
    return keras.Model(trunk.input, outputs, name=spec.name)


def _by_place(spec: ArchitectureSpec, makers: dict[str, Any]) -> dict[str, Any]:
    """Return the makers with one of filters that knows which of them see the images, where there are two."""
    first, other = makers.pop(FIRST_FILTER, None), makers.get("filter")
    if first is None or other is None:
        return makers
    outside = spec.input_shapes
    seeing = {area.name for area in spec.stack if all(link.name in outside for link in spec.links[area.name])}

    def filters(operation: Any, name: str, initializer: Any) -> Any:
        area, _, which = name.partition(".")
        make = first if area in seeing and which == "filter" else other
        return make(operation, name=name, initializer=initializer)

    return {**makers, "filter": filters}
