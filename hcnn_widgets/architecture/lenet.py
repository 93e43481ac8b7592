"""LeNet-5, as it was published and as it is usually written today."""

from hcnn_widgets.classroom.lenet5 import C3_TABLE
from hcnn_widgets.records.keywords import checks_keywords

from .areas import Area
from .checked_fields import one_of, shown
from .network_inputs import InputShape
from .operations import Activate, Filter, Pool
from .spec import ArchitectureSpec

SIDE = 32
VARIANTS = {"published": ("scaled_tanh", "subsample", C3_TABLE), "modern": ("relu", "max", ())}
"""Variant -> nonlinearity, pooling, and which maps of S2 the kernels of C3 see (empty: all)."""
BACKGROUND = 0.1


@checks_keywords
def lenet5(
    variant: str = "published",
    input_shape: InputShape = (SIDE, SIDE, 1),
    degrees: float = 8.0,
    background: float = BACKGROUND,
    name: str = "lenet5",
) -> ArchitectureSpec:
    """Return LeNet-5: C1, S2, C3, S4, C5 and F6, which a goal's outputs stand on.

    Parameters
    ----------
    variant : {"published", "modern"}
        "published": trained sub-sampling, kernels of C3 that see 3, 4 or all 6 maps of S2 (60 of 96 connections), a
        scaled tanh; 60,000 weights. With ``hw.goal.NearestCode()`` its outputs are the published ones, too, distances
        to fixed bitmaps. "modern": maximum pooling, every kernel sees every map, a ReLU; with
        ``hw.goal.Categorization(dropout=0)`` 61,706 weights.
    input_shape : tuple of int
        (32, 32, n_channels), what C5 sees as a whole. Digits of other sizes: ``stimuli.adapted_to((32, 32, 1))``.
    degrees, name
        See `ArchitectureSpec`.
    background : float
        Taken off the pixels. In the publication they were -0.1 for paper and 1.175 for ink; here -0.1 and 0.9.

    Raises
    ------
    ValueError
        If the variant is not known, or images are not 32 x 32.

    Examples
    --------
    >>> str(lenet5()).splitlines()[0]
    'lenet5: images 32 x 32 x 1, 8 deg, 60,000 parameters'
    >>> str(lenet5().stack[2].operations[0].connections[:3])
    '((0, 1, 2), (1, 2, 3), (2, 3, 4))'

    Source
    ------
    LeCun, Bottou, Bengio & Haffner (1998), Gradient-based learning applied to document recognition, Proc. IEEE 86,
    2278.
    """
    function, pooling, connections = VARIANTS[one_of("lenet5", "variant", variant, VARIANTS)]
    if not isinstance(input_shape, list | tuple) or tuple(input_shape[:2]) != (SIDE, SIDE) or len(input_shape) != 3:
        raise ValueError(
            f"`input_shape` of lenet5 is not what its last filters see; (32, 32, n_channels) is accepted; received "
            f"{shown(input_shape)}. Bring images to it by stimuli.adapted_to((32, 32, 1))."
        )
    squash = Activate(function)
    stack = (
        Area("C1", (Filter(6, 5, padding="valid"), squash)),
        Area("S2", _pooled(pooling, squash)),
        Area("C3", (Filter(16, 5, padding="valid", connections=connections), squash)),
        Area("S4", _pooled(pooling, squash)),
        Area("C5", (Filter(120, 5, padding="valid"), squash)),
        Area("F6", (Filter(84, 1), squash)),
    )
    return ArchitectureSpec(stack, input_shape, degrees, name, background)


def _pooled(pooling: str, squash: Activate) -> tuple[Pool | Activate, ...]:
    """Return the operations of a pooling area; one that has a coefficient and a bias is put through a nonlinearity."""
    return (Pool(pooling), squash) if pooling == "subsample" else (Pool(pooling),)
