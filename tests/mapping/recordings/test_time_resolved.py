import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IDS = ["c", "a", "b"]
RATES = np.random.default_rng(0).random((4, 2, 3, 5))
BINS = [(0, 50), (50, 100), (75, 125), (100, 150)]


def a_set(responses=RATES, time_ms=BINS, **fields) -> TimeResolvedRecordings:
    return TimeResolvedRecordings(responses, time_ms, **{"stimulus_ids": IDS, "area": "IT", **fields})


def test_a_bin_is_a_recording_set_with_its_time() -> None:
    recordings = a_set(labels=["x", "y", "z"], simulated=True, source="made up", labels_inferred=True)
    one = recordings.at(2)
    np.testing.assert_array_equal(one.responses, RATES[2])
    assert (one.time_ms, one.area, one.simulated, one.source, one.labels_inferred) == (
        (75, 125),
        "IT",
        True,
        "made up",
        True,
    )
    assert one.labels.tolist() == ["x", "y", "z"]
    assert recordings.at(-1).time_ms == (100, 150)
    assert repr(recordings) == (
        "TimeResolvedRecordings(IT: 4 bins from 0 to 150 ms, 2 trials x 3 stimuli x 5 sites, simulated)"
    )


def test_a_window_is_the_mean_of_the_bins_within() -> None:
    window = a_set().between(50, 125)
    np.testing.assert_allclose(window.responses, RATES[1:3].mean(axis=0))
    assert window.time_ms == (50, 125)
    with pytest.raises(
        ValueError, match=r"hold no bin. Accepted are windows with a whole bin from 0 to 150 ms; received"
    ):
        a_set().between(60, 90)


@given(st.permutations(IDS))
@settings(max_examples=6, deadline=None)
def test_stimuli_are_selected_by_id_in_every_bin(order) -> None:
    stimuli = StimulusSet.from_arrays(np.eye(3, 9).reshape(3, 3, 3), stimulus_ids=IDS)
    recordings = a_set(stimuli=stimuli, labels=["x", "y", "z"])
    chosen = recordings.select(order[:2])
    for index in range(4):
        np.testing.assert_array_equal(chosen.at(index).responses, recordings.at(index).select(order[:2]).responses)
    assert chosen.labels.tolist() == recordings.at(0).select(order[:2]).labels.tolist()
    assert chosen.stimuli.stimulus_ids.tolist() == order[:2]
    assert a_set().select(order).labels is None


def test_what_it_holds_cannot_be_changed_from_outside() -> None:
    rates = RATES.copy()
    recordings = a_set(rates)
    rates[:] = 0
    np.testing.assert_array_equal(recordings.responses, RATES)
    for array in (recordings.responses, recordings.time_ms):
        with pytest.raises(ValueError, match=r"read-only"):
            array[0] = 1


def test_a_trial_may_be_missing_at_all_times() -> None:
    rates = RATES.astype(np.float32)
    rates[:, 1, 2] = np.nan
    assert a_set(rates).at(3).trials_per_stimulus().tolist() == [2, 2, 1]
    assert a_set(rates).responses.dtype == np.float32


def nan_at(*places) -> np.ndarray:
    rates = RATES.copy()
    rates[places] = np.nan
    return rates


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"responses": RATES[0]}, ValueError, r"Accepted is \(n_times, n_trials.*received \(2, 3, 5\)"),
        ({"responses": np.full(RATES.shape, "x")}, TypeError, "must be numbers.* dtype <U1"),
        ({"responses": nan_at(2, 1, 2, 3)}, ValueError, "NaN or infinity at 1 of 5 sites: IT-0003"),
        (
            {"responses": nan_at(2, 1, 2)},
            ValueError,
            "in some time bins only.*1 trials in which 75 to 125 ms.*one of b",
        ),
        ({"time_ms": BINS[:3]}, ValueError, r"`time_ms` has the wrong shape. Accepted is \(4, 2\); received \(3, 2\)"),
        ({"time_ms": [(50, 0), *BINS[1:]]}, ValueError, "`time_ms` is no time window.*received"),
        ({"time_ms": BINS[::-1]}, ValueError, "`time_ms` is not in order.*received starts 100, 75, 50, 0"),
        ({"stimulus_ids": ["a", "b", "a"]}, ValueError, "repeats some ids"),
    ],
)
def test_what_makes_no_recordings_is_refused(fields, error, words) -> None:
    with pytest.raises(error, match=words):
        a_set(**fields)


def test_there_is_no_bin_beyond_the_last() -> None:
    with pytest.raises(IndexError, match=r"`index=4` is no time bin. Accepted is 0 to 3"):
        a_set().at(4)
