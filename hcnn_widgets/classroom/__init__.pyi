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
from .famous_kernels import FAMOUS_KERNELS, FamousKernel
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
from .pooling_shift import share_unchanged, shifted
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "FAMOUS_KERNELS",
    "GATES",
    "POOLINGS",
    "Activation",
    "FamousKernel",
    "Gate",
    "MatrixProduct",
    "PerceptronRun",
    "Pooling",
    "Presentation",
    "Switches",
    "WindowSum",
    "cross_correlation",
    "folded",
    "heaviside",
    "is_separable",
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
