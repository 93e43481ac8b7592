"""Description of a model as plain data: a tree of areas and layers with shapes and parameters."""

from typing import Any

from hcnn_widgets.activations.area_layers import area_layers
from hcnn_widgets.activations.network_graph import NetworkGraph, has_graph
from hcnn_widgets.activations.taps import tapped_tensors, which_application
from hcnn_widgets.learning.watched_models import is_keras_model
from hcnn_widgets.records.keywords import checks_keywords

from .application_tree import Counted, application_nodes, input_nodes
from .layer_tree import (
    Node,
    cut,
    layer_nodes,
    n_parameters_of,
    node,
    shape_lists,
    shapes_of,
    without_inputs,
)

_PLANNED = "Not built yet: the network is made by train(), or by build()."
_UNBUILT = "Not built yet: its shapes are known once it has seen data, or by build(input_shape)."
_GONE = "Its tap is not in the network any more."


@checks_keywords
def describe(model: Any) -> Node:
    """Describe a goal-driven model or any Keras model; whatever it is, this does not raise.

    Parameters
    ----------
    model : GoalDrivenModel or keras.Model

    Returns
    -------
    dict
        ``kind`` ("model"), ``name``, ``type``, ``shapes``, ``n_parameters`` (None where unknown), ``note`` (a sentence
        where something is missing, else empty) and ``children``, dicts of the same form of kind "input", "area",
        "goal", "layer" or "more". ``shapes`` has one list per output, without the stimuli, for instance
        [[height, width, n_channels]]; a size that is not fixed is None. An area of a spec also has
        ``receptive_field`` and ``stride``, in degrees of visual angle.
    """
    try:
        return _keras_model(model) if is_keras_model(model) else _goal_driven(model)
    except Exception as error:  # a stranger's model may raise anything, and the others must still be listed
        note = f"It cannot be described: {type(error).__name__}: {error}"
        return node("model", type(model).__name__, type(model).__name__, note=note[:300])


def _keras_model(model: Any) -> Node:
    return node(
        "model",
        model.name,
        type(model).__name__,
        shapes_of(model),
        n_parameters_of(model),
        "" if model.built else _UNBUILT,
        _layers(model),
    )


def _layers(model: Any) -> list[Node]:
    """Describe the layers: by the model's own graph where it has one, else as they are listed."""
    if not has_graph(model):
        inputs, layers = without_inputs(model.layers)
        return inputs + layer_nodes(layers, nested=True)
    graph = NetworkGraph(model)
    inputs = input_nodes(graph.applications, model.layers)
    return inputs + cut(application_nodes(graph.applications, set(graph.leaves), {}, nested=True))


def _goal_driven(model: Any) -> Node:
    planned = {area.name: area for area in model.spec.areas} if model.spec is not None else {}
    kind, network = type(model).__name__, model.network
    if network is None:
        return node("model", model.name, kind, note=_PLANNED, children=[_planned(area) for area in planned.values()])
    children = _parts(network, model.taps, model.goal)
    for child in children:
        if child["kind"] == "area" and child["name"] in planned:
            child.update(_fields(planned[child["name"]]))
    return node("model", model.name, kind, shapes_of(network), n_parameters_of(network), children=children)


def _planned(area: Any) -> Node:
    shape: list[int | None] = [int(size) for size in area.output_shape]
    return node("area", area.name, "", [shape], int(area.n_parameters)) | _fields(area)


def _fields(area: Any) -> Node:
    degrees = {"receptive_field": area.receptive_field_degrees, "stride": area.stride_degrees}
    return {name: float(f"{value:.3g}") for name, value in degrees.items()}


def _parts(network: Any, taps: dict[str, str], goal: Any) -> list[Node]:
    """Group the layers: to each area those that its tap follows from, to the goal what no area has."""
    graph = NetworkGraph(network)
    nodes = input_nodes(graph.applications, network.layers)
    found = {area: tap for area, tap in taps.items() if graph.find(tap) is not None}
    nodes += [node("area", area, "", note=_GONE) for area in taps if area not in found]
    tensors, counted = tapped_tensors(graph, found), Counted()
    rest = {leaf for leaf in graph.leaves if not leaf.is_input}
    place = {leaf: index for index, leaf in enumerate(graph.leaves)}
    own = area_layers(graph, tensors)
    for area in sorted(found, key=lambda area: place[tensors[area].application]):
        children = application_nodes(graph.applications, set(own[area]), counted)
        nodes.append(_group("area", area, "", [tensors[area].symbol], children, _which(graph, found[area])))
        rest -= set(own[area])
    if children := application_nodes(graph.applications, rest, counted):
        nodes.append(_group("goal", "goal", "" if goal is None else type(goal).__name__, network.outputs, children))
    return nodes


def _which(graph: NetworkGraph, tap: str) -> str:
    """Describe which of a layer's applications is tapped, where there are several."""
    which = which_application(graph, tap)
    return f"Its tap is {which}." if which else ""


def _group(kind: str, name: str, type_name: str, outputs: list[Any], children: list[Node], note: str = "") -> Node:
    n_parameters = sum(child["n_parameters"] for child in children)
    return node(kind, name, type_name, shape_lists(outputs), n_parameters, note, cut(children))
