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
from .gratings import gabor_bank, grating
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
from .pooling import POOLINGS, Pooling, Switches, pooled, pooling_gradient, unpooled, winners
from .questions.kinds import QUESTIONS
from .questions.question import Diagnosis, Hint, Mistake, Question, QuestionKind
from .questions.sheet import QuizSheet, quiz
from .separability import is_separable, margin, mistake_bound

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "GATES",
    "POOLINGS",
    "QUESTIONS",
    "STAGES",
    "Activation",
    "ContrastResponse",
    "Diagnosis",
    "Gate",
    "Hint",
    "MatrixProduct",
    "Mistake",
    "Motif",
    "PerceptronRun",
    "Pooling",
    "Presentation",
    "Question",
    "QuestionKind",
    "QuizSheet",
    "Stage",
    "Switches",
    "WindowSum",
    "cross_correlation",
    "divisive_normalization",
    "fitted_contrast_response",
    "folded",
    "gabor_bank",
    "grating",
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
    "quiz",
    "true_convolution",
    "unpooled",
    "window_sum",
    "windows_seeing",
    "winners",
]
