"""Areas of a network whose areas nobody has named: its filters, or the blocks that they make up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .network_graph import Application, NetworkGraph

MOST_AREAS = 8
"""More areas than that cannot be read in a panel."""
FEWEST_AREAS = 4
"""Fewer areas than that say too little of a network of many layers."""


class NoMaps(ValueError):
    """A network has no layers with maps that could be its areas."""


@dataclass
class _Stage:
    """What lies between two maps that everything passes through: filters, and what follows them up to the next."""

    filters: list[Application]
    tap: Application
    size: tuple[Any, ...]

    @property
    def name(self) -> str:
        return (self.filters[0] if len(self.filters) == 1 else self.tap).path


def default_areas(network: Any) -> dict[str, str]:
    """Return area -> layer for a network whose areas nobody has named.

    An area reaches from a filter layer (a convolution) up to the next: its tap is behind the normalisation, activation
    and pooling that follow, and its name the filter's. Where the network parts and joins again, as at a skip
    connection, an area is the block between two maps that everything passes through, and has the name of its last
    layer. Of more than `MOST_AREAS` the last of each size of maps are taken; where these are more still, or fewer than
    `FEWEST_AREAS`, `MOST_AREAS` of all, evenly spread.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.

    Raises
    ------
    NoMaps
        A ValueError, if no layer has maps (n_stimuli, height, width, n_channels) that a filter makes.

    Examples
    --------
    >>> from hcnn_widgets.keras_door import keras
    >>> layers = keras.layers
    >>> conv, pool = layers.Conv2D(2, 3, name="conv"), layers.MaxPooling2D(name="pool")
    >>> default_areas(keras.Sequential([keras.Input((8, 8, 1)), conv, pool, layers.Flatten(), layers.Dense(2)]))
    {'conv': 'pool'}
    """
    stages = _stages(NetworkGraph(network), network.outputs[0])
    if not stages:
        raise NoMaps(_refusal(network))
    return {stage.name: stage.tap.path for stage in _readable(stages)}


def which_of_many(network: Any, taps: Mapping[str, str]) -> str:
    """Return of how many filters and blocks the areas are some, in words; empty where they are all, or named ones."""
    stages = _stages(NetworkGraph(network), network.outputs[0])
    chosen = _readable(stages)
    if len(chosen) == len(stages) or {stage.name: stage.tap.path for stage in chosen} != dict(taps):
        return ""
    return f"{len(chosen)} of {len(stages)} filters and blocks; areas={{...}} names others"


def _stages(graph: NetworkGraph, output: Any) -> list[_Stage]:
    way = _way_to(graph, output)
    passed, stages, filters = _passed_by_everything(way), list[_Stage](), list[Application]()
    for leaf in way:
        if _is_filter(leaf):
            filters.append(leaf)
        if leaf not in passed or not _has_maps(leaf):
            continue
        if filters:
            stages.append(_Stage(filters, leaf, _size(filters[-1])))
            filters = []
        elif stages:
            stages[-1].tap = leaf
    return stages


def _way_to(graph: NetworkGraph, output: Any) -> list[Application]:
    """Return the applications that an output follows from, in order: other outputs may part early."""
    ends = [
        tap.application
        for application in graph.applications
        for symbol, tap in zip(application.symbols, application.outputs, strict=True)
        if symbol is output
    ]
    upstream = ends[-1].upstream()
    return [leaf for leaf in graph.leaves if leaf in upstream]


def _passed_by_everything(way: Sequence[Application]) -> set[Application]:
    """Return the applications whose output is all that the later ones see of the earlier ones."""
    place = {leaf: index for index, leaf in enumerate(way)}
    last_use = dict(place)
    for leaf in way:
        for tap in leaf.inputs.values():
            last_use[tap.application] = max(last_use[tap.application], place[leaf])
    passed, furthest = set(), 0
    for leaf in way:
        if furthest <= place[leaf]:
            passed.add(leaf)
        furthest = max(furthest, last_use[leaf])
    return passed


def _readable(stages: list[_Stage]) -> list[_Stage]:
    if len(stages) <= MOST_AREAS:
        return stages
    following = [*stages[1:], None]
    last = [here for here, after in zip(stages, following, strict=True) if not after or after.size != here.size]
    if FEWEST_AREAS <= len(last) <= MOST_AREAS:
        return last
    steps = (len(stages) - 1) / (MOST_AREAS - 1)
    return [stages[round(index * steps)] for index in range(MOST_AREAS)]


def _has_maps(leaf: Application) -> bool:
    return not leaf.is_input and len(leaf.outputs) == 1 and len(leaf.symbols[0].shape) == 4


def _size(leaf: Application) -> tuple[Any, ...]:
    return tuple(leaf.symbols[0].shape[1:3])


def _is_filter(leaf: Application) -> bool:
    """Return whether a layer weighs the neighbourhood of each position."""
    shapes = [len(weights.shape) for weights in getattr(leaf.layer, "weights", ())]
    return _has_maps(leaf) and 4 in shapes


def _refusal(network: Any) -> str:
    wide = [layer.name for layer in network.layers if getattr(layer, "weights", ())]
    line = ", ".join(f'"area {number}": "{name}"' for number, name in enumerate(wide[:2], start=1))
    return (
        f"`areas` of {network.name} must be named: no layer makes maps (n_stimuli, height, width, n_channels) out of "
        f"images. Accepted are layers by name, such as areas={{{line}}}; received none."
    )
