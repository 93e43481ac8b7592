from pathlib import Path

import h5py
import numpy as np
import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings

OWN = Path(__file__).parent / "rsatoolbox" / "data_set.h5"


def written(tmp_path, measurements=None, **groups) -> Path:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["measurements"] = np.arange(18.0).reshape(6, 3) if measurements is None else measurements
        for group, columns in groups.items():
            for name, column in columns.items():
                file[f"{group}/{name}"] = column
    return tmp_path / "x.h5"


def test_rsatoolbox_s_own_file_is_read() -> None:
    recordings = read_recordings(OWN, area="IT", trial="run")
    assert repr(recordings) == "RecordingSet(IT: 2 trials x 3 stimuli x 2 sites)"
    assert recordings.stimulus_ids.tolist() == ["cat", "dog", "car"]
    assert recordings.site_ids.tolist() == ["b", "c"]
    np.testing.assert_array_equal(recordings.responses, np.arange(18.0).reshape(2, 3, 3)[..., 1:])
    assert read_recordings(OWN, region="V4", area="V4d", where={"run": 1}).responses.ravel().tolist() == [9, 12, 15]


def test_a_data_set_without_channel_descriptors_is_read(tmp_path) -> None:
    path = written(tmp_path, obs_descriptors={"stimulus": [b"a", b"b"] * 3, "index": np.arange(6), "odd": [1, 2]})
    recordings = read_recordings(path, area="V1")
    assert recordings.site_ids.tolist() == ["V1-0000", "V1-0001", "V1-0002"]
    assert recordings.n_trials == 3


def test_a_data_set_without_stimuli_lists_its_descriptors(tmp_path) -> None:
    with pytest.raises(
        ValueError, match=r"`stimulus` must name the column.*Accepted are picture; looked for stimulus_id"
    ):
        read_recordings(written(tmp_path, obs_descriptors={"picture": [b"a", b"b"] * 3}), area="V1")
    with pytest.raises(ValueError, match=r"Accepted are none; looked for"):
        read_recordings(written(tmp_path), area="V1")


def test_measurements_over_time_are_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"`path` holds measurements of another shape\. Accepted is \(n_observations"):
        read_recordings(written(tmp_path, np.zeros((6, 3, 2))), area="V1")


def test_measurements_beyond_the_budget_are_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"144 bytes with /measurements\. Accepted are `max_bytes=100`"):
        read_recordings(written(tmp_path), area="V1", max_bytes=100)


def test_a_data_set_holds_no_rdms() -> None:
    with pytest.raises(
        ValueError, match=r"`path` holds rsatoolbox data set, no RDMs\. Accepted are .*rdm\(recordings\)"
    ):
        read_rdms(OWN)
