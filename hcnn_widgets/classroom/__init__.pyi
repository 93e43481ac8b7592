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
from .gratings import gabor_bank, grating
from .lenet5 import C3_TABLE, LeNetLayer, lenet5_layers, lenet5_maps, lenet5_weights
from .mlp import UNIT_KINDS, MlpPass, UnitKind, cross_entropy, mlp_pass, mlp_weights
from .motif import STAGES, Motif, Stage
from .normalization import ContrastResponse, divisive_normalization, fitted_contrast_response
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
from .pooling_shift import share_unchanged, shifted
from .questions.kinds import QUESTIONS
from .questions.question import Diagnosis, Hint, Mistake, Question, QuestionKind
from .questions.sheet import QuizSheet, quiz
from .receptive_field import FieldSide, SlidingLayer, joined_fields, pixels_holding, receptive_fields
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "C3_TABLE",
    "CORNERS",
    "FAMOUS_KERNELS",
    "GATES",
    "POINT_SETS",
    "POOLINGS",
    "QUESTIONS",
    "STAGES",
    "UNIT_KINDS",
    "Activation",
    "ContrastResponse",
    "Diagnosis",
    "FamousKernel",
    "FieldSide",
    "Gate",
    "Hint",
    "LeNetLayer",
    "MatrixProduct",
    "Mistake",
    "MlpPass",
    "Motif",
    "PerceptronRun",
    "PointSet",
    "Points",
    "Pooling",
    "Presentation",
    "Question",
    "QuestionKind",
    "QuizSheet",
    "SlidingLayer",
    "Stage",
    "Switches",
    "UnitKind",
    "WindowSum",
    "bitmap",
    "cross_correlation",
    "cross_entropy",
    "divisive_normalization",
    "fitted_contrast_response",
    "folded",
    "gabor_bank",
    "grating",
    "heaviside",
    "is_separable",
    "joined_fields",
    "lenet5_layers",
    "lenet5_maps",
    "lenet5_weights",
    "margin",
    "matrix_product",
    "mistake_bound",
    "mistakes",
    "mlp_pass",
    "mlp_weights",
    "perceptron_output",
    "perceptron_run",
    "pixels_holding",
    "pooled",
    "pooling_gradient",
    "presentation",
    "quiz",
    "receptive_fields",
    "share_unchanged",
    "shifted",
    "true_convolution",
    "unpooled",
    "window_sum",
    "windows_seeing",
    "winners",
]
