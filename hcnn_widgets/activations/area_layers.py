"""Which applications of layers belong to which area: by the graph, not by the order of a list."""

from collections.abc import Mapping

from .network_graph import Application, NetworkGraph, Tap


def area_layers(graph: NetworkGraph, tensors: Mapping[str, Tap]) -> dict[str, list[Application]]:
    """Return the applications of each area, from the input on, inputs left out.

    An area's applications are those upstream of its tap, that is those that the tap's tensor follows from, less those
    upstream of another area's tap that is upstream itself. Two areas that part from a common stem without a tap on it
    both have the stem.

    Parameters
    ----------
    graph : NetworkGraph
        The network.
    tensors : mapping of str to Tap
        Area -> tensor, as `tapped_tensors` returns them, in any order.
    """
    upstream = {area: tap.application.upstream() for area, tap in tensors.items()}
    own = {}
    for area, tap in tensors.items():
        earlier = [
            upstream[other]
            for other, its in tensors.items()
            if its.application in upstream[area] and its.application is not tap.application
        ]
        members = upstream[area].difference(*earlier)
        own[area] = [leaf for leaf in graph.leaves if leaf in members and not leaf.is_input]
    return own
