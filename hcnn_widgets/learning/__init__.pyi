from .backpropagation import Backpropagation
from .control import Control
from .feedback.alignment import FeedbackAlignment, KolenPollack, SignSymmetry, feedback_angles
from .feedback.direct import DirectFeedbackAlignment
from .gradient_rule import GradientRule
from .history import History, Series
from .rule import Learner, Rule, StepResult
from .rules import RULES
from .run import Run
from .training_run import TrainingRun

__all__ = [
    "RULES",
    "Backpropagation",
    "Control",
    "DirectFeedbackAlignment",
    "FeedbackAlignment",
    "GradientRule",
    "History",
    "KolenPollack",
    "Learner",
    "Rule",
    "Run",
    "Series",
    "SignSymmetry",
    "StepResult",
    "TrainingRun",
    "feedback_angles",
]
