from .backpropagation import Backpropagation
from .control import Control
from .feedback.alignment import FeedbackAlignment, KolenPollack, SignSymmetry, feedback_angles
from .feedback.direct import DirectFeedbackAlignment
from .gradient_rule import GradientRule
from .history import History, Series
from .perceptron_rule import PerceptronRule
from .rule import Learner, Rule, StepResult
from .rules import RULES
from .run import Run
from .training_run import TrainingRun
from .without_labels.autoencoder import Autoencoder
from .without_labels.hebbian import CompetitiveHebbian, Oja, RandomWhitened, Sanger
from .without_labels.readout_only import ReadoutOnly
from .without_labels.simclr import SimCLR
from .without_labels.sparse_coding import SparseCoding
from .without_labels.two_moments import TwoMoments

__all__ = [
    "RULES",
    "Autoencoder",
    "Backpropagation",
    "CompetitiveHebbian",
    "Control",
    "DirectFeedbackAlignment",
    "FeedbackAlignment",
    "GradientRule",
    "History",
    "KolenPollack",
    "Learner",
    "Oja",
    "PerceptronRule",
    "RandomWhitened",
    "ReadoutOnly",
    "Rule",
    "Run",
    "Sanger",
    "Series",
    "SignSymmetry",
    "SimCLR",
    "SparseCoding",
    "StepResult",
    "TrainingRun",
    "TwoMoments",
    "feedback_angles",
]
