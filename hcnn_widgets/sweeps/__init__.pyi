from .begin_sweep import sweep
from .kept_sweeps import join, load
from .relations import Relation, relation
from .running_sweep import Sweep
from .space import Space
from .sweep_row import SweepRow

__all__ = ["Relation", "Space", "Sweep", "SweepRow", "join", "load", "relation", "sweep"]
