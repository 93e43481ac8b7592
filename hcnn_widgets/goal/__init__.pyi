from .categorization import Categorization
from .delayed_match import DelayedMatch
from .goal import Goal, KerasLines
from .goals import GOALS
from .identity import Identity
from .nearest_code import NearestCode
from .next_frame import NextFrame
from .partly_labelled import PartlyLabelled
from .pose import Pose
from .position import Position
from .quantity import Quantity
from .reconstruction import Reconstruction
from .segmentation import Segmentation
from .several import Several
from .size import Size

__all__ = [
    "GOALS",
    "Categorization",
    "DelayedMatch",
    "Goal",
    "Identity",
    "KerasLines",
    "NearestCode",
    "NextFrame",
    "PartlyLabelled",
    "Pose",
    "Position",
    "Quantity",
    "Reconstruction",
    "Segmentation",
    "Several",
    "Size",
]
