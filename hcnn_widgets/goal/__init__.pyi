from .categorization import Categorization
from .goals import GOALS

__all__ = ["GOALS", "Categorization"]
