"""A network architecture as plain data: areas, each a stack of operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .area_info import Area, AreaInfo, measured
from .checked_fields import finite_number, plain_name, shown, whole_number
from .operation import Shape
from .spec_json import spec_from_json, spec_to_json
from .spec_table import spec_table

if TYPE_CHECKING:
    from hcnn_widgets.keras_door import keras

MOST_AREAS = 64
_LARGEST_IMAGE = 2048
_MOST_CHANNELS = 4096
_MOST_PARAMETERS = 200_000_000


@dataclass(frozen=True)
class ArchitectureSpec:
    """A network that can be built: checked, measured, printed and written as JSON without building it.

    Parameters
    ----------
    stack : tuple of Area
        The areas from the image up, each name once.
    input_shape : tuple of int
        (height, width, n_channels) of the images.
    degrees : float
        Visual angle of an image's width, in degrees.
    name : str
        Name of the network.
    background : float
        Pixel value, in [0, 1], that is taken off the images before the first area, so that a background of this
        grey is nothing to the network and its zero padding no edge.

    Raises
    ------
    ValueError
        When it makes no network: no area, a name twice, a map shrunk to nothing or too large, too many weights.
    """

    stack: tuple[Area, ...]
    input_shape: Shape = (64, 64, 1)
    degrees: float = 8.0
    name: str = "hcnn"
    background: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "stack", _checked_stack(self.stack))
        object.__setattr__(self, "input_shape", _checked_shape(self.input_shape))
        object.__setattr__(self, "degrees", finite_number("architecture", "degrees", self.degrees, 1e-3, 360))
        object.__setattr__(self, "background", finite_number("architecture", "background", self.background, 0, 1))
        plain_name("architecture", self.name)
        if self.n_parameters > _MOST_PARAMETERS:
            raise ValueError(
                f"the architecture has too many weights; up to {_MOST_PARAMETERS:,} are accepted; "
                f"got {self.n_parameters:,}."
            )

    @cached_property
    def areas(self) -> tuple[AreaInfo, ...]:
        """The areas, measured: shape, receptive field and stride in pixels and degrees, parameters."""
        return tuple(measured(self.stack, self.input_shape, self.degrees))

    @property
    def area_names(self) -> tuple[str, ...]:
        """Names of the areas from the image up; each is the name of a layer of the built network too."""
        return tuple(one.name for one in self.stack)

    @property
    def n_parameters(self) -> int:
        """Number of weights of all areas, the goal's readout not among them."""
        return sum(one.n_parameters for one in self.areas)

    def to_json(self) -> str:
        """Return this spec as JSON text."""
        return spec_to_json(self)

    @classmethod
    def from_json(cls, text: str) -> "ArchitectureSpec":
        """Return the spec that this JSON text describes.

        Raises
        ------
        ValueError
            When the text is no JSON, too long, or describes no network; the place in it is named.
        """
        return spec_from_json(text)

    def build(self, layers: "Mapping[str, LayerMaker] | None" = None, seed: int | None = None) -> "keras.Model":
        """Return a new network: images in, the last area's map out, one layer named for each area.

        Parameters
        ----------
        layers : Mapping[str, callable], optional
            Operation name ("filter", ...) -> maker of its layer, instead of the standard one. A maker is called as
            ``maker(operation, name=..., initializer=...)`` and returns a Keras layer; the initializer, for kernels, is
            already seeded.
        seed : int, optional
            The same seed gives the same initial weights.
        """
        from .builder import build

        return build(self, layers, seed)

    def __str__(self) -> str:
        return spec_table(self)


LayerMaker = Callable[..., Any]
"""(operation, name=..., initializer=...) -> keras.layers.Layer"""


def _checked_stack(stack: Any) -> tuple[Area, ...]:
    """Return the areas as a tuple; refuse none, too many, other things than areas, and a name that comes twice."""
    areas = tuple(stack)
    if not 1 <= len(areas) <= MOST_AREAS or not all(isinstance(one, Area) for one in areas):
        raise ValueError(f"`stack` holds no areas; 1 to {MOST_AREAS} of area(...) are accepted; got {shown(areas)}.")
    names = [one.name for one in areas]
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        raise ValueError(f"area {twice[0]!r} comes twice; each name is accepted once; got {', '.join(names)}.")
    return areas


def _checked_shape(input_shape: Any) -> Shape:
    """Return (height, width, n_channels) as ints within their bounds."""
    if not isinstance(input_shape, tuple | list) or len(input_shape) != 3:
        raise ValueError(
            "`input_shape` of architecture is no shape of an image; (height, width, n_channels) is accepted; "
            f"got {shown(input_shape)}."
        )
    limits = (_LARGEST_IMAGE, _LARGEST_IMAGE, _MOST_CHANNELS)
    fields = ("input_shape[0]", "input_shape[1]", "input_shape[2]")
    height, width, n_channels = (
        whole_number("architecture", field, value, 1, highest)
        for field, value, highest in zip(fields, input_shape, limits, strict=True)
    )
    return height, width, n_channels
