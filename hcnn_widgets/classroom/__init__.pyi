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
from .pooling import POOLINGS, Pooling, Switches, pooled, pooling_gradient, unpooled, winners
from .receptive_field import FieldSide, SlidingLayer, joined_fields, pixels_holding, receptive_fields
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "GATES",
    "POOLINGS",
    "Activation",
    "FieldSide",
    "Gate",
    "MatrixProduct",
    "PerceptronRun",
    "Pooling",
    "Presentation",
    "SlidingLayer",
    "Switches",
    "WindowSum",
    "cross_correlation",
    "folded",
    "heaviside",
    "is_separable",
    "joined_fields",
    "margin",
    "matrix_product",
    "mistake_bound",
    "mistakes",
    "perceptron_output",
    "perceptron_run",
    "pixels_holding",
    "pooled",
    "pooling_gradient",
    "presentation",
    "receptive_fields",
    "true_convolution",
    "unpooled",
    "window_sum",
    "windows_seeing",
    "winners",
]
