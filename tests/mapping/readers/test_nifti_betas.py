import gzip
import struct
import tempfile
import tracemalloc
from pathlib import Path

import nibabel
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import read_recordings

SHAPE = (2, 3, 2)
BETAS = np.arange(48.0).reshape(*SHAPE, 4)
MASK = np.zeros(SHAPE, np.uint8)
MASK[0, 1, 1] = MASK[1, 2, 0] = 1
EVENTS = (
    "onset\tduration\ttrial_type\tstim_file\n0\t1\tdog\td.png\n3\t1\tcat\tc.png\n6\t1\tdog\td.png\n9\t1\tcat\tn/a\n"
)


def image(path: Path, array, affine=None, kind=nibabel.Nifti1Image) -> Path:
    nibabel.save(kind(np.asarray(array), np.eye(4) if affine is None else affine), path)
    return path


@pytest.fixture
def scan(tmp_path) -> dict:
    (tmp_path / "events.tsv").write_text(EVENTS)
    return {
        "path": image(tmp_path / "betas.nii.gz", BETAS),
        "mask": image(tmp_path / "mask.nii.gz", MASK),
        "events": tmp_path / "events.tsv",
    }


@pytest.mark.parametrize("kind", [nibabel.Nifti1Image, nibabel.Nifti2Image])
@pytest.mark.parametrize("ending", ["nii", "nii.gz", "NII", "NII.GZ"])
def test_maps_under_the_mask_become_presentations_of_their_events(scan, tmp_path, kind, ending) -> None:
    path = image(tmp_path / f"b.{ending}", BETAS, kind=kind)
    recordings = read_recordings(path, area="IT", mask=scan["mask"], events=scan["events"], stimulus="trial_type")
    assert repr(recordings) == "RecordingSet(IT: 2 trials x 2 stimuli x 2 sites)"
    assert recordings.stimulus_ids.tolist() == ["dog", "cat"]
    assert recordings.site_ids.tolist() == ["0-1-1", "1-2-0"]
    np.testing.assert_array_equal(recordings.responses[:, :, 0], BETAS[0, 1, 1].reshape(2, 2))
    np.testing.assert_array_equal(recordings.responses[:, :, 1], BETAS[1, 2, 0].reshape(2, 2))


def test_the_stimulus_file_comes_before_the_type_of_trial(scan) -> None:
    with pytest.raises(ValueError, match=r"`stimulus='stim_file'` has no id in 1 of 4 presentations, first in row 3"):
        read_recordings(**scan, area="IT")
    kept = read_recordings(**scan, area="IT", where={"trial_type": "dog"}, labels="trial_type")
    assert (kept.stimulus_ids.tolist(), kept.n_trials, kept.labels.tolist()) == (["d.png"], 2, ["dog"])


@settings(max_examples=15, deadline=None)
@given(
    dtype=st.sampled_from(["i2", "u1", "f4", "f8"]), slope=st.sampled_from([None, 0.5, 2.0]), seed=st.integers(0, 99)
)
def test_any_stored_type_and_scale_is_read_as_nibabel_reads_it(dtype, slope, seed) -> None:
    array = np.random.default_rng(seed).integers(0, 100, (*SHAPE, 3)).astype(dtype)
    made = nibabel.Nifti1Image(array, np.eye(4))
    made.header.set_slope_inter(slope, slope and 1)
    with tempfile.TemporaryDirectory() as folder:
        nibabel.save(made, f"{folder}/b.nii")
        mask = image(Path(folder) / "m.nii", np.ones(SHAPE, np.uint8))
        recordings = read_recordings(f"{folder}/b.nii", area="V1", mask=mask, stimulus_ids=["a", "b", "c"])
        expected = nibabel.load(f"{folder}/b.nii").get_fdata().reshape(-1, 3).T
    np.testing.assert_array_equal(recordings.responses[0], expected)


@pytest.mark.parametrize("left_out", [("mask",), ("events",), ("mask", "events")])
def test_mask_and_events_are_needed(scan, left_out) -> None:
    given_ones = {name: value for name, value in scan.items() if name not in left_out}
    with pytest.raises(ValueError, match=r"`mask` and either `events` or `stimulus_ids` must be given.*received mask="):
        read_recordings(**given_ones, area="IT")


def test_events_and_ids_at_once_are_refused(scan) -> None:
    with pytest.raises(ValueError, match=r"either `events` or `stimulus_ids`.*stimulus_ids=given"):
        read_recordings(**scan, area="IT", stimulus_ids=["a", "b", "c", "d"])


@pytest.mark.parametrize(
    ("array", "affine"),
    [(np.ones((2, 3, 3), np.uint8), None), (MASK, np.diag([2.0, 2, 2, 1]))],
    ids=["shape", "affine"],
)
def test_a_mask_in_another_space_is_refused(scan, tmp_path, array, affine) -> None:
    scan["mask"] = image(tmp_path / "other.nii", array, affine)
    words = (
        r"`mask` is not in the space of the betas\. Accepted is \(2, 3, 2\) with the same affine; received .*Resample"
    )
    with pytest.raises(ValueError, match=words):
        read_recordings(**scan, area="IT")


def test_an_empty_mask_is_refused(scan, tmp_path) -> None:
    scan["mask"] = image(tmp_path / "none.nii", MASK * 0)
    with pytest.raises(ValueError, match=r"`mask` is zero everywhere\. Accepted is one that is not; received"):
        read_recordings(**scan, area="IT")


def test_events_of_another_number_are_refused(scan, tmp_path) -> None:
    scan["events"].write_text(EVENTS + "12\t1\tcat\tc.png\n")
    with pytest.raises(
        ValueError, match=r"`events` do not fit the betas\. Accepted is one row for each of 4.*received 5"
    ):
        read_recordings(**scan, area="IT")
    with pytest.raises(ValueError, match=r"received 2 in stimulus_ids"):
        read_recordings(scan["path"], area="IT", mask=scan["mask"], stimulus_ids=["a", "b"])


def test_a_voxel_that_is_nan_is_named(scan, tmp_path) -> None:
    betas = BETAS.copy()
    betas[1, 2, 0] = np.nan
    path = image(tmp_path / "nan.nii", betas)
    with pytest.raises(ValueError, match=r"NaN or infinity at 1 of 2 sites: 1-2-0"):
        read_recordings(path, area="IT", mask=scan["mask"], stimulus_ids=["a", "b", "c", "d"])


@pytest.mark.parametrize("array", [MASK, np.zeros((*SHAPE, 4, 2))], ids=["one map", "five dimensions"])
def test_an_image_of_another_shape_is_refused(scan, tmp_path, array) -> None:
    scan["path"] = image(tmp_path / "x.nii", array)
    with pytest.raises(
        ValueError, match=r"image of another shape or type\. Accepted are numbers, \(x, y, z, n_presenta"
    ):
        read_recordings(**scan, area="IT")


def test_colours_and_a_mask_over_time_are_refused(scan, tmp_path) -> None:
    colours = np.zeros((*SHAPE, 4), dtype=[("R", "u1"), ("G", "u1"), ("B", "u1")])
    path = image(tmp_path / "rgb.nii", colours)
    with pytest.raises(ValueError, match=r"received \(2, 3, 2, 4\) of \[\('R'"):
        read_recordings(path, area="IT", mask=scan["mask"], stimulus_ids=["a"])
    with pytest.raises(ValueError, match=r"numbers, \(x, y, z\); received \(2, 3, 2, 4\)"):
        read_recordings(scan["path"], area="IT", mask=scan["path"], stimulus_ids=["a"])


def header(shape: tuple[int, ...], offset: float = 352) -> bytes:
    made = nibabel.Nifti1Header()
    made.set_data_dtype(np.float64)
    made.set_data_shape(shape)
    raw = bytearray(made.binaryblock)
    raw[108:112] = struct.pack("<f", offset)
    raw[344:348] = b"n+1\0"
    return bytes(raw)


def test_a_header_that_declares_gigabytes_is_refused(scan, tmp_path) -> None:
    (tmp_path / "x.nii.gz").write_bytes(gzip.compress(header((1000, 1000, 100, 50)) + bytes(4096)))
    scan["path"] = tmp_path / "x.nii.gz"
    with pytest.raises(ValueError, match=r"40,000,000,352 bytes with its image\. Accepted are `max_bytes=4294967296`"):
        read_recordings(**scan, area="IT")


def test_gigabytes_between_header_and_data_are_refused_unread(scan, tmp_path) -> None:
    start = header((1, 1, 1, 1), 2**27) + b"\1\0\0\0" + struct.pack("<ii", 2**27 - 400, 6)
    (tmp_path / "x.nii.gz").write_bytes(gzip.compress(start + bytes(2**27)))
    scan["path"] = tmp_path / "x.nii.gz"
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"134,217,736 bytes with its image"):
        read_recordings(**scan, area="IT", max_bytes=10**8)
    assert tracemalloc.get_traced_memory()[1] < 10**7
    tracemalloc.stop()


def test_what_unpacks_to_more_than_its_header_says_is_read_no_further(scan, tmp_path) -> None:
    whole = gzip.decompress(scan["path"].read_bytes())
    (tmp_path / "long.nii.gz").write_bytes(gzip.compress(whole + bytes(2**26)))
    tracemalloc.start()
    recordings = read_recordings(
        tmp_path / "long.nii.gz", area="IT", mask=scan["mask"], stimulus_ids=["a", "b", "c", "d"]
    )
    assert tracemalloc.get_traced_memory()[1] < 10**7
    tracemalloc.stop()
    assert recordings.n_sites == 2


@pytest.mark.parametrize("keep", [200, 360])
def test_an_image_cut_short_is_refused(scan, tmp_path, keep) -> None:
    whole = gzip.decompress(scan["path"].read_bytes())
    (tmp_path / "x.nii.gz").write_bytes(gzip.compress(whole[:keep]))
    scan["path"] = tmp_path / "x.nii.gz"
    with pytest.raises(
        ValueError, match=r"`path` cannot be read as NIfTI\. Accepted is a whole file of this format; rec"
    ):
        read_recordings(**scan, area="IT")
