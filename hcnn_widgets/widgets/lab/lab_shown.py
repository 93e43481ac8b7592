"""What a dashboard shows, put aside until it is brought back."""

from typing import Any, NamedTuple

from hcnn_widgets.learning.training_run import TrainingRun

from .lab_menu import LabSetting


class Shown(NamedTuple):
    """Choices, runs and recordings of a dashboard, and which recordings are missing, in words."""

    setting: LabSetting
    run: TrainingRun | None
    beside: TrainingRun | None
    stimuli: Any
    recordings: list[Any]
    missing: str
