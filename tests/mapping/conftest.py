"""What the tests of the mapping share: numbers to agree with, real recordings, and small made-up ones."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def brainscore() -> dict[str, Any]:
    """Give the inputs, and the values of Brain-Score's own code (vision 2.3, commit c642dbe4)."""
    values = json.loads((HERE / "brainscore" / "values.json").read_text())
    with np.load(HERE / "brainscore" / "inputs.npz") as inputs:
        ids, labels = inputs["ids"].astype(str), inputs["objs"].astype(str)
        recordings = RecordingSet(inputs["resp"].transpose(1, 0, 2), ids, area="IT", labels=labels)
        return {"recordings": recordings, "activations": ActivationSet({"a": inputs["feat"]}, ids), "values": values}


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Give the folder with the public recordings, or skip."""
    folder = os.environ.get("HCNN_WIDGETS_DATA")
    if not folder or not (Path(folder) / "cowley2023_v4").is_dir():
        pytest.skip("the public recordings are not here: HCNN_WIDGETS_DATA names no folder that holds them")
    return Path(folder)


@pytest.fixture(scope="session")
def make_recordings() -> Callable[..., RecordingSet]:
    """Give a maker of small noisy recordings that depend linearly on hidden features, with images."""

    def make(n_stimuli: int = 48, n_sites: int = 6, n_trials: int = 4, area: str = "IT", seed: int = 0) -> RecordingSet:
        images = np.random.default_rng(7).random((n_stimuli, 16, 16, 1)).astype(np.float32)
        ids = np.array([f"image{i:03d}" for i in range(n_stimuli)])
        stimuli = StimulusSet(images, ids, labels=np.array(["cat", "dog", "car", "cup"])[np.arange(n_stimuli) % 4])
        rng = np.random.default_rng(seed)
        signal = images.reshape(n_stimuli, -1)[:, :10] @ rng.normal(size=(10, n_sites))
        noise = 0.2 * rng.normal(size=(n_trials, n_stimuli, n_sites))
        return RecordingSet(signal + noise, ids, area=area, labels=stimuli.labels, stimuli=stimuli, source="made up")

    return make


@pytest.fixture(scope="session")
def gratings() -> Callable[..., np.ndarray]:
    """Give a maker of 64 x 64 gratings at 8 deg, (n, 64, 64): orientation of the modulation, cycles per degree."""

    def make(orientations: Any, cycles: float = 2.0, contrast: float = 1.0, phase: float = 0.0) -> np.ndarray:
        y, x = (np.mgrid[:64, :64] - 31.5) / 8
        angle = np.atleast_1d(orientations)[:, np.newaxis, np.newaxis]
        wave = np.cos(2 * np.pi * cycles * (x * np.cos(angle) + y * np.sin(angle)) + phase)
        return (0.5 + 0.5 * contrast * wave).astype(np.float32)

    return make


@pytest.fixture
def make_run() -> Iterator[Callable[..., Any]]:
    """Give a maker of runs without a network, tidied up at the end."""
    from stand_in_run import StandInRun

    runs = []

    def make(*arguments: Any, **options: Any) -> StandInRun:
        runs.append(StandInRun(*arguments, **options))
        return runs[-1]

    yield make
    for run in runs:
        run.tidy_up()
