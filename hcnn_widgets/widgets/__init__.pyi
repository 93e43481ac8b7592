from .areas.area_sampler import AreaSampler
from .audition.cochleagram_panel import CochleagramPanel
from .brain.brain_map import BrainMap
from .classroom.activation.activation_lab import ActivationLab
from .classroom.convolution.convolution_lab import ConvolutionLab
from .classroom.gates.gate_lab import GateLab
from .classroom.lenet5.lenet5_lab import LeNet5Lab
from .classroom.mlp.mlp_lab import MlpLab
from .classroom.motif.motif_lab import MotifLab
from .classroom.perceptron.perceptron_lab import PerceptronLab
from .classroom.pooling.pooling_lab import PoolingLab
from .classroom.quiz.quiz_panel import Quiz
from .classroom.receptive_field.receptive_field_lab import ReceptiveFieldLab
from .designer.designer import GoalDrivenDesigner
from .devices.device_lab import DeviceLab
from .goal_driven.sweep_plot import SweepPlot
from .kernels.kernel_grid import KernelGrid
from .lab.lab import Lab
from .layer_areas.layer_area_matrix import LayerAreaMatrix
from .memory.memory_trace import MemoryTrace
from .network.answer_strip import AnswerStrip
from .network.network_view import NetworkView
from .panel.live_panel import LivePanel
from .panel.table_figure import table_figure
from .predictivity.predictivity_bars import PredictivityBars
from .predictivity.predictivity_explorer import PredictivityExplorer
from .predictivity.score_trace import ScoreTrace
from .rdms.rdm_explorer import RdmExplorer
from .runs.guess import Guess
from .runs.run_table import RunTable
from .tau_counter.tau_counter import TauCounter
from .training.curves import Curves
from .training.training_monitor import TrainingMonitor
from .transfer.transfer_lab import TransferLab

__all__ = [
    "ActivationLab",
    "AnswerStrip",
    "AreaSampler",
    "BrainMap",
    "CochleagramPanel",
    "ConvolutionLab",
    "Curves",
    "DeviceLab",
    "GateLab",
    "GoalDrivenDesigner",
    "Guess",
    "KernelGrid",
    "Lab",
    "LayerAreaMatrix",
    "LeNet5Lab",
    "LivePanel",
    "MemoryTrace",
    "MlpLab",
    "MotifLab",
    "NetworkView",
    "PerceptronLab",
    "PoolingLab",
    "PredictivityBars",
    "PredictivityExplorer",
    "Quiz",
    "RdmExplorer",
    "ReceptiveFieldLab",
    "RunTable",
    "ScoreTrace",
    "SweepPlot",
    "TauCounter",
    "TrainingMonitor",
    "TransferLab",
    "table_figure",
]
