from .backpropagation import Backpropagation
from .control import Control
from .history import History, Series
from .rules import RULES
from .run import Run

__all__ = ["RULES", "Backpropagation", "Control", "History", "Run", "Series"]
