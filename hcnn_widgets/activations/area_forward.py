"""A network's outputs and what its areas answer, in one pass, for learning rules that look at areas."""

from collections.abc import Callable, Mapping
from typing import Any

from hcnn_widgets.keras_door import keras

from .network_graph import NetworkGraph
from .tapped_part import TappedPart
from .taps import output_taps, tapped_tensors


def area_forward(network: Any, taps: Mapping[str, str]) -> Callable[[Any, bool], tuple[Any, dict[str, Any]]]:
    """Return the function (images, training) -> (outputs, area -> map).

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
    >>> outputs, areas = area_forward(network, {"V1": "V1"})(keras.ops.zeros((2, 16, 16, 1)), False)
    >>> tuple(outputs.shape), tuple(areas["V1"].shape)
    ((2, 2, 2, 48), (2, 4, 4, 32))
    """
    graph = NetworkGraph(network)
    tensors = tapped_tensors(graph, taps)
    ends = output_taps(graph, network)
    part = TappedPart(graph, [*ends, *tensors.values()])

    def forward(images: Any, training: bool) -> tuple[Any, dict[str, Any]]:
        values = part(images, training=training)
        outputs = keras.tree.pack_sequence_as(network.output, values[: len(ends)])
        return outputs, dict(zip(tensors, values[len(ends) :], strict=True))

    return forward
