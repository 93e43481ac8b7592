import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.epoch import TimeIntervals

from hcnn_widgets.mapping import read_recordings

SPIKES = [[0.075, 1.1, 1.169], [0.5, 2.07, 2.17], [3.08, 3.09, 3.1, 1.08]]
IDS = ["dog", "cat", "dog", "cat"]


def session() -> NWBFile:
    return NWBFile(
        session_description="made up", identifier="made up", session_start_time=datetime(2020, 1, 1, tzinfo=UTC)
    )


def recording(
    path: Path,
    spikes=SPIKES,
    ids=IDS,
    onsets=(0.0, 1.0, 2.0, 3.0),
    regions=("V4", "IT", "IT"),
    column="stimulus_id",
    observed=None,
    units=None,
) -> Path:
    """Write a session with pynwb: three units on three electrodes, four trials."""
    nwb = session()
    if regions:
        group = nwb.create_electrode_group(
            name="probe", description="of none", location="nowhere", device=nwb.create_device(name="probe")
        )
        for region in regions:
            nwb.add_electrode(group=group, location=region)
    for name in units or {}:
        nwb.add_unit_column(name=name, description="made up")
    for unit, times in enumerate(spikes):
        more = {name: values[unit] for name, values in (units or {}).items()}
        more |= {"obs_intervals": observed[unit]} if observed else {}
        more |= {"electrodes": [unit]} if regions else {}
        nwb.add_unit(spike_times=times, **more)
    nwb.add_trial_column(name=column, description="what was shown")
    for onset, name in zip(onsets, ids, strict=True):
        nwb.add_trial(start_time=onset, stop_time=onset + 0.2, **{column: name})
    nwb.add_acquisition(TimeSeries(name="raw", data=np.zeros(1000), unit="V", rate=1000.0))
    with NWBHDF5IO(path, "w") as file:
        file.write(nwb)
    return path


@cache
def usual_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return recording(Path(folder) / "x.nwb").read_bytes()


def usual(path: Path) -> Path:
    """Write the session of most tests, which pynwb makes once."""
    path.write_bytes(usual_bytes())
    return path


def test_spikes_are_counted_in_the_window_after_each_onset(tmp_path) -> None:
    recordings = read_recordings(usual(tmp_path / "x.nwb"), area="IT", window=(70, 170))
    assert repr(recordings) == "RecordingSet(IT: 2 trials x 2 stimuli x 2 sites)"
    assert recordings.stimulus_ids.tolist() == ["dog", "cat"]
    assert recordings.site_ids.tolist() == ["1", "2"]
    np.testing.assert_array_equal(recordings.responses, [[[0, 0], [0, 1]], [[1, 0], [0, 3]]])
    assert recordings.time_ms == (70, 170)
    v4 = read_recordings(tmp_path / "x.nwb", area="V4", window=(70, 170))
    np.testing.assert_array_equal(v4.responses[..., 0], [[1, 2], [0, 0]])


@pytest.mark.no_cover
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_counts_are_those_of_a_slow_loop(data) -> None:
    times = st.lists(st.integers(0, 2000).map(lambda ms: ms / 1000), min_size=1, max_size=30)
    spikes = data.draw(st.lists(times, min_size=2, max_size=3))
    windows = [(0, 50), (50, 150), (-100, 1000)]
    onsets, ids = (0.1005, 0.9005), ["köter", "猫"]
    assume(any(0.0005 <= time < 1.9005 for unit in spikes for time in unit))  # no spike in any window is refused
    with tempfile.TemporaryDirectory() as folder:
        path = recording(Path(folder) / "x.nwb", spikes, ids, onsets, regions=())
        resolved = read_recordings(path, area="V1", window=windows)
    assert resolved.stimulus_ids.tolist() == ids
    for (start, stop), counts in zip(sorted(windows), resolved.responses, strict=True):
        for onset, row in zip(onsets, counts[0], strict=True):
            expected = [sum(start <= (time - onset) * 1000 < stop for time in unit) for unit in spikes]
            assert row.tolist() == expected


def test_the_end_of_the_window_is_excluded(tmp_path) -> None:
    path = recording(tmp_path / "x.nwb", spikes=[[0.25, 0.5]], ids=["a"], onsets=[0.0], regions=())
    assert read_recordings(path, area="V1", window=(250, 500)).responses.tolist() == [[[1]]]


@pytest.mark.parametrize("name", ["location", "brain_area", "region"])
def test_a_column_of_the_units_names_their_regions_first(tmp_path, name) -> None:
    path = recording(tmp_path / "x.nwb", units={name: ["AIT", "AIT", "CIT"], "quality": ["good", "mua", "good"]})
    assert read_recordings(path, area="AIT", window=(70, 170)).n_sites == 2
    assert read_recordings(path, area="AIT", window=(70, 170), where={"quality": "good"}).site_ids.tolist() == ["0"]


def test_a_unit_on_electrodes_of_two_regions_is_of_both(tmp_path) -> None:
    with h5py.File(usual(tmp_path / "x.nwb"), "a") as file:
        file["units/electrodes_index"][...] = [2, 2, 3]
    with pytest.raises(ValueError, match=r"Accepted are '', 'IT', 'V4/IT'"):
        read_recordings(tmp_path / "x.nwb", area="PIT", window=(70, 170))


def test_without_electrodes_the_area_must_be_told(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"`area` must say which brain area this is: the file names none"):
        read_recordings(recording(tmp_path / "x.nwb", regions=()), window=(70, 170))


def test_presentations_lie_in_any_table_of_intervals(tmp_path) -> None:
    path = usual(tmp_path / "x.nwb")
    with NWBHDF5IO(path, "a") as file:
        nwb = file.read()
        table = TimeIntervals(name="images", description="another table")
        table.add_column(name="frame", description="number of the image")
        for onset, frame in ((1.0, 7), (3.0, 8)):
            table.add_interval(start_time=onset, stop_time=onset + 0.1, frame=frame)
        nwb.add_time_intervals(table)
        file.write(nwb)
    recordings = read_recordings(path, area="IT", window=(70, 170), intervals="images", stimulus="frame")
    assert recordings.stimulus_ids.tolist() == ["7", "8"]
    assert recordings.responses[0].tolist() == [[0, 1], [0, 3]]


def test_a_unit_that_was_not_observed_misses_the_presentation(tmp_path) -> None:
    observed = [[[0.0, 9.0]], [[0.0, 2.1], [2.1, 9.0]], [[0.0, 9.0]]]
    path = recording(tmp_path / "x.nwb", observed=observed)
    with pytest.raises(ValueError, match=r"NaN or infinity at 1 of 2 sites: 1\. Accepted"):
        read_recordings(path, area="IT", window=(70, 170))
    assert read_recordings(path, area="IT", window=(70, 100)).responses.shape == (2, 2, 2)
    assert read_recordings(path, area="V4", window=(70, 170)).responses.shape == (2, 2, 1)


@pytest.mark.parametrize("window", [(), (70,), (170, 70), (70, 70), (0, np.inf), [(0, 50), (50, 20)], ("a", "b"), 50])
def test_a_window_must_be_told(tmp_path, window) -> None:
    words = r"`window` must say in which time after onset spikes are counted\. Accepted is \(start, end\) in ms"
    with pytest.raises(ValueError, match=words):
        read_recordings(usual(tmp_path / "x.nwb"), area="IT", window=window)


def test_a_table_that_is_not_there_is_refused(tmp_path) -> None:
    words = (
        r"`intervals` must name the table of presentations, and there.*Accepted are trials; received 'images' and units"
    )
    with pytest.raises(ValueError, match=words):
        read_recordings(usual(tmp_path / "x.nwb"), area="IT", window=(70, 170), intervals="images")


def test_a_file_without_units_or_trials_is_refused(tmp_path) -> None:
    nwb = session()
    with NWBHDF5IO(tmp_path / "x.nwb", "w") as file:
        file.write(nwb)
    with pytest.raises(ValueError, match=r"Accepted are none; received 'trials' and no units in"):
        read_recordings(tmp_path / "x.nwb", area="IT", window=(70, 170))


def test_intervals_that_are_no_group_are_no_table(tmp_path) -> None:
    with h5py.File(usual(tmp_path / "x.nwb"), "a") as file:
        del file["intervals"]
        file["intervals"] = [1.0]
    with pytest.raises(ValueError, match=r"Accepted are none; received 'trials' and units in"):
        read_recordings(tmp_path / "x.nwb", area="IT", window=(70, 170))


def test_a_column_without_usual_name_is_asked_for(tmp_path) -> None:
    path = recording(tmp_path / "x.nwb", column="picture")
    with pytest.raises(
        ValueError, match=r"`stimulus` must name the column.*Accepted are start_time, stop_time, picture; "
    ):
        read_recordings(path, area="IT", window=(70, 170))
    assert len(read_recordings(path, area="IT", window=(70, 170), stimulus="picture")) == 2


def test_trials_without_onsets_are_refused(tmp_path) -> None:
    path = recording(tmp_path / "x.nwb", onsets=(0.0, np.nan, 2.0, 3.0))
    words = r"`intervals='trials'` has no onsets\. Accepted is a start_time in s for each.*received 1 missing of 4 in"
    with pytest.raises(ValueError, match=words):
        read_recordings(path, area="IT", window=(70, 170))


def test_only_what_is_read_counts(tmp_path) -> None:
    path = recording(tmp_path / "x.nwb", units={"waveform": list(np.zeros((3, 10**6)))})
    assert read_recordings(path, area="IT", window=(70, 170), max_bytes=10**7).n_sites == 2


def test_spike_times_that_unpack_to_gigabytes_are_refused(tmp_path) -> None:
    path = usual(tmp_path / "x.nwb")
    with h5py.File(path, "a") as file:
        file.create_dataset("units/more", (10**9,), "f8", chunks=(10**6,), compression="gzip")
    with pytest.raises(
        ValueError, match=r"8,000,\d\d\d,\d\d\d bytes with /units/more\. Accepted are `max_bytes=4294967296`"
    ):
        read_recordings(path, area="IT", window=(70, 170))


def test_a_single_text_that_declares_gigabytes_is_refused(tmp_path) -> None:
    path = usual(tmp_path / "x.nwb")
    with h5py.File(path, "a") as file:
        file.create_dataset("general/notes", (), "S2000000000")
    assert path.stat().st_size < 10**6
    with pytest.raises(ValueError, match=r"2,000,0\d\d,\d\d\d bytes with /general/notes"):
        read_recordings(path, area="IT", window=(70, 170), max_bytes=10**9)


def test_single_texts_count_one_after_another(tmp_path) -> None:
    path = usual(tmp_path / "x.nwb")
    with h5py.File(path, "a") as file:
        for number in range(30):
            file[f"general/note{number}"] = "a" * 10**5
    with pytest.raises(ValueError, match=r"bytes with /general/note\d+ \(text\)"):
        read_recordings(path, area="IT", window=(70, 170), max_bytes=10**7)


@pytest.mark.parametrize("ends", [[2, 5, 200], [9, 5, 10], [2, 5, 9]])
def test_an_index_that_does_not_divide_the_spikes_is_refused(tmp_path, ends) -> None:
    with h5py.File(usual(tmp_path / "x.nwb"), "a") as file:
        file["units/spike_times_index"][...] = ends
    words = r"cannot be read as NWB 2\. Acc.*spike_times_index does not rise from 0 to 10, the length of spike_times"
    with pytest.raises(ValueError, match=words):
        read_recordings(tmp_path / "x.nwb", area="IT", window=(70, 170))


def test_counts_beyond_the_budget_are_refused(tmp_path) -> None:
    windows = [(k, k + 1) for k in range(10**5)]
    with pytest.raises(ValueError, match=r"bytes with spike counts"):
        read_recordings(usual(tmp_path / "x.nwb"), area="IT", window=windows, max_bytes=10**7)


def test_a_file_that_links_to_another_is_refused(tmp_path) -> None:
    path = usual(tmp_path / "x.nwb")
    with h5py.File(path, "a") as file:
        file["units/stolen"] = h5py.ExternalLink("/etc/other.nwb", "/units")
    with pytest.raises(ValueError, match=r"leads elsewhere: /units/stolen is an external link"):
        read_recordings(path, area="IT", window=(70, 170))


def test_a_file_that_pynwb_cannot_read_is_refused(tmp_path) -> None:
    with h5py.File(tmp_path / "x.nwb", "w") as file:
        file.attrs["nwb_version"] = "2.7.0"
        file["units"] = [1.0]
    with pytest.raises(ValueError, match=r"`path` cannot be read as NWB 2\. Accepted is a whole file of this format"):
        read_recordings(tmp_path / "x.nwb", area="IT", window=(70, 170))


def test_without_pynwb_the_line_that_installs_it_is_given(tmp_path, without) -> None:
    path = usual(tmp_path / "x.nwb")
    without("pynwb")
    with pytest.raises(ImportError, match=r"Reading NWB 2 needs `pynwb`.*pip install pynwb$"):
        read_recordings(path, area="IT", window=(70, 170))
