"""The code of README runs as it stands, with fewer images."""

import ast
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pynwb import NWBHDF5IO, NWBFile

import hcnn_widgets as hw

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
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


def test_readme_has_the_blocks_that_are_run_here() -> None:
    assert [block.split(" ", 1)[0] for block in BLOCKS] == ["import", "brain", "activations", "watcher"]


def run_block(source: str, names: dict[str, Any]) -> list[Any]:
    """Run the statements one by one, and give the values of those that are expressions, as a notebook shows them."""
    shown = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Expr):
            shown.append(eval(compile(ast.Expression(statement.value), "README.md", "eval"), names))
        else:
            exec(compile(ast.Module([statement], []), "README.md", "exec"), names)
    return shown


@pytest.mark.skipif("HCNN_WIDGETS_DATA" not in os.environ, reason="HCNN_WIDGETS_DATA names no folder of recordings")
def test_ten_lines_and_the_panels_of_figure_2_run() -> None:
    names: dict[str, Any] = {}
    panels = run_block(BLOCKS[0].replace("n=12000", "n=200"), names) + run_block(BLOCKS[1], names)
    names["run"].stop()
    assert names["run"].join(60)
    kinds = ["TrainingMonitor", "KernelGrid", "BrainMap"]
    kinds += ["PredictivityExplorer", "ScoreTrace", "RdmExplorer", "LayerAreaMatrix"]
    assert [type(panel).__name__ for panel in panels] == kinds


def run_lines_for_arrays(order: Any) -> list[Any]:
    """Run them in this folder, with the rows of the model's side in this order."""
    write_session(Path("session.nwb"))
    rng = np.random.default_rng(1)
    x3, x4 = rng.normal(size=(2, len(IDS), 30))
    subject_rdms = [hw.mapping.rdm(x3 + rng.normal(size=x3.shape), stimulus_ids=IDS) for _ in range(3)]
    given = {"x3": x3[order], "x4": x4[order], "ids": np.array(IDS)[order], "subject_rdms": subject_rdms}
    return run_block(BLOCKS[2], {"hw": hw, **given})


def test_the_lines_for_arrays_run_as_they_stand_and_pair_nothing_by_row(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run_lines_for_arrays(np.arange(len(IDS)))
    kinds = ["tuple", "float", "LayerAreaMatch", "float", "RdmCeiling", "RdmInference", "float"]
    assert [type(value).__name__ for value in shown] == kinds
    shuffled = run_lines_for_arrays(np.random.default_rng(2).permutation(len(IDS)))
    tau_a_and_cka = [shown[3], shown[-1]]
    assert [shuffled[3], shuffled[-1]] == pytest.approx(tau_a_and_cka)


def test_a_fit_of_keras_is_watched() -> None:
    from hcnn_widgets.keras_door import keras

    layers = keras.layers
    network = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(2)])
    network.compile("sgd", "mse")
    names = {"hw": hw, "network": network, "x": np.zeros((8, 8, 8, 1)), "y": np.zeros((8, 2))}
    monitor, _ = run_block(BLOCKS[3].replace("(x, y, ", "(x, y, verbose=0, "), names)
    assert isinstance(monitor, hw.widgets.TrainingMonitor)
    assert names["watcher"].run.state == "finished"
