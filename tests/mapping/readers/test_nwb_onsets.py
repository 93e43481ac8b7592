from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pynwb import NWBHDF5IO, NWBFile

from hcnn_widgets.mapping import read_recordings

SPIKES_OF = {"a": 2, "b": 6, "c": 10, "d": 14}
RNG = np.random.default_rng(0)
WINDOW = (70, 170)


def session(path: Path, column: str = "stim_on_time", scale: float = 1.0, delay: float = 1.0) -> Path:
    """Write 12 trials that begin with fixation; a unit fires from 70 to 170 ms after its stimulus came on."""
    nwb = NWBFile("fixation, then a stimulus", "made up", datetime(2020, 1, 1, tzinfo=UTC))
    nwb.add_trial_column("image_id", "what was shown")
    nwb.add_trial_column(column, "a time in s")
    nwb.add_unit_column("location", "area")
    spikes: list[float] = []
    for trial, name in enumerate("abcd" * 3):
        start = 1 + 3.0 * trial
        on = start + delay
        nwb.add_trial(start_time=start, stop_time=start + 2.8, image_id=name, **{column: on})
        spikes += list(on + 0.07 + 0.1 * np.sort(RNG.random(SPIKES_OF[name])))
    nwb.add_unit(spike_times=scale * np.sort(spikes), location="IT")
    with NWBHDF5IO(path, "w") as file:
        file.write(nwb)
    return path


def read(path: Path, **options):
    return read_recordings(path, area="IT", **{"window": WINDOW, **options})


def test_spikes_are_counted_after_the_onset_that_is_named(tmp_path):
    recordings = read(session(tmp_path / "x.nwb"), onset="stim_on_time")
    np.testing.assert_array_equal(recordings.mean_over_trials(), [[2], [6], [10], [14]])


@pytest.mark.parametrize("column", ["stim_on_time", "image_onset", "target_onset_time", "stimulus_on"])
def test_where_a_column_seems_to_be_the_onset_it_must_be_named(tmp_path, column):
    words = rf"`onset` must say when the stimulus came on: the table trials has start_time and {column}\. Accepted"
    with pytest.raises(ValueError, match=words):
        read(session(tmp_path / "x.nwb", column))


def test_the_beginning_of_trials_is_the_onset_where_a_person_says_so(tmp_path):
    path = session(tmp_path / "x.nwb", delay=0.0)
    np.testing.assert_array_equal(read(path, onset="start_time").mean_over_trials(), [[2], [6], [10], [14]])
    np.testing.assert_array_equal(read(path).mean_over_trials(), [[2], [6], [10], [14]])


@pytest.mark.parametrize("column", ["reward_time", "stimulus_off_time", "fixation_end"])
def test_other_times_are_no_onsets_but_are_named_where_no_spike_is_found(tmp_path, column):
    with pytest.raises(
        ValueError, match=r"`window` holds no spike .* onsets from 1 to 34 s and 70 to 170 ms"
    ) as refused:
        read(session(tmp_path / "x.nwb", column, delay=1.5))
    assert (column in str(refused.value)) == ("time" in column)


def test_spikes_in_milliseconds_are_refused_with_both_ranges(tmp_path):
    words = r"received spikes from 1\d\d\d\.\d* to 34\d\d\d\.?\d* s, onsets from 1 to 34 s and 70 to 170 ms after them"
    with pytest.raises(ValueError, match=words):
        read(session(tmp_path / "x.nwb", scale=1000.0, delay=0.0))


def test_a_window_in_seconds_is_refused_with_both_ranges(tmp_path):
    with pytest.raises(
        ValueError, match=r"spikes from 1\.\d* to 34\.\d* s, .* and 0\.07 to 0\.17 ms .*give the window in ms"
    ):
        read(session(tmp_path / "x.nwb", delay=0.0), window=(0.07, 0.17))


@pytest.mark.parametrize("onset", ["image_id", "nothing"])
def test_a_column_without_times_is_no_onset(tmp_path, onset):
    words = rf"`onset` names no column of times in the table trials\. Accepted are .*stim_on_time.*; received {onset!r}"
    with pytest.raises(ValueError, match=words):
        read(session(tmp_path / "x.nwb"), onset=onset)
