from .architectures import ARCHITECTURES, hcnn, hcnn_without_normalisation
from .area_info import AreaInfo
from .areas import Area, area
from .dense_networks import mlp, perceptron
from .layers import DivisiveNormalization, LpPooling
from .operation import Operation
from .operations import (
    ACTIVATIONS,
    OPERATIONS,
    POOLINGS,
    Activate,
    Filter,
    Normalise,
    Pool,
    activate,
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
    "Filter",
    "LpPooling",
    "Normalise",
    "Operation",
    "Pool",
    "activate",
    "area",
    "filter",
    "hcnn",
    "hcnn_without_normalisation",
    "mlp",
    "normalise",
    "perceptron",
    "pool",
]
