"""A run in a folder: readable without this package, shown at once, whole or as it was, hostile folders refused."""

import csv
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from saved_runs_by_hand import recordings_of, some_images

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.live import saved_score
from hcnn_widgets.mapping.live.score import LiveScore, live_score
from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.saving import run_folder, text_tables


def test_a_folder_is_read_without_this_package(trained: SimpleNamespace, saved: Path) -> None:
    said = json.loads((saved / "run.json").read_text(encoding="utf-8"))
    assert (said["setup"]["seed"], said["model"]["seed"], said["title"]) == (5, 3, "first try")
    assert said["model"]["rule"]["batch_size"] == 8
    assert said["setup"]["images"]["categories"] == {"dark": 18, "light": 18}
    assert said["setup"]["images"]["latents"]["brightness"] == {"unit": "fraction", "lowest": 0.2, "highest": 0.8}
    assert said["setup"]["versions"]["keras"] == keras.__version__
    with (saved / "history.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["curve"] == "loss"]
    series = trained.run.history.series("loss")
    np.testing.assert_array_equal([float(row["mean"]) for row in rows], series.mean)
    with np.load(saved / "kernels.npz", allow_pickle=False) as arrays:
        assert arrays["steps"][0] == 0
        assert arrays["kernels of V1"].shape == (len(arrays["steps"]), 4, 3, 3, 1)
    network = keras.saving.load_model(saved / "network.keras", compile=False)
    for ours, theirs in zip(trained.model.network.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert not any(".npy" in path.name for path in saved.iterdir())


def test_the_kernels_at_the_start_are_those_of_the_untrained_network(trained: SimpleNamespace) -> None:
    first = trained.run.checkpoints.of("V1")[0]
    np.testing.assert_array_equal(first, trained.model.untrained().kernels("V1"))
    assert not np.array_equal(first, trained.run.checkpoints.of("V1")[-1])


def test_a_loaded_run_is_over_and_says_all_that_the_run_said(trained: SimpleNamespace, saved: Path) -> None:
    run = hw.load_run(saved)
    for name in ("state", "steps_done", "n_steps", "steps_per_epoch", "epoch", "elapsed_s", "learning_rate", "title"):
        assert getattr(run, name) == getattr(trained.run, name), name
    assert not run.alive
    assert run.join(1)
    assert run.setup == trained.run.setup
    assert run.history.names == trained.run.history.names
    for name in run.history.names:
        ours, theirs = run.history.series(name), trained.run.history.series(name)
        for field in ("step", "mean", "low", "high"):
            np.testing.assert_allclose(getattr(ours, field), getattr(theirs, field), rtol=1e-12)
        assert run.history.last(name) == trained.run.history.last(name)
    np.testing.assert_array_equal(run.checkpoints.of("IT"), trained.run.checkpoints.of("IT"))
    assert run.model.run is run
    assert run.model.evaluate(trained.images) == pytest.approx(trained.model.evaluate(trained.images))


def test_scores_come_back_as_they_were_and_nothing_is_computed(trained: SimpleNamespace, saved: Path) -> None:
    run = hw.load_run(saved)
    score = live_score(run, recordings_of(some_images()))
    assert isinstance(score, saved_score.SavedScore)
    assert [table.step for table in score.history] == [table.step for table in trained.score.history]
    ours, theirs = score.latest, trained.score.latest
    for name in ("value", "error", "untrained", "ceiling", "reliability", "n_reliability", "pixels"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name), err_msg=name)
    for name in ("brain_areas", "model_areas", "convention", "source", "notes", "simulated", "n_stimuli", "final"):
        assert getattr(ours, name) == getattr(theirs, name), name


def test_other_recordings_are_scored_on_the_network_that_was_saved(trained: SimpleNamespace, saved: Path) -> None:
    run, other = hw.load_run(saved), recordings_of(trained.images)
    other = RecordingSet(-other.responses, stimulus_ids=other.stimulus_ids, area="V4", stimuli=trained.images)
    score = live_score(run, other)
    assert isinstance(score, LiveScore)
    assert score.join(60)
    np.testing.assert_allclose(score.latest.value, trained.score.latest.value, atol=1e-6)


def test_a_loaded_run_can_be_saved_again_and_trained_on(
    trained: SimpleNamespace, saved: Path, uncompiled: None
) -> None:
    run = hw.load_run(saved)
    run.save(saved)
    again = hw.load_run(saved)
    assert len(again.saved_scores) == 1
    further = again.model.train(trained.images, epochs=0.2)
    assert further.join(60)
    with pytest.raises(ValueError, match="`run` cannot be saved: the network of hcnn has been trained further since"):
        again.save(saved)


def test_a_run_under_way_is_saved_between_two_steps_and_goes_on(trained: SimpleNamespace, tmp_path: Path) -> None:
    model = hw.GoalDrivenModel(trained.model.spec, rule=trained.model.rule)
    run = model.train(trained.images, epochs=100_000)
    try:
        run.save(tmp_path / "run")
        assert run.alive
    finally:
        run.stop()
    loaded = hw.load_run(tmp_path / "run")
    assert loaded.state == "stopped"
    assert loaded.state_message.endswith("while the training went on.")


def test_names_that_a_spreadsheet_would_run_come_back_as_they_were() -> None:
    table = ScoreTable(
        step=3,
        model_areas=("=1+1", "'IT"),
        brain_areas=("@V4",),
        value=np.array([[0.25, np.nan]]),
        error=np.zeros((1, 2)),
        untrained=np.full((1, 2), np.nan),
        ceiling=np.array([0.9]),
        reliability=np.array([0.81]),
        n_reliability=np.array([7]),
        pixels=np.array([0.1]),
        n_stimuli=7,
        convention="r",
        simulated=(True,),
        source="made up",
    )
    cells = [[text_tables._cell(value) for value in row] for row in saved_score.rows_of([table])]
    assert all(not str(cell).startswith(("=", "@")) for row in cells for cell in row)
    columns = saved_score.COLUMNS
    rows = [{name: str(cell).removeprefix("'") for name, cell in zip(columns, row, strict=True)} for row in cells]
    back = saved_score.table_from(json.loads(json.dumps(saved_score.words_of(table))), rows)
    assert (back.model_areas, back.brain_areas, back.simulated) == (("=1+1", "'IT"), ("@V4",), (True,))
    np.testing.assert_array_equal(back.value, table.value)


# --- whole or not at all ------------------------------------------------------------------------------------------
def test_a_failure_half_way_leaves_what_was_saved_before(
    saved: Path, trained: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in saved.iterdir()}

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_folder, "write_archive", full)
    with pytest.raises(OSError, match="`folder` could not be written: No space left on device"):
        trained.run.save(saved)
    assert {path.name: path.read_bytes() for path in saved.iterdir()} == before
    assert [path.name for path in saved.parent.iterdir()] == ["run"]


def test_a_folder_with_anything_else_in_it_is_not_replaced(saved: Path, trained: SimpleNamespace) -> None:
    (saved / "my notes.txt").write_text("keep me")
    with pytest.raises(FileExistsError, match="`folder` names something that is no saved run"):
        trained.run.save(saved)
    assert (saved / "my notes.txt").read_text() == "keep me"


def test_an_empty_folder_is_filled_and_a_file_is_not_replaced(tmp_path: Path, trained: SimpleNamespace) -> None:
    (tmp_path / "empty").mkdir()
    trained.run.save(tmp_path / "empty")
    assert hw.load_run(tmp_path / "empty").steps_done == trained.run.steps_done
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileExistsError, match="it will not be replaced"):
        trained.run.save(tmp_path / "file")


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        hw.load_run(tmp_path / "nothing")


def test_nothing_is_left_beside_a_folder_that_cannot_be_made(trained: SimpleNamespace, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="`folder` could not be written"):
        trained.run.save(tmp_path / "missing" / "run")
    assert os.listdir(tmp_path) == []
