"""A network architecture as plain data: areas, each a stack of operations, and who feeds whom."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hcnn_widgets.records.keywords import checks_keywords

from .area_graph import AreaGraph
from .spec_json import arguments_from_json, spec_to_json
from .spec_table import spec_table

if TYPE_CHECKING:
    from hcnn_widgets.keras_door import keras

    from .operation_layers import LayerMaker


@checks_keywords
class ArchitectureSpec(AreaGraph):
    """A network that can be built: checked, measured, printed and written as JSON without building it.

    Parameters
    ----------
    stack : tuple of Area
        The areas from the inputs up, each name once. An area takes the area before it unless it says otherwise.
    input_shape : tuple of int
        (height, width, n_channels) of the images; of a sequence of them (time_steps, height, width, n_channels).
    degrees : float
        Visual angle of an image's width, in degrees.
    name : str
        Name of the network.
    background : float
        Pixel value, in [0, 1], that is taken off the images (off all inputs, where there are several) before the first
        area, so that a background of this grey is nothing to the network and its zero padding no edge.
    time_steps : int
        How often the areas are run, one after the other in the order of the stack, with the same weights. An input that
        is no sequence is shown at every step. What an area takes from the time step before is zero at the first step.
    inputs : mapping of str to tuple of int, optional
        Where a network has several inputs: name -> shape as in `input_shape`, which is then that of the first.

    Raises
    ------
    ValueError
        When it makes no network: no area, a name twice or unknown, a loop without time steps, maps that do not fit, a
        map shrunk to nothing or too large, too many weights.

    Examples
    --------
    >>> from hcnn_widgets.architecture import activate, area, filter
    >>> v1 = area("V1", [filter(8, 5, 4), activate("relu")])
    >>> v2 = area("V2", [filter(8, 3), activate("relu")], inputs=("V1", "V2"))
    >>> it = area("IT", [filter(16, 3), activate("relu")], inputs=("V2", "V1"))
    >>> print(ArchitectureSpec((v1, v2, it), time_steps=3, name="recurrent"))
    recurrent: images 64 x 64 x 1, 3 time steps, 8 deg, 3,688 parameters
    area  inputs       operations        map           receptive field  stride           parameters
    V1                 filter 8 5x5 /4, relu  16 x 16 x 8   5 px (0.62 deg)  4 px (0.50 deg)  208
    V2    V1, V2(t-1)  filter 8 3x3, relu     16 x 16 x 8   29 px (3.62 deg)  4 px (0.50 deg)  1,160
    IT    V2, V1       filter 16 3x3, relu    16 x 16 x 16  37 px (4.62 deg)  4 px (0.50 deg)  2,320
    """

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
        arguments = arguments_from_json(text)
        try:
            return cls(**arguments)
        except TypeError as error:
            raise ValueError(str(error)) from None

    def build(self, layers: "Mapping[str, LayerMaker] | None" = None, seed: int | None = None) -> "keras.Model":
        """Return a new network: images in, the last area's map out, one layer named for each area.

        Parameters
        ----------
        layers : Mapping[str, callable], optional
            Operation name ("filter", ...) -> maker of its layer, instead of the standard one. A maker is called as
            ``maker(operation, name=..., initializer=...)`` and returns a Keras layer; the initializer, for kernels, is
            already seeded. The layer is applied once a time step.
        seed : int, optional
            The same seed gives the same initial weights.

        Returns
        -------
        keras.Model
            Its inputs are those of the spec, a list where there are several; its outputs the maps of `output_names` at
            the last time step, a list where there are several. The layer of an area's name has the area's map at the
            last time step.
        """
        from .builder import build

        return build(self, layers, seed)

    def __str__(self) -> str:
        return spec_table(self)
