from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.mapping import read_recordings

RESPONSES = np.arange(15, dtype=np.float32).reshape(3, 5)


@pytest.fixture
def subject(tmp_path) -> Path:
    """Lay out one subject as the challenge does: the mapping of its masks is a pickle."""
    for folder in ("training_split/training_fmri", "training_split/training_images", "roi_masks"):
        (tmp_path / folder).mkdir(parents=True)
    np.save(tmp_path / "training_split/training_fmri/lh_training_fmri.npy", RESPONSES)
    for name in ("train-0003_nsd-00007", "train-0001_nsd-00013", "train-0002_nsd-00002"):
        (tmp_path / f"training_split/training_images/{name}.png").write_bytes(b"png")
    np.save(tmp_path / "roi_masks/lh.prf-visualrois_challenge_space.npy", np.array([0, 1, 7, 7, 2], dtype=np.float32))
    np.save(tmp_path / "roi_masks/lh.own_challenge_space.npy", np.array([0, 1, 1, 3, 3]))
    np.save(tmp_path / "roi_masks/rh.streams_challenge_space.npy", np.array([0, 1, 1, 3, 3]))
    mapping = np.array({0: "Unknown", 1: "V1v"}, dtype=object)
    np.save(tmp_path / "roi_masks/mapping_prf-visualrois.npy", mapping, allow_pickle=True)
    return tmp_path


def fmri(subject: Path) -> Path:
    return subject / "training_split" / "training_fmri" / "lh_training_fmri.npy"


def mask(subject: Path, name: str) -> Path:
    return subject / "roi_masks" / f"{name}_challenge_space.npy"


def test_images_name_the_stimuli_and_the_mask_the_regions(subject) -> None:
    recordings = read_recordings(fmri(subject), area="hV4", mask=mask(subject, "lh.prf-visualrois"))
    assert repr(recordings) == "RecordingSet(hV4: 1 trials x 3 stimuli x 2 sites)"
    assert recordings.stimulus_ids.tolist() == ["train-0001_nsd-00013", "train-0002_nsd-00002", "train-0003_nsd-00007"]
    assert recordings.site_ids.tolist() == ["lh-00002", "lh-00003"]
    np.testing.assert_array_equal(recordings.responses[0], RESPONSES[:, 2:4])
    assert recordings.responses.dtype == np.float32


def test_without_a_mask_all_vertices_are_one_area(subject) -> None:
    recordings = read_recordings(fmri(subject), area="visual cortex", stimulus_ids=["c", "a", "b"])
    assert (recordings.n_sites, recordings.stimulus_ids.tolist()) == (5, ["c", "a", "b"])


def test_regions_of_an_unpublished_mask_are_called_by_number(subject) -> None:
    recordings = read_recordings(fmri(subject), area="FFA", region="3", mask=mask(subject, "lh.own"))
    assert recordings.n_sites == 2
    with pytest.raises(ValueError, match=r"`area` must choose one of the file's regions\. Accepted are '1', '3'"):
        read_recordings(fmri(subject), area="FFA", mask=mask(subject, "lh.own"))


def test_the_mapping_is_a_pickle_and_refused_as_a_mask(subject) -> None:
    with pytest.raises(ValueError, match=r"`path` holds Python objects.*mapping_prf-visualrois\.npy"):
        read_recordings(fmri(subject), area="V1v", mask=subject / "roi_masks" / "mapping_prf-visualrois.npy")


def test_the_other_hemisphere_s_mask_is_refused(subject) -> None:
    words = r"`mask` does not fit the responses\. Accepted is a number for each of 5 vertices.*received \(5,\) in .*rh"
    with pytest.raises(ValueError, match=words):
        read_recordings(fmri(subject), area="early", mask=mask(subject, "rh.streams"))


def test_a_mask_of_other_vertices_is_refused(subject) -> None:
    np.save(mask(subject, "lh.own"), np.zeros(4))
    with pytest.raises(ValueError, match=r"received \(4,\)"):
        read_recordings(fmri(subject), area="early", mask=mask(subject, "lh.own"))
    with pytest.raises(FileNotFoundError, match=r"`mask` is not there"):
        read_recordings(fmri(subject), area="early", mask=mask(subject, "lh.streams"))


def test_without_images_the_stimuli_must_be_named(subject) -> None:
    for image in (subject / "training_split" / "training_images").iterdir():
        image.unlink()
    with pytest.raises(ValueError, match=r"`stimulus_ids` must name each of 3"):
        read_recordings(fmri(subject), area="V1v")


def test_images_that_are_too_many_are_refused(subject) -> None:
    (subject / "training_split" / "training_images" / "train-0004_nsd-00009.png").write_bytes(b"png")
    with pytest.raises(ValueError, match=r"Accepted is a sequence of 3 ids in its order; received 4"):
        read_recordings(fmri(subject), area="V1v")
