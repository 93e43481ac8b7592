"""The layers of a Keras model as plain data.

Only what Keras has written down already is read: nothing is built, called or imported, so that looking at a model
never changes it and never waits.
"""

import sys
from collections.abc import Iterable
from typing import Any

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
    nodes = [_layer_node(layer, nested) for layer in layers[:MOST_LAYERS]]
    if len(layers) > MOST_LAYERS:
        nodes.append(node("more", f"and {len(layers) - MOST_LAYERS:,} more layers", ""))
    return nodes


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
    """Give the shape of each output, without the stimuli; none where Keras has not written them down."""
    try:
        output = layer.output
    except (
        Exception
    ):  # never called itself; Keras has several exceptions for it, and a Sequential has outputs all the same
        output = getattr(layer, "outputs", None) or []
    outputs = output.values() if isinstance(output, dict) else output if isinstance(output, list | tuple) else [output]
    return [[None if size is None else int(size) for size in one.shape[1:]] for one in outputs]


def n_parameters_of(layer: Any) -> int | None:
    """Count the weights; None before there are any."""
    return int(layer.count_params()) if layer.built else None


def is_keras_model(thing: object) -> bool:
    """Tell without importing Keras: where it is not loaded, nothing is a model of it."""
    kind = getattr(sys.modules.get("keras"), "Model", None)
    return kind is not None and issubclass(type(thing), kind)
