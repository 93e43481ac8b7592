"""A model in one file: whole or as it was, ours or refused, and of a pair that older versions wrote."""

import errno
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from model_archives import members, rewritten

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.saving import model_file, whole_file

resource = pytest.importorskip("resource")


def new_model(name: str = "first", seed: int = 0) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(8, 8, 1))
    model = hw.GoalDrivenModel(spec, name=name, seed=seed)
    model.build(("a", "b"))
    return model


@pytest.fixture(scope="module")
def first() -> hw.GoalDrivenModel:
    return new_model()


@pytest.fixture(scope="module")
def second() -> hw.GoalDrivenModel:
    return new_model("second", seed=1)


def assert_same_weights(ours: Any, theirs: Any) -> None:
    for left, right in zip(ours.network.get_weights(), theirs.network.get_weights(), strict=True):
        np.testing.assert_array_equal(left, right)


def as_old_pair(path: Path) -> None:
    """Make of a saved model the two files that older versions wrote."""
    path.with_suffix(".json").write_bytes(members(path)["hcnn_widgets.json"])
    rewritten(path, {"hcnn_widgets.json": None})


@contextmanager
def room_for(n_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_model_is_one_file_that_keras_reads_too(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    first.save(tmp_path / "notes")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.keras"]
    assert_same_weights(hw.GoalDrivenModel.load(tmp_path / "notes"), first)
    network = keras.saving.load_model(tmp_path / "notes.keras", compile=False)
    for ours, theirs in zip(network.get_weights(), first.network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_saved_file_has_the_rights_of_any_new_file_and_keeps_those_that_it_had(
    first: hw.GoalDrivenModel, tmp_path: Path
) -> None:
    (tmp_path / "any").touch()
    first.save(tmp_path / "notes")
    path = tmp_path / "notes.keras"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "any").stat().st_mode)
    path.chmod(0o600)
    first.save(tmp_path / "notes")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, 0.999])
def test_on_a_full_disk_the_model_that_was_saved_before_stays_whole(
    first: hw.GoalDrivenModel, second: hw.GoalDrivenModel, tmp_path: Path, share: float
) -> None:
    first.save(tmp_path / "notes")
    before = (tmp_path / "notes.keras").read_bytes()
    with (
        room_for(int(share * len(before))),
        pytest.raises(OSError, match=r"`path` could not be written: File too large"),
    ):
        second.save(tmp_path / "notes")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.keras"]
    assert (tmp_path / "notes.keras").read_bytes() == before


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_last_moment_leaves_the_model_that_was_saved_before(
    first: hw.GoalDrivenModel, second: hw.GoalDrivenModel, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.save(tmp_path / "notes")

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(whole_file.os, step, fails)
        with pytest.raises(
            OSError, match=r"could not be written: No space left on device\. Accepted is a folder"
        ) as told:
            second.save(tmp_path / "notes")
    assert told.value.errno == errno.ENOSPC
    assert [path.name for path in tmp_path.iterdir()] == ["notes.keras"]
    assert hw.GoalDrivenModel.load(tmp_path / "notes").name == "first"


def test_a_save_that_is_interrupted_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), whole_file.written_whole(tmp_path / "notes.keras") as temporary:
        interrupted(temporary)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said_to_be_so(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="`path` could not be written: No such file or directory"):
        first.save(tmp_path / "nowhere" / "notes")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_of_a_link_the_file_that_it_leads_to_is_replaced(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    first.save(tmp_path / "shelf" / "notes")
    (tmp_path / "notes.keras").symlink_to(tmp_path / "shelf" / "notes.keras")
    first.save(tmp_path / "notes")
    assert (tmp_path / "notes.keras").is_symlink()
    assert hw.GoalDrivenModel.load(tmp_path / "shelf" / "notes").name == "first"


def test_a_foreign_file_of_notes_is_neither_touched_nor_read(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"shopping": ["milk"]}')
    first.save(tmp_path / "notes")
    assert (tmp_path / "notes.json").read_text() == '{"shopping": ["milk"]}'
    assert hw.GoalDrivenModel.load(tmp_path / "notes").name == "first"


@pytest.mark.parametrize("content", [b"", b"my thesis", "a network of Keras"], ids=["empty", "text", "Keras"])
def test_a_foreign_archive_is_not_overwritten(first: hw.GoalDrivenModel, tmp_path: Path, content: Any) -> None:
    path = tmp_path / "notes.keras"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        first.network.save(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError, match=r"no model of hcnn_widgets.* Accepted is a new name.* received .*notes"):
        first.save(tmp_path / "notes")
    assert path.read_bytes() == before


def test_the_pair_of_an_older_version_loads_and_becomes_one_file(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    first.save(tmp_path / "kept")
    as_old_pair(tmp_path / "kept.keras")
    again = hw.GoalDrivenModel.load(tmp_path / "kept.json")
    assert (again.name, again.spec, again.goal) == (first.name, first.spec, first.goal)
    assert_same_weights(again, first)
    again.save(tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.keras"]
    assert_same_weights(hw.GoalDrivenModel.load(tmp_path / "kept"), first)


def test_a_network_that_is_not_of_its_description_is_refused(first: hw.GoalDrivenModel, tmp_path: Path) -> None:
    first.save(tmp_path / "kept")
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 7), kernel_size=3, input_shape=(8, 8, 1))
    data = json.loads(members(tmp_path / "kept.keras")["hcnn_widgets.json"])
    rewritten(
        tmp_path / "kept.keras",
        {"hcnn_widgets.json": json.dumps(data | {"architecture": json.loads(spec.to_json())})},
    )
    with pytest.raises(ValueError, match=r"not of the architecture in its description\. Accepted .* received .*kept"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


def test_a_description_of_an_enormous_architecture_is_given_no_memory(
    first: hw.GoalDrivenModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "give_memory", lambda: pytest.fail("it was given memory"))
    first.save(tmp_path / "kept")
    data = json.loads(members(tmp_path / "kept.keras")["hcnn_widgets.json"])
    for area in data["architecture"]["areas"]:
        area["operations"][0]["n_kernels"] = 4096
    rewritten(tmp_path / "kept.keras", {"hcnn_widgets.json": json.dumps(data)})
    with pytest.raises(ValueError, match=r"`path` holds a network that is not of the architecture in its description"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", 3, r"the field 'name' of another kind: int"),
        ("seed", True, r"the field 'seed' of another kind: bool"),
        ("categories", {"a": 1}, r"the field 'categories' of another kind: dict"),
        ("taps", {"V1": ["V1"]}, r"taps or categories that are no text"),
        ("goal", {"goal": "categorization", "colour": "red"}, r"is not the description of a model.*colour"),
        ("taps", {"V1": "elsewhere"}, r"`areas\['V1'\]` is not in the network"),
    ],
)
def test_a_description_with_a_wrong_field_is_refused(
    first: hw.GoalDrivenModel, tmp_path: Path, field: str, value: Any, words: str
) -> None:
    first.save(tmp_path / "kept")
    data = json.loads(members(tmp_path / "kept.keras")["hcnn_widgets.json"])
    rewritten(tmp_path / "kept.keras", {"hcnn_widgets.json": json.dumps(data | {field: value})})
    with pytest.raises(ValueError, match=words):
        hw.GoalDrivenModel.load(tmp_path / "kept")


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b"[" * 100_000], ids=["cut", "no UTF-8", "deep"])
def test_a_description_that_is_no_json_is_refused(first: hw.GoalDrivenModel, tmp_path: Path, text: bytes) -> None:
    first.save(tmp_path / "kept")
    rewritten(tmp_path / "kept.keras", {"hcnn_widgets.json": text})
    with pytest.raises(ValueError, match=r"is not the description of a model\. Accepted is JSON of the format"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


@pytest.mark.parametrize("name", ["m.h5", "m.keras"])
def test_a_network_of_keras_is_sent_to_the_door_for_networks(
    first: hw.GoalDrivenModel, tmp_path: Path, name: str
) -> None:
    if name == "m.keras":
        first.network.save(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(b"\x89HDF\r\n\x1a\n")
    with pytest.raises(ValueError, match=r"without the description of a model.*GoalDrivenModel\.from_keras\(network"):
        hw.GoalDrivenModel.load(tmp_path / name)


def test_weights_that_are_no_numbers_are_neither_saved_nor_loaded(tmp_path: Path) -> None:
    model = new_model("sick")
    model.save(tmp_path / "kept")
    model.network.get_layer("V1.filter").bias.assign([0, np.inf, 0, 0])
    with pytest.raises(
        ValueError, match=r"`sick` has weights that are no numbers and cannot be saved.* in V1\.filter\."
    ):
        model.save(tmp_path / "kept")
    assert hw.GoalDrivenModel.load(tmp_path / "kept").name == "sick"
    model.network.save(tmp_path / "by_keras.keras")
    with zipfile.ZipFile(tmp_path / "by_keras.keras", "a") as archive:
        archive.writestr("hcnn_widgets.json", members(tmp_path / "kept.keras")["hcnn_widgets.json"])
    with pytest.raises(ValueError, match=r"weights that are no numbers.*NaN or infinity in V1\.filter in .*by_keras"):
        hw.GoalDrivenModel.load(tmp_path / "by_keras")
