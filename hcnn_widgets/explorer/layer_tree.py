"""The layers of a Keras model as plain data.

Only what Keras has written down already is read: nothing is built, called or imported, so that looking at a model
never changes it and never waits.
"""

from collections.abc import Iterable
from typing import Any

from hcnn_widgets.learning.watched_models import is_keras_model

MOST_LAYERS = 300
"""Layers shown of one model; of a longer one the rest is counted."""

_LONGEST_NAME = 120

Node = dict[str, Any]
Shapes = list[list[int | None]]


def node(
    kind: str,
    name: object,
    type_name: str,
    shapes: Shapes | None = None,
    n_parameters: int | None = None,
    note: str = "",
    children: list[Node] | None = None,
) -> Node:
    """Make one node of the tree, all its fields there."""
    return {
        "kind": kind,
        "name": str(name)[:_LONGEST_NAME],
        "type": type_name[:_LONGEST_NAME],
        "shapes": shapes or [],
        "n_parameters": n_parameters,
        "note": note,
        "children": children or [],
    }


def layer_nodes(layers: list[Any], nested: bool = False) -> list[Node]:
    """Describe layers in a row; of a layer that is a model itself also its layers, where ``nested``."""
    return cut([_layer_node(layer, nested) for layer in layers])


def cut(nodes: list[Node]) -> list[Node]:
    """Keep the first nodes of a long row, and count the others."""
    more = len(nodes) - MOST_LAYERS
    return nodes if more <= 0 else [*nodes[:MOST_LAYERS], node("more", f"and {more:,} more layers", "")]


def _layer_node(layer: Any, nested: bool) -> Node:
    made = node("layer", layer.name, type(layer).__name__, shapes_of(layer), n_parameters_of(layer))
    if nested and is_keras_model(layer):
        made["children"] = layer_nodes(without_inputs(layer.layers)[1])
    return made


def without_inputs(layers: Iterable[Any]) -> tuple[list[Node], list[Any]]:
    """Part a model's layers into its inputs, described, and all others."""
    inputs, others = [], []
    for layer in layers:
        if type(layer).__name__ == "InputLayer":
            inputs.append(node("input", layer.name, "", shapes_of(layer), 0))
        else:
            others.append(layer)
    return inputs, others


def shapes_of(layer: Any) -> Shapes:
    """Return the shape of each output, without the stimuli; none where Keras has not written them down."""
    try:
        # A model's outputs are those of its own graph; its output may be a call of what it was before a `pop`.
        output = layer.outputs if is_keras_model(layer) else layer.output
    except Exception:  # never called, or never built: Keras has several exceptions for it
        return []
    outputs = output.values() if isinstance(output, dict) else output if isinstance(output, list | tuple) else [output]
    return shape_lists(outputs)


def shape_lists(tensors: Iterable[Any]) -> Shapes:
    """Return the shape of each symbolic tensor, without the stimuli; a size that is not fixed is None."""
    return [[None if size is None else int(size) for size in tensor.shape[1:]] for tensor in tensors]


def n_parameters_of(layer: Any) -> int | None:
    """Count the weights; None before there are any."""
    return int(layer.count_params()) if layer.built else None
