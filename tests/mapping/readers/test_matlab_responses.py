import h5py
import numpy as np
import pytest
from scipy.io import savemat

from hcnn_widgets.mapping import read_recordings

RATES = np.arange(24.0).reshape(4, 3, 2)
OPTIONS = {"area": "V4", "axes": ("site", "stimulus", "trial"), "stimulus_ids": ["a", "b", "c"]}


def save73(path, variables: dict) -> None:
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, array in variables.items():
            file.create_dataset(name, data=np.asarray(array).T).attrs["MATLAB_class"] = np.bytes_("double")
    with path.open("r+b") as raw:
        raw.write(b"MATLAB 7.3 MAT-file, Platform: PCWIN64".ljust(124) + b"\x00\x02IM")


@pytest.fixture(params=[savemat, save73], ids=["v5", "v7.3"])
def save(request):
    return request.param


def test_the_only_array_is_read_by_its_axes(tmp_path, save) -> None:
    save(tmp_path / "x.mat", {"rates": RATES, "rate": np.array([[1000.0]])})
    recordings = read_recordings(tmp_path / "x.mat", **OPTIONS)
    np.testing.assert_array_equal(recordings.responses, RATES.transpose(2, 1, 0))


def test_vectors_beside_the_responses_name_the_stimuli(tmp_path, save) -> None:
    save(tmp_path / "x.mat", {"pictures": np.array([[7.0, 8.0, 9.0]]), "rates": RATES})
    recordings = read_recordings(tmp_path / "x.mat", area="V4", axes=OPTIONS["axes"], stimulus="pictures")
    np.testing.assert_array_equal(recordings.responses, RATES.transpose(2, 1, 0))
    assert recordings.stimulus_ids.tolist() == ["7", "8", "9"]


def test_a_cell_array_of_texts_names_the_stimuli(tmp_path) -> None:
    savemat(tmp_path / "x.mat", {"rates": RATES, "names": np.array(["dog", "cat", "car"], dtype=object)})
    recordings = read_recordings(tmp_path / "x.mat", area="V4", axes=OPTIONS["axes"], stimulus="names")
    assert recordings.stimulus_ids.tolist() == ["dog", "cat", "car"]


def test_a_vector_alone_may_be_the_responses_of_one_site(tmp_path, save) -> None:
    save(tmp_path / "x.mat", {"rates": np.array([[1.0], [2.0], [3.0]])})
    recordings = read_recordings(tmp_path / "x.mat", area="V4", stimulus_ids=["a", "b", "c"])
    assert recordings.responses.ravel().tolist() == [1, 2, 3]


def test_types_with_a_name_and_links_to_nothing_are_passed_over(tmp_path) -> None:
    save73(tmp_path / "x.mat", {"rates": RATES})
    with h5py.File(tmp_path / "x.mat", "r+") as file:
        file["kind"], file["gone"] = np.dtype("f8"), h5py.SoftLink("/nowhere")
    assert len(read_recordings(tmp_path / "x.mat", **OPTIONS)) == 3


def test_one_of_several_must_be_named(tmp_path, save) -> None:
    save(tmp_path / "x.mat", {"rates": RATES, "other": RATES + 1})
    words = r"`variable` must name the array of responses\. Accepted are (rates|other) \(4, 3, 2\), .*; received {} for"
    for wanted in (None, "third"):
        with pytest.raises(ValueError, match=words.format(repr(wanted))):
            read_recordings(tmp_path / "x.mat", variable=wanted, **OPTIONS)
    assert read_recordings(tmp_path / "x.mat", variable="other", **OPTIONS).responses[0, 0, 0] == 1


def test_a_file_without_arrays_is_refused(tmp_path, save) -> None:
    save(tmp_path / "x.mat", {"rate": np.array([[1000.0]])})
    with pytest.raises(ValueError, match=r"Accepted are none; received None"):
        read_recordings(tmp_path / "x.mat", **OPTIONS)
