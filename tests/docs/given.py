"""What the pages of docs take for granted: files in the folder, a model, activations, RDMs of subjects."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pynwb import NWBHDF5IO, NWBFile

import hcnn_widgets as hw

IDS = [f"image{number:02d}" for number in range(60)]


def write_session(path: Path) -> None:
    """Write 4 trials of 60 images and 8 units that fire more to images of higher number."""
    rng = np.random.default_rng(0)
    nwb = NWBFile("made up", "made up", datetime(2020, 1, 1, tzinfo=UTC))
    onsets = np.arange(4 * len(IDS)) * 1.0
    for unit in range(8):
        rates = np.tile(np.arange(len(IDS)), 4) * (unit + 1) / 40 + rng.poisson(1 + unit, size=4 * len(IDS))
        spikes = [onset + rng.uniform(0.07, 0.17, size=round(rate)) for onset, rate in zip(onsets, rates, strict=True)]
        nwb.add_unit(spike_times=np.sort(np.concatenate(spikes)))
    nwb.add_trial_column(name="image_id", description="what was shown")
    for onset, name in zip(onsets, IDS * 4, strict=True):
        nwb.add_trial(start_time=onset, stop_time=onset + 0.2, image_id=name)
    with NWBHDF5IO(path, "w") as file:
        file.write(nwb)


def write_photographs(folder: Path) -> None:
    """Write two images of each of two categories, of unlike sizes."""
    for label, size in (("cats", (40, 48)), ("cars", (64, 32))):
        (folder / label).mkdir(parents=True)
        for number in range(2):
            Image.new("RGB", size, (90 * number, 40, 120)).save(folder / label / f"{number}.png")


def arrays(order: Any = None) -> dict[str, Any]:
    """Return activations of two layers, their ids, and RDMs of three subjects; rows in this order."""
    rng = np.random.default_rng(1)
    x3, x4 = rng.normal(size=(2, len(IDS), 30))
    subject_rdms = [hw.mapping.rdm(x3 + rng.normal(size=x3.shape), stimulus_ids=IDS) for _ in range(3)]
    rows = np.arange(len(IDS)) if order is None else order
    return {"x3": x3[rows], "x4": x4[rows], "ids": np.array(IDS)[rows], "subject_rdms": subject_rdms}


def a_model() -> dict[str, Any]:
    """Return a small network, not trained, and recordings of an area of its name."""
    images = hw.stimuli.objects(40, size=16, seed=0)
    spec = hw.architecture.hcnn(areas=("V1", "V4"), n_kernels=(2, 32), input_shape=(16, 16, 1))
    model = hw.GoalDrivenModel(spec)
    model.build(images.categories)
    return {"model": model, "v4": hw.mapping.simulated_cortex(images, n_sites=6, seed=0)["V4"]}


GIVEN: dict[str, Callable[[Path], dict[str, Any]]] = {
    "docs/areas.md": lambda folder: a_model(),
    "docs/howto/own_images.md": lambda folder: write_photographs(folder / "photographs") or {},
    "docs/howto/model_and_brain.md": lambda folder: write_session(folder / "session.nwb") or arrays(),
}
"""Page -> what is there before its first block."""
