"""The perceptron's rule: weights change where an answer was wrong, and only there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .plain_rule import PlainRule
from .rule import Descend, Learner, Step, StepResult

ops = keras.ops
TRAINING = """\
import numpy as np
import keras

# network: a keras.Model from images to one z = w . x + b a category, here model.network; targets: the index of each
# image's category. Its Dense layer begins at 0.
rate, batch_size = {rate}, {batch_size}
readout = network.get_layer("readout")
inputs = keras.Model(network.input, readout.input)
for epoch in range({epochs:g}):
    for rows in np.array_split(np.random.permutation(len(images)), int(np.ceil(len(images) / batch_size))):
        x = inputs.predict_on_batch(images[rows])
        wanted = np.eye(readout.units)[targets[rows]]
        wrong = wanted - (x @ readout.get_weights()[0] + readout.get_weights()[1] > 0)  # 0 where the answer was right
        weights, bias = readout.get_weights()
        readout.set_weights([weights + rate * x.T @ wrong, bias + rate * wrong.sum(axis=0)])
"""


@checks_keywords
@dataclass(frozen=True)
class PerceptronRule(PlainRule):
    """Learn from mistakes alone: w + rate (target - output) x (Rosenblatt 1958, doi 10.1037/h0042519).

    The output is h(w . x + b), 1 above 0, and every category has a unit of its own. Weights begin at 0, so that a unit
    whose category a plane separates from the others makes (R / gamma)^2 mistakes at most; see
    `hw.classroom.mistake_bound`. The rule says nothing of units that have no targets, so it trains
    ``hw.architecture.perceptron()`` and no network with hidden weights.

    Parameters
    ----------
    learning_rate : float
        Size of a step. Where weights begin at 0 it does not matter to any answer.
    batch_size : int
        Images per step; their changes are added up. With 1, each is presented in its turn, as in the lecture.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    learning_rate: float = 1.0
    batch_size: int = 1

    name: ClassVar[str] = "perceptron"
    measures: ClassVar[tuple[Quantity, ...]] = (Quantity("mistakes per image", lowest=0.0, higher_is_better=False),)

    @property
    def layers(self) -> Mapping[str, Any]:
        """A readout whose weights begin at 0."""
        return {"readout": readout_from_zero}

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why a network cannot be trained by this rule; empty where it can."""
        readout = next((layer for layer in network.layers if layer.name == "readout"), None)
        own = [] if readout is None else [id(weights) for weights in readout.trainable_variables]
        hidden = [weights.path for weights in network.trainable_variables if id(weights) not in own]
        answers = isinstance(goal, Categorization)
        if isinstance(readout, keras.layers.Dense) and not hidden and answers:
            return ""
        came = f"weights elsewhere, {', '.join(hidden[:3])}" if hidden else "no readout of one Dense layer"
        came = came if answers else f"the goal {getattr(goal, 'name', None)!r}, whose targets are no categories"
        return (
            "PerceptronRule knows the mistakes of output units alone, not what hidden units should have done. Accepted "
            "is a network whose only weights are those of its readout, hw.architecture.perceptron() with a goal of "
            f"categories; received {came}."
        )

    def make_step(self, learner: Learner, descend: Descend) -> Step:
        """Make a step that adds the images of each unit's mistakes to its weights."""
        readout = learner.network.get_layer("readout")
        inputs = keras.Model(learner.network.input, readout.input)

        def step(images: Any, targets: Any) -> StepResult:
            before = self.loss(learner, images, targets, True)
            x, wrong = inputs(images, training=False), _wrong(learner, images, targets)
            rate = learner.optimizer.learning_rate
            readout.kernel.assign_add(rate * ops.matmul(ops.transpose(x), wrong))
            readout.bias.assign_add(rate * ops.sum(wrong, axis=0))
            return before

        return step

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return by how much z lies on the wrong side, averaged over units: what a step goes down the slope of."""
        z = learner.network(images, training=False)
        wrong = _wrong(learner, images, targets)
        loss = ops.mean(ops.abs(z) * ops.abs(wrong))
        n_mistakes = ops.mean(ops.sum(ops.abs(wrong), axis=1))
        return StepResult(loss, learner.score(z, targets), (n_mistakes,))

    def keras_lines(self, goal: Any, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines of NumPy and Keras that learn the same way."""
        return TRAINING.format(rate=f"{rate:g}", batch_size=self.batch_size, epochs=max(1, round(epochs)))


def readout_from_zero(n_units: int, name: str, initializer: Any) -> Any:
    """Return a readout whose weights begin at 0, whatever the goal would have drawn."""
    return keras.layers.Dense(n_units, kernel_initializer="zeros", dtype="float32", name=name)


def _wrong(learner: Learner, images: Any, targets: Any) -> Any:
    """Return target - output of every unit, (n_images, n_units): 1, -1, or 0 where it was right."""
    z = learner.network(images, training=False)
    outputs = ops.cast(z > 0, "float32")
    return ops.one_hot(ops.cast(targets, "int32"), z.shape[1], dtype="float32") - outputs
