"""Which layer of a network speaks for which area."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any


def taps_of(network: Any, areas: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    """Return area -> layer name, each layer checked to be in the network.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both.

    Raises
    ------
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
        raise TypeError(f"`areas` is text; a mapping from area to layer name is accepted; got {areas!r}.")
    taps = dict(areas) if isinstance(areas, Mapping) else {name: name for name in areas}
    if not taps:
        raise ValueError("`areas` is empty; a mapping from area to layer name is accepted; got none.")
    layers = {layer.name: layer for layer in network.layers}
    for area, name in taps.items():
        if not isinstance(name, str) or name not in layers:
            raise ValueError(_unknown_layer(area, name, list(layers)))
        if not hasattr(tapped_output(layers[name]), "shape"):
            raise ValueError(
                f"`areas[{area!r}]` has no single output; a layer that gives one array is accepted; got {name!r}."
            )
    twice = sorted({name for name in taps.values() if list(taps.values()).count(name) > 1})
    if twice:
        raise ValueError(f"`areas` gives a layer to two areas; each is accepted once; got {', '.join(twice)} twice.")
    return taps


def tapped_output(layer: Any) -> Any:
    """Return the symbolic output of a layer, or None when it has none or several."""
    try:
        return layer.output
    except (AttributeError, ValueError):
        return None


def _unknown_layer(area: str, name: Any, layers: list[str]) -> str:
    # Close matches first by spelling, whatever the case.
    spelled = {layer.lower(): layer for layer in layers}
    close = [spelled[one] for one in difflib.get_close_matches(str(name).lower(), spelled, n=3, cutoff=0.5)]
    which = f"close to it are {', '.join(close)}" if close else f"its layers are {', '.join(layers[:12])}"
    which += "" if close or len(layers) <= 12 else f" and {len(layers) - 12} more"
    return (
        f"`areas[{area!r}]` is not in the network; the name of one of its layers is accepted ({which}); got {name!r}."
    )
