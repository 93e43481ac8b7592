"""Closing a panel closes all that it is made of: nothing of it is left in the kernel."""

import gc
import time
import weakref
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import ipywidgets
import numpy as np
import pytest
from memory_by_hand import histories_by_hand
from stand_in_rdms import BRAIN, random_rdm

import hcnn_widgets as hw
from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

LIVE = ipywidgets.widgets.widget._instances


def _responses() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((2, 12, 3))


def _activations() -> ActivationSet:
    return ActivationSet({"V1": _responses()[0]}, [f"image {n}" for n in range(12)])


def _recordings() -> RecordingSet:
    return RecordingSet(_responses(), stimulus_ids=[f"image {n}" for n in range(12)], area="V4")


def _images() -> hw.StimulusSet:
    return hw.StimulusSet.from_arrays(np.zeros((4, 8, 8), np.float32), labels=["cat", "dog", "cat", "dog"])


def _shown() -> RecordingSet:
    images = hw.StimulusSet(np.zeros((12, 8, 8, 1), np.float32), np.array([f"image {n}" for n in range(12)]))
    return RecordingSet(_responses(), stimulus_ids=images.stimulus_ids, area="V4", stimuli=images)


def _score(*_: Any) -> Any:
    return SimpleNamespace(latest=None, error=None, alive=True, close=lambda: None)


def _model_and_images() -> tuple[hw.GoalDrivenModel, hw.StimulusSet]:
    images = hw.StimulusSet.from_arrays(np.zeros((8, 16, 16), np.float32), ["cat", "dog"] * 4)
    model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(16, 16, 1)))
    model.build(["car", "cup"])
    return model, images


MAKERS: dict[str, Callable[..., Any]] = {
    "ActivationLab": lambda run, **options: hw.widgets.ActivationLab(**options),
    "AnswerStrip": lambda run, **options: hw.widgets.AnswerStrip(run, **options),
    "AreaSampler": lambda run, **options: hw.widgets.AreaSampler(_activations(), _recordings(), area="V1", **options),
    "BrainMap": lambda run, **options: hw.widgets.BrainMap(run, "recordings", score=_score, **options),
    "CochleagramPanel": lambda run, **options: hw.widgets.CochleagramPanel(**options),
    "ConvolutionLab": lambda run, **options: hw.widgets.ConvolutionLab(**options),
    "Curves": lambda run, **options: hw.widgets.Curves(run, **options),
    "DeviceLab": lambda run, **options: hw.widgets.DeviceLab(**options),
    "GateLab": lambda run, **options: hw.widgets.GateLab(**options),
    "GoalDrivenDesigner": lambda run, **options: hw.widgets.GoalDrivenDesigner(_images(), _shown(), **options),
    "Guess": lambda run, **options: hw.widgets.Guess(run, **options),
    "KernelGrid": lambda run, **options: hw.widgets.KernelGrid(run, **options),
    "Lab": lambda run, **options: hw.widgets.Lab(**options),
    "LayerAreaMatrix": lambda run, **options: hw.widgets.LayerAreaMatrix(run, "recordings", score=_score, **options),
    "LeNet5Lab": lambda run, **options: hw.widgets.LeNet5Lab(**options),
    "MemoryTrace": lambda run, **options: hw.widgets.MemoryTrace(histories_by_hand(), **options),
    "MlpLab": lambda run, **options: hw.widgets.MlpLab(**options),
    "MotifLab": lambda run, **options: hw.widgets.MotifLab(**options),
    "NetworkView": lambda run, **options: hw.widgets.NetworkView(run, **options),
    "PerceptronLab": lambda run, **options: hw.widgets.PerceptronLab(**options),
    "PoolingLab": lambda run, **options: hw.widgets.PoolingLab(**options),
    "PredictivityBars": lambda run, **options: hw.widgets.PredictivityBars(run, "recordings", score=_score, **options),
    "PredictivityExplorer": lambda run, **options: hw.widgets.PredictivityExplorer(
        _activations(), _recordings(), **options
    ),
    "Quiz": lambda run, **options: hw.widgets.Quiz(**options),
    "RdmExplorer": lambda run, **options: hw.widgets.RdmExplorer(random_rdm(7, name="model"), BRAIN, **options),
    "ReceptiveFieldLab": lambda run, **options: hw.widgets.ReceptiveFieldLab(**options),
    "RunTable": lambda run, **options: hw.widgets.RunTable([run], **options),
    "ScoreTrace": lambda run, **options: hw.widgets.ScoreTrace(run, "recordings", score=_score, **options),
    "SweepPlot": lambda run, **options: hw.widgets.SweepPlot(hw.sweeps.Sweep.of_rows([], {}, None), **options),
    "TauCounter": lambda run, **options: hw.widgets.TauCounter(random_rdm(1), random_rdm(2), **options),
    "TrainingMonitor": lambda run, **options: hw.widgets.TrainingMonitor(run, **options),
    "TransferLab": lambda run, **options: hw.widgets.TransferLab(*_model_and_images(), n_labels=(4,), **options),
}


@pytest.fixture(scope="module", autouse=True)
def only_what_is_made_here_is_searched() -> None:
    """Leave what other tests have left out of the searches for garbage below, each of which would go through it."""
    gc.collect()
    gc.freeze()


def test_every_public_panel_is_closed_below() -> None:
    public = {name: getattr(hw.widgets, name) for name in hw.widgets.__all__}
    panels = {name for name, kind in public.items() if isinstance(kind, type) and issubclass(kind, ipywidgets.Widget)}
    assert set(MAKERS) == panels - {"LivePanel"}


@pytest.mark.parametrize("name", MAKERS)
def test_a_closed_panel_leaves_nothing_behind(name: str, page: Any, run: Any, clock: Any, ticker: Any) -> None:
    before = set(LIVE)
    panel = MAKERS[name](run, clock=clock, ticker=ticker)
    made = [LIVE[key] for key in set(LIVE) - before]
    assert len(made) > 1
    panel.close()
    assert set(LIVE) == before
    assert all(widget.comm is None for widget in made)
    panel.close()
    ticker.round()
    assert set(LIVE) == before
    gone = weakref.ref(panel)
    run.do_jobs()
    page.messages.clear()
    del panel, made
    assert is_freed(gone)


def is_freed(gone: weakref.ref[Any]) -> bool:
    """Say whether nobody holds a panel any more; a thread that draws or works something out for it may do so yet."""
    for _ in range(100):
        gc.collect()
        if gone() is None:
            return True
        time.sleep(0.05)
    return False


def test_a_layout_that_another_panel_has_too_stays_with_that_panel(page: Any, clock: Any, ticker: Any) -> None:
    layout = ipywidgets.Layout(width="300px")
    first, second = (hw.widgets.TrainingMonitor(layout=layout, clock=clock, ticker=ticker) for _ in range(2))
    first.close()
    assert layout.comm is not None
    second.close()
    assert layout.comm is None
