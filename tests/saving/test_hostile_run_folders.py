"""Folders that no run wrote: each is refused in words, before anything in it is used."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.saving import run_reading


def changed(**fields: Any) -> Callable[[Path], None]:
    """Return what changes fields of run.json."""

    def change(folder: Path) -> None:
        data = json.loads((folder / "run.json").read_text())
        (folder / "run.json").write_text(json.dumps(data | fields))

    return change


def written(name: str, content: str | bytes) -> Callable[[Path], None]:
    raw = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (folder / name).write_bytes(raw) and None


def linked(folder: Path) -> None:
    (folder / "history.csv").rename(folder.parent / "elsewhere.csv")
    (folder / "history.csv").symlink_to(folder.parent / "elsewhere.csv")


def pickled(folder: Path) -> None:
    arrays = {"steps": np.array([0]), "kernels of V1": np.array([{"a": 1}], dtype=object)}
    np.savez(folder / "kernels.npz", allow_pickle=True, **arrays)


def huge(folder: Path) -> None:
    header = b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little")
    says = b"{'descr': '<i8', 'fortran_order': False, 'shape': (99999999999,), }"
    with zipfile.ZipFile(folder / "kernels.npz", "w") as archive:
        archive.writestr("steps.npy", header + says.ljust(117) + b"\n")


FAULTS = {
    "no JSON": (written("run.json", "{"), "JSON in UTF-8"),
    "not UTF-8": (written("run.json", b"\xff\xfe{}"), "JSON in UTF-8"),
    "deep JSON": (written("run.json", "[" * 100_000), "JSON in UTF-8"),
    "NaN": (written("run.json", '{"format": NaN}'), "NaN is no number in JSON"),
    "another format": (changed(format="hcnn_widgets run 99"), "format 'hcnn_widgets run 1'"),
    "a list": (written("run.json", "[1]"), "received format 'list'"),
    "a missing field": (changed(title=None), "'title' of another kind"),
    "more steps than there are": (changed(steps_done=10**9), "steps that no training has"),
    "endless steps": (changed(n_steps=10**400), "steps that no training has"),
    "an endless rate": (changed(learning_rate=10**400), "int too large"),
    "a run that goes on": (changed(state="training"), "the state 'training'"),
    "many scores": (changed(n_scores=10**6), "1000000 scores"),
    "scores that are not there": (changed(n_scores=2), "a folder without scores-2.json"),
    "areas that are no text": (changed(areas_with_kernels=[["V1"]]), "whole numbers of steps"),
    "an area without kernels": (changed(areas_with_kernels=["V9"]), "`variable` names no array"),
    "a setup of another kind": (changed(setup={"seed": "five"}), "'seed' of another kind"),
    "no table": (written("history.csv", "a,b\n1,2\n"), "must have the columns"),
    "a short row": (
        written("history.csv", "curve,bin_width,n_values,step,mean,low,high\nloss,1\n"),
        "with a value in each row",
    ),
    "a bin twice": (
        written("history.csv", "curve,bin_width,n_values,step,mean,low,high\n" + "loss,1,1,3,1,1,1\n" * 2),
        "make no curve",
    ),
    "a bin far out": (
        written("history.csv", "curve,bin_width,n_values,step,mean,low,high\nloss,1,1,1e300,1,1,1\n"),
        "make no curve",
    ),
    "a thousand curves": (
        written(
            "history.csv",
            "curve,bin_width,n_values,step,mean,low,high\n" + "".join(f"c{n},1,1,3,1,1,1\n" for n in range(1000)),
        ),
        "too many curves",
    ),
    "scores without tables": (written("scores-1.json", '{"tables": [], "recordings": []}'), "1 to 4096 tables"),
    "a link": (linked, "a link or no file"),
    "a pickle": (pickled, "Python objects"),
    "more than the memory": (huge, "too much memory"),
    "no archive": (written("kernels.npz", b"PK nothing"), "cannot be read"),
    "a network that is none": (written("network.keras", b"PK nothing"), "cannot be read as a .keras archive"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_folder_that_no_run_wrote_is_refused_in_words(saved: Path, fault: str) -> None:
    spoil, words = FAULTS[fault]
    spoil(saved)
    with pytest.raises(ValueError, match="Accepted") as caught:
        hw.load_run(saved)
    assert words in str(caught.value)


def test_long_files_are_refused_before_they_are_read(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(run_reading.MOST_TEXT, ".csv", 10)
    with pytest.raises(ValueError, match=r"a history.csv of [\d,]+ bytes"):
        hw.load_run(saved)
