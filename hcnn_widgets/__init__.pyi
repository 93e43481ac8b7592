from . import (
    activations,
    architecture,
    classroom,
    explorer,
    goal,
    learning,
    mapping,
    pretrained,
    stimuli,
    sweeps,
    widgets,
)
from .activations.activation_set import ActivationSet
from .machine import devices
from .mapping.recordings.recording_set import RecordingSet
from .model import GoalDrivenModel
from .saved_runs import load_run
from .stimuli.stimulus_set import StimulusSet
from .sweeps.begin_sweep import sweep
from .watching import watch
from .widgets.page.saved_page import save_html

__all__ = [
    "ActivationSet",
    "GoalDrivenModel",
    "RecordingSet",
    "StimulusSet",
    "activations",
    "architecture",
    "classroom",
    "devices",
    "explorer",
    "goal",
    "learning",
    "load_run",
    "mapping",
    "pretrained",
    "save_html",
    "stimuli",
    "sweep",
    "sweeps",
    "watch",
    "widgets",
]
