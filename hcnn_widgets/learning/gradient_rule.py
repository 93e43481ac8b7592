"""Rules that follow the gradient of a loss: all that they share, so that a rule says its loss and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hcnn_widgets.architecture.precision import check_precision, keras_line
from hcnn_widgets.goal.goal import Goal

from .optimizers import OPTIMIZERS, SCHEDULES
from .plain_rule import PlainRule
from .rule import Descend, Learner, Step, StepResult, goal_loss

TRAINING = """\
import keras

# network: a keras.Model from images to {outputs}, here model.network; targets: {targets}
{made}rate = {rate}
network.compile(
    optimizer={optimizer},
    loss={loss},
    metrics={metrics},
)
held_out = (held_out_images, held_out_targets)
network.fit(images, targets, batch_size={batch_size}, epochs={epochs:g}, validation_data=held_out)
"""


@dataclass(frozen=True)
class GradientRule(PlainRule):
    """A rule that steps down the gradient of a loss; without more, of the goal's.

    A subclass is a frozen dataclass with a ``name``. It says what is its own: ``loss``, where that is not the goal's;
    ``layers``, where only the way back is another; ``after_step``; ``parts``; ``measures``. Weights that the loss does
    not depend on, such as those before a ``keras.ops.stop_gradient``, stay as they are, bit for bit.

    Parameters
    ----------
    learning_rate : float
        Size of a step at the start; it may be changed while the run goes on.
    optimizer : {"adam", "adamw", "sgd", "momentum"}
    batch_size : int
        Images per step.
    schedule : {"cosine", "constant"}
        What becomes of the learning rate over the run: falling to zero along half a cosine, or staying.
    precision : {"float32", "mixed_bfloat16", "mixed_float16"}, optional
        What layers compute in, by the name of Keras's dtype policy, as in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    learning_rate: float = 2e-3
    optimizer: str = "adam"
    batch_size: int = 64
    schedule: str = "cosine"
    precision: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        check_precision(self.precision)
        _check_choice("optimizer", self.optimizer, OPTIMIZERS)
        _check_choice("schedule", self.schedule, SCHEDULES)

    def make_optimizer(self) -> Any:
        """Make a fresh keras optimizer."""
        return OPTIMIZERS[self.optimizer](self.learning_rate)

    def rate_factor(self, progress: float) -> float:
        """Return what the learning rate is multiplied with when this share (0 to 1) of the run is done."""
        return SCHEDULES[self.schedule](progress)

    def make_step(self, learner: Learner, descend: Descend) -> Step:
        """Make a step down the gradient of `loss`, and `after_step` behind it."""
        down = descend(lambda images, targets: self.loss(learner, images, targets, True))

        def step(images: Any, targets: Any) -> StepResult:
            result = down(images, targets)
            self.after_step(learner)
            return result

        return step

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the goal's loss and score of one pass through the network."""
        return goal_loss(learner, images, targets, training)

    def after_step(self, learner: Learner) -> None:
        """Do what follows a step, such as the decay of feedback weights; in keras.ops, inside the compiled chunk."""

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines of `compile` and `fit`; a rule with a loss of its own says others."""
        assert goal is not None
        said, schedule = goal.keras_lines(), "constant" if n_steps is None else self.schedule
        return TRAINING.format(
            outputs=said.outputs,
            targets=said.targets,
            made=keras_line(self.precision),
            rate=SCHEDULES[schedule].line.format(rate=f"{rate:g}", n_steps=n_steps),
            optimizer=OPTIMIZERS[self.optimizer].line,
            loss=said.loss,
            metrics=said.metrics,
            batch_size=self.batch_size,
            epochs=epochs,
        )


def _check_choice(name: str, value: str, choices: Mapping[str, Any]) -> None:
    if value not in choices:
        raise ValueError(f"`{name}` must be one of {', '.join(choices)}; received {value!r}.")
