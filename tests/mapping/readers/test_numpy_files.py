import io
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from hcnn_widgets.mapping import read_rdms, read_recordings

IDS = ["c", "a", "köter"]
RESPONSES = np.arange(24.0).reshape(2, 3, 4)
SQUARES = np.array([[[0, 1, 2], [1, 0, 3], [2, 3, 0]], [[0, 4, 5], [4, 0, 6], [5, 6, 0]]], dtype=np.float32)

small = hnp.arrays(
    st.sampled_from([np.float32, np.float64, np.int16]),
    hnp.array_shapes(min_dims=3, max_dims=3, max_side=4),
    elements=st.integers(-99, 99),
)


@settings(max_examples=30, deadline=None)
@given(array=small, archive=st.booleans())
def test_responses_come_back_with_their_ids(array, archive) -> None:
    ids = [f"ï{k}" for k in range(array.shape[1])][::-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.dat"
        with path.open("wb") as file:
            np.savez(file, array) if archive else np.save(file, array)
        doubtful = 1 < array.shape[0] > array.shape[2] / 2
        axes = {"axes": ("trial", "stimulus", "site")} if doubtful else {}
        recordings = read_recordings(path, area="V4", stimulus_ids=ids, **axes)
    np.testing.assert_array_equal(recordings.responses, array)
    assert recordings.responses.dtype == (np.float32 if array.dtype == np.float32 else np.float64)
    assert recordings.stimulus_ids.tolist() == ids


@pytest.mark.parametrize("names", [IDS, [30, 10, 20]])
def test_vectors_beside_the_responses_name_stimuli_and_labels(tmp_path, names) -> None:
    one_each = {"pictures": np.array(names), "objects": np.array([["x"], ["y"], ["x"]])}
    others = {"area": np.array("V4"), "depth": np.arange(4), "python": np.array([print] * 3)}
    np.savez(tmp_path / "x.npz", **others, **one_each, rates=RESPONSES)
    recordings = read_recordings(tmp_path / "x.npz", area="V4", stimulus="pictures", labels="objects")
    np.testing.assert_array_equal(recordings.responses, RESPONSES)
    assert recordings.stimulus_ids.tolist() == list(map(str, names))
    assert recordings.labels.tolist() == ["x", "y", "x"]
    words = (
        r"`stimulus` must name the column with the stimulus ids\. Accepted are pictures, objects, repetition; looked"
    )
    with pytest.raises(ValueError, match=words):
        read_recordings(tmp_path / "x.npz", area="V4")


def test_one_of_several_arrays_must_be_named(tmp_path) -> None:
    np.savez(tmp_path / "x.npz", ids=np.array(IDS), spikes=RESPONSES, lfp=RESPONSES + 1)
    words = (
        r"`variable` must name the array of responses\. Accepted are spikes \(2, 3, 4\), lfp \(2, 3, 4\); received None"
    )
    with pytest.raises(ValueError, match=words):
        read_recordings(tmp_path / "x.npz", area="V4", stimulus="ids")
    recordings = read_recordings(tmp_path / "x.npz", area="V4", stimulus="ids", variable="lfp")
    np.testing.assert_array_equal(recordings.responses, RESPONSES + 1)


def test_one_text_is_not_taken_letter_by_letter_for_ids(tmp_path) -> None:
    np.savez(tmp_path / "x.npz", ids=np.array(IDS), rates=RESPONSES)
    np.save(tmp_path / "rdm.npy", SQUARES)
    words = (
        r"`stimulus_ids` is one text\. Accepted is a sequence of ids; received 'ids'\. A variable of .* stimulus=\.\.\."
    )
    with pytest.raises(TypeError, match=words):
        read_recordings(tmp_path / "x.npz", area="V4", stimulus_ids="ids")
    with pytest.raises(TypeError, match=words):
        read_rdms(tmp_path / "rdm.npy", stimulus_ids="ids")


def test_nan_is_a_missing_trial_at_all_sites_alone(tmp_path) -> None:
    responses = RESPONSES.copy()
    responses[1, 2] = np.nan
    np.save(tmp_path / "x.npy", responses)
    recordings = read_recordings(tmp_path / "x.npy", area="V4", stimulus_ids=IDS)
    assert recordings.trials_per_stimulus().tolist() == [2, 2, 1]
    responses[0, 0, 1] = np.nan
    np.save(tmp_path / "x.npy", responses)
    with pytest.raises(ValueError, match=r"`responses` has NaN or infinity at 1 of 4 sites: V4-0001"):
        read_recordings(tmp_path / "x.npy", area="V4", stimulus_ids=IDS)


def test_ids_that_repeat_along_the_axis_are_told_apart_no_more(tmp_path) -> None:
    np.save(tmp_path / "x.npy", RESPONSES)
    with pytest.raises(ValueError, match=r"a has trial 0 more than once.*`trial=None`"):
        read_recordings(tmp_path / "x.npy", area="V4", stimulus_ids=["a", "b", "a"])


def test_net2brain_s_first_array_gives_an_rdm_per_subject(tmp_path) -> None:
    np.savez(tmp_path / "fmri_IT.npz", first=SQUARES, second=SQUARES[::-1])
    first = read_rdms(tmp_path / "fmri_IT.npz", stimulus_ids=IDS, distance="correlation")
    assert [rdm.name for rdm in first] == ["fmri_IT, subject 1", "fmri_IT, subject 2"]
    assert [rdm.vector.tolist() for rdm in first] == [[1, 2, 3], [4, 5, 6]]
    (second, _) = read_rdms(tmp_path / "fmri_IT.npz", stimulus_ids=IDS, variable="second")
    assert (second.name, second.vector.tolist()) == ("second, subject 1", [4, 5, 6])


def test_rdms_come_from_an_array_of_them(tmp_path) -> None:
    np.save(tmp_path / "it.npy", SQUARES[0])
    (rdm,) = read_rdms(tmp_path / "it.npy", stimulus_ids=IDS)
    assert (rdm.name, rdm.vector.tolist()) == ("it", [1, 2, 3])


def test_a_variable_that_is_not_there_is_refused(tmp_path) -> None:
    np.savez(tmp_path / "x.npz", rates=RESPONSES, other=RESPONSES)
    words = r"`variable` names no array of the archive\. Accepted are rates, other; received 'v4' for"
    with pytest.raises(ValueError, match=words):
        read_recordings(tmp_path / "x.npz", variable="v4")
    recordings = read_recordings(tmp_path / "x.npz", variable="other", area="V4", stimulus_ids=IDS)
    assert len(recordings) == 3
    with zipfile.ZipFile(tmp_path / "none.npz", "w") as archive:
        archive.writestr("readme.txt", "no array")
    with pytest.raises(ValueError, match=r"Accepted are none; received None"):
        read_rdms(tmp_path / "none.npz")


@pytest.mark.parametrize("suffix", ["npy", "npz"])
def test_python_objects_are_refused_and_never_opened(tmp_path, suffix) -> None:
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "it ran"), "w"))

    path = tmp_path / f"x.{suffix}"
    (np.save if suffix == "npy" else np.savez)(path, np.array([Bomb()], dtype=object))
    for read in (read_recordings, read_rdms):
        with pytest.raises(ValueError, match=r"`path` holds Python objects\. Accepted is an array of numbers; .*runs"):
            read(path)
    assert not (tmp_path / "it ran").exists()


def header(shape: tuple[int, ...], version: tuple[int, int] = (1, 0)) -> bytes:
    file = io.BytesIO()
    write = np.lib.format.write_array_header_1_0 if version == (1, 0) else np.lib.format.write_array_header_2_0
    write(file, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return file.getvalue()


def test_a_header_that_declares_gigabytes_is_refused(tmp_path) -> None:
    (tmp_path / "x.npy").write_bytes(header((10**5, 10**5)))
    with pytest.raises(ValueError, match=r"80,000,000,000 bytes with its array\. Accepted are `max_bytes=4294967296`"):
        read_recordings(tmp_path / "x.npy")


def test_an_archive_of_a_megabyte_that_unpacks_to_gigabytes_is_refused(tmp_path) -> None:
    path = tmp_path / "x.npz"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.npy", "w", force_zip64=True) as file,
    ):
        file.write(header((2**24,), (2, 0)))
        for _ in range(16):
            file.write(bytes(2**23))
    assert path.stat().st_size < 2**20
    with pytest.raises(ValueError, match=r"134,217,728 bytes with its array"):
        read_rdms(path, max_bytes=10**8)


@pytest.mark.parametrize(
    "content",
    [header((3, 3)) + bytes(8), b"\x93NUMPY\x01\x00\xff\xff", b"\x93NUMPY\x09\x00" + bytes(99), header((3, 3))[:40]],
    ids=["cut short", "no header", "unknown version", "half a header"],
)
def test_a_broken_array_is_refused(tmp_path, content) -> None:
    (tmp_path / "x.npy").write_bytes(content)
    with pytest.raises(ValueError, match=r"`path` cannot be read as \.npy\. Accepted is a whole file"):
        read_rdms(tmp_path / "x.npy")


def test_a_broken_archive_is_refused(tmp_path) -> None:
    np.savez_compressed(tmp_path / "x.npz", a=RESPONSES)
    whole = (tmp_path / "x.npz").read_bytes()
    (tmp_path / "x.npz").write_bytes(whole[:-30])
    with pytest.raises(ValueError, match=r"cannot be read as \.npz.*BadZipFile"):
        read_rdms(tmp_path / "x.npz")
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[whole.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.npz").write_bytes(encrypted)
    with pytest.raises(ValueError, match=r"cannot be read as \.npz.*RuntimeError.*encrypted"):
        read_rdms(tmp_path / "x.npz")


def test_cowley_s_published_file_is_read_by_its_axes(data_folder) -> None:
    folder = data_folder / "cowley2023_v4" / "data_V4_responses"
    ids = [f"{k:03d}" for k in range(640)]
    recordings = read_recordings(
        folder / "responses_raw" / "responses_210325.npy",
        area="V4",
        axes=("site", "stimulus", "trial"),
        stimulus_ids=ids,
    )
    assert repr(recordings) == "RecordingSet(V4: 10 trials x 640 stimuli x 50 sites)"
    averaged = np.load(folder / "responses_repeat_averaged" / "responses_210325.npy")
    np.testing.assert_allclose(recordings.mean_over_trials().T, averaged)
