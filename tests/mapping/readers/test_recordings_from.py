import weakref
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.recordings_from import recordings_from
from hcnn_widgets.mapping.readers.safety.size_budget import MAX_BYTES

VALUES = np.arange(12).reshape(4, 3)
COLUMNS = {
    "image_id": np.array(["dog", "cat", "dog", "dog"]),
    "repetition": np.array([0, 1, 1, 3]),
    "object_name": np.array(["animal", "pet", "animal", "animal"]),
    "run": np.array(["a", "b", "c", "a"]),
}


def made(values=VALUES, **fields) -> Presentations:
    return Presentations(values, **{"columns": COLUMNS, "stimulus_columns": ("stimulus_id", "image_id"), **fields})


def read(presentations=None, **options):
    options = {"area": "IT", "max_bytes": MAX_BYTES, **options}
    return recordings_from(made() if presentations is None else presentations, Path("x.nc"), **options)


def test_repetitions_keep_their_places_and_missing_ones_stay_missing() -> None:
    recordings = read(source="Somebody 2020")
    assert recordings.stimulus_ids.tolist() == ["dog", "cat"]
    np.testing.assert_array_equal(recordings.responses[:, 0, 0], [0, 6, 9])
    np.testing.assert_array_equal(recordings.responses[:, 1, 0], [np.nan, 3, np.nan])
    assert recordings.labels.tolist() == ["animal", "pet"]
    assert recordings.source == "Somebody 2020"
    assert recordings.time_ms is None


def test_what_was_read_is_let_go_before_the_record_takes_a_copy(monkeypatch) -> None:
    read_in, alive = [VALUES.astype(np.float64)], []
    gone = weakref.ref(read_in[0])
    module = import_module("hcnn_widgets.mapping.readers.recordings_from")
    monkeypatch.setattr(module, "RecordingSet", lambda *_, **__: alive.append(gone() is not None))
    module.recordings_from(made(read_in.pop()), Path("x.nc"), area="IT", max_bytes=MAX_BYTES)
    assert alive == [False]


def test_trials_are_counted_where_they_are_not_to_be_named() -> None:
    np.testing.assert_array_equal(read(trial=None).responses[:, 1, 0], [3, np.nan, np.nan])
    without = {name: column for name, column in COLUMNS.items() if name != "repetition"}
    np.testing.assert_array_equal(read(made(columns=without)).responses[:, 0, 1], [1, 7, 10])


def test_a_column_of_trials_can_be_named() -> None:
    with pytest.raises(ValueError, match="dog has trial a more than once"):
        read(trial="run")
    with pytest.raises(
        ValueError, match=r"`trial` names a column that is not in the file\. Accepted are image_id, rep"
    ):
        read(trial="block")


def test_float32_stays_so() -> None:
    assert read(made(VALUES.astype(np.float32))).responses.dtype == np.float32


@pytest.mark.parametrize(
    ("regions", "options", "area", "n_sites"),
    [
        (None, {"area": "IT"}, "IT", 3),
        (["V4", "IT", "IT"], {"area": "IT"}, "IT", 2),
        (["V4", "IT", "IT"], {"area": "early", "region": "V4"}, "early", 1),
        (["V4", "IT", "IT"], {"area": None, "region": "V4"}, "V4", 1),
        (["V4", "V4", "V4"], {"area": None}, "V4", 3),
    ],
)
def test_the_area_names_the_file_s_region_or_the_user_s(regions, options, area, n_sites) -> None:
    recordings = read(made(regions=None if regions is None else np.array(regions)), **options)
    assert (recordings.area, recordings.n_sites) == (area, n_sites)


@pytest.mark.parametrize(
    ("regions", "options", "words"),
    [
        (None, {"area": None}, r"`area` must say which brain area this is: the file names none\. Accepted is a str"),
        (None, {"region": "V4"}, r"and no `region`; received area='IT', region='V4' for x\.nc"),
        (
            ["V4", "IT", "IT"],
            {"area": None},
            r"`area` must choose one of the file's regions\. Accepted are 'IT', 'V4' ",
        ),
        (["V4", "IT", "IT"], {"area": "PIT"}, r"received area='PIT', region=None for x\.nc"),
    ],
)
def test_an_area_that_is_not_told_is_refused(regions, options, words) -> None:
    with pytest.raises(ValueError, match=words):
        read(made(regions=None if regions is None else np.array(regions)), **options)


def test_the_column_with_the_stimuli_can_be_named() -> None:
    assert read(stimulus="run", trial=None).stimulus_ids.tolist() == ["a", "b", "c"]


def test_without_such_a_column_those_there_are_are_listed() -> None:
    words = r"`stimulus` must name the column with the stimulus ids\. Accepted are image_id, .*; looked for picture in"
    with pytest.raises(ValueError, match=words):
        read(stimulus="picture")
    with pytest.raises(ValueError, match=r"Accepted are none; looked for stimulus_id, image_id in x\.nc"):
        read(made(columns={}))


@pytest.mark.parametrize("blank", ["", "n/a", "nan"])
def test_a_presentation_without_a_stimulus_is_refused(blank) -> None:
    ids = np.array(["dog", blank, "dog", blank])
    words = (
        r"`stimulus='image_id'` has no id in 2 of 4 presentations, first in row 1\. Accepted is an id in each; leave"
    )
    with pytest.raises(ValueError, match=words):
        read(made(columns={**COLUMNS, "image_id": ids}))


def test_labels_come_by_id_or_from_a_column() -> None:
    assert read(labels={"dog": "1", "cat": "2", "cow": "3"}).labels.tolist() == ["1", "2"]
    without = {name: column for name, column in COLUMNS.items() if name != "object_name"}
    assert read(made(columns=without)).labels is None
    unlike = {**without, "label": COLUMNS["run"], "category": COLUMNS["object_name"]}
    assert read(made(columns=unlike)).labels.tolist() == ["animal", "pet"]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({"dog": "1"}, r"`labels` lacks 1 of 2 stimuli\. Accepted is a label for each id; missing are cat\."),
        ("run", r"`labels='run'` gives a stimulus two labels\. Accepted is one and the same.*received two for dog\."),
        ("colour", r"`labels` names a column that is not in the file\. Accepted are image_id.*received 'colour'"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, words) -> None:
    with pytest.raises(ValueError, match=words):
        read(labels=labels)


def test_one_time_bin_is_a_window_and_several_are_time_resolved_in_order() -> None:
    values = VALUES[:, :, np.newaxis] + np.array([100, 0])
    bins = np.array([[100.0, 200], [0, 100]])
    resolved = read(made(values, bins=bins))
    assert repr(resolved) == "TimeResolvedRecordings(IT: 2 bins from 0 to 200 ms, 3 trials x 2 stimuli x 3 sites)"
    np.testing.assert_array_equal(resolved.at(0).responses, read().responses)
    one = read(made(values[:, :, :1], bins=bins[:1]))
    assert one.time_ms == (100, 200)
    np.testing.assert_array_equal(one.responses, read().responses + 100)


def test_one_stimulus_shown_often_may_not_blow_up_the_grid_of_all() -> None:
    n = 2000
    ids = np.array(["blank"] * n + [f"i{k}" for k in range(n)])
    shown = Presentations(np.zeros((2 * n, 500), np.float32), {"image_id": ids}, ("image_id",))
    with pytest.raises(ValueError, match=r"8,004,000,000 bytes with trials x stimuli x sites, missing trials too"):
        read(shown)
    assert repr(read(replace(shown, values=np.zeros((2 * n, 1)))))


def test_a_site_that_misses_a_trial_which_others_have_is_refused_and_named() -> None:
    values = VALUES.astype(float)
    values[1, 2] = np.nan
    with pytest.raises(ValueError, match=r"NaN or infinity at 1 of 3 sites: IT-0002"):
        read(made(values))
