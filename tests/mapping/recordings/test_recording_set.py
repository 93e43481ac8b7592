import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

IDS = ["c", "a", "b"]


def a_set(responses=None, **fields) -> RecordingSet:
    responses = np.arange(24.0).reshape(2, 3, 4) if responses is None else responses
    return RecordingSet(responses, **{"stimulus_ids": IDS, "area": "V4", **fields})


def test_a_set_knows_its_size_and_says_it() -> None:
    recordings = a_set(simulated=True)
    assert (recordings.n_trials, len(recordings), recordings.n_sites) == (2, 3, 4)
    assert repr(recordings) == "RecordingSet(V4: 2 trials x 3 stimuli x 4 sites, simulated)"
    assert recordings.site_ids.tolist() == ["V4-0000", "V4-0001", "V4-0002", "V4-0003"]


def test_what_it_holds_cannot_be_changed_from_outside() -> None:
    responses = np.zeros((2, 3, 4))
    recordings = a_set(responses)
    responses[:] = 1
    assert not recordings.responses.any()
    with pytest.raises(ValueError, match=r"read-only"):
        recordings.responses[0] = 1
    with pytest.raises(AttributeError):
        recordings.area = "IT"


def test_the_mean_over_trials_skips_missing_ones() -> None:
    responses = np.random.default_rng(0).normal(size=(5, 3, 4))
    responses[1:, 0] = np.nan
    recordings = a_set(responses)
    np.testing.assert_allclose(recordings.mean_over_trials(), np.nanmean(responses, axis=0), rtol=1e-12)
    assert recordings.trials_per_stimulus().tolist() == [1, 5, 5]


def test_the_mean_over_some_trials_is_of_those() -> None:
    responses = np.random.default_rng(0).normal(size=(5, 3, 4))
    responses[3:, 0] = np.nan
    trials = np.array([[1, 1, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 1]], dtype=bool)
    expected = [responses[trials[:, stimulus], stimulus].mean(axis=0) for stimulus in range(3)]
    np.testing.assert_allclose(a_set(responses).mean_over_trials(trials), expected)
    with pytest.raises(ValueError, match=r"`trials` leave 1 stimuli without a trial.*received none of c"):
        a_set(responses).mean_over_trials(trials & [[False, True, True]])


@pytest.mark.parametrize(
    ("trials", "words"),
    [
        (np.ones((2, 3), dtype=bool), r"`trials` choose some that are missing, of 1 stimuli: a\. Accepted are trials"),
        (
            np.ones((2, 3)),
            r"`trials` is no choice of trials\. Accepted is .*, \(2, 3\); received \(2, 3\) of dtype float64",
        ),
        (np.ones(2, dtype=bool), r"received \(2,\) of dtype bool"),
        ([1], r"received \(1,\) of dtype int64"),
    ],
)
def test_a_mean_is_of_trials_that_were_recorded(trials, words) -> None:
    responses = np.ones((2, 3, 4))
    responses[1, 1] = np.nan
    with pytest.raises(ValueError, match=words):
        a_set(responses).mean_over_trials(trials)


def test_constant_sites_are_found() -> None:
    responses = np.random.default_rng(0).normal(size=(2, 3, 4))
    responses[:, :, 1] = 3
    assert a_set(responses).constant_sites().tolist() == [False, True, False, False]


def test_rounding_of_the_mean_makes_no_site_vary() -> None:
    responses = np.full((3, 3, 4), 0.1)
    responses[0, 0] = np.nan
    assert np.ptp(a_set(responses).mean_over_trials()) > 0, "the means differ by rounding"
    assert a_set(responses).constant_sites().all()


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=20), st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_presentations_of_one_stimulus_are_its_trials(shown, seed) -> None:
    rows = np.random.default_rng(seed).normal(size=(len(shown), 3))
    recordings = RecordingSet.from_presentations(rows, shown, "IT", labels=[f"kind of {one}" for one in shown])
    assert recordings.stimulus_ids.tolist() == sorted(set(shown))
    assert recordings.labels.tolist() == [f"kind of {one}" for one in sorted(set(shown))]
    for name, count, trials in zip(
        recordings.stimulus_ids, recordings.trials_per_stimulus(), recordings.responses.swapaxes(0, 1), strict=True
    ):
        assert count == shown.count(name)
        np.testing.assert_array_equal(trials[:count], rows[[one == name for one in shown]])


@pytest.mark.parametrize(
    ("rows", "ids", "labels", "words"),
    [
        (np.zeros((2, 3, 4)), ["a", "b"], None, r"Accepted is \(n_presentations, n_sites\); received \(2, 3, 4\)"),
        (np.zeros((2, 3)), ["a"], None, r"`stimulus_ids` has the wrong length. Accepted is \(2,\)"),
        (np.zeros((0, 3)), np.zeros(0, np.str_), None, "none of them 0"),
        (np.zeros((3, 3)), ["a", "b", "a"], ["x", "y", "z"], "`labels` give a stimulus two labels.*two for a"),
    ],
)
def test_what_makes_no_presentations_is_refused(rows, ids, labels, words) -> None:
    with pytest.raises(ValueError, match=words):
        RecordingSet.from_presentations(rows, ids, "IT", labels)


def test_the_time_window_is_kept_and_checked() -> None:
    assert a_set(time_ms=[70, 170]).select(["b"]).time_ms == (70.0, 170.0)
    for window in ((170, 70), (70,), (0, np.inf)):
        with pytest.raises(ValueError, match=r"`time_ms` is no time window. Accepted is \(start, end\) in ms"):
            a_set(time_ms=window)


def test_selecting_takes_responses_labels_and_images_along() -> None:
    stimuli = StimulusSet.from_arrays(np.eye(3, 9).reshape(3, 3, 3), stimulus_ids=IDS)
    some = a_set(stimuli=stimuli, labels=["x", "y", "z"]).select(["b", "c"])
    assert some.stimulus_ids.tolist() == some.stimuli.stimulus_ids.tolist() == ["b", "c"]
    assert some.labels.tolist() == ["z", "x"]
    assert some.responses[0, :, 0].tolist() == [8, 0]
    assert some.stimuli.images.ravel().argmax() == 2


def test_sites_are_selected_by_id() -> None:
    some = a_set(site_ids=["p", "q", "r", "s"]).select_sites(["s", "p"])
    assert some.site_ids.tolist() == ["s", "p"]
    assert some.responses[0, 0].tolist() == [3, 0]


def test_the_images_are_brought_into_the_order_of_the_recordings() -> None:
    stimuli = StimulusSet.from_arrays(np.zeros((4, 3, 3)), stimulus_ids=["a", "b", "c", "d"])
    assert a_set(stimuli=stimuli).stimuli.stimulus_ids.tolist() == IDS


def test_recorded_ids_without_an_image_are_refused() -> None:
    stimuli = StimulusSet.from_arrays(np.zeros((2, 3, 3)), stimulus_ids=["a", "b"])
    with pytest.raises(ValueError, match=r"`stimuli` lacks 1 of 3 ids.*missing are c"):
        a_set(stimuli=stimuli)


def test_nan_at_some_sites_of_a_trial_is_refused_and_the_sites_are_named() -> None:
    responses = np.zeros((2, 3, 4))
    responses[0, 1, 2], responses[1, 0, 3] = np.nan, np.inf
    with pytest.raises(ValueError, match=r"NaN or infinity at 2 of 4 sites: V4-0002, V4-0003\. Accepted"):
        a_set(responses)


def test_a_stimulus_without_any_trial_is_refused() -> None:
    responses = np.zeros((2, 3, 4))
    responses[:, 1] = np.nan
    with pytest.raises(ValueError, match=r"no trial at all for 1 stimuli: a. Accepted"):
        a_set(responses)


@pytest.mark.parametrize(
    ("responses", "fields", "error", "words"),
    [
        (np.zeros(3), {}, ValueError, r"Accepted is \(n_trials, n_stimuli, n_sites\).*received \(3,\)"),
        (np.zeros((1, 2, 3, 4)), {}, ValueError, r"or \(n_stimuli, n_sites\) for one trial.*received \(1, 2, 3, 4\)"),
        (np.zeros((4, 3)), {}, ValueError, r"`stimulus_ids` has the wrong length. Accepted is \(4,\); received \(3,\)"),
        (np.zeros((0, 3, 4)), {}, ValueError, "none of them 0; received"),
        (np.full((2, 3, 4), "x"), {}, TypeError, "`responses` must be numbers.*<U1"),
        (None, {"stimulus_ids": ["a", "b"]}, ValueError, r"`stimulus_ids` has the wrong length. Accepted is \(3,\)"),
        (
            None,
            {"stimulus_ids": ["a", "b", "a"]},
            ValueError,
            "repeats some ids.*more than once: a. Rows that are presentations.*from_presentations",
        ),
        (None, {"stimulus_ids": [1, 2, 3]}, TypeError, "`stimulus_ids` must be text"),
        (None, {"site_ids": ["p", "p", "q", "r"]}, ValueError, "`site_ids` repeats some ids"),
        (None, {"labels": ["x"]}, ValueError, r"`labels` has the wrong length. Accepted is \(3,\)"),
        (None, {"area": ""}, TypeError, "`area` must name the brain area.*received ''"),
    ],
)
def test_what_makes_no_recordings_is_refused(responses, fields, error, words) -> None:
    with pytest.raises(error, match=words):
        a_set(responses, **fields)


def test_stimuli_by_sites_are_a_single_trial() -> None:
    rates = np.arange(12.0).reshape(3, 4)
    recordings = a_set(rates)
    np.testing.assert_array_equal(recordings.responses, rates[np.newaxis])
    assert recordings.select(["b", "c"]).responses.shape == (1, 2, 4)
