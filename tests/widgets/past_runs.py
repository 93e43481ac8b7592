"""Runs that are over, made without training, for what holds runs side by side."""

from typing import Any

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.learning.history import History
from hcnn_widgets.learning.run import Run
from hcnn_widgets.learning.run_setup import RunSetup
from hcnn_widgets.learning.training_thread import PastLoop, TrainingThread
from hcnn_widgets.mapping.live.saved_score import SavedScore
from hcnn_widgets.mapping.live.score_table import ScoreTable


def a_model(rate: float = 1e-3, kernel_size: int = 3, seed: int = 0) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=kernel_size, input_shape=(8, 8, 1))
    return hw.GoalDrivenModel(spec, rule=hw.learning.Backpropagation(learning_rate=rate), seed=seed)


def a_run(
    accuracy: float | None = None, r: float | None = None, model: Any = None, seed: int = 0, s: float = 9.0
) -> Run:
    """Make a run that is over, without training."""
    model = model or a_model()
    training = TrainingThread.past(model, 1e-3, 100, 10, PastLoop(100, s))
    training.history, training.setup = History(), RunSetup(seed=seed)
    if accuracy is not None:
        training.history.append("validation accuracy", [100], [accuracy])
    if r is not None:
        training.saved_scores = (SavedScore(["p"], [score_table(r)]),)
    model.categories = ("a", "b")
    training.concluded("finished", "Finished.")
    model.run = run = Run.of(model, training)
    return run


def score_table(r: float, n_stimuli: int = 40) -> ScoreTable:
    return ScoreTable(
        step=100,
        model_areas=("V1", "IT"),
        brain_areas=("V4",),
        value=np.array([[r - 0.1, r]]),
        error=np.zeros((1, 2)),
        untrained=np.array([[0.1, 0.2]]),
        ceiling=np.array([0.9]),
        reliability=np.array([0.81]),
        n_reliability=np.array([40]),
        pixels=np.array([0.05]),
        n_stimuli=n_stimuli,
        convention="made up",
        simulated=(True,),
        source="nobody",
    )
