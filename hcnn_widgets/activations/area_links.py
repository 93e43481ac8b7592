"""Which area feeds which, by the network's own graph."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .network_graph import Application, NetworkGraph
from .taps import output_taps, tapped_tensors


class AreaLinks(NamedTuple):
    """What feeds each area, and what is read out.

    Attributes
    ----------
    into : dict of str to tuple of str
        Area -> areas that reach it without passing through another one; none where the image alone does.
    read_out : tuple of str
        Areas that reach the network's output without passing through another one.
    """

    into: dict[str, tuple[str, ...]]
    read_out: tuple[str, ...]


def area_links(network: Any, taps: Mapping[str, str]) -> AreaLinks:
    """Return which area feeds which.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    taps : mapping of str to str
        As `taps_of` returns them.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> area_links(hcnn(areas=("V1", "V2", "IT"), input_shape=(16, 16, 1)).build(), {"V1": "V1", "IT": "IT"})
    AreaLinks(into={'V1': (), 'IT': ('V1',)}, read_out=('IT',))
    """
    graph = NetworkGraph(network)
    owners = {tap.application: area for area, tap in tapped_tensors(graph, taps).items()}
    into = {area: _nearest(_parents(end), owners) for end, area in owners.items()}
    return AreaLinks(into, _nearest([tap.application for tap in output_taps(graph, network)], owners))


def _nearest(waiting: list[Application], owners: Mapping[Application, str]) -> tuple[str, ...]:
    """Return the areas that are met first on all ways up from some applications, from the input on."""
    seen, met = set(waiting), set()
    while waiting:
        application = waiting.pop()
        if application in owners:
            met.add(owners[application])
        else:
            further = [parent for parent in _parents(application) if parent not in seen]
            seen.update(further)
            waiting += further
    return tuple(area for area in owners.values() if area in met)


def _parents(application: Application) -> list[Application]:
    return [tap.application for tap in application.inputs.values()]
