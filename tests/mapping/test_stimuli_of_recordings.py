"""Recordings from a file, joined by id to the images that were shown."""

import numpy as np
import pytest

from hcnn_widgets import StimulusSet
from hcnn_widgets.mapping import TimeResolvedRecordings, read_recordings
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.recordings_from import recordings_from

RNG = np.random.default_rng(0)
IDS = ["bear", "car", "dog", "eel"]
IMAGES = StimulusSet.from_arrays(
    RNG.random((4, 8, 8)), labels=["animal", "thing", "animal", "animal"], stimulus_ids=IDS
)


def table(tmp_path, columns="stimulus_id,n1,n2", rows=("dog,1,2", "bear,3,4", "car,5,6")):
    path = tmp_path / "rates.csv"
    path.write_text("\n".join([columns, *rows]) + "\n")
    return path


def test_images_and_labels_are_joined_by_id(tmp_path) -> None:
    recordings = read_recordings(table(tmp_path), area="V4", stimuli=IMAGES)
    rows = [IDS.index(name) for name in recordings.stimulus_ids]
    assert sorted(recordings.stimulus_ids) == ["bear", "car", "dog"]
    np.testing.assert_array_equal(recordings.stimuli.images, IMAGES.images[rows])
    assert recordings.labels.tolist() == IMAGES.labels[rows].tolist()


def test_labels_of_the_file_and_of_the_call_come_first(tmp_path) -> None:
    path = table(tmp_path, "stimulus_id,label,n1", ("dog,pet,1", "bear,wild,3"))
    read = read_recordings(path, area="V4", stimuli=IMAGES)
    own = dict(zip(read.stimulus_ids.tolist(), read.labels.tolist(), strict=True))
    assert own == {"dog": "pet", "bear": "wild"}
    told = read_recordings(table(tmp_path), area="V4", stimuli=IMAGES, labels=dict.fromkeys(IDS, "told"))
    assert set(told.labels) == {"told"}


def test_images_that_lack_a_recorded_stimulus_are_refused_by_id(tmp_path) -> None:
    path = table(tmp_path, rows=("dog,1,2", "elk,3,4"))
    with pytest.raises(ValueError, match=r"`stimuli` lacks 1 of 2 ids\. .* missing are elk\."):
        read_recordings(path, area="V4", stimuli=IMAGES)


@pytest.mark.parametrize("given", [IMAGES.images, IDS, "images"])
def test_what_are_no_stimuli_is_refused_before_the_file_is_read(given) -> None:
    with pytest.raises(
        TypeError, match=r"`stimuli` is of another kind\. Accepted is a StimulusSet, as hw\.StimulusSet"
    ):
        read_recordings("missing.csv", area="V4", stimuli=given)


def test_images_without_labels_leave_recordings_without(tmp_path) -> None:
    bare = StimulusSet.from_arrays(IMAGES.images, stimulus_ids=IDS)
    assert read_recordings(table(tmp_path), area="V4", stimuli=bare).labels is None


def test_several_time_bins_keep_their_images_too(tmp_path) -> None:
    values = RNG.normal(size=(2, 3, 2))
    bins = np.array([[0.0, 50.0], [50.0, 100.0]])
    shown = Presentations(values, {"stimulus_id": np.array(["dog", "bear"])}, ["stimulus_id"], bins=bins)
    recordings = recordings_from(shown, tmp_path, area="IT", stimuli=IMAGES, max_bytes=10**6)
    assert isinstance(recordings, TimeResolvedRecordings)
    assert recordings.stimuli.stimulus_ids.tolist() == recordings.stimulus_ids.tolist()
    assert recordings.labels.tolist() == ["animal", "animal"]


def test_a_misspelt_option_names_the_nearest_of_the_format_and_of_all(tmp_path) -> None:
    np.save(tmp_path / "x.npy", np.ones((2, 3)))
    for given, near in (("axis", "axes"), ("lables", "labels"), ("stimulus_id", "stimulus_ids")):
        with pytest.raises(TypeError, match=rf"`{given}` is no option for npy\. .*; the nearest is '{near}'\."):
            read_recordings(tmp_path / "x.npy", area="V4", **{given: 1})
