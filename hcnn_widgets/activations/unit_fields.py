"""What the units of each layer of a Keras network see of an image, read from the network's graph."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from hcnn_widgets.classroom.receptive_field import FieldSide, SlidingLayer, image_side, joined_fields
from hcnn_widgets.keras_door import keras

from .network_graph import Application, NetworkGraph
from .tapped_part import TappedPart

Sides = tuple[FieldSide, FieldSide]
"""Rows and columns."""
Shape = tuple[int, ...]
PLACE_BY_PLACE = frozenset(
    {
        *(
            "InputLayer",
            "Identity",
            "Cast",
            "Rescaling",
            "Normalization",
            "BatchNormalization",
            "ActivityRegularization",
        ),
        *("Activation", "ReLU", "LeakyReLU", "ELU", "PReLU", "Dense", "LayerScale"),
        *("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise", "StochasticDepth"),
        *("Relu", "Relu6", "LeakyRelu", "Gelu", "Silu", "Sigmoid", "Softplus", "Tanh"),
        *("Absolute", "Clip", "Exp", "Log", "Negative", "Sqrt", "Square"),
    }
)
"""Layers, and operations of keras.ops, each of whose units takes in the units at its own place."""
OVER_AXES = frozenset({"LayerNormalization", "RMSNormalization", "UnitNormalization", "Softmax"})
"""Those that do so where their axis is that of the maps."""
JOINING = frozenset(
    {*("Add", "Average", "Concatenate", "Divide", "Maximum", "Minimum", "Multiply", "Power", "Subtract", "TrueDivide")}
)
"""Those that take in the units at the same place of several maps."""
EVERYTHING = frozenset(
    {
        *(
            "Flatten",
            "Reshape",
            "GlobalAveragePooling2D",
            "GlobalMaxPooling2D",
            "GroupNormalization",
            "Mean",
            "Max",
            "Sum",
        ),
        *OVER_AXES,
    }
)
"""Those that may take in all units of a map."""


class MapFields(NamedTuple):
    """The map of a layer, and what its units see.

    Parameters
    ----------
    path : str
        Of the layer, as `NetworkGraph` names it.
    shape : (height, width, n_maps)
        Units without a place are maps of 1 x 1.
    rows, columns : FieldSide
    windows : tuple of SlidingLayer, optional
        Of a layer whose windows slide: along rows, along columns.
    known : bool
        Whether it is known how far its units reach; where it is not, they are taken to see all that lies below.
    """

    path: str
    shape: Shape
    rows: FieldSide
    columns: FieldSide
    windows: tuple[SlidingLayer, SlidingLayer] | None
    known: bool


def unit_fields(network: Any, image_shape: Sequence[int]) -> dict[str, MapFields]:
    """Return path of each layer, from the input on -> the map that it makes of an image, and what its units see.

    Parameters
    ----------
    network : keras.Model
        Functional or sequential, built.
    image_shape : (height, width, n_channels)

    Examples
    --------
    >>> from hcnn_widgets.architecture import hcnn
    >>> fields = unit_fields(hcnn(areas=("V1", "IT"), input_shape=(32, 32, 1)).build(seed=0), (32, 32, 1))
    >>> {area: (fields[area].rows.size, fields[area].rows.jump) for area in ("V1", "IT")}
    {'V1': (18, 4), 'IT': (46, 8)}
    """
    graph = NetworkGraph(network)
    taps = [leaf.outputs[0] for leaf in graph.leaves]
    symbols = TappedPart(graph, taps).compute_output_spec(keras.KerasTensor((1, *image_shape)))
    found: dict[Application, MapFields] = {}
    for leaf, symbol in zip(graph.leaves, symbols, strict=True):
        shape = _with_places(tuple(symbol.shape[1:]))
        below = [found[tap.application] for tap in leaf.inputs.values() if tap.application in found]
        if not below:
            if shape[:2] == tuple(image_shape[:2]):
                found[leaf] = MapFields(leaf.path, shape, image_side(shape[0]), image_side(shape[1]), None, True)
            continue
        found[leaf] = _above(leaf, below, shape)
    return {fields.path: fields for fields in found.values()}


def _above(leaf: Application, below: Sequence[MapFields], shape: Shape) -> MapFields:
    kind, layer = type(leaf.layer).__name__, leaf.layer
    channels_last = getattr(layer, "data_format", "channels_last") in ("channels_last", None)
    known = channels_last and all(fields.known for fields in below)
    pairs = [(fields.rows, fields.columns) for fields in below]
    windows = WINDOWS[kind](layer) if kind in WINDOWS and channels_last else None
    sides = _sides(kind, layer, pairs, windows, shape) if known or channels_last else None
    fits = sides is not None and (sides[0].n_units, sides[1].n_units) == shape[:2]
    if not fits:
        known = known and kind in EVERYTHING
        sides = _everything(pairs, shape)
    assert sides is not None
    return MapFields(leaf.path, shape, *sides, windows if fits else None, known)


def _sides(
    kind: str, layer: Any, below: Sequence[Sides], windows: tuple[SlidingLayer, SlidingLayer] | None, shape: Shape
) -> Sides | None:
    """Return what the units of a layer see; None where it is not known, or everything."""
    rows, columns = below[0]
    if windows is not None:
        return rows.through(windows[0]), columns.through(windows[1])
    if kind in CHANGES:
        return CHANGES[kind](layer, (rows, columns), shape)
    if len(below) > 1:
        if kind not in JOINING:
            return None
        return _joined([pair[0] for pair in below]), _joined([pair[1] for pair in below])
    return (rows, columns) if _is_place_by_place(kind, layer) else None


def _is_place_by_place(kind: str, layer: Any) -> bool:
    if kind in OVER_AXES:
        axis = getattr(layer, "axis", None)
        return axis in (-1, 3, [-1], [3], (-1,), (3,))
    return kind in PLACE_BY_PLACE or kind in JOINING


def _joined(sides: Sequence[FieldSide]) -> FieldSide:
    longest = max(side.n_units for side in sides)
    return joined_fields([side if side.n_units in (1, longest) else side.everywhere() for side in sides])


def _everything(below: Sequence[Sides], shape: Shape) -> Sides:
    rows, columns = ([pair[axis] for pair in below] for axis in (0, 1))
    return _all_of(rows, shape[0]), _all_of(columns, shape[1])


def _all_of(sides: Sequence[FieldSide], n_units: int) -> FieldSide:
    return joined_fields([side.everywhere() for side in sides]).everywhere(n_units)


def _with_places(shape: Shape) -> Shape:
    """Return (height, width, n_maps) of the output of a layer; units without a place are maps of 1 x 1."""
    if len(shape) == 3:
        return shape
    n_units = 1
    for length in shape:
        n_units *= int(length)
    return 1, 1, n_units


def _pair(given: Any) -> tuple[int, int]:
    return (int(given), int(given)) if isinstance(given, int) else (int(given[0]), int(given[1]))


def _filter(layer: Any) -> tuple[SlidingLayer, SlidingLayer]:
    each = zip(_pair(layer.kernel_size), _pair(layer.strides), _pair(layer.dilation_rate), strict=True)
    rows, columns = (SlidingLayer(*sizes, layer.padding) for sizes in each)
    return rows, columns


def _pool(layer: Any) -> tuple[SlidingLayer, SlidingLayer]:
    size = getattr(layer, "pool_size", None) or layer.size
    each = zip(_pair(size), _pair(layer.strides), strict=True)
    rows, columns = (SlidingLayer(kernel, stride, 1, layer.padding) for kernel, stride in each)
    return rows, columns


def _neighbourhood(layer: Any) -> tuple[SlidingLayer, SlidingLayer]:
    around = SlidingLayer(layer.size, padding="same")
    return around, around


WINDOWS: Mapping[str, Callable[[Any], tuple[SlidingLayer, SlidingLayer]]] = {
    "Conv2D": _filter,
    "DepthwiseConv2D": _filter,
    "SeparableConv2D": _filter,
    "MaxPooling2D": _pool,
    "AveragePooling2D": _pool,
    "LpPooling": _pool,
    "DivisiveNormalization": _neighbourhood,
}
"""Layers whose windows slide -> their windows along rows and columns."""


def _padded(layer: Any, sides: Sides, shape: Shape) -> Sides:
    (above, below), (left, right) = layer.padding
    return sides[0].padded(above, below), sides[1].padded(left, right)


def _cropped(layer: Any, sides: Sides, shape: Shape) -> Sides:
    (above, below), (left, right) = layer.cropping
    return sides[0].padded(-above, -below), sides[1].padded(-left, -right)


def _repeated(layer: Any, sides: Sides, shape: Shape) -> Sides | None:
    if layer.interpolation != "nearest":
        return None
    rows, columns = _pair(layer.size)
    return sides[0].repeated(rows), sides[1].repeated(columns)


def _spread(layer: Any, sides: Sides, shape: Shape) -> Sides | None:
    if _pair(layer.dilation_rate) != (1, 1) or layer.output_padding is not None:
        return None
    each = zip(sides, _pair(layer.kernel_size), _pair(layer.strides), shape, strict=False)
    rows, columns = (
        side.spread(kernel, stride, max(kernel - stride, 0) // 2 if layer.padding == "same" else 0, n_units)
        for side, kernel, stride, n_units in each
    )
    return rows, columns


CHANGES: Mapping[str, Callable[[Any, Sides, Shape], Sides | None]] = {
    "ZeroPadding2D": _padded,
    "Cropping2D": _cropped,
    "UpSampling2D": _repeated,
    "Conv2DTranspose": _spread,
}
"""Layers that change the places of units in other ways."""
