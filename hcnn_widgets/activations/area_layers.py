"""Assignment of layers to areas, by the network's graph and not by the order of a list."""

from collections.abc import Mapping

from .network_graph import Application, NetworkGraph, Tap


def area_layers(graph: NetworkGraph, tensors: Mapping[str, Tap]) -> dict[str, list[Application]]:
    """Return the applications of each area, from the input on, inputs left out.

    An area's applications are those upstream of its tap, that is those that the tap's tensor follows from, less those
    upstream of another area's tap that is upstream itself. Two areas that part from a common stem without a tap on it
    both have the stem. Where time is unrolled, the earlier steps of a later area are upstream of an earlier one too: a
    layer applied several times belongs to the area that it is named after ("V2.filter" to V2), if there is one.

    Parameters
    ----------
    graph : NetworkGraph
        The network.
    tensors : mapping of str to Tap
        Area -> tensor, as `tapped_tensors` returns them, in any order.
    """
    upstream = {area: tap.application.upstream() for area, tap in tensors.items()}
    areas = {tap.application.path: area for area, tap in tensors.items()}
    named = {leaf: areas.get(_tap_path(leaf)) if leaf.times > 1 else None for leaf in graph.leaves}
    own = {}
    for area, tap in tensors.items():
        earlier = [
            upstream[other]
            for other, its in tensors.items()
            if its.application in upstream[area] and its.application is not tap.application
        ]
        members = upstream[area].difference(*earlier)
        own[area] = [
            leaf
            for leaf, owner in named.items()
            if not leaf.is_input and (leaf in members if owner is None else owner == area)
        ]
    return own


def _tap_path(leaf: Application) -> str:
    """Return the path of the tap that a layer is named after: "core/V2" for "core/V2.filter#1"."""
    model, slash, name = leaf.path.rpartition("/")
    return model + slash + name.partition(".")[0]
