"""The kernels of an area's first filter."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.keywords import checks_keywords

from .area_layers import area_layers
from .network_graph import Application, NetworkGraph
from .taps import tapped_tensors, taps_of


@checks_keywords
def kernels(network: Any, areas: Mapping[str, str] | Iterable[str], area: str) -> NDArray[np.float32]:
    """Return a copy of the kernels of an area's first filter layer, as the weights are now.

    The area's layers are those upstream of its tap and not upstream of an earlier area's; first is the nearest to the
    input.

    Parameters
    ----------
    network : keras.Model
        The network.
    areas : Mapping[str, str] or iterable of str
        Area -> layer name, from the input up; or names that are both. See `taps_of`.
    area : str
        One of the areas.

    Returns
    -------
    ndarray
        (n_kernels, height, width, n_channels) float32, in units of the weights.

    Raises
    ------
    ValueError
        When the area is not in the network or has no filter layer.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> spec = hcnn(input_shape=(16, 16, 1))
    >>> kernels(spec.build(), spec.area_names, "V2").shape
    (48, 3, 3, 32)
    """
    layer = filter_of(network, taps_of(network, areas), area).layer
    return _kernel_first(keras.ops.convert_to_numpy(layer.kernel))


def kernels_among(
    weights: Sequence[NDArray[Any]], network: Any, areas: Mapping[str, str] | Iterable[str], area: str
) -> NDArray[np.float32]:
    """Return what `kernels` would, out of weights as ``network.get_weights()`` once gave them; it reads none itself.

    Returns
    -------
    ndarray
        (n_kernels, height, width, n_channels) float32, a copy.
    """
    layer = filter_of(network, taps_of(network, areas), area).layer
    kernel = getattr(layer, "connected", layer.kernel)  # of a layer that has weights for some channels only
    place = next(index for index, variable in enumerate(network.weights) if variable is kernel)
    return _kernel_first(layer.kernel_among(weights[place]) if kernel is not layer.kernel else weights[place])


def filter_of(network: Any, taps: Mapping[str, str], area: str) -> Application:
    """Return the first application of a filter layer in an area; refuse an area that is not there or has none."""
    if area not in taps:
        raise ValueError(f"area={area!r} is not in this network; its areas are {', '.join(taps)}.")
    graph = NetworkGraph(network)
    own = area_layers(graph, tapped_tensors(graph, taps))[area]
    for application in own:
        if _is_filter(application.layer):
            return application
    came = ", ".join(f"{application.path} ({type(application.layer).__name__})" for application in own) or "no layer"
    raise ValueError(
        f"area={area!r} has no kernels; an area with a filter layer (Conv2D) is accepted; received one of {came}."
    )


def filter_layer_path(network: Any, taps: Mapping[str, str], area: str) -> str:
    """Return the name of an area's first filter layer, behind the models that it lies in: "backbone/conv1"."""
    path = filter_of(network, taps, area).path
    return "/".join(application.layer.name for application in NetworkGraph(network).way(path))


def _kernel_first(weights: NDArray[Any]) -> NDArray[np.float32]:
    """Copy (height, width, n_channels, n_kernels) as (n_kernels, height, width, n_channels)."""
    return np.array(weights.transpose(3, 0, 1, 2), dtype=np.float32, order="C")


def _is_filter(layer: Any) -> bool:
    """Return whether a layer cross-correlates maps with kernels of shape (height, width, n_channels, n_kernels)."""
    if isinstance(layer, keras.layers.Conv2DTranspose | keras.layers.DepthwiseConv2D):
        return False
    return len(getattr(getattr(layer, "kernel", None), "shape", ())) == 4
