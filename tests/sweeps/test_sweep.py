"""A sweep: rows as they come, errors as rows, folders that are gone on from, and classes laid together."""

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.sweeps.sweep_row import SweepRow


def swept(images: Any, recordings: Any, space: Any, **options: Any) -> hw.sweeps.Sweep:
    sweep = hw.sweep(images, recordings, space, epochs=1, n_jobs=1, units=64, **{"n": 2, **options})
    assert sweep.join(120)
    return sweep


@pytest.fixture(scope="module")
def kept(tmp_path_factory: Any, images: Any, recordings: Any, small: Any) -> hw.sweeps.Sweep:
    return swept(images, recordings, small, folder=tmp_path_factory.mktemp("sweep"))


@pytest.mark.no_cover
def test_each_network_is_trained_and_scored_beside_its_untrained_twin(kept: hw.sweeps.Sweep, small: Any) -> None:
    assert (kept.state, repr(kept)) == ("finished", "<Sweep finished: 2 of 2 networks>")
    for number, row in enumerate(kept.rows):
        assert row.options == small.draw(number, (16, 16, 1))
        assert row.error == ""
        assert 0 <= row.accuracy <= 1
        assert 0 <= row.untrained_accuracy <= 1
        assert row.best == row.areas[row.best_area]
        assert row.top == row.areas[row.options["areas"][-1]]
        assert row.best != row.untrained_best
        assert row.seconds > 0


def test_a_score_is_that_of_the_match_on_the_network_that_is_kept(kept: hw.sweeps.Sweep, recordings: Any) -> None:
    model = kept.model(1)
    match = hw.mapping.layer_area_match(model.record(recordings.stimuli, units=64), recordings, n_folds=5)
    assert match.chosen[0] == kept.rows[1].best_area
    assert match.reported[0] == pytest.approx(kept.rows[1].best, abs=1e-6)
    assert kept.rows[1].ceiling == pytest.approx(np.sqrt(match.reliability[0]))


def test_the_folder_is_read_without_this_package(kept: hw.sweeps.Sweep) -> None:
    assert kept.folder is not None
    table = (kept.folder / "networks.csv").read_text().splitlines()
    assert len(table) == 3
    assert table[0].startswith("number,accuracy")
    assert json.loads((kept.folder / "network_0001.json").read_text())["best"] == kept.rows[1].best
    assert json.loads((kept.folder / "sweep.json").read_text())["epochs"] == 1


def test_a_folder_is_gone_on_from(
    kept: hw.sweeps.Sweep, images: Any, recordings: Any, small: Any, uncompiled: None
) -> None:
    more = swept(images, recordings, small, folder=kept.folder, n=3)
    assert more.rows[:2] == kept.rows
    assert len(more.rows) == 3
    assert hw.sweeps.load(kept.folder).rows == more.rows


def test_a_folder_of_other_settings_or_files_is_refused(
    kept: hw.sweeps.Sweep, images: Any, recordings: Any, small: Any, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"other settings \(seed\)"):
        hw.sweep(images, recordings, small, epochs=1, units=64, folder=kept.folder, seed=1)
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ValueError, match="other files"):
        hw.sweep(images, recordings, small, folder=tmp_path)


def test_a_network_that_fails_is_a_row_with_its_error(
    images: Any, recordings: Any, monkeypatch: Any, uncompiled: None
) -> None:
    drawn = [{"areas": ["V1"], "n_kernels": 4, "input_shape": [16, 16, 1]}, {"areas": ["V1"], "n_kernels": -4}]
    monkeypatch.setattr(hw.sweeps.Space, "draw", lambda self, number, *_: drawn[number])
    sweep = swept(images, recordings, hw.sweeps.Space())
    assert [bool(row.error) for row in sweep.rows] == [False, True]
    assert "n_kernels" in sweep.rows[1].error
    assert np.isnan(sweep.rows[1].best)
    said = f"<Sweep finished: 1 of 2 networks, 1 with an error, network 1: {sweep.rows[1].error}>"
    assert (sweep.state, repr(sweep)) == ("finished", said)


def test_a_sweep_that_failed_says_why_in_its_line() -> None:
    sweep = hw.sweeps.Sweep(2, {})
    assert repr(sweep) == "<Sweep running: 0 of 2 networks>"
    sweep.end("failed", "OSError: the disk is full")
    assert repr(sweep) == "<Sweep failed: 0 of 2 networks; OSError: the disk is full>"


def test_a_stopped_sweep_ends_with_the_rows_it_has(images: Any, recordings: Any, small: Any) -> None:
    sweep = hw.sweep(images, recordings, small, n=40, epochs=1, n_jobs=1, units=64)
    sweep.stop()
    assert sweep.join(120)
    assert sweep.state == "stopped"
    assert len(sweep.rows) < 40


def test_sweeps_of_a_class_lie_together_by_name(
    tmp_path: Path, images: Any, recordings: Any, small: Any, uncompiled: None
) -> None:
    folders = [tmp_path / name for name in ("ada", "ben")]
    for seed, folder in enumerate(folders):
        swept(images, recordings, small, n=1, folder=folder, seed=seed)
    joined = hw.sweeps.join(folders)
    assert [(row.source, row.number) for row in joined.rows] == [("ada", 0), ("ben", 0)]
    with pytest.raises(ValueError, match="a sweep with a folder"):
        joined.model(0)


def test_accuracy_and_predictivity_are_related_over_the_rows_that_have_both() -> None:
    rows = [SweepRow(n, accuracy=n / 10, best=n / 20, n_units=10.0 + n**2) for n in range(6)]
    made = hw.sweeps.Sweep.of_rows([*rows, SweepRow(6, error="broken")], {}, None)
    assert made.relation().n == 6
    assert made.relation().r == pytest.approx(1)
    with pytest.raises(ValueError, match="`score='beste'` is unknown"):
        made.relation("beste")


def test_a_row_comes_back_from_json_as_it_was() -> None:
    row = SweepRow(2, {"areas": ["V1"]}, 0.5, 0.25, best=0.125, best_area="V1", areas={"V1": 0.125})
    again = SweepRow.from_dict(json.loads(json.dumps(row.to_dict())))
    assert again.to_dict() == row.to_dict()
    assert np.isnan(again.top)
    for bad in ([], {}, {"number": "2"}, {"number": 2, "what": 1}, {"number": 2, "best": "high"}):
        with pytest.raises(ValueError, match="row"):
            SweepRow.from_dict(bad)


def test_in_a_notebook_it_is_awaited(kept: hw.sweeps.Sweep) -> None:
    assert asyncio.run(kept.wait()) is kept


def test_what_cannot_be_swept_is_refused_at_the_door(images: Any, recordings: Any) -> None:
    with pytest.raises(ValueError, match="must have labels"):
        hw.sweep(hw.StimulusSet(images.images), recordings)
    with pytest.raises(ValueError, match="must have stimuli"):
        hw.sweep(images, hw.RecordingSet(recordings.responses, recordings.stimulus_ids, area="V4"))
    with pytest.raises(TypeError, match="images"):
        hw.sweep("images", recordings)


def test_a_folder_without_a_sweep_is_no_sweep(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"a folder with sweep\.json is accepted"):
        hw.sweeps.load(tmp_path)
    (tmp_path / "sweep.json").write_text("[1, 2")
    with pytest.raises(ValueError, match="is no file of a sweep"):
        hw.sweeps.load(tmp_path)
