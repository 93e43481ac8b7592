from .architectures import ARCHITECTURES, hcnn, hcnn_without_normalisation
from .area_info import AreaInfo
from .areas import Area, area
from .gabor import Gabor, gabor
from .layers import DivisiveNormalization, LpPooling
from .networks.auditory import auditory_hcnn
from .networks.dense_networks import mlp, perceptron
from .networks.gabor_front_end import gabor_front_end
from .networks.lenet import lenet5
from .networks.two_streams import two_streams
from .networks.unet import unet
from .operation import Operation
from .operations import (
    ACTIVATIONS,
    OPERATIONS,
    POOLINGS,
    Activate,
    Enlarge,
    Filter,
    Normalise,
    Pool,
    activate,
    enlarge,
    filter,
    normalise,
    pool,
)
from .spec import ArchitectureSpec

__all__ = [
    "ACTIVATIONS",
    "ARCHITECTURES",
    "OPERATIONS",
    "POOLINGS",
    "Activate",
    "ArchitectureSpec",
    "Area",
    "AreaInfo",
    "DivisiveNormalization",
    "Enlarge",
    "Filter",
    "Gabor",
    "LpPooling",
    "Normalise",
    "Operation",
    "Pool",
    "activate",
    "area",
    "auditory_hcnn",
    "enlarge",
    "filter",
    "gabor",
    "gabor_front_end",
    "hcnn",
    "hcnn_without_normalisation",
    "lenet5",
    "mlp",
    "normalise",
    "perceptron",
    "pool",
    "two_streams",
    "unet",
]
