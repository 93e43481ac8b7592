from .begin_sweep import sweep
from .design import Choices, Design
from .differences import difference
from .kept_sweeps import join, load
from .relations import Relation, relation
from .run_moments import checkpoints
from .running_sweep import Sweep
from .space import Space
from .sweep_row import SweepRow

__all__ = [
    "Choices",
    "Design",
    "Relation",
    "Space",
    "Sweep",
    "SweepRow",
    "checkpoints",
    "difference",
    "join",
    "load",
    "relation",
    "sweep",
]
