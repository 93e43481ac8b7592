"""What a model is made of, as plain data: a tree of areas and layers with shapes and parameters."""

from typing import Any

from .layer_tree import Node, is_keras_model, layer_nodes, n_parameters_of, node, shapes_of, without_inputs

_PLANNED = "Not built yet: the network is made by train(), or by build(), when its categories are known."
_UNBUILT = "Not built yet: its shapes are known once it has seen data, or by build(input_shape)."
_ELSEWHERE = "Its tap is inside another layer."


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
    inputs, layers = without_inputs(model.layers)
    return node(
        "model",
        model.name,
        type(model).__name__,
        shapes_of(model),
        n_parameters_of(model),
        "" if model.built else _UNBUILT,
        inputs + layer_nodes(layers, nested=True),
    )


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
    """Group the layers: each belongs to the area of the next tap, what comes after the last one to the goal."""
    nodes, layers = without_inputs(network.layers)
    place = {layer.name: index for index, layer in enumerate(layers)}
    start = 0
    for area, tap in sorted(taps.items(), key=lambda item: place.get(item[1], -1)):
        if tap not in place:
            nodes.append(node("area", area, "", note=_ELSEWHERE))
            continue
        end = place[tap] + 1
        nodes.append(_group("area", area, "", layers[start:end], layers[end - 1]))
        start = end
    if layers[start:]:
        nodes.append(_group("goal", "goal", "" if goal is None else type(goal).__name__, layers[start:], layers[-1]))
    return nodes


def _group(kind: str, name: str, type_name: str, layers: list[Any], last: Any) -> Node:
    known = [count for count in map(n_parameters_of, layers) if count is not None]
    return node(kind, name, type_name, shapes_of(last), sum(known), children=layer_nodes(layers))
