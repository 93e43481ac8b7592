"""A run that was trained once for all tests of this folder, and the folder that it is saved in."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from saved_runs_by_hand import recordings_of, some_images

import hcnn_widgets as hw
from hcnn_widgets.mapping.live.score import live_score


@pytest.fixture(scope="session")
def trained() -> SimpleNamespace:
    images = some_images()
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(8, 8, 1))
    model = hw.GoalDrivenModel(spec, rule=hw.learning.Backpropagation(batch_size=8), seed=3)
    run = model.train(images, epochs=4, seed=5)
    recordings = recordings_of(images)
    score = live_score(run, recordings)
    assert run.join(60)
    assert score.join(60)
    assert score.error is None
    run.title = "first  try"
    return SimpleNamespace(run=run, model=model, images=images, recordings=recordings, score=score)


@pytest.fixture
def saved(trained: SimpleNamespace, tmp_path: Path) -> Path:
    trained.run.save(tmp_path / "run")
    return tmp_path / "run"
