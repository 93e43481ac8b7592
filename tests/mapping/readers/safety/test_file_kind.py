import gzip
import pickle

import h5py
import numpy as np
import pandas as pd
import pytest
from scipy.io import savemat

from hcnn_widgets.mapping import read_rdms, read_recordings
from hcnn_widgets.mapping.readers.safety.file_kind import existing_file, kind_of_file


def written(path, content: bytes):
    path.write_bytes(content)
    return path


def test_the_kind_is_told_from_the_contents_whatever_the_name(tmp_path) -> None:
    np.save(tmp_path / "a.npy", np.zeros(3))
    np.savez(tmp_path / "a.npz", np.zeros(3))
    savemat(tmp_path / "a.mat", {"x": 1})
    with h5py.File(tmp_path / "a.h5", "w"), h5py.File(tmp_path / "b.h5", "w", userblock_size=512):
        pass
    kinds = {"a.npy": "npy", "a.npz": "npz", "a.mat": "matlab", "a.h5": "hdf5", "b.h5": "hdf5"}
    for name, kind in kinds.items():
        renamed = (tmp_path / name).rename(tmp_path / f"{name}.dat")
        assert kind_of_file(renamed) == kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.mat", b"MATLAB 7.3 MAT-file, Platform", "matlab"),
        ("x.nii", b"\0" * 344 + b"n+1\0", "nifti"),
        ("x.nii", b"\x1c\x02\0\0n+2\0", "nifti"),
        ("x.nii.gz", gzip.compress(b"1", mtime=0), "nifti"),
        ("x.CSV", b"a,b", "csv"),
        ("x.tsv", b"a\tb", "csv"),
    ],
)
def test_other_kinds_are_told_too(tmp_path, name, content, kind) -> None:
    assert kind_of_file(written(tmp_path / name, content)) == kind


@pytest.mark.parametrize("name", ["rdms.pkl", "rdms.pickle", "rdms.h5"])
@pytest.mark.parametrize("read", [read_rdms, read_recordings])
def test_a_pickle_is_refused_and_never_opened(tmp_path, name, read) -> None:
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "it ran"), "w"))

    path = written(tmp_path / name, pickle.dumps({"dissimilarities": Bomb()}))
    with pytest.raises(ValueError, match=r"`path` is a pickle\. Accepted is BrainIO.*runs whatever code.*hdf5"):
        read(path)
    assert not (tmp_path / "it ran").exists()


@pytest.mark.parametrize(
    "content", [b"hello", b"CDF\x01" + b"\0" * 60, gzip.compress(b"hello", mtime=0), b"\x00" * 600]
)
def test_garbage_is_refused_with_what_it_starts_with(tmp_path, content) -> None:
    path = written(tmp_path / "x.bin", content)
    with pytest.raises(ValueError, match=r"format that is not known here\. Accepted is BrainIO.*starts with b"):
        kind_of_file(path)


def test_what_is_no_file_is_refused(tmp_path) -> None:
    with pytest.raises(TypeError, match=r"`path` must be a path\. Accepted is a str or pathlib\.Path; received 3\."):
        existing_file(3)
    with pytest.raises(
        TypeError, match=r"received a DataFrame\. Arrays and columns .* RecordingSet\.from_presentations\.$"
    ):
        existing_file(pd.DataFrame({"n1": [1.5, 2.5]}))
    with pytest.raises(TypeError, match=r"received a Series\. Arrays and columns"):
        existing_file(pd.Series([1.5, 2.5]))
    with pytest.raises(IsADirectoryError, match=r"`path` is a folder\. Accepted is a file; received"):
        existing_file(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"`mask` is not there\. Accepted is an existing file; received .*no"):
        existing_file(tmp_path / "no", "mask")
    with pytest.raises(ValueError, match=r"`path` is empty\. Accepted is BrainIO.*received 0 bytes"):
        existing_file(written(tmp_path / "x", b""))
    assert existing_file(str(written(tmp_path / "x", b"1"))) == tmp_path / "x"
