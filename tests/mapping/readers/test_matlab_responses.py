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
