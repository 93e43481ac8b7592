"""Areas with their inputs and time steps as plain data, checked and measured."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .area_info import AreaInfo, measured
from .areas import Area
from .checked_fields import finite_number, plain_name, shown, whole_number
from .links import Links, checked_links, output_names
from .network_inputs import InputShape, checked_inputs, checked_shape, frame_shape

MOST_AREAS = 64
MOST_TIME_STEPS = 64
_MOST_PARAMETERS = 200_000_000


@dataclass(frozen=True)
class AreaGraph:
    """A graph of areas: the record behind `ArchitectureSpec`, which has the parameters."""

    stack: tuple[Area, ...]
    input_shape: InputShape = (64, 64, 1)
    degrees: float = 8.0
    name: str = "hcnn"
    background: float = 0.0
    time_steps: int = 1
    inputs: Any = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "stack", _checked_stack(self.stack))
        time_steps = whole_number("architecture", "time_steps", self.time_steps, 1, MOST_TIME_STEPS)
        object.__setattr__(self, "time_steps", time_steps)
        object.__setattr__(self, "inputs", checked_inputs(self.inputs, time_steps))
        object.__setattr__(self, "input_shape", self._first_shape())
        object.__setattr__(self, "degrees", finite_number("architecture", "degrees", self.degrees, 1e-3, 360))
        object.__setattr__(self, "background", finite_number("architecture", "background", self.background, 0, 1))
        plain_name("architecture", self.name)
        _check_apart(self.area_names, tuple(self.input_shapes))
        if self.n_parameters > _MOST_PARAMETERS:
            raise ValueError(
                f"the architecture has too many weights; up to {_MOST_PARAMETERS:,} are accepted; "
                f"received {self.n_parameters:,}."
            )

    def _first_shape(self) -> InputShape:
        """Return the shape of the network's first input; refuse two that say otherwise."""
        if not self.inputs:
            return checked_shape("input_shape", self.input_shape, self.time_steps)
        first = self.inputs[0][1]
        if self.input_shape not in (AreaGraph.input_shape, first, list(first)):
            raise ValueError(
                "`input_shape` of architecture is not the shape of the first of its `inputs`; either of them is "
                f"accepted; received {shown(self.input_shape)} and {first}."
            )
        return first

    @property
    def input_shapes(self) -> dict[str, InputShape]:
        """The network's inputs: name -> shape, "image" being the name of a single one that was given none."""
        return dict(self.inputs) or {"image": self.input_shape}

    @cached_property
    def links(self) -> Links:
        """What each area takes in: other areas and inputs, and whether as they were at the time step before."""
        return checked_links(self.stack, self.input_shapes, self.time_steps)

    @cached_property
    def areas(self) -> tuple[AreaInfo, ...]:
        """The areas, measured: shape, receptive field and stride in pixels and degrees, parameters."""
        shapes = {name: frame_shape(shape) for name, shape in self.input_shapes.items()}
        return tuple(measured(self.stack, self.links, shapes, self.degrees, self.time_steps))

    @property
    def area_names(self) -> tuple[str, ...]:
        """Names of the areas from the image up; each is the name of a layer of the built network too."""
        return tuple(area.name for area in self.stack)

    @property
    def output_names(self) -> tuple[str, ...]:
        """Names of the areas that feed no other one in the same time step: the outputs of the built network."""
        return output_names(self.links)

    @property
    def n_parameters(self) -> int:
        """Number of weights of all areas, the goal's readout not among them."""
        return sum(info.n_parameters for info in self.areas)


def _checked_stack(stack: Any) -> tuple[Area, ...]:
    """Return the areas as a tuple; refuse none, too many, other things than areas, and a name that comes twice."""
    areas = tuple(stack)
    if not 1 <= len(areas) <= MOST_AREAS or not all(isinstance(area, Area) for area in areas):
        raise ValueError(
            f"`stack` holds no areas; 1 to {MOST_AREAS} of area(...) are accepted; received {shown(areas)}."
        )
    names = [area.name for area in areas]
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        raise ValueError(f"area {twice[0]!r} comes twice; each name is accepted once; received {', '.join(names)}.")
    return areas


def _check_apart(areas: tuple[str, ...], inputs: tuple[str, ...]) -> None:
    """Refuse an area that has the name of an input."""
    both = [name for name in inputs if name in areas]
    if both:
        raise ValueError(
            f"`inputs` of architecture hold {both[0]!r}, which is an area, too; names of their own are accepted; "
            f"received areas {', '.join(areas)}."
        )
