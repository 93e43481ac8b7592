"""What a goal's score means where the areas learn without it: a readout, trained beside, that sends nothing back."""

from dataclasses import replace
from typing import Any

from hcnn_widgets.learning.rule import Learner, Looked, StepResult

SCORED_BY = "a readout of areas that learn without labels"
"""Whose the goal's score is."""


def with_readout(
    learner: Learner, looked: Looked, targets: Any, own_loss: Any, measured: tuple[Any, ...] = ()
) -> StepResult:
    """Return what a step gives: the rule's own loss and measures, and beside them the goal's loss of the readout.

    Parameters
    ----------
    learner : Learner
    looked : Looked
        A pass in which the head sends nothing back into the areas.
    targets : tensor or None
        The goal's; None where there are no labels: then nothing is read out, and there is no score.
    own_loss : tensor
        What the areas make smaller, a scalar.
    measured : tuple of tensor
        The rule's `measures`, in their order.
    """
    if learner.goal is None or targets is None:
        return StepResult(own_loss, None, measured)
    beside = learner.goal.loss()(targets, looked.outputs)
    return StepResult(own_loss, learner.score(looked.outputs, targets), measured, beside)


WITHOUT_PANELS = """\
import hcnn_widgets as hw

# Keras has no layer that learns by this rule. Without panels, for your architecture and stimuli:
rule = hw.learning.{rule!r}
model = hw.GoalDrivenModel(architecture, rule=rule)
model.train(stimuli, epochs={epochs:g}).join()
"""


def lines_without_panels(rule: Any, rate: float, epochs: float) -> str:
    """Return the lines that train by a rule of which Keras knows nothing."""
    return WITHOUT_PANELS.format(rule=replace(rule, learning_rate=rate), epochs=epochs)


def area_symbols(network: Any) -> dict[str, Any]:
    """Return area -> symbol of its map in a network made of an architecture, from the input up; else none."""
    layers = {layer.name: layer for layer in network.layers}
    areas = dict.fromkeys(name.partition(".")[0] for name in layers if "." in name)
    return {name: layers[name].output for name in areas if name in layers}
