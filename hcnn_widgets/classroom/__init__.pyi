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
from .digit_bitmaps import bitmap
from .famous_kernels import FAMOUS_KERNELS, FamousKernel
from .gates import CORNERS, GATES, Gate
from .lenet5 import C3_TABLE, LeNetLayer, lenet5_layers, lenet5_maps, lenet5_weights
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
from .pooling_shift import share_unchanged, shifted
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "C3_TABLE",
    "CORNERS",
    "FAMOUS_KERNELS",
    "GATES",
    "POOLINGS",
    "Activation",
    "FamousKernel",
    "Gate",
    "LeNetLayer",
    "MatrixProduct",
    "PerceptronRun",
    "Pooling",
    "Presentation",
    "Switches",
    "WindowSum",
    "bitmap",
    "cross_correlation",
    "folded",
    "heaviside",
    "is_separable",
    "lenet5_layers",
    "lenet5_maps",
    "lenet5_weights",
    "margin",
    "matrix_product",
    "mistake_bound",
    "mistakes",
    "perceptron_output",
    "perceptron_run",
    "pooled",
    "pooling_gradient",
    "presentation",
    "share_unchanged",
    "shifted",
    "true_convolution",
    "unpooled",
    "window_sum",
    "windows_seeing",
    "winners",
]
