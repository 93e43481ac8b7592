from .categorization import Categorization
from .goal import Goal, KerasLines
from .goals import GOALS
from .quantity import Quantity

__all__ = ["GOALS", "Categorization", "Goal", "KerasLines", "Quantity"]
