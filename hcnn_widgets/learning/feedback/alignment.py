"""Feedback alignment, sign symmetry, Kolen-Pollack: the error goes back through weights that are no copy of W."""

from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.architecture.operation_layers import filter_layer
from hcnn_widgets.architecture.recurrence.state_layer import state_refusal
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.network import FIRST_FILTER
from hcnn_widgets.learning.rule import Learner, StepResult, goal_loss
from hcnn_widgets.records.keywords import checks_keywords

from .feedback_layers import feedback_layers, feedback_makers

ANGLE = Quantity("angle", "degrees between W and B", higher_is_better=False, lowest=0.0, highest=180.0)
NO_WAY_BACK = (
    "`rule` {rule!r} needs a layer that sends an error back to another one. Accepted is an architecture with two "
    "filters, one behind the other, or a goal with a readout; received {network} without either."
)


@dataclass(frozen=True)
class AlignmentRule(GradientRule):
    """A rule that follows the goal's loss back through feedback weights, and measures their angle to W.

    The first filter, which sees the image, sends nothing back and is Keras's own; pooling and normalisation send the
    error back through themselves. A goal's head that asks for no "readout" maker is trained as in backpropagation.
    """

    way_back: ClassVar[str] = "random"
    error_path: ClassVar[str] = "back by other weights"
    measures: ClassVar[tuple[Quantity, ...]] = (ANGLE,)

    @property
    def layers(self) -> dict[str, Any]:
        """Makers of filters and readout with a way back of their own."""
        return {**feedback_makers(self.way_back), FIRST_FILTER: filter_layer}

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why a network cannot be trained so: nothing in it sends an error back; empty where it can."""
        if refusal := state_refusal(self.name, network):
            return refusal
        received = f"`{network.name}`"
        return "" if feedback_layers(network) else NO_WAY_BACK.format(rule=self.name, network=received)

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the goal's loss and score, and the mean angle between the weights forward and back."""
        result = goal_loss(learner, images, targets, training)
        angles = [layer.angle() for layer in feedback_layers(learner.network)]
        return StepResult(result.loss, result.score, (keras.ops.mean(keras.ops.stack(angles)),))


@checks_keywords
@dataclass(frozen=True)
class FeedbackAlignment(AlignmentRule):
    """Send the error back through fixed random weights (Lillicrap et al. 2016, doi 10.1038/ncomms13276).

    The weights forward come to align with them, which is measured as "angle": 90 degrees at the start, and less once
    they carry an error that teaches. Dense networks learn by it nearly as by backpropagation; a stack of convolutions
    hardly does (Bartunov et al. 2018).

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.

    Examples
    --------
    >>> FeedbackAlignment(optimizer="sgd", learning_rate=0.05).way_back
    'random'
    """

    name: ClassVar[str] = "feedback alignment"


@checks_keywords
@dataclass(frozen=True)
class SignSymmetry(AlignmentRule):
    """Send the error back through weights with W's signs and fixed random sizes (Liao, Leibo & Poggio 2016).

    Source: AAAI 30, 1837, arXiv 1510.05067, there with fixed random magnitudes.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "sign symmetry"
    way_back: ClassVar[str] = "sign"


@checks_keywords
@dataclass(frozen=True)
class KolenPollack(AlignmentRule):
    """Send the error back through weights that change as W does, and let both decay (Akrout et al. 2019).

    Two synapses that see the same activity and the same error change alike; with decay, what they differed in at the
    start is forgotten, so that W and B become transposes of each other without one ever being copied to the other
    (Kolen & Pollack 1994; arXiv 1904.05391).

    The decay falls with the learning rate, as a penalty on weights would: one that stayed would go on to shrink weights
    when nothing is learned any more, which the normalisation's statistics follow too slowly.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.
    decay : float
        Share of the weights, forward and back, that is forgotten at each step at the first learning rate, from 0 to
        below 1. The more steps a run has, the less is enough.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    decay: float = 3e-3

    name: ClassVar[str] = "kolen-pollack"
    way_back: ClassVar[str] = "learnt"

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.decay, bool) or not isinstance(self.decay, int | float) or not 0 <= self.decay < 1:
            raise ValueError(f"`decay` must be a number from 0 to below 1; received {self.decay!r}.")

    def after_step(self, learner: Learner) -> None:
        """Let the weights forward and back decay, at the pace of learning."""
        pace = learner.optimizer.learning_rate / self.learning_rate if self.learning_rate else 1.0
        for layer in feedback_layers(learner.network):
            for weights in (layer.kernel, layer.feedback):
                weights.assign((1 - self.decay * pace) * weights)

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines of `compile` and `fit`, with a callback that lets weights decay."""
        lines = super().keras_lines(goal, rate, epochs, n_steps)
        head, _, fit = lines.rpartition("network.fit(")
        return (
            head
            + DECAY.format(pace=self.decay / self.learning_rate if self.learning_rate else 0.0)
            + "network.fit("
            + fit.replace("held_out)", "held_out, callbacks=[decay])")
        )


DECAY = """
def forget(batch, logs=None):  # in step with the learning rate
    kept = 1 - {pace:g} * float(network.optimizer.learning_rate)
    for layer in network.layers:
        if hasattr(layer, "feedback"):
            layer.kernel.assign(kept * layer.kernel)
            layer.feedback.assign(kept * layer.feedback)

decay = keras.callbacks.LambdaCallback(on_train_batch_end=forget)
"""


@checks_keywords
def feedback_angles(network: Any) -> dict[str, float]:
    """Return the angle between the weights forward and back of each layer with a way back of its own.

    Parameters
    ----------
    network : keras.Model
        For instance ``model.network`` of a model trained by `FeedbackAlignment`.

    Returns
    -------
    dict of str to float
        Layer -> degrees, from 0 to 180; empty where no layer has feedback weights.
    """
    return {layer.name: float(keras.ops.convert_to_numpy(layer.angle())) for layer in feedback_layers(network)}
