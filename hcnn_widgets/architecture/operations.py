"""The operations of an area, as plain data: filter, activate, pool, normalise, enlarge; gabor, recur have own files.

In Yamins & DiCarlo (2016) a layer is made of these, though not always of all, nor in this order: each is optional here
and may come more than once. An operation knows its geometry and its parameters, so that a spec can be drawn and checked
before any network exists. The dictionary `OPERATIONS` lists them all.
"""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.records.keywords import checks_keywords

from .checked_fields import finite_number, one_of, truth, whole_number
from .connections import Connections, check_reach, checked_connections
from .gabor import Gabor
from .operation import Operation, Shape
from .recurrence.recur import Recur

ACTIVATIONS = ("relu", "leaky_relu", "sigmoid", "tanh", "scaled_tanh", "linear", "softplus")
RECTIFIERS = ("relu", "leaky_relu")
POOLINGS = ("max", "mean", "lp", "subsample")
FORMULAS = ("root", "ratio")
NORMALISED_OVER = ("all", "own", "weighted")
MOST_KERNELS = 4096


@checks_keywords
@dataclass(frozen=True)
class Filter(Operation):
    """Cross-correlate the map with kernels, `size` x `size` positions over all channels.

    Parameters
    ----------
    n_kernels : int
        Number of kernels, which is the number of channels that come out.
    size, stride : int
        Side of a kernel and step between its positions, in positions of the incoming map.
    padding : str
        "same" surrounds the map with zeros; "valid" keeps to where kernels lie wholly inside.
    bias : bool
        Whether each kernel adds a trained constant.
    initial_gain : float
        Size of the random weights that training starts from, in terms of the size that keeps a map's variance (He et
        al. 2015; Glorot & Bengio 2010). From a small one, what is learned stands out against what is left of the noise.
    l2_penalty : float
        Times the sum of the squared weights is added to the loss (Keras's ``kernel_regularizer``; weight decay), by
        whatever rule follows a gradient: weights that the goal has no use for, such as noise, go to zero.
    connections : tuple of tuple of int
        For each kernel the channels that it sees, counted from 0, as in C3 of LeNet-5. Empty: all of them see all.
    """

    n_kernels: int
    size: int = 3
    stride: int = 1
    padding: str = "same"
    bias: bool = True
    initial_gain: float = 1.0
    l2_penalty: float = 0.0
    connections: Connections = ()
    operation: ClassVar[str] = "filter"

    def __post_init__(self) -> None:
        n_kernels = whole_number(self.operation, "n_kernels", self.n_kernels, 1, MOST_KERNELS)
        object.__setattr__(self, "n_kernels", n_kernels)
        self._check_window()
        truth(self.operation, "bias", self.bias)
        gain = finite_number(self.operation, "initial_gain", self.initial_gain, 1e-6, 10)
        object.__setattr__(self, "initial_gain", gain)
        penalty = finite_number(self.operation, "l2_penalty", self.l2_penalty, 0, 10)
        object.__setattr__(self, "l2_penalty", penalty)
        object.__setattr__(self, "connections", checked_connections(self.connections, n_kernels))

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the map after this operation."""
        check_reach(self.connections, input_shape[2])
        height, width, _ = super().output_shape(input_shape)
        return height, width, self.n_kernels

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights the kernels and biases are."""
        n_links = sum(map(len, self.connections)) if self.connections else self.n_kernels * input_shape[2]
        return n_links * self.size**2 + self.n_kernels * self.bias


@checks_keywords
@dataclass(frozen=True)
class Activate(Operation):
    """Put every unit through a pointwise nonlinearity, such as "relu"; "linear" leaves it as it is.

    "scaled_tanh" is 1.7159 tanh(2/3 z), which keeps 1 and -1 in their places (LeCun et al. 1998).

    Parameters
    ----------
    function : str
        A word of `ACTIVATIONS`.
    slope : float
        Slope of "leaky_relu" below zero; the others take no notice.
    """

    function: str = "relu"
    slope: float = 0.1
    operation: ClassVar[str] = "activate"

    def __post_init__(self) -> None:
        one_of(self.operation, "function", self.function, ACTIVATIONS)
        object.__setattr__(self, "slope", finite_number(self.operation, "slope", self.slope, 0, 1))


@checks_keywords
@dataclass(frozen=True)
class Pool(Operation):
    """Pool each channel over `size` x `size` positions.

    The pool's "max", its "mean", or its "lp" norm, the p-th root of the mean of absolute values to the power p. A
    "subsample" is the pool's sum (at the edge the mean of what lies inside, size^2 times) times a coefficient plus a
    bias, both trained, one of each a channel (S2 and S4 of LeNet-5).

    Parameters
    ----------
    function : str
        A word of `POOLINGS`.
    size, stride : int
        Side of the pool and step between pools, in positions of the incoming map; a stride of 0 takes the size.
    padding : str
        "same" keeps the pools that stick out over the edge, over what lies inside; "valid" drops them.
    p : float
        Exponent of "lp": 1 is the mean of absolute values, 2 an energy, large values near the maximum.
    """

    function: str = "max"
    size: int = 2
    stride: int = 0
    padding: str = "same"
    p: float = 2.0
    operation: ClassVar[str] = "pool"

    def __post_init__(self) -> None:
        one_of(self.operation, "function", self.function, POOLINGS)
        if self.stride == 0 and not isinstance(self.stride, bool):
            object.__setattr__(self, "stride", self.size)
        self._check_window()
        object.__setattr__(self, "p", finite_number(self.operation, "p", self.p, 1, 16))

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights a pool has: a coefficient and a bias a channel where it subsamples."""
        return 2 * input_shape[2] if self.function == "subsample" else 0


@checks_keywords
@dataclass(frozen=True)
class Normalise(Operation):
    r"""Divide every unit by the activity around it: divisive normalisation (Heeger 1992; Carandini & Heeger 2012).

    Parameters
    ----------
    size : int
        Side of the square neighbourhood, odd, in positions of the map.
    over : str
        Channels in the pool: "all" alike, the unit's "own", or all "weighted" by trained weights that are not negative.
    formula : str
        With pool P = mean of \|x\|^n: "root" is gain x / (sigma^n + P)^(1/n), "ratio" is
        gain sign(x) \|x\|^n / (sigma^n + P).
    exponent, sigma : float
        n, and the semi-saturation constant (where training starts from, when trainable).
    trainable : bool
        Whether gain, sigma and weights learn. The exponent stays.
    """

    size: int = 5
    over: str = "all"
    formula: str = "root"
    exponent: float = 2.0
    sigma: float = 0.5
    trainable: bool = True
    operation: ClassVar[str] = "normalise"

    def __post_init__(self) -> None:
        self._check_window()
        if self.size % 2 == 0:
            raise ValueError(f"`size` of normalise has no middle; an odd number is accepted; received {self.size}.")
        one_of(self.operation, "over", self.over, NORMALISED_OVER)
        one_of(self.operation, "formula", self.formula, FORMULAS)
        object.__setattr__(self, "exponent", finite_number(self.operation, "exponent", self.exponent, 1, 8))
        object.__setattr__(self, "sigma", finite_number(self.operation, "sigma", self.sigma, 1e-3, 1e3))
        truth(self.operation, "trainable", self.trainable)

    def n_parameters(self, input_shape: Shape) -> int:
        """Return how many weights gain, sigma and the pool's weights are."""
        n_channels = input_shape[2]
        if self.over == "all":
            return 2
        return 2 * n_channels + (n_channels**2 if self.over == "weighted" else 0)


@checks_keywords
@dataclass(frozen=True)
class Enlarge(Operation):
    """Double the map's height and width: each position becomes 2 x 2 that are alike.

    Behind it neighbours are half as far apart. What units behind further filters see then differs by up to a step from
    one unit to the next; a spec says the mean.
    """

    operation: ClassVar[str] = "enlarge"
    enlargement: ClassVar[int] = 2

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the map after this operation."""
        height, width, n_channels = input_shape
        return 2 * height, 2 * width, n_channels


OPERATIONS: dict[str, type[Operation]] = {
    kind.operation: kind for kind in (Filter, Activate, Pool, Normalise, Enlarge, Gabor, Recur)
}

filter = Filter
activate = Activate
pool = Pool
normalise = Normalise
enlarge = Enlarge
recur = Recur
