"""From a spec to a Keras network: one layer an operation, applied at every time step, and one tap an area."""

from collections.abc import Iterator, Mapping
from typing import Any

from hcnn_widgets.keras_door import keras

from .area_graph import AreaGraph
from .areas import Area
from .layers import Frames, Silence
from .operation_layers import LayerMaker, checked_makers, initializers

_JOIN_LAYERS = {"concatenate": keras.layers.Concatenate, "add": keras.layers.Add}


def build(spec: AreaGraph, layers: Mapping[str, LayerMaker] | None, seed: int | None) -> Any:
    """Return the network of a spec (see `ArchitectureSpec.build`)."""
    makers, noise = checked_makers(layers or {}), iter(initializers(spec.stack, seed))
    areas = {area.name: _layers(area, len(spec.links[area.name]) > 1, makers, noise) for area in spec.stack}
    given = {name: keras.Input(shape, name=name) for name, shape in spec.input_shapes.items()}
    maps: dict[str, Any] = {}
    states: dict[str, Any] = {}
    silent = _silent_maps(spec, next(iter(given.values())))
    for step, frames in enumerate(zip(*_shown(spec, given), strict=True), start=1):
        maps |= dict(zip(given, frames, strict=True))
        for area, own in areas.items():
            # A map that is taken before its area's turn is still that of the time step before.
            arriving = [maps.get(link.name, silent.get(link.name)) for link in spec.links[area]]
            maps[area] = _applied(own, arriving, states)
            if step == spec.time_steps:
                # The tap: applied once, so that no other time step can be taken for the last one.
                maps[area] = keras.layers.Identity(name=area)(maps[area])
    inputs, outputs = list(given.values()), [maps[name] for name in spec.output_names]
    return keras.Model(_single(inputs), _single(outputs), name=spec.name)


def _layers(area: Area, joins: bool, makers: Mapping[str, LayerMaker], noise: Iterator[Any]) -> list[Any]:
    """Return the layers of an area in order: what joins its inputs, and its operations."""
    # Names of areas hold no dot, so these never meet the name of another area's tap.
    layers = [_JOIN_LAYERS[area.join](name=f"{area.name}.{area.join}")] if joins else []
    words: list[str] = []
    for operation in area.operations:
        words.append(operation.operation)
        count = words.count(operation.operation)
        name = f"{area.name}.{operation.operation}" + (f"_{count}" if count > 1 else "")
        layers.append(makers[operation.operation](operation, name=name, initializer=next(noise)))
    return layers


def _applied(layers: list[Any], arriving: list[Any], states: dict[str, Any]) -> Any:
    """Return what an area makes of what arrives, and keep the states of its layers for the next time step."""
    tensor = _single(arriving)
    for layer in layers:
        before = states.get(layer.name)
        tensor = layer(tensor) if before is None else layer([tensor, before])
        if getattr(layer, "keeps_state", False):
            states[layer.name] = tensor
    return tensor


def _shown(spec: AreaGraph, given: Mapping[str, Any]) -> list[list[Any]]:
    """Return the maps of each input of the network at each time step: the frames of a sequence, or the same map."""
    contrast = keras.layers.Rescaling(1.0, offset=-spec.background, name="contrast")
    shown = []
    for name, tensor in given.items():
        tensor = contrast(tensor) if spec.background else tensor
        sequence = len(spec.input_shapes[name]) == 4
        shown.append(Frames(name=f"{name}.frames")(tensor) if sequence else [tensor] * spec.time_steps)
    return shown


def _silent_maps(spec: AreaGraph, stimuli: Any) -> dict[str, Any]:
    """Return maps of zeros in place of those that areas take from before the first time step."""
    taken = {link.name for links in spec.links.values() for link in links if link.delayed}
    return {
        info.name: Silence(info.output_shape, name=f"{info.name}.silence")(stimuli)
        for info in spec.areas
        if info.name in taken
    }


def _single(tensors: list[Any]) -> Any:
    """Return the only tensor, or the list of several."""
    return tensors[0] if len(tensors) == 1 else tensors
