"""Networks without local kernels: the perceptron, and perceptrons in layers, in which every unit sees all of the image.

A filter as large as the map that reaches it has a single position: each of its kernels is a unit with a weight from
everything below, as a Dense layer has behind a Flatten. Such a network is made of the same operations as any other one,
so that its first weights are looked at as kernels, and every goal and learning rule takes it.
"""

from collections.abc import Sequence
from typing import Any

from hcnn_widgets.records.keywords import checks_keywords

from .areas import Area
from .checked_fields import shown
from .network_inputs import InputShape
from .operations import Activate, Filter
from .spec import ArchitectureSpec

N_UNITS = (128, 64)


@checks_keywords
def mlp(
    n_units: int | Sequence[int] = N_UNITS,
    activation: Any = "relu",
    input_shape: InputShape = (64, 64, 1),
    degrees: float = 8.0,
    background: float = 0.5,
    name: str = "mlp",
) -> ArchitectureSpec:
    """Return a multi-layer perceptron: hidden layers of units that see everything below, with a readout behind them.

    Parameters
    ----------
    n_units : int or sequence of int
        Units of each hidden layer, from the image up; the layers are the areas "hidden1", "hidden2", ...
    activation : str or Activate
        "relu", "leaky_relu", "sigmoid", "tanh", "linear", "softplus", or ``activate(...)``. With "linear" the layers
        are together no more than one.
    input_shape, degrees, background, name
        See `ArchitectureSpec`; images are square.

    Raises
    ------
    TypeError, ValueError
        If a number of units is none, or the images are not square.

    Examples
    --------
    >>> print(mlp(n_units=(32, 16), input_shape=(8, 8, 1)))
    mlp: images 8 x 8 x 1, 8 deg, 2,608 parameters
    area     operations            map         receptive field  stride           parameters
    hidden1  filter 32 8x8, relu   1 x 1 x 32  8 px (8.00 deg)  1 px (1.00 deg)  2,080
    hidden2  filter 16 1x1, relu   1 x 1 x 16  8 px (8.00 deg)  1 px (1.00 deg)  528

    Source
    ------
    Rumelhart, Hinton & Williams (1986), Nature 323, 533.
    """
    units = (n_units,) if isinstance(n_units, int) else n_units
    if not isinstance(units, list | tuple) or not units:
        raise TypeError(
            f"`n_units` of mlp are no layers; a whole number, or 1 or more of them in a sequence, are accepted; "
            f"received {shown(n_units)}."
        )
    operation = Activate(activation) if isinstance(activation, str) else activation
    if not isinstance(operation, Activate):
        raise TypeError(
            f"`activation` of mlp is none; a word or activate(...) is accepted; received {shown(activation)}."
        )
    sides = (_side_of("mlp", input_shape), *[1] * (len(units) - 1))
    stack = tuple(
        Area(f"hidden{number}", (Filter(n, size=side, padding="valid"), operation))
        for number, (n, side) in enumerate(zip(units, sides, strict=True), start=1)
    )
    return ArchitectureSpec(stack, input_shape, degrees, name, background)


@checks_keywords
def perceptron(
    input_shape: InputShape = (64, 64, 1), degrees: float = 8.0, background: float = 0.0, name: str = "perceptron"
) -> ArchitectureSpec:
    """Return a perceptron: the image itself, and behind it the goal's readout, one unit w . x + b a category.

    Its only area, "retina", hands the pixels on as they are. Trained by `PerceptronRule`, it learns from its mistakes;
    trained by `Backpropagation`, it is logistic regression.

    Parameters
    ----------
    input_shape, degrees, background, name
        See `ArchitectureSpec`. With the usual ``background`` of 0, x are the pixels, from 0 to 1.

    Examples
    --------
    >>> print(perceptron(input_shape=(8, 8, 1)))
    perceptron: images 8 x 8 x 1, 8 deg, 0 parameters
    area    operations  map        receptive field  stride           parameters
    retina  linear      8 x 8 x 1  1 px (1.00 deg)  1 px (1.00 deg)  0

    Source
    ------
    Rosenblatt (1958), Psychological Review 65, 386.
    """
    return ArchitectureSpec((Area("retina", (Activate("linear"),)),), input_shape, degrees, name, background)


def _side_of(network: str, input_shape: Any) -> int:
    """Return the side of square images; refuse others."""
    if isinstance(input_shape, list | tuple) and len(input_shape) == 3 and input_shape[0] == input_shape[1]:
        return int(input_shape[0])
    raise ValueError(
        f"`input_shape` of {network} is not of square images; (side, side, n_channels) is accepted; received "
        f"{shown(input_shape)}."
    )
