import os
import runpy
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings
from hcnn_widgets.mapping.readers.safety import hdf5_rehearsal, hdf5_walk
from hcnn_widgets.mapping.readers.safety.hdf5_rehearsal import rehearse
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

CRASH = "import os; os.abort()"
READY = "print('ready', flush=True); "
REFUSED = (
    r"`path` cannot be read as HDF5\. Accepted is a whole file .*; received .*x\.h5, in which HDF5's own library {}"
)


@pytest.fixture
def path(tmp_path) -> Path:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["dissimilarities"] = [[1.0, 2.0, 3.0]]
        file["pattern_descriptors/stimulus"] = ["a", "b", "c"]
    return tmp_path / "x.h5"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Give a function that lets the other process run something else."""
    (tmp_path / "code").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "code"), *sys.path])
    monkeypatch.setattr(hdf5_rehearsal, "WALK", "other_walk")
    hdf5_rehearsal._walk.cache_clear()
    return (tmp_path / "code" / "other_walk.py").write_text


def test_a_file_that_another_process_survives_is_read(path) -> None:
    assert len(read_rdms(path, untrusted=True)) == 1


@pytest.mark.parametrize("read", [read_rdms, read_recordings])
def test_each_door_lets_another_process_go_first_only_where_a_file_is_untrusted(path, run, tmp_path, read) -> None:
    with h5py.File(path, "a") as file:
        if read is read_recordings:
            file.move("dissimilarities", "measurements")
            file["obs_descriptors/stimulus"] = ["a"]
            file["channel_descriptors/name"] = ["x", "y", "z"]
    run(f"open({str(tmp_path / 'times')!r}, 'a').write('x'); " + READY)
    options = {"area": "IT"} if read is read_recordings else {}
    trusted = read(path, **options)
    assert not (tmp_path / "times").exists()
    assert repr(read(path, untrusted=True, **options)) == repr(trusted)
    assert (tmp_path / "times").read_text() == "x"


@pytest.mark.parametrize("code", [CRASH, "raise MemoryError"])
def test_a_file_that_another_process_does_not_survive_is_refused_each_time(path, run, code) -> None:
    run(READY + code)
    for _ in range(2):
        with pytest.raises(ValueError, match=REFUSED.format(r"fails \(exit status")):
            read_rdms(path, untrusted=True)
    run(READY)
    assert len(read_rdms(path, untrusted=True)) == 1


def test_what_the_other_process_refuses_is_not_opened_here(path) -> None:
    with h5py.File(path, "a") as file:
        file["köter"] = h5py.ExternalLink("other.h5", "/")
    with pytest.raises(
        ValueError, match=r"^`path` leads elsewhere: /köter is an external link\. Accepted is .* trust it\.$"
    ):
        rehearse(Budget(path))


def test_text_that_nobody_needs_is_read_there_and_refuses_nothing(path, monkeypatch) -> None:
    read = []
    real = hdf5_walk.take_declared
    monkeypatch.setattr(
        hdf5_walk, "take_declared", lambda thing, budget: (read.append(thing.name), real(thing, budget))
    )
    with h5py.File(path, "a") as file:
        file["notes/long"] = "a" * 10**5
        file["notes/latin"] = np.array([b"\xff"])
        file["notes/none"] = h5py.Empty(h5py.string_dtype())
    assert hdf5_walk.walk(path, 10**5) == ""
    assert read == ["/notes/latin", "/notes/long", "/notes/none", "/pattern_descriptors/stimulus"]


@pytest.mark.parametrize("holder", ["attribute", "data set"])
def test_a_length_that_only_the_data_tell_does_not_fill_the_memory_here(path, holder) -> None:
    with h5py.File(path, "a") as file:
        (file.attrs if holder == "attribute" else file)["text"] = "a" * 70_001
    path.write_bytes(path.read_bytes().replace((70_001).to_bytes(4, "little"), (3 * 10**9).to_bytes(4, "little"), 1))
    words = r"`path` cannot be read as HDF5\. Accepted is a whole file.*OSError"
    with pytest.raises(ValueError, match=words):
        rehearse(Budget(path, max_bytes=10**6))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process's memory")
def test_one_long_text_held_thousands_of_times_fills_the_memory_of_the_other_process_alone(path, run) -> None:
    with h5py.File(path, "a") as file:
        file.attrs["texts"] = ["a" * 10**6] + ["b"] * 999
    written = bytearray(path.read_bytes())
    at = written.index((10**6).to_bytes(4, "little"))
    written[at : at + 16 * 1000] = written[at : at + 16] * 1000
    path.write_bytes(written)
    run(
        "import sys; from hcnn_widgets.mapping.readers.safety import hdf5_walk; "
        "hdf5_walk.BESIDE = 2**29; hdf5_walk.main(*sys.argv[1:])"
    )
    with pytest.raises(ValueError, match=r"^`path` cannot be read as HDF5\. Accepted is .*x\.h5: \w*Error"):
        rehearse(Budget(path, max_bytes=10**6))


def test_damaged_text_and_what_leads_elsewhere_are_said(path, monkeypatch) -> None:
    def damaged(*_) -> None:
        raise ValueError("it is damaged") from OSError()

    monkeypatch.setattr(hdf5_walk, "take_declared", damaged)
    assert hdf5_walk.walk(path, 10**6) == "it is damaged"
    with h5py.File(path, "a") as file:
        file["other"] = h5py.ExternalLink("other.h5", "/")
    assert hdf5_walk.walk(path, 10**6).startswith("`path` leads elsewhere: /other is an external link.")


def test_the_walk_says_that_it_begins_and_what_it_finds(path, monkeypatch, capsys) -> None:
    limits = []
    monkeypatch.setattr("resource.setrlimit", lambda kind, limit: limits.append(limit))
    monkeypatch.setattr(sys, "argv", ["walk", str(path), "1000000"])
    runpy.run_path(hdf5_walk.__file__, run_name="__main__")
    assert capsys.readouterr().out == "ready\n\n"
    assert limits == [(10**6 + 2**31, 10**6 + 2**31)]


def test_a_system_without_limits_walks_without(monkeypatch) -> None:
    asked = []

    def refuse(*limit) -> None:
        asked.append(limit)
        raise ValueError

    monkeypatch.setattr("resource.setrlimit", refuse)
    hdf5_walk.limit_memory(10**9)
    assert [limit[1] for limit in asked] == [(10**9, 10**9)]


def test_a_file_without_an_end_is_refused(path, monkeypatch, run) -> None:
    monkeypatch.setattr(hdf5_rehearsal, "SECONDS", 0.05)
    run("while True: pass")
    with pytest.raises(ValueError, match=REFUSED.format("does not come to an end in 0 s")):
        rehearse(Budget(path))


def test_a_file_is_rehearsed_once_and_again_when_it_has_changed(path, run, tmp_path) -> None:
    run(f"open({str(tmp_path / 'times')!r}, 'a').write('x'); " + READY)
    for times in (1, 1, 2):
        os.utime(path, ns=(times, times))
        rehearse(Budget(path))
        assert (tmp_path / "times").read_text() == "x" * times


def test_modules_of_the_folder_that_it_starts_in_are_not_found(path, monkeypatch, run) -> None:
    (path.parent / "h5py.py").write_text("raise SystemExit")
    monkeypatch.chdir(path.parent)
    run(READY + "import h5py; " + CRASH)
    with pytest.raises(ValueError, match=REFUSED.format("fails")):
        rehearse(Budget(path))


@pytest.mark.parametrize(("name", "value"), [("executable", ""), ("executable", "/nowhere/python"), ("frozen", True)])
def test_where_no_process_can_be_started_files_are_read_all_the_same(path, monkeypatch, run, name, value) -> None:
    run(READY + CRASH)
    monkeypatch.setattr(sys, name, value, raising=False)
    rehearse(Budget(path))


def test_where_the_other_process_cannot_begin_files_are_read_all_the_same(path, run) -> None:
    run("import nothing_of_this_name")
    rehearse(Budget(path))
