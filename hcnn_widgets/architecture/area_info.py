"""An area before any network exists: its operations, and what follows from them: shape, receptive field, parameters."""

from collections.abc import Iterable
from dataclasses import dataclass

from .checked_fields import plain_name, shown
from .operation import Operation, Shape

MOST_OPERATIONS = 64
_LARGEST_MAP = 2**26
_LARGEST_STRIDE = 2**20


@dataclass(frozen=True)
class Area:
    """One cortical area of a model: its name and its operations, in order."""

    name: str
    operations: tuple[Operation, ...]

    def __post_init__(self) -> None:
        plain_name("area", self.name)
        operations = tuple(self.operations)
        if not 1 <= len(operations) <= MOST_OPERATIONS or not all(isinstance(one, Operation) for one in operations):
            raise ValueError(
                f"`operations` of area {self.name!r} are no operations; 1 to {MOST_OPERATIONS} of filter(...), "
                f"activate(...), pool(...) and normalise(...) are accepted; got {shown(operations)}."
            )
        object.__setattr__(self, "operations", operations)


def area(name: str, operations: Iterable[Operation]) -> Area:
    """Return an area that does these operations in this order.

    Examples
    --------
    >>> from hcnn_widgets.architecture import activate, filter, normalise
    >>> area("V1", [normalise(size=9), filter(16, size=7, stride=2), activate("softplus")]).name
    'V1'
    """
    return Area(name, tuple(operations))


@dataclass(frozen=True)
class AreaInfo:
    """One area of a spec, measured.

    Parameters
    ----------
    name : str
        Name of the area, and of the layer that is its tap.
    operations : tuple of Operation
        What the area does, in order.
    output_shape : tuple of int
        (height, width, n_channels) of its map.
    receptive_field, stride : int
        Side of the square of pixels that one of its units sees (padding counted), and step between neighbours.
    receptive_field_degrees, stride_degrees : float
        The same in degrees of visual angle.
    n_parameters : int
        Number of weights, the fixed ones included.
    """

    name: str
    operations: tuple[Operation, ...]
    output_shape: Shape
    receptive_field: int
    stride: int
    receptive_field_degrees: float
    stride_degrees: float
    n_parameters: int

    @property
    def n_units(self) -> int:
        """Number of units in the area's map."""
        height, width, n_channels = self.output_shape
        return height * width * n_channels


def measured(stack: Iterable[Area], input_shape: Shape, degrees: float) -> list[AreaInfo]:
    """Walk areas from the image up and measure each.

    Raises
    ------
    ValueError
        When an operation leaves nothing of the map or makes one too large; the area and the operation are named.
    """
    shape, field, step, infos = input_shape, 1, 1, []
    degrees_per_pixel = degrees / input_shape[1]
    for one in stack:
        n_parameters = 0
        for operation in one.operations:
            n_parameters += operation.n_parameters(shape)
            field += (operation.size - 1) * step
            step *= operation.stride
            if step > _LARGEST_STRIDE:
                raise ValueError(
                    f"area {one.name!r}: its {operation.operation} steps too far; strides that multiply to up to "
                    f"{_LARGEST_STRIDE} pixels are accepted; got {step}."
                )
            shape = _next_shape(one.name, operation, shape)
        in_degrees = (field * degrees_per_pixel, step * degrees_per_pixel)
        infos.append(AreaInfo(one.name, one.operations, shape, field, step, *in_degrees, n_parameters))
    return infos


def _next_shape(area: str, operation: Operation, shape: Shape) -> Shape:
    """Return the shape after an operation; refuse one that is nothing or too large."""
    height, width, n_channels = operation.output_shape(shape)
    if min(height, width) < 1:
        raise ValueError(
            f"area {area!r}: its {operation.operation} of size {operation.size} leaves nothing of the map; with "
            f"padding='valid' a size up to {min(shape[:2])} is accepted here (or padding='same'); "
            f"the map that reaches it is {shape[0]} x {shape[1]}."
        )
    if height * width * n_channels > _LARGEST_MAP:
        raise ValueError(
            f"area {area!r}: its {operation.operation} makes a map too large to hold; up to {_LARGEST_MAP} units are "
            f"accepted; got {height} x {width} x {n_channels}."
        )
    return height, width, n_channels
