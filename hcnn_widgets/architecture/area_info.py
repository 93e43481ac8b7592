"""Shapes, receptive fields and parameters of areas, before any network exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .areas import Area
from .links import Links
from .map_shapes import map_shapes
from .operation import Operation, Shape
from .receptive_fields import receptive_fields


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
        Side of the square of pixels that one of its units sees (padding counted, on all ways from the input and at the
        last time step), and step between neighbours.
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


def measured(
    stack: Sequence[Area], links: Links, input_shapes: Mapping[str, Shape], degrees: float, time_steps: int
) -> list[AreaInfo]:
    """Walk the areas from the inputs up and measure each.

    Parameters
    ----------
    stack : sequence of Area
    links : Links
        What each area takes.
    input_shapes : mapping of str to tuple of int
        (height, width, n_channels) of each input of the network at a time step.
    degrees : float
        Visual angle of the width of an input.
    time_steps : int
        Number of time steps.

    Raises
    ------
    ValueError
        When maps that are joined do not fit, or an operation leaves nothing of the map or makes one too large; the area
        and the operation are named.
    """
    shapes = map_shapes(stack, links, input_shapes)
    pixels = {name: degrees / width for name, (_, width, _) in input_shapes.items()}
    views = receptive_fields(stack, links, shapes, pixels, time_steps)
    infos = []
    for area in stack:
        view, through = views[area.name], shapes[area.name]
        operations = zip(area.operations, through, strict=False)  # the last shape enters no operation
        infos.append(
            AreaInfo(
                area.name,
                area.operations,
                output_shape=through[-1],
                receptive_field=view.receptive_field,
                stride=view.stride,
                receptive_field_degrees=view.receptive_field * view.degrees_per_pixel,
                stride_degrees=view.stride * view.degrees_per_pixel,
                n_parameters=sum(operation.n_parameters(shape) for operation, shape in operations),
            )
        )
    return infos
