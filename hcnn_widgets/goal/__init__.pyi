from .categorization import Categorization
from .goal import Goal, KerasLines
from .goals import GOALS
from .nearest_code import NearestCode
from .quantity import Quantity

__all__ = ["GOALS", "Categorization", "Goal", "KerasLines", "NearestCode", "Quantity"]
