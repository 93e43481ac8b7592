from .comm import register
from .description import describe
from .run_state import run_state

__all__ = ["describe", "register", "run_state"]
