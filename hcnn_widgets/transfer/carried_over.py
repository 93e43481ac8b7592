"""A network for new categories: up to the freeze line that of a trained model, or one drawn anew."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.moving_statistics import MovingStatistics
from hcnn_widgets.activations.network_graph import Application, NetworkGraph
from hcnn_widgets.activations.tapped_part import TappedPart
from hcnn_widgets.architecture.initial_weights import drawn_anew
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.network import build_network
from hcnn_widgets.model import GoalDrivenModel, _instances
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .ways import Way

Weights = Mapping[str, Mapping[str, NDArray[np.floating]]]
"""Path of a layer -> name of a weight -> its values."""
MOST_READ = 4096
"""Units of the highest area's map that a readout sees one by one; of a larger map it sees each channel's mean."""


def weights_of(model: GoalDrivenModel) -> Weights:
    """Return a copy of all weights of a model; while it trains, at its next step boundary."""

    def copied() -> Weights:
        return {
            leaf.path: {weights.name: keras.ops.convert_to_numpy(weights).copy() for weights in leaf.layer.weights}
            for leaf in NetworkGraph(model.network).leaves
            if getattr(leaf.layer, "weights", None)
        }

    made: Weights = model._when_quiet(copied)
    return made


def goal_of(model: GoalDrivenModel) -> Categorization:
    """Return the goal of telling new categories apart, by a readout that sees what the model's own saw."""
    if type(model.goal) is Categorization and model.spec is not None:
        return model.goal
    top = NetworkGraph(model.network).find(model.taps[model.areas[-1]])
    assert top is not None
    few = all(top.symbols[0].shape[1:]) and int(np.prod(top.symbols[0].shape[1:])) <= MOST_READ
    return Categorization(pooling="flatten" if few else "average")


def carried_over(
    model: GoalDrivenModel,
    way: Way,
    freeze_at: str,
    weights: Weights,
    categories: Sequence[str],
    rule: Backpropagation,
    seed: int,
) -> GoalDrivenModel:
    """Make a network for new categories, whose areas above the freeze line and whose readout are drawn anew.

    Parameters
    ----------
    model : GoalDrivenModel
        The trained one, which stays as it is.
    way : Way
    freeze_at : str
        The last area below the line.
    weights : mapping
        Of the trained model, as `weights_of` returns them.
    categories : sequence of str
    rule : Backpropagation
    seed : int
        The same seed draws the same weights, whichever the way.

    Raises
    ------
    ValueError
        If Keras cannot make the network anew, or a layer of the trained one has other weights.
    """
    goal = goal_of(model)
    make = _of_architecture if model.spec is not None else _of_keras
    network = make(model, goal, categories, seed)
    graph = NetworkGraph(network)
    taps = {area: tap for area, tap in model.taps.items() if graph.find(tap) is not None}
    for leaf in _below(graph, taps[freeze_at]):
        if way.takes_over:
            _take_over(leaf, weights)
        leaf.layer.trainable = not way.frozen
    made = GoalDrivenModel.from_keras(
        network, taps, goal, rule, categories, name=f"{model.name} carried over", pretrained=True
    )
    made.pixels = model.pixels
    _instances.discard(made)  # one of many, and none of the user's
    return made


def below_the_line(model: GoalDrivenModel, freeze_at: str) -> list[Any]:
    """Return the layers with weights up to the freeze line, from the input up."""
    return [leaf.layer for leaf in _below(NetworkGraph(model.network), model.taps[freeze_at])]


def settle_statistics(model: GoalDrivenModel, images: StimulusSet, freeze_at: str) -> None:
    """Give frozen batch normalisation that was never trained the means and variances of images, without labels."""
    graph = NetworkGraph(model.network)
    line = graph.find(model.taps[freeze_at])
    assert line is not None
    largest = max(int(np.prod([size or 1 for size in leaf.symbols[0].shape[1:]])) for leaf in graph.leaves)
    MovingStatistics(TappedPart(graph, [line.outputs[0]]), images.images, model.pixels, largest).set()


def _of_architecture(model: GoalDrivenModel, goal: Categorization, categories: Sequence[str], seed: int) -> Any:
    assert model.spec is not None
    return build_network(model.spec, goal, Backpropagation(), categories, seed)


def _of_keras(model: GoalDrivenModel, goal: Categorization, categories: Sequence[str], seed: int) -> Any:
    """Draw a Keras model anew and put a readout onto its highest area."""
    copy = drawn_anew(model.network, seed)
    top = NetworkGraph(copy).find(model.taps[model.areas[-1]])
    assert top is not None
    if "/" in top.path:
        raise ValueError(
            f"`model` has its highest area, {model.areas[-1]}, inside another model, where no new readout can be put. "
            f"Accepted is an area of the outer network; received {top.path!r}."
        )
    trunk = keras.Model(copy.inputs[0], top.symbols[0])
    return keras.Model(trunk.input, goal.head(trunk, categories, seed, {}), name=copy.name)


def _below(graph: NetworkGraph, tap: str) -> list[Application]:
    """Return the applications of layers with weights that a tap is made of, each layer once."""
    line = graph.find(tap)
    assert line is not None
    upstream = line.upstream()
    leaves = [leaf for leaf in graph.leaves if leaf in upstream and getattr(leaf.layer, "weights", None)]
    return list({id(leaf.layer): leaf for leaf in leaves}.values())


def _take_over(leaf: Application, weights: Weights) -> None:
    known = weights.get(leaf.path, {})
    for own in leaf.layer.weights:
        theirs = known.get(own.name)
        if theirs is None or theirs.shape != tuple(own.shape):
            raise ValueError(
                f"`model` cannot be carried over: its layer {leaf.path} has no weights {own.name} of shape "
                f"{tuple(own.shape)}. Accepted is a network whose layers can be made anew; received another layer."
            )
        own.assign(theirs)
