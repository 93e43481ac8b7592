"""Learning rules of a few lines, one of each kind that the seam must take, and goals of other kinds."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.goal.goal import KerasLines
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.plain_rule import PlainRule
from hcnn_widgets.learning.rule import Learner, StepResult

ops = keras.ops
MIDDLE_GREY = 0.5


@dataclass(frozen=True)
class Oja(PlainRule):
    """Layer by layer, without a gradient: one unit of the first area finds the first principal component (Oja 1982)."""

    learning_rate: float = 20.0
    batch_size: int = 10
    name: ClassVar[str] = "tiny oja"
    uses_labels: ClassVar[bool] = False
    measures: ClassVar[tuple[Quantity, ...]] = (Quantity("length of the weights", lowest=0.0),)

    def rate_factor(self, progress: float) -> float:
        return 1 / (1 + 20 * progress)

    def make_step(self, learner: Learner, descend: Any) -> Any:
        kernel = learner.network.get_layer("V1.filter").kernel

        def step(images: Any, targets: Any) -> StepResult:
            before, response = self._passed(learner, images)
            weights = ops.reshape(kernel, (-1,))
            change = ops.mean(response * (before - response * weights), axis=0)
            kernel.assign_add(learner.optimizer.learning_rate * ops.reshape(change, kernel.shape))
            return self.loss(learner, images, targets, True)

        return step

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        before, response = self._passed(learner, images)
        weights = ops.reshape(learner.network.get_layer("V1.filter").kernel, (-1,))
        rest = ops.sum(ops.square(before - response * weights), axis=1)
        return StepResult(ops.mean(rest), measured=(ops.sqrt(ops.sum(ops.square(weights))),))

    def _passed(self, learner: Learner, images: Any) -> tuple[Any, Any]:
        """Return what enters the unit, (n_stimuli, n_inputs), and what it answers, (n_stimuli, 1)."""
        areas = learner.forward(images, True)[1]
        before = ops.reshape(images - MIDDLE_GREY, (-1, int(np.prod(images.shape[1:]))))
        return before, ops.reshape(areas["V1"], (-1, 1))

    def keras_lines(self, goal: Any, rate: float, epochs: float, n_steps: int | None) -> str:
        return f"rate = {rate:g}"


@dataclass(frozen=True)
class TwoViews(GradientRule):
    """A loss of its own from two views of each image: views of one image agree, those of others do not (SimCLR)."""

    name: ClassVar[str] = "two views"
    uses_labels: ClassVar[bool] = False
    measures: ClassVar[tuple[Quantity, ...]] = (Quantity("agreement", lowest=-1.0, highest=1.0),)

    def parts(self, network: Any, seed: int) -> dict[str, Any]:
        projection = keras.layers.Dense(8, kernel_initializer=keras.initializers.GlorotUniform(seed))
        projection.build((None, int(np.prod(network.get_layer("IT").output.shape[1:]))))
        return {"projection": projection}

    def keras_lines(self, goal: Any, rate: float, epochs: float, n_steps: int | None) -> str:
        return f"rate = {rate:g}"

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        noise = [0.1 * keras.random.normal(ops.shape(images), seed=learner.random) for _ in range(2)]
        first, second = (self._projected(learner, images + each, training) for each in noise)
        alike = ops.matmul(first, ops.transpose(second)) / 0.2
        own = ops.arange(ops.shape(images)[0])
        loss = ops.mean(keras.losses.sparse_categorical_crossentropy(own, alike, from_logits=True))
        return StepResult(loss, measured=(ops.mean(ops.sum(first * second, axis=1)),))

    def _projected(self, learner: Learner, view: Any, training: bool) -> Any:
        units = learner.forward(view, training)[1]["IT"]
        n_units = int(np.prod(units.shape[1:]))
        return ops.normalize(learner.parts["projection"](ops.reshape(units, (-1, n_units))))


@keras.saving.register_keras_serializable("tiny_rules")
class FeedbackDense(keras.layers.Layer):
    """W forward, and a random B that stays in the place of W's transpose on the way back."""

    def __init__(self, n_units: int, initializer: Any = "glorot_uniform", **options: Any) -> None:
        super().__init__(**options)
        self.n_units, self.initializer = n_units, keras.initializers.get(initializer)

    def build(self, input_shape: Any) -> None:
        shape = (input_shape[-1], self.n_units)
        self.kernel = self.add_weight(shape=shape, initializer=self.initializer, name="kernel")
        self.bias = self.add_weight(shape=(self.n_units,), initializer="zeros", name="bias")
        uniform = keras.initializers.GlorotUniform(seed=7)
        self.feedback = self.add_weight(shape=shape, initializer=uniform, trainable=False, name="feedback")

    def call(self, inputs: Any) -> Any:
        back = ops.matmul(inputs, ops.stop_gradient(self.feedback))
        forth = ops.matmul(ops.stop_gradient(inputs), self.kernel) + self.bias
        return forth + back - ops.stop_gradient(back)

    def get_config(self) -> dict[str, Any]:
        initializer = keras.initializers.serialize(self.initializer)
        return {**super().get_config(), "n_units": self.n_units, "initializer": initializer}


def feedback_filter(operation: Any, name: str, initializer: Any) -> Any:
    """Make a filter of 1 x 1 positions, which is a dense layer of channels."""
    assert operation.size == 1
    return FeedbackDense(operation.n_kernels, initializer, name=name)


@dataclass(frozen=True)
class FeedbackAlignment(GradientRule):
    """The goal's loss, but another way back: layers of its own (Lillicrap et al. 2016)."""

    name: ClassVar[str] = "another way back"

    @property
    def layers(self) -> dict[str, Any]:
        from hcnn_widgets.architecture.operation_layers import filter_layer

        def filters(operation: Any, name: str, initializer: Any) -> Any:
            # There is no way back before the first filter, which sees the image.
            return (feedback_filter if operation.size == 1 else filter_layer)(operation, name, initializer)

        def readout(n_units: int, name: str, initializer: Any) -> Any:
            return FeedbackDense(n_units, initializer, name=name)

        return {"filter": filters, "readout": readout}


@dataclass(frozen=True)
class FadingFeedback(FeedbackAlignment):
    """Feedback weights that shrink after every step."""

    name: ClassVar[str] = "fading feedback"

    def after_step(self, learner: Learner) -> None:
        feedback = learner.network.get_layer("readout").feedback
        feedback.assign(0.9 * feedback)


@dataclass(frozen=True)
class ReadoutOnly(GradientRule):
    """The goal's loss behind a stop: what lies before the readout stays."""

    name: ClassVar[str] = "readout only"

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        top = ops.stop_gradient(learner.forward(images, training)[1]["IT"])
        outputs = learner.network.get_layer("readout")(ops.reshape(top, (-1, int(np.prod(top.shape[1:])))))
        return StepResult(learner.goal.loss()(targets, outputs), learner.score(outputs, targets))


@dataclass(frozen=True)
class Position:
    """Where the object is: two heads, targets from latents, and a score of which less is better."""

    scale: float = 1.0

    name: ClassVar[str] = "spot"
    needs: ClassVar[tuple[str, ...]] = ("latents",)

    def refusal(self, stimuli: Any) -> str:
        missing = [axis for axis in ("x", "y") if axis not in stimuli.latents]
        return f"`stimuli` must have the latents x and y; received no {' and no '.join(missing)}." if missing else ""

    def units(self, stimuli: Any) -> tuple[str, ...]:
        return ("x", "y")

    def output_refusal(self, outputs: Any, units: Any) -> str:
        return ""

    def head(self, trunk: Any, units: Any, seed: int | None, layers: Any) -> Any:
        flat = keras.layers.Flatten(name="flatten")(trunk.output)
        initializer = keras.initializers.GlorotUniform(seed=seed)
        return {axis: keras.layers.Dense(1, kernel_initializer=initializer, name=axis)(flat) for axis in units}

    def targets(self, stimuli: Any, units: Any) -> dict[str, Any]:
        return {axis: np.asarray(stimuli.latents[axis], np.float32)[:, None] for axis in units}

    def loss(self) -> Any:
        return lambda targets, outputs: sum(ops.mean(ops.square(outputs[axis] - targets[axis])) for axis in outputs)

    def score(self, outputs: Any, targets: Any) -> Any:
        squares = sum(ops.square(outputs[axis] - targets[axis]) for axis in outputs)
        return self.scale * ops.mean(ops.sqrt(squares))

    def score_kinds(self, units: Any) -> tuple[Quantity, ...]:
        return (Quantity("position error", "degrees", higher_is_better=False, lowest=0.0),)

    def keras_lines(self) -> KerasLines:
        return KerasLines("x and y", "x and y in degrees, a dict", 'dict(x="mse", y="mse")', 'dict(x="mae", y="mae")')


@dataclass(frozen=True)
class WhatAndWhere:
    """Two goals at once, weighted, each with its head and its score."""

    share: float = 0.5

    name: ClassVar[str] = "what and where"
    needs: ClassVar[tuple[str, ...]] = ("labels", "latents")

    def refusal(self, stimuli: Any) -> str:
        return Categorization().refusal(stimuli) or Position().refusal(stimuli)

    def units(self, stimuli: Any) -> tuple[str, ...]:
        return stimuli.categories

    def output_refusal(self, outputs: Any, units: Any) -> str:
        return ""

    def head(self, trunk: Any, units: Any, seed: int | None, layers: Any) -> Any:
        what = Categorization(dropout=0.0).attach(trunk.output, len(units), seed, layers)
        return {"what": what, **Position().head(trunk, ("x", "y"), seed, layers)}

    def targets(self, stimuli: Any, units: Any) -> dict[str, Any]:
        return {"what": Categorization().targets(stimuli, units), **Position().targets(stimuli, ("x", "y"))}

    def loss(self) -> Any:
        what, where = Categorization().loss(), Position().loss()
        return lambda targets, outputs: (
            self.share * what(targets["what"], outputs["what"]) + (1 - self.share) * where(targets, _where(outputs))
        )

    def score(self, outputs: Any, targets: Any) -> tuple[Any, Any]:
        return Categorization().score(outputs["what"], targets["what"]), Position().score(_where(outputs), targets)

    def score_kinds(self, units: Any) -> tuple[Quantity, ...]:
        return (*Categorization().score_kinds(units), *Position().score_kinds(()))

    def keras_lines(self) -> KerasLines:
        losses = 'dict(what=keras.losses.SparseCategoricalCrossentropy(from_logits=True), x="mse", y="mse")'
        return KerasLines("logits, x and y", "a dict", losses, 'dict(what="accuracy", x="mae", y="mae")')


def _where(outputs: Any) -> dict[str, Any]:
    return {axis: outputs[axis] for axis in ("x", "y")}
