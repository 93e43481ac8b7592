from .activation import ACTIVATIONS, Activation
from .convolution import (
    MatrixProduct,
    WindowSum,
    cross_correlation,
    matrix_product,
    true_convolution,
    window_sum,
    windows_seeing,
)
from .gates import CORNERS, GATES, Gate
from .mlp import UNIT_KINDS, MlpPass, UnitKind, cross_entropy, mlp_pass, mlp_weights
from .perceptron import (
    PerceptronRun,
    Presentation,
    folded,
    heaviside,
    mistakes,
    perceptron_output,
    perceptron_run,
    presentation,
)
from .point_sets import POINT_SETS, Points, PointSet
from .pooling import POOLINGS, Pooling, Switches, pooled, pooling_gradient, unpooled, winners
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "GATES",
    "POINT_SETS",
    "POOLINGS",
    "UNIT_KINDS",
    "Activation",
    "Gate",
    "MatrixProduct",
    "MlpPass",
    "PerceptronRun",
    "PointSet",
    "Points",
    "Pooling",
    "Presentation",
    "Switches",
    "UnitKind",
    "WindowSum",
    "cross_correlation",
    "cross_entropy",
    "folded",
    "heaviside",
    "is_separable",
    "margin",
    "matrix_product",
    "mistake_bound",
    "mistakes",
    "mlp_pass",
    "mlp_weights",
    "perceptron_output",
    "perceptron_run",
    "pooled",
    "pooling_gradient",
    "presentation",
    "true_convolution",
    "unpooled",
    "window_sum",
    "windows_seeing",
    "winners",
]
