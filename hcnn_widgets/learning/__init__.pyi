from .backpropagation import Backpropagation
from .control import Control
from .gradient_rule import GradientRule
from .history import History, Series
from .perceptron_rule import PerceptronRule
from .rule import Learner, Rule, StepResult
from .rules import RULES
from .run import Run
from .training_run import TrainingRun

__all__ = [
    "RULES",
    "Backpropagation",
    "Control",
    "GradientRule",
    "History",
    "Learner",
    "PerceptronRule",
    "Rule",
    "Run",
    "Series",
    "StepResult",
    "TrainingRun",
]
