from .categorization import Categorization
from .goal import Goal, KerasLines
from .goals import GOALS
from .identity import Identity
from .nearest_code import NearestCode
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
    "Goal",
    "Identity",
    "KerasLines",
    "NearestCode",
    "PartlyLabelled",
    "Pose",
    "Position",
    "Quantity",
    "Reconstruction",
    "Segmentation",
    "Several",
    "Size",
]
