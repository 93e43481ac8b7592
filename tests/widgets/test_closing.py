"""Closing a panel closes all that it is made of: nothing of it is left in the kernel."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import ipywidgets
import numpy as np
import pytest
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


def _score(*_: Any) -> Any:
    return SimpleNamespace(latest=None, error=None, alive=True, close=lambda: None)


MAKERS: dict[str, Callable[..., Any]] = {
    "ActivationLab": lambda run, **options: hw.widgets.ActivationLab(**options),
    "AnswerStrip": lambda run, **options: hw.widgets.AnswerStrip(run, **options),
    "BrainMap": lambda run, **options: hw.widgets.BrainMap(run, "recordings", score=_score, **options),
    "CochleagramPanel": lambda run, **options: hw.widgets.CochleagramPanel(**options),
    "ConvolutionLab": lambda run, **options: hw.widgets.ConvolutionLab(**options),
    "Curves": lambda run, **options: hw.widgets.Curves(run, **options),
    "GateLab": lambda run, **options: hw.widgets.GateLab(**options),
    "Guess": lambda run, **options: hw.widgets.Guess(run, **options),
    "KernelGrid": lambda run, **options: hw.widgets.KernelGrid(run, **options),
    "Lab": lambda run, **options: hw.widgets.Lab(**options),
    "LayerAreaMatrix": lambda run, **options: hw.widgets.LayerAreaMatrix(run, "recordings", score=_score, **options),
    "LeNet5Lab": lambda run, **options: hw.widgets.LeNet5Lab(**options),
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
}


def test_every_public_panel_is_closed_below() -> None:
    public = {name: getattr(hw.widgets, name) for name in hw.widgets.__all__}
    panels = {name for name, kind in public.items() if isinstance(kind, type) and issubclass(kind, ipywidgets.Widget)}
    assert set(MAKERS) == panels - {"LivePanel"}


@pytest.mark.parametrize("name", MAKERS)
def test_a_closed_panel_leaves_no_widget_behind(name: str, page: Any, run: Any, clock: Any, ticker: Any) -> None:
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


def test_a_layout_that_another_panel_has_too_stays_with_that_panel(page: Any, clock: Any, ticker: Any) -> None:
    layout = ipywidgets.Layout(width="300px")
    first, second = (hw.widgets.TrainingMonitor(layout=layout, clock=clock, ticker=ticker) for _ in range(2))
    first.close()
    assert layout.comm is not None
    second.close()
    assert layout.comm is None
