"""The layers of a network's own graph as plain data: each application once, and every weight counted once."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from hcnn_widgets.activations.network_graph import Application

from .layer_tree import Node, cut, node, shape_lists

Counted = dict[int, str]
"""Identity of a weight -> path of the application where it is counted."""


def application_nodes(
    applications: Iterable[Application], members: set[Application], counted: Counted, nested: bool = False
) -> list[Node]:
    """Describe those applications that are members; inputs and operations without a layer are left out.

    Parameters
    ----------
    applications : iterable of Application
        Of the network, in order.
    members : set of Application
        Leaves of the graph. A model of which all leaves are members is shown whole, of another those inside that are.
    counted : dict of int to str
        Weights counted already, by their identity; what is counted here is added.
    nested : bool
        Whether the layers of a model that is shown whole are its children.
    """
    return [_node(whole, counted, nested) for whole in _shown(applications, members)]


def _shown(applications: Iterable[Application], members: set[Application]) -> Iterator[Application]:
    for application in applications:
        leaves = {leaf for leaf in application.leaves if not leaf.is_input and _is_layer(leaf)}
        if leaves and leaves <= members:
            yield application
        elif application.inside:
            yield from _shown(application.inside, members)


def _node(application: Application, counted: Counted, nested: bool) -> Node:
    layer = application.layer
    weights = {id(weight): weight for weight in layer.weights}
    elsewhere = next((counted[key] for key in weights if key in counted), "")
    children = []
    if nested and application.inside:
        # What a model's layers count they count within the model: the model's own number has them all once more.
        children = cut(application_nodes(application.inside, set(application.leaves), dict(counted), nested))
        for child in children:
            child["name"] = child["name"].removeprefix(f"{application.path}/")
    new = {key: weight for key, weight in weights.items() if key not in counted}
    counted.update(dict.fromkeys(new, application.path))
    return node(
        "layer",
        application.path,
        type(layer).__name__,
        shape_lists(application.symbols),
        sum(math.prod(weight.shape) for weight in new.values()),
        f"Its weights are counted at {elsewhere}." if elsewhere else "",
        children,
    )


def _is_layer(application: Application) -> bool:
    return hasattr(application.layer, "weights")


def input_nodes(applications: Iterable[Application], layers: Iterable[Any]) -> list[Node]:
    """Describe the inputs that are among a network's layers; a Sequential does not list its own."""
    listed = {id(layer) for layer in layers}
    return [
        node("input", application.path, "", shape_lists(application.symbols), 0)
        for application in applications
        if application.is_input and id(application.layer) in listed
    ]
