"""What a step makes smaller as a model of Keras, for backends on which Keras takes the step."""

from typing import Any

from hcnn_widgets.keras_door import keras

from .rule import Learner, Step, StepResult

BESIDE = "beside"
"""Name of what is made smaller beside the loss (`StepResult.beside`)."""


def values_of(learner: Learner, result: StepResult, x: Any, y: Any) -> list[Any]:
    """Return what is kept of a step, scalars in the order that `Steps.train` says.

    A rule that had no outputs at hand for the score leaves it out: then the network runs once more.
    """
    score = result.score
    if score is None and y is not None:
        score = learner.score(learner.network(x, training=False), y)
    return [result.loss, *([] if score is None else keras.tree.flatten(score)), *result.measured]


class Objective(keras.Model):
    """From (images, targets) to the values of a step, of which Keras makes the first smaller, and the last."""

    def __init__(self, learner: Learner, loss: Step, n_values: int) -> None:
        super().__init__(name="objective", dtype="float32", autocast=False)
        # Held as layers and state of this model, so that Keras finds the weights on every backend.
        self.network, self.parts, self.random = learner.network, list(learner.parts.values()), learner.random
        self._loss, self._learner = loss, learner
        names = {n: str(n) for n in range(1, n_values)} | {n_values: BESIDE}
        self.compile(
            optimizer=learner.optimizer,
            loss=lambda _, values: values[0] + values[n_values],
            metrics=[
                keras.metrics.MeanMetricWrapper(lambda _, values, n=n: values[n], name=name)
                for n, name in names.items()
            ],
        )

    @property
    def trainable_variables(self) -> list[Any]:
        """What a step may change."""
        return self._learner.trainable_variables

    @property
    def trainable_weights(self) -> list[Any]:
        """What a step may change."""
        return self.trainable_variables

    @property
    def non_trainable_variables(self) -> list[Any]:
        """All other variables."""
        changed = {id(variable) for variable in self.trainable_variables}
        return [variable for variable in self.variables if id(variable) not in changed]

    @property
    def losses(self) -> list[Any]:
        """Penalties of the layers' own, which Keras adds to the loss."""
        return self._learner.penalties

    def call(self, batch: Any) -> Any:
        """Return the values, and what is made smaller beside them, (n_values + 1,)."""
        result = self._loss(*batch)
        values = [*values_of(self._learner, result, *batch), 0.0 if result.beside is None else result.beside]
        return keras.ops.stack([keras.ops.cast(value, "float32") for value in values])
