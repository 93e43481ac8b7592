from . import (
    activations,
    architecture,
    classroom,
    explorer,
    goal,
    in_time,
    learning,
    mapping,
    pretrained,
    stimuli,
    sweeps,
    transfer,
    widgets,
)
from .activations.activation_set import ActivationSet
from .in_time.unrolling import unrolled
from .installation import show_versions
from .machine import devices
from .mapping.recordings.recording_set import RecordingSet
from .model import GoalDrivenModel
from .saved_runs import load_run
from .stimuli.sequences.sequence_set import SequenceSet
from .stimuli.stimulus_set import StimulusSet
from .sweeps.begin_sweep import sweep
from .watching import watch
from .widgets.page.saved_page import save_html

__all__ = [
    "ActivationSet",
    "GoalDrivenModel",
    "RecordingSet",
    "SequenceSet",
    "StimulusSet",
    "activations",
    "architecture",
    "classroom",
    "devices",
    "explorer",
    "goal",
    "in_time",
    "learning",
    "load_run",
    "mapping",
    "pretrained",
    "save_html",
    "show_versions",
    "stimuli",
    "sweep",
    "sweeps",
    "transfer",
    "unrolled",
    "watch",
    "widgets",
]
