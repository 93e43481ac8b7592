"""A run from a folder in the panels: all of it at once, and nothing that trains."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from saved_runs_by_hand import recordings_of, some_images

import hcnn_widgets as hw
from hcnn_widgets.learning.training_thread import earlier_trainings
from hcnn_widgets.mapping.live.score import live_score


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    images = some_images()
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(8, 8, 1))
    run = hw.GoalDrivenModel(spec).train(images, epochs=3)
    score = live_score(run, recordings_of(images))
    assert run.join(60)
    assert score.join(60)
    run.title = "the long one"
    place = tmp_path_factory.mktemp("runs") / "long"
    run.save(place)
    return place


@pytest.mark.no_cover
def test_every_panel_shows_a_loaded_run_at_once(folder: Path, page: Any, clock: Any, ticker: Any) -> None:
    run, options = hw.load_run(folder), {"clock": clock, "ticker": ticker}
    monitor = hw.widgets.TrainingMonitor(run, **options)
    kernels = hw.widgets.KernelGrid(run, area="V1", **options)
    trace = hw.widgets.ScoreTrace(run, **options)
    brain = hw.widgets.BrainMap(run, recordings_of(some_images()), **options)
    table = hw.widgets.RunTable([run], **options)
    for panel in (monitor, kernels.panel, trace.panel, brain, table.panel):
        assert panel.over, panel
    assert monitor.sentence().startswith(f"Finished: step {run.n_steps} of {run.n_steps}")
    assert all(button.disabled for button in (monitor._pause, monitor._step, monitor._stop, monitor._rate))
    assert kernels.panel.header["step"] == run.n_steps
    assert trace.panel.header["label"] == trace.sentence()
    best = np.nanmax(run.saved_scores[0].latest.value)
    assert f"{best:.2f}".lstrip("-") in trace.sentence()
    assert f"{best:.2f}".lstrip("-") in brain.sentence()
    assert [row.title for row in table.rows] == ["the long one"]


def test_a_loaded_run_is_beside_a_new_one_and_does_not_take_it_for_an_earlier_training(
    folder: Path, page: Any, run: Any, clock: Any, ticker: Any
) -> None:
    loaded = hw.load_run(folder)
    assert earlier_trainings(loaded) == []
    monitor = hw.widgets.TrainingMonitor(run, beside=loaded, clock=clock, ticker=ticker)
    run.train(10)
    ticker.round()
    assert monitor.sentence().endswith("Beside: the long one.")
