"""How a unit's response changes with each pixel of an image: its receptive field, measured."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras

from .compiled_part import compiled_gradient
from .expected_pixels import expected_pixels
from .network_graph import NetworkGraph
from .tapped_part import TappedPart

STRONGEST = -1
"""In place of a map's number: the one that responds most at the place."""


class UnitGradient(NamedTuple):
    """A unit, and how its response changes with each pixel.

    Parameters
    ----------
    gradient : (height, width) float32
        Change of the response with a pixel, as the size of it over colours.
    response : float
    number : int
        Of the map, from 0 on.
    map : (height, width) float32
        The responses of the whole map.
    """

    gradient: NDArray[np.float32]
    response: float
    number: int
    map: NDArray[np.float32]


def prepared_gradients(
    network: Any, path: str, image_shape: Sequence[int], pixels: Any = None
) -> Callable[..., UnitGradient]:
    """Return what gives the `UnitGradient` of a unit of a layer, with the weights of the moment; it is compiled here.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    path : str
        Name or path of the layer; units without a place are maps of 1 x 1.
    image_shape : (height, width, n_channels)
    pixels : Pixels, pair of numbers or str, optional
        As in `expected_pixels`.

    Returns
    -------
    callable
        Image (height, width, n_channels) in [0, 1], row, column and number of the map, by default the strongest there.

    Raises
    ------
    ValueError
        If the network takes whole numbers, which have no gradient.
    """
    shown, graph = expected_pixels(network, pixels), NetworkGraph(network)
    if shown.whole:
        raise ValueError(
            "`model` takes whole numbers, with which no response changes evenly. Accepted is a network of float "
            f"pixels; received one that takes {shown.words}."
        )
    application = graph.find(path)
    assert application is not None
    part = TappedPart(graph, [application.outputs[0]])

    def made_of(image: Any, asked: Any) -> tuple[Any, ...]:
        ops = keras.ops
        (tensor,) = part(shown.applied(image), training=False)
        maps = ops.cast(tensor if len(tensor.shape) == 4 else ops.reshape(tensor, (1, 1, 1, -1)), "float32")
        there = maps[0, asked[0], asked[1]]
        number = ops.where(asked[2] < 0, ops.cast(ops.argmax(there), "int32"), asked[2])
        return ops.take(there, number), number, ops.take(maps[0], number, axis=-1)

    call = compiled_gradient(tuple(image_shape), made_of)

    def ask(image: Any, row: int, column: int, number: int = STRONGEST) -> UnitGradient:
        gradient, response, found, maps = call(np.asarray(image, np.float32), [row, column, number])
        return UnitGradient(np.sqrt((gradient**2).sum(axis=-1)), float(response), int(found), maps)

    return ask
