import os
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms
from hcnn_widgets.mapping.readers import hdf5_rehearsal
from hcnn_widgets.mapping.readers.hdf5_rehearsal import WALK, rehearse
from hcnn_widgets.mapping.readers.size_budget import Budget

CRASH = "\nimport os; os.abort()"
REFUSED = (
    r"`path` cannot be read as HDF5\. Accepted is a whole file .*; received .*x\.h5, in which HDF5's own library {}"
)


@pytest.fixture
def path(tmp_path) -> Path:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["dissimilarities"] = [[1.0, 2.0, 3.0]]
        file["pattern_descriptors/stimulus"] = ["a", "b", "c"]
    return tmp_path / "x.h5"


def walk(monkeypatch, code: str) -> None:
    monkeypatch.setattr(hdf5_rehearsal, "WALK", code)
    hdf5_rehearsal._walked.cache_clear()


def test_a_file_that_another_process_survives_is_read(path, monkeypatch) -> None:
    monkeypatch.setattr("hcnn_widgets.mapping.readers.hdf5_safety.rehearse", rehearse)
    assert len(read_rdms(path)) == 1
    # It did walk to the end: only what comes after it fails.
    walk(monkeypatch, WALK + CRASH)
    with pytest.raises(ValueError, match=REFUSED.format(r"crashes \(exit status")):
        read_rdms(path)


def test_what_the_other_process_refuses_is_not_opened_here(path, monkeypatch) -> None:
    with h5py.File(path, "a") as file:
        file["köter"] = h5py.ExternalLink("other.h5", "/")
    hdf5_rehearsal._walked.cache_clear()
    monkeypatch.delattr("hcnn_widgets.mapping.readers.hdf5_safety.refuse_what_leads_elsewhere")
    with pytest.raises(
        ValueError, match=r"^`path` leads elsewhere: /köter is an external link\. Accepted is .* trust it\.$"
    ):
        rehearse(Budget(path))


def test_text_that_nobody_needs_is_read_there_and_refuses_nothing(path, monkeypatch) -> None:
    with h5py.File(path, "a") as file:
        file["notes/long"] = "a" * 10**5
        file["notes/latin"] = np.array([b"\xff"])
        file["notes/none"] = h5py.Empty(h5py.string_dtype())
    hdf5_rehearsal._walked.cache_clear()
    rehearse(Budget(path, max_bytes=10**5))
    walk(monkeypatch, WALK.replace("read_text(thing", "import os; os.abort(); (thing"))
    with pytest.raises(ValueError, match=REFUSED.format("crashes")):
        rehearse(Budget(path))


@pytest.mark.parametrize("holder", ["attribute", "data set"])
def test_a_length_that_only_the_data_tell_does_not_fill_the_memory_here(path, holder) -> None:
    with h5py.File(path, "a") as file:
        (file.attrs if holder == "attribute" else file)["text"] = "a" * 70_001
    path.write_bytes(path.read_bytes().replace((70_001).to_bytes(4, "little"), (3 * 10**9).to_bytes(4, "little"), 1))
    with pytest.raises(ValueError, match=r"`path` cannot be read as HDF5\. Accepted is a whole file.*OSError"):
        rehearse(Budget(path, max_bytes=10**6))


def test_a_file_without_an_end_is_refused(path, monkeypatch) -> None:
    monkeypatch.setattr(hdf5_rehearsal, "SECONDS", 0.05)
    walk(monkeypatch, "while True: pass")
    with pytest.raises(ValueError, match=REFUSED.format("does not come to an end in 0 s")):
        rehearse(Budget(path))


def test_a_file_is_rehearsed_once_and_again_when_it_has_changed(path, monkeypatch, tmp_path) -> None:
    walk(monkeypatch, f"open({str(tmp_path / 'times')!r}, 'a').write('x')")
    for times in (1, 1, 2):
        os.utime(path, ns=(times, times))
        rehearse(Budget(path))
        assert (tmp_path / "times").read_text() == "x" * times


def test_the_other_process_finds_modules_where_this_one_does_and_not_where_it_starts(path, monkeypatch) -> None:
    (path.parent / "h5py.py").write_text("raise SystemExit")
    (path.parent / "elsewhere").mkdir()
    (path.parent / "elsewhere" / "mine.py").touch()
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(sys, "path", [str(path.parent / "elsewhere"), *sys.path])
    walk(monkeypatch, "import mine, h5py" + CRASH)
    with pytest.raises(ValueError, match=REFUSED.format("crashes")):
        rehearse(Budget(path))


@pytest.mark.parametrize(("name", "value"), [("executable", ""), ("executable", "/nowhere/python"), ("frozen", True)])
def test_where_no_process_can_be_started_files_are_read_all_the_same(path, monkeypatch, name, value) -> None:
    walk(monkeypatch, CRASH)
    monkeypatch.setattr(sys, name, value, raising=False)
    rehearse(Budget(path))
