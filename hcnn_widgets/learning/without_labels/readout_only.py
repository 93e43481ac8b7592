"""The control of every rule: the areas stay as they are, and a readout alone is trained."""

from dataclasses import dataclass
from typing import Any, ClassVar

from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.rule import Learner, StepResult
from hcnn_widgets.records.keywords import checks_keywords

FROZEN = """\
for layer in network.layers:  # layers of areas bear the area's name before a dot
    layer.trainable = "." not in layer.name
"""


@checks_keywords
@dataclass(frozen=True)
class ReadoutOnly(GradientRule):
    """Train the goal's readout and leave the areas as they are, bit for bit.

    What a readout makes of an untrained network is the floor that every rule must rise above (Jarrett et al. 2009, doi
    10.1109/ICCV.2009.5459469); of a trained one, what its areas hold of another goal.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "readout only"
    trains_areas: ClassVar[bool] = False
    scored_by: ClassVar[str] = "a readout of areas that stay"

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why there is nothing to train: a goal whose answers are read off the areas has no readout."""
        if goal is None or getattr(goal, "has_readout", True):
            return super().refusal(network, goal)
        return (
            f"`rule` {self.name!r} has nothing to train: this goal reads its answers off the areas. Accepted is a goal "
            f"whose head has weights, such as hw.goal.Categorization(); received {goal.name!r}."
        )

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the goal's loss and score, of which only the head's weights are a part that may change."""
        assert learner.goal is not None
        assert learner.look is not None
        # Never as in training: a layer that keeps statistics of what it sees would not stay as it is.
        outputs = learner.look(images, False).outputs
        return StepResult(learner.goal.loss()(targets, outputs), learner.score(outputs, targets))

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines of `compile` and `fit`, with frozen areas."""
        head, compiled, rest = super().keras_lines(goal, rate, epochs, n_steps).partition("network.compile(")
        return head + FROZEN + compiled + rest
