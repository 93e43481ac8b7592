"""Architectures by name. Each function gives a spec; `spec.build()` gives the network."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hcnn_widgets.records.keywords import checks_keywords

from .areas import Area
from .checked_fields import one_of, shown
from .network_inputs import InputShape
from .networks.auditory import auditory_hcnn
from .networks.dense_networks import mlp, perceptron
from .networks.gabor_front_end import gabor_front_end
from .networks.lenet import lenet5
from .networks.two_streams import two_streams
from .networks.unet import unet
from .operation import Operation
from .operations import OPERATIONS, POOLINGS, Activate, Filter, Normalise, Pool
from .spec import ArchitectureSpec

N_KERNELS = (32, 48, 64, 96)
KERNEL_SIZE = (8, 3, 3, 3)
"""In the first area 8 pixels, 1 degree of the usual images: wide enough that an edge has a direction."""
STRIDE = (2, 1, 1, 1)
INITIAL_GAIN = (0.1, 1.0, 1.0, 1.0)
"""Small in the first area: its kernels are looked at, and edges and blobs then rise from the noise within epochs."""
L2_PENALTY = (0.015, 0.0, 0.0, 0.0)
"""In the first area the noise that no goal has a use for goes, and what is left has an orientation."""
POOL_SIZE = 2
POOL_STRIDE = 2
NORMALISATION = Normalise(size=3, over="all", sigma=0.5)
BACKGROUND = 0.5

NORMALISATIONS = ("divisive",)
IN_ORDER = ("filter", "activate", "pool", "normalise")
"""Operations of an area of `hcnn`."""


@checks_keywords
def hcnn(
    areas: Sequence[str | Area] = ("V1", "V2", "V4", "IT"),
    n_kernels: int | Sequence[int] = N_KERNELS,
    kernel_size: int | Sequence[int] = KERNEL_SIZE,
    stride: int | Sequence[int] = STRIDE,
    initial_gain: float | Sequence[float] = INITIAL_GAIN,
    l2_penalty: float | Sequence[float] = L2_PENALTY,
    activation: Any = "relu",
    pooling: Any = "mean",
    normalisation: Any = "divisive",
    order: Sequence[str] = ("filter", "activate", "pool", "normalise"),
    input_shape: InputShape = (64, 64, 1),
    degrees: float = 8.0,
    background: float = BACKGROUND,
    name: str = "hcnn",
    time_steps: int = 1,
    inputs: Mapping[str, InputShape] | tuple[()] = (),
) -> ArchitectureSpec:
    """Return a hierarchical convolutional network: a stack of areas, each linear filters and nonlinearities.

    Parameters
    ----------
    areas : sequence of str or Area
        From the image up. A name gets its operations from the arguments below; an ``area("V1", [...])`` has its own.
    n_kernels, kernel_size, stride, initial_gain, l2_penalty : number or sequence of numbers
        The filters: how many, their side, their step in positions of the incoming map, the size of the noise that they
        start from, and the penalty on large weights (see `Filter`); one for all areas, or one an area. A sequence that
        is too short goes on with its last value; one that is too long is refused.
    activation : str, Activate, None, or a sequence of them
        "relu", "leaky_relu", "sigmoid", "tanh", "softplus", or ``activate(...)``; None leaves it out.
    pooling : str, Pool, None, or a sequence of them
        "max", "mean", "lp", or ``pool(...)``; None leaves it out.
    normalisation : str, Normalise, None, or a sequence of them
        "divisive", or ``normalise(...)``; None leaves it out.
    order : sequence of str
        In which order an area does them, each word once; a word left out leaves the operation out.
    input_shape, degrees, background, name, time_steps, inputs
        See `ArchitectureSpec`.

    Notes
    -----
    The first area's kernels span 8 pixels, are penalised (`l2_penalty`) and start small, so that they end as edges and
    blobs that can be pointed at; docs/kernels_of_v1.md has what else was tried.

    Examples
    --------
    >>> spec = hcnn(areas=("V1", "V2"), n_kernels=(8, 16), normalisation=None, input_shape=(32, 32, 1))
    >>> print(spec)
    hcnn: images 32 x 32 x 1, 8 deg, 1,688 parameters
    area  operations                                        map         receptive field   stride           parameters
    V1    filter 8 8x8 /2 L2 0.015, relu, mean pool 2x2 /2  8 x 8 x 8   10 px (2.50 deg)  4 px (1.00 deg)  520
    V2    filter 16 3x3, relu, mean pool 2x2 /2             4 x 4 x 16  22 px (5.50 deg)  8 px (2.00 deg)  1,168

    Source
    ------
    Yamins & DiCarlo (2016), Nature Neuroscience 19, 356, Figure 1.
    """
    if not isinstance(areas, list | tuple) or not all(isinstance(area, str | Area) for area in areas):
        raise TypeError(
            f"`areas` are no areas; names and area(...) in a sequence are accepted; received {shown(areas)}."
        )
    order = _checked_order(order)
    given: dict[str, Any] = {"n_kernels": n_kernels, "kernel_size": kernel_size, "stride": stride}
    given |= {"initial_gain": initial_gain, "l2_penalty": l2_penalty}
    given |= {"activation": activation, "pooling": pooling, "normalisation": normalisation}
    each = {argument: _for_areas(len(areas), argument, value) for argument, value in given.items()}
    stack = []
    for index, area in enumerate(areas):
        if isinstance(area, str):
            made = _operations({argument: values[index] for argument, values in each.items()})
            area = Area(area, tuple(operation for word in order if (operation := made[word]) is not None))
        stack.append(area)
    return ArchitectureSpec(tuple(stack), input_shape, degrees, name, background, time_steps, inputs)


def hcnn_without_normalisation(**options: Any) -> ArchitectureSpec:
    """Return `hcnn` with its divisive normalisation left out."""
    return hcnn(**{"name": "hcnn-without-normalisation", **options, "normalisation": None})


ARCHITECTURES: dict[str, Callable[..., ArchitectureSpec]] = {
    "hcnn": hcnn,
    "hcnn without normalisation": hcnn_without_normalisation,
    "LeNet-5": lenet5,
    "gabor front end": gabor_front_end,
    "two streams": two_streams,
    "U-Net": unet,
    "auditory hcnn": auditory_hcnn,
    "mlp": mlp,
    "perceptron": perceptron,
}


def _for_areas(n_areas: int, argument: str, value: Any) -> tuple[Any, ...]:
    """Return an argument's value for each area: the one for all, or the sequence's, the last of which goes on."""
    if not isinstance(value, list | tuple):
        return (value,) * n_areas
    usual = any(value is default for default in (N_KERNELS, KERNEL_SIZE, STRIDE, INITIAL_GAIN, L2_PENALTY))
    if not value or (len(value) > n_areas and not usual):
        raise ValueError(
            f"`{argument}` of hcnn does not fit the areas; one value, or 1 to {n_areas} in a sequence, are accepted; "
            f"received {len(value)} values."
        )
    return tuple(value[min(index, len(value) - 1)] for index in range(n_areas))


def _operations(choices: dict[str, Any]) -> dict[str, Operation | None]:
    """Return the operations that the choices for one area stand for, None for one that is left out."""
    activation, pooling, normalisation = (choices[name] for name in ("activation", "pooling", "normalisation"))
    if isinstance(activation, str):
        activation = Activate(activation)
    if isinstance(pooling, str):
        pooling = Pool(one_of("hcnn", "pooling", pooling, POOLINGS), POOL_SIZE, POOL_STRIDE)
    if isinstance(normalisation, str):
        one_of("hcnn", "normalisation", normalisation, NORMALISATIONS)
        normalisation = NORMALISATION
    begun = {"initial_gain": choices["initial_gain"], "l2_penalty": choices["l2_penalty"]}
    filters = Filter(choices["n_kernels"], choices["kernel_size"], choices["stride"], **begun)
    made = {"filter": filters, "activate": activation, "pool": pooling, "normalise": normalisation}
    for word, operation in made.items():
        if not isinstance(operation, OPERATIONS[word] | None):
            raise TypeError(
                f"hcnn was given no {word} operation; a word, {word}(...) or None is accepted; "
                f"received {shown(operation)}."
            )
    return made


def _checked_order(order: Sequence[str]) -> tuple[str, ...]:
    words = tuple(order)
    if not words or len(set(words)) < len(words) or not all(word in IN_ORDER for word in words):
        raise ValueError(
            f"`order` of hcnn is no order of operations; accepted are {', '.join(IN_ORDER)}, each at most once; "
            f"received {shown(order)}."
        )
    return words
