from .brain_map import BrainMap
from .curves import Curves
from .kernel_grid import KernelGrid
from .lab import Lab
from .layer_area_matrix import LayerAreaMatrix
from .live_panel import LivePanel
from .predictivity_bars import PredictivityBars
from .predictivity_explorer import PredictivityExplorer
from .rdm_explorer import RdmExplorer
from .tau_counter import TauCounter
from .training_monitor import TrainingMonitor

__all__ = [
    "BrainMap",
    "Curves",
    "KernelGrid",
    "Lab",
    "LayerAreaMatrix",
    "LivePanel",
    "PredictivityBars",
    "PredictivityExplorer",
    "RdmExplorer",
    "TauCounter",
    "TrainingMonitor",
]
