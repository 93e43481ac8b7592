"""Taps: the tensor of a network that stands for an area."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from hcnn_widgets.records.keywords import checks_keywords

from .default_areas import which_of_many
from .network_graph import Application, NetworkGraph, Tap


@checks_keywords
def taps_of(network: Any, areas: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    """Return area -> name of the layer whose output speaks for it, each checked to be a tensor of the network.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both. A layer inside a model inside the network is
        reached by its path, "backbone/conv1". Of a layer that is applied several times the last application is taken,
        or that of a number from 0: "shared#0"; the name returned has the number.

    Raises
    ------
    TypeError
        When the areas are text, or the network is no graph of layers.
    ValueError
        When there is no area, a layer is not in the network (close matches are named), gives several arrays, or
        speaks for two areas.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> taps_of(hcnn(input_shape=(16, 16, 1)).build(), {"early": "V1", "late": "IT.filter"})
    {'early': 'V1', 'late': 'IT.filter'}
    """
    if isinstance(areas, str):
        raise TypeError(f"`areas` is text; a mapping from area to layer name is accepted; received {areas!r}.")
    asked = dict(areas) if isinstance(areas, Mapping) else {name: name for name in areas}
    if not asked:
        raise ValueError("`areas` is empty; a mapping from area to layer name is accepted; received none.")
    graph = NetworkGraph(network)
    found = {area: _application(graph, area, name) for area, name in asked.items()}
    tensors = [application.outputs[0] for application in found.values()]
    twice = sorted({name for name, tap in zip(asked.values(), tensors, strict=True) if tensors.count(tap) > 1})
    if twice:
        raise ValueError(
            f"`areas` gives a layer to two areas; each is accepted once; received {', '.join(twice)} twice."
        )
    return {area: application.path for area, application in found.items()}


def tapped_tensors(graph: NetworkGraph, taps: Mapping[str, str]) -> dict[str, Tap]:
    """Return area -> tensor of the network for taps as `taps_of` returns them."""
    return {area: _application(graph, area, name).outputs[0] for area, name in taps.items()}


def output_taps(graph: NetworkGraph, network: Any) -> list[Tap]:
    """Return the tensors that the network gives out, as taps."""
    taps = {
        id(symbol): tap
        for application in graph.applications
        for symbol, tap in zip(application.symbols, application.outputs, strict=True)
    }
    return [taps[id(output)] for output in network.outputs]


def areas_in_words(network: Any, taps: Mapping[str, str]) -> list[str]:
    """Return the areas, and where a layer is applied several times, which of its applications each of them is.

    Behind the last is said of how many they are some, where nobody has named them.
    """
    which = {area: which_application(NetworkGraph(network), tap) for area, tap in taps.items()}
    some = which_of_many(network, taps)
    which = which | {area: "; ".join(filter(None, (which[area], some))) for area in list(which)[-1:]}
    return [f"{area} ({words})" if words else area for area, words in which.items()]


def which_application(graph: NetworkGraph, tap: str) -> str:
    """Return which of a layer's applications a tap is, in words; empty where there is only one.

    Examples
    --------
    >>> from hcnn_widgets.keras_door import keras
    >>> twice = keras.layers.Conv2D(1, 3, name="twice")
    >>> image = keras.Input((16, 16, 1))
    >>> which_application(NetworkGraph(keras.Model(image, twice(twice(image)))), "twice#0")
    'application 1 of 2 of twice'
    """
    return " in ".join(
        f"application {application.number + 1} of {application.times} of {application.layer.name}"
        for application in reversed(graph.way(tap))
        if application.times > 1
    )


def _application(graph: NetworkGraph, area: str, name: Any) -> Application:
    application = graph.find(name) if isinstance(name, str) else None
    if application is None:
        raise ValueError(_unknown_layer(area, name, graph))
    if len(application.outputs) != 1:
        raise ValueError(
            f"`areas[{area!r}]` has no single output; a layer that gives one array is accepted; received {name!r}."
        )
    return application


def _unknown_layer(area: str, name: Any, graph: NetworkGraph) -> str:
    which = _inside(graph, name) or _close(graph, name)
    return (
        f"`areas[{area!r}]` is not in the network; the name of one of its layers is accepted ({which}); "
        f"received {name!r}."
    )


def _inside(graph: NetworkGraph, name: Any) -> str:
    """Say in which model of the network a layer lies that was asked for by its bare name, and how it is reached."""
    for path in _paths(graph.applications):
        model, _, layer = path.rpartition("/")
        if model and layer == name:
            return f"it lies inside `{model}`: {path!r}"
    for application in graph.leaves:  # models that are run as a single layer, and layers around a layer
        if name in application.held:
            return f"it lies inside `{application.path}`, which runs as a single layer: {application.path!r}"
    return ""


def _close(graph: NetworkGraph, name: Any) -> str:
    """List the names that are close by spelling, whatever the case; or else the first layers."""
    bare = [application.layer.name for application in graph.applications]
    names = list(dict.fromkeys([*bare, *_paths(graph.applications)]))
    spelled = {path.lower(): path for path in names}
    close = [spelled[path] for path in difflib.get_close_matches(str(name).lower(), spelled, n=3, cutoff=0.5)]
    if close:
        return f"close to it are {', '.join(close)}"
    return f"its layers are {', '.join(names[:12])}" + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def _paths(applications: Iterable[Application]) -> list[str]:
    """Return the paths of applications and of all that is inside them."""
    return [path for application in applications for path in (application.path, *_paths(application.inside))]
