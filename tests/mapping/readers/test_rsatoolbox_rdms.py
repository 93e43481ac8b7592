from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings

OWN = Path(__file__).parent / "rsatoolbox" / "rdms.h5"


def written(tmp_path, vectors, patterns=None, measure=None, **descriptors) -> Path:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["dissimilarities"] = vectors
        for name, column in (patterns or {}).items():
            file[f"pattern_descriptors/{name}"] = column
        for name, column in descriptors.items():
            file[f"rdm_descriptors/{name}"] = column
        if measure is None:
            file["dissimilarity_measure"] = h5py.Empty("f")
        else:
            file.attrs["dissimilarity_measure"] = measure
    return tmp_path / "x.h5"


def test_rsatoolbox_s_own_file_is_read() -> None:
    first, second = read_rdms(OWN)
    assert (first.name, second.name, first.distance) == ("BE", "KO", "correlation")
    assert first.stimulus_ids.tolist() == ["cat", "dog", "car", "cup"]
    np.testing.assert_array_equal([first.vector, second.vector], np.arange(12.0).reshape(2, 6) + 1)


def test_rdms_without_names_and_measure_are_counted(tmp_path) -> None:
    path = written(tmp_path, np.ones((2, 3)), {"picture": [b"a", b"b", b"c"], "index": [0, 1, 2]})
    assert [(rdm.name, rdm.distance) for rdm in read_rdms(path)] == [("RDM 1", ""), ("RDM 2", "")]
    odd = written(tmp_path, np.ones((1, 3)), {"conds": [b"a", b"b", b"c"]}, measure=7)
    assert read_rdms(odd)[0].distance == ""


def test_the_descriptor_with_the_stimuli_can_be_named(tmp_path) -> None:
    patterns = {"picture": [b"a", b"b", b"c"], "animal": [b"x", b"y", b"z"]}
    path = written(tmp_path, np.ones((1, 3)), patterns, measure="euclidean")
    assert read_rdms(path, stimulus="animal")[0].stimulus_ids.tolist() == ["x", "y", "z"]
    for options in ({}, {"stimulus": "colour"}):
        with pytest.raises(
            ValueError, match=r"`stimulus` must name the pattern descriptor.*Accepted are animal, picture;"
        ):
            read_rdms(path, **options)
    assert read_rdms(path, stimulus="picture")[0].distance == "euclidean"


def test_without_descriptors_there_are_no_stimuli(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"Accepted are none; received None"):
        read_rdms(written(tmp_path, np.ones((1, 3))))


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        (np.ones(3), r"dissimilarities of another shape\. Accepted is \(n_rdms, n_pairs\); received \(3,\)"),
        (np.ones((1, 4)), r"`vector` has the wrong shape"),
        ([[1, 2, np.nan]], r"`vector` has NaN or infinity at 1 of 3"),
    ],
)
def test_what_makes_no_rdm_is_refused(tmp_path, vectors, words) -> None:
    patterns = {"conds": [b"a", b"b", b"c"]}
    with pytest.raises(ValueError, match=words):
        read_rdms(written(tmp_path, vectors, patterns))


def test_rdms_are_no_recordings() -> None:
    with pytest.raises(
        ValueError, match=r"`path` holds rsatoolbox RDMs, no recordings\. Accepted are brainio.*read_rdms"
    ):
        read_recordings(OWN, area="IT")
