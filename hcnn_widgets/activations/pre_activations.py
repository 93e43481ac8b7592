"""What units sum up before their activation function, wherever a network has one."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.public_names import nearest

from .compiled_part import compiled_part
from .expected_pixels import expected_pixels
from .network_graph import Application, NetworkGraph, Tap
from .tapped_part import TappedPart

UNITS = 400
"""Units that are drawn at random, the same of every image."""
MOST_AT_ONCE = 32
KINDS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "PReLU": "prelu"}
"""Layers that are an activation function -> its name."""
OPERATIONS = {"Relu": "relu", "LeakyRelu": "leaky_relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Gelu": "gelu"}
"""Operations of keras.ops that are one, by their class -> its name."""
NO_FUNCTION = ("linear", "softmax", "log_softmax")
"""Names of functions that leave sums as they are, or are of all units at once."""
WEIGHING = ("Dense", "EinsumDense", "Conv1D", "Conv2D", "Conv3D", "DepthwiseConv2D", "SeparableConv2D")
"""Layers that may sum up and apply a function in one."""


class ActivationPoint(NamedTuple):
    """A place of a network where an activation function is applied.

    Parameters
    ----------
    application : Application
    function : str
        Its name in Keras.
    fused : bool
        Whether the layer sums up as well, so that its sums are no tensor of the network.
    leak : float, optional
        Slope below 0 of a leaky ReLU.
    """

    application: Application
    function: str
    fused: bool
    leak: float | None = None

    @property
    def entering(self) -> Tap:
        """The tensor that enters the layer."""
        (tap,) = self.application.inputs.values()
        return tap


class Sums(NamedTuple):
    """Pre-activations of the drawn units, and the largest of each map.

    Parameters
    ----------
    z : (n_stimuli, n_units) float32
    n_all : int
        Units of the layer, times images.
    largest : (n_maps,) float32
        Over all images and places.
    """

    z: NDArray[np.float32]
    n_all: int
    largest: NDArray[np.float32]


def activation_points(network: Any) -> dict[str, ActivationPoint]:
    """Return path of the layer -> where an activation function is applied, from the input on.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> points = activation_points(hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)).build(seed=0))
    >>> {path: point.function for path, point in points.items()}
    {'V1.activate': 'relu', 'IT.activate': 'relu'}
    """
    return _points(NetworkGraph(network))


def point_of(network: Any, taps: Mapping[str, str], area: str | None = None) -> str:
    """Return the path of the activation function that is meant by an area or a layer; by default the first.

    Parameters
    ----------
    network : keras.Model
    taps : mapping of str to str
        Area -> layer, as `taps_of` returns them.
    area : str, optional
        An area, of which the last activation function up to its tap is taken; or the path of a layer.

    Raises
    ------
    ValueError
        If there is none.
    """
    points = activation_points(network)
    if not points:
        raise ValueError(
            f"`model` has no activation functions. Accepted is a network with layers such as relu; received "
            f"{network.name!r}."
        )
    if area is None:
        return next(iter(points))
    if area in points:
        return area
    if area in taps:
        tap = NetworkGraph(network).find(taps[area])
        upstream = set() if tap is None else {leaf.path for each in tap.upstream() for leaf in each.leaves}
        within = [path for path in points if path in upstream]
        if within:
            return within[-1]
    raise ValueError(_unknown(area, list(dict.fromkeys([*taps, *points]))))


def prepared_sums(network: Any, path: str, image_shape: tuple[int, ...], pixels: Any = None, seed: int = 0) -> Any:
    """Return what gives the `Sums` of images, with the weights of the moment; it is compiled here and now.

    Parameters
    ----------
    network : keras.Model
    path : str
        A key of `activation_points`.
    image_shape : (height, width, n_channels)
    pixels : Pixels, pair of numbers or str, optional
        As in `expected_pixels`.
    seed : int
        The same seed draws the same units.

    Returns
    -------
    callable
        Images (n_stimuli, height, width, n_channels) in [0, 1] -> Sums.
    """
    graph, shown = NetworkGraph(network), expected_pixels(network, pixels)
    point = _points(graph)[path]
    part, summed = TappedPart(graph, [point.entering]), _summing(point)
    (entering,) = part.compute_output_spec(keras.KerasTensor((1, *image_shape)))
    n_all = int(np.prod(summed(entering).shape[1:]))
    drawn = np.sort(np.random.default_rng(seed).permutation(n_all)[:UNITS])

    def made_of(tensors: list[Any]) -> list[Any]:
        z = keras.ops.cast(summed(tensors[0]), "float32")
        maps = keras.ops.reshape(z, (-1, z.shape[-1]))
        units = keras.ops.take(keras.ops.reshape(z, (-1, n_all)), drawn, axis=1)
        return [units, keras.ops.max(maps, axis=0)]

    call = compiled_part(part, image_shape, made_of)

    def ask(images: Any) -> Sums:
        parts = [call(shown.applied(batch)) for batch in _batches(np.asarray(images, np.float32))]
        largest = np.max([part[1] for part in parts], axis=0)
        return Sums(np.concatenate([part[0] for part in parts]), n_all * len(images), largest)

    return ask


def _points(graph: NetworkGraph) -> dict[str, ActivationPoint]:
    found = {leaf.path: _point(leaf) for leaf in graph.leaves}
    return {path: point for path, point in found.items() if point is not None}


def _point(leaf: Application) -> ActivationPoint | None:
    """Return where a function is applied; None where none is, or where it has several inputs."""
    kind, function = type(leaf.layer).__name__, getattr(leaf.layer, "activation", None)
    if leaf.is_input or len(leaf.inputs) != 1:
        return None
    if kind in KINDS or kind in OPERATIONS:
        leak = getattr(leaf.layer, "negative_slope", None) if "eaky" in kind else None
        return ActivationPoint(leaf, (KINDS | OPERATIONS)[kind], False, None if leak is None else float(leak))
    name = getattr(function, "__name__", "")
    if not name or name in NO_FUNCTION or kind not in (*WEIGHING, "Activation"):
        return None
    return ActivationPoint(leaf, name, fused=kind != "Activation")


def _summing(point: ActivationPoint) -> Any:
    """Return what makes the sums of what enters the layer: the layer without its function, on the same weights."""
    if not point.fused:
        return lambda tensor: tensor
    layer = point.application.layer
    # The layer itself is left as it is: another thread may train with it.
    bare = type(layer).from_config({**layer.get_config(), "activation": None, "name": "sums"})
    bare.build(tuple(point.entering.symbol.shape))

    def summed(tensor: Any) -> Any:
        if isinstance(tensor, keras.KerasTensor):
            return bare.compute_output_spec(tensor)
        return bare.stateless_call(layer.trainable_variables, layer.non_trainable_variables, tensor)[0]

    return summed


def _batches(images: NDArray[np.float32]) -> Iterable[NDArray[np.float32]]:
    return (images[start : start + MOST_AT_ONCE] for start in range(0, len(images), MOST_AT_ONCE))


def _unknown(area: Any, accepted: list[str]) -> str:
    names = ", ".join(map(repr, accepted[:12])) + (f" and {len(accepted) - 12} more" if len(accepted) > 12 else "")
    return (
        f"`area` names no activation function of the network. Accepted are {names}; received {area!r}"
        f"{nearest(str(area), accepted)}."
    )
