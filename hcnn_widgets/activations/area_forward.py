"""A network's outputs and what its areas answer, in one pass, for learning rules that look at areas."""

from collections.abc import Callable, Mapping
from typing import Any

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.rule import Looked

from .filter_kernels import is_filter
from .network_graph import Application, NetworkGraph, Tap
from .tapped_part import TappedPart, applied
from .taps import output_taps, tapped_tensors


def area_forward(network: Any, taps: Mapping[str, str]) -> "AreaForward":
    """Return the function (images, training) -> (outputs, area -> map), which has a second way to look.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    taps : mapping of str to str
        As `taps_of` returns them.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> network = hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)).build()
    >>> forward = area_forward(network, {"V1": "V1"})
    >>> outputs, areas = forward(keras.ops.zeros((2, 16, 16, 1)), False)
    >>> tuple(outputs.shape), tuple(areas["V1"].shape)
    ((2, 2, 2, 48), (2, 4, 4, 32))
    >>> [layer.name for layer, before in forward.look(keras.ops.zeros((2, 16, 16, 1)), False).filters]
    ['V1.filter']
    """
    return AreaForward(network, taps)


class AreaForward:
    """One pass through a network, as it is or with a head that sends nothing back into the areas."""

    def __init__(self, network: Any, taps: Mapping[str, str]) -> None:
        # A Sequential that was never called has outputs, and no `output`.
        self._output = network.outputs[0] if isinstance(network, keras.Sequential) else network.output
        self._graph = NetworkGraph(network)
        self._taps = tapped_tensors(self._graph, taps)
        self._ends = output_taps(self._graph, network)
        self._part = TappedPart(self._graph, [*self._ends, *self._taps.values()])
        self._trunk = set().union(*(tap.application.upstream() for tap in self._taps.values()))
        self._looking: Callable[[Any, bool], Looked] | None = None

    def __call__(self, images: Any, training: bool) -> tuple[Any, dict[str, Any]]:
        """Return the network's outputs, and area -> map."""
        values = self._part(images, training=training)
        outputs, areas = values[: len(self._ends)], values[len(self._ends) :]
        return self._packed(outputs), dict(zip(self._taps, areas, strict=True))

    def look(self, images: Any, training: bool) -> Looked:
        """Return the same with a head that sends nothing back, and what comes into each convolution of the areas."""
        if self._looking is None:
            self._looking = self._make_looking()
        return self._looking(images, training)

    @property
    def head_layers(self) -> list[Any]:
        """The layers that lie behind all areas, and those beside them, which no area needs."""
        held = {id(application.layer) for application in self._trunk}
        layers = [leaf.layer for leaf in self._graph.leaves if id(leaf.layer) not in held]
        return [layer for layer in dict.fromkeys(layers) if hasattr(layer, "losses")]

    def _packed(self, outputs: list[Any]) -> Any:
        return keras.tree.pack_sequence_as(self._output, outputs)

    def _make_looking(self) -> Callable[[Any, bool], Looked]:
        filters = {leaf.layer: leaf for leaf in self._graph.leaves if leaf in self._trunk and is_filter(leaf.layer)}
        read = self._read_by_the_head()
        before = [next(iter(leaf.inputs.values())) for leaf in filters.values()]
        below = TappedPart(self._graph, [*read, *self._taps.values(), *before])
        head = _Head(self._graph, self._trunk, read, self._ends, self.head_layers)

        def look(images: Any, training: bool) -> Looked:
            values = below(images, training=training)
            stopped = [keras.ops.stop_gradient(value) for value in values[: len(read)]]
            areas = dict(zip(self._taps, values[len(read) :], strict=False))
            came = values[len(read) + len(areas) :]
            outputs = self._packed(head(stopped, training=training))
            return Looked(outputs, areas, list(zip(filters, came, strict=True)))

        return look

    def _read_by_the_head(self) -> list[Tap]:
        """Return the tensors of the areas that the head, or the network's outputs, are made of."""
        needed = set().union(*(tap.application.upstream() for tap in self._ends))
        head = [leaf for leaf in self._graph.leaves if leaf in needed and leaf not in self._trunk]
        read = [tap for leaf in head for tap in leaf.inputs.values()] + self._ends
        return list(dict.fromkeys(tap for tap in read if tap.application in self._trunk))


class _Head(keras.layers.Layer):  # type: ignore[misc]
    """What lies behind the areas of a network, run on what it reads of them."""

    def __init__(self, graph: NetworkGraph, trunk: set[Application], read: list[Tap], ends: list[Tap], layers: Any):
        super().__init__(name="head_part", dtype="float32", autocast=False)
        self._run = lambda apply: graph.run(None, ends, apply)
        self._trunk, self._read, self._layers_behind = trunk, read, layers
        self.built = True

    def call(self, read: list[Any], training: bool = False) -> list[Any]:
        """Return the network's outputs for what the head reads of the areas."""
        known = dict(zip(self._read, read, strict=True))

        def apply(application: Application, args: Any, kwargs: Any) -> list[Any]:
            if application in self._trunk:  # nothing of it runs; what the head does not read stays empty
                return [known.get(tap) for tap in application.outputs]
            return applied(application, args, kwargs, training)

        return list(self._run(apply))
