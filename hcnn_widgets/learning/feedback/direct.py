"""Direct feedback alignment: the error at the outputs reaches every area by a random projection of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from hcnn_widgets.architecture.operation_layers import filter_layer
from hcnn_widgets.architecture.recurrence.state_layer import state_refusal
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.network import FIRST_FILTER
from hcnn_widgets.learning.rule import Learner, StepResult
from hcnn_widgets.records.keywords import checks_keywords

from .feedback_layers import feedback_makers

MOST_WEIGHTS = 64_000_000
"""Feedback weights of a run, 256 MB of them."""


@checks_keywords
@dataclass(frozen=True)
class DirectFeedbackAlignment(GradientRule):
    """Send the error at the outputs to every area by fixed random weights of its own (Nokland 2016, arXiv 1609.01596).

    No error passes from one area to the one before. Within an area it goes through what follows the area's filter, such
    as its nonlinearity; the outputs' own weights follow the goal's gradient. As by feedback alignment, dense networks
    learn by it, and a stack of convolutions hardly does.

    Parameters
    ----------
    learning_rate, optimizer, batch_size, schedule, precision
        As in `Backpropagation`.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    name: ClassVar[str] = "direct feedback alignment"
    error_path: ClassVar[str] = "direct"

    @property
    def layers(self) -> dict[str, Any]:
        """Makers of filters that send nothing back to the area before."""
        shut = feedback_makers("none")["filter"]

        def filters(operation: Any, name: str, initializer: Any) -> Any:
            make = shut if name.endswith(".filter") else filter_layer  # a second filter of an area sends back to it
            return make(operation, name=name, initializer=initializer)

        return {"filter": filters, FIRST_FILTER: shut}

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why a network cannot be trained so: its feedback weights would be too many; empty where it can."""
        if refusal := state_refusal(self.name, network):
            return refusal
        n_weights = sum(prod(map.shape[1:]) for map in _areas(network).values()) * _n_outputs(network)
        if n_weights <= MOST_WEIGHTS:
            return ""
        return (
            f"`rule` {self.name!r} has a weight from every output to every unit. Accepted are {MOST_WEIGHTS:,} of "
            f"them; received a goal and an architecture with {n_weights:,}. Take a goal with fewer outputs, or smaller "
            "images."
        )

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Return a projection of each area's map onto the outputs, fixed, through which the error comes back."""
        shapes = [tuple(output.shape[1:]) for output in keras.tree.flatten(network.output)]
        parts = {}
        for number, (area, map) in enumerate(_areas(network).items()):
            parts[area] = projection = Projection(shapes, seed * 1_000 + number, name=f"feedback_to_{area}")
            projection.build((None, prod(map.shape[1:])))
        return parts

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the goal's loss and score; in training, its gradient reaches the areas through the projections."""
        assert learner.look is not None
        assert learner.goal is not None
        outputs, areas, _ = learner.look(images, training)
        if training:
            outputs = _reached_by(outputs, areas, learner.parts)
        return StepResult(learner.goal.loss()(targets, outputs), learner.score(outputs, targets))


class Projection(keras.layers.Layer):  # type: ignore[misc]
    """Fixed random weights from the units of a map to arrays of the outputs' shapes.

    Parameters
    ----------
    shapes : list of tuple of int
        Of each output, without the stimuli.
    seed : int
    """

    def __init__(self, shapes: list[tuple[int, ...]], seed: int, **options: Any) -> None:
        super().__init__(trainable=False, **options)
        self.shapes, self.seed = shapes, seed

    def build(self, input_shape: Any) -> None:
        """Draw the weights."""
        uniform = keras.initializers.GlorotUniform(seed=self.seed)
        shape = (input_shape[-1], sum(prod(shape) for shape in self.shapes))
        self.feedback = self.add_weight(shape=shape, initializer=uniform, trainable=False, name="feedback")

    def call(self, inputs: Any) -> list[Any]:
        """Return an array of each output's shape for units (n_stimuli, n_units)."""
        ops = keras.ops
        whole = ops.matmul(inputs, self.feedback)
        ends = [sum(prod(shape) for shape in self.shapes[:number]) for number in range(1, len(self.shapes))]
        pieces = ops.split(whole, ends, axis=1) if ends else [whole]
        return [ops.reshape(piece, (-1, *shape)) for piece, shape in zip(pieces, self.shapes, strict=True)]


def _reached_by(outputs: Any, areas: Mapping[str, Any], parts: Mapping[str, Any]) -> Any:
    """Return outputs of the same value whose gradient reaches each area through its projection alone."""
    ops = keras.ops
    flat = keras.tree.flatten(outputs)
    for area, projection in parts.items():
        units = ops.reshape(areas[area], (-1, prod(areas[area].shape[1:])))
        seen = projection(ops.cast(units, "float32"))
        flat = [output + ops.cast(z - ops.stop_gradient(z), output.dtype) for output, z in zip(flat, seen, strict=True)]
    return keras.tree.pack_sequence_as(outputs, flat)


def _areas(network: Any) -> dict[str, Any]:
    """Return area -> symbol of its map, for the areas with a filter of their own."""
    names = dict.fromkeys(layer.name.partition(".")[0] for layer in network.layers if hasattr(layer, "way_back"))
    return {name: network.get_layer(name).output for name in names}


def _n_outputs(network: Any) -> int:
    return sum(prod(output.shape[1:]) for output in keras.tree.flatten(network.output))
