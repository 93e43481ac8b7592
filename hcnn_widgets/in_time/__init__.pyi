from .delay_scores import DelayScores, accuracy_over_delays
from .histories import Histories, histories
from .unrolling import unrolled

__all__ = ["DelayScores", "Histories", "accuracy_over_delays", "histories", "unrolled"]
