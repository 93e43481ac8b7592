import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.noise.known_ceiling import known_ceiling
from hcnn_widgets.mapping.noise.reliability import ceiling
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

IDS = np.array([f"image{i:02d}" for i in range(24)])


def known(responses):
    recordings = RecordingSet(responses, IDS, "IT")
    return known_ceiling(recordings, ~recordings.constant_sites()), recordings


def several_trials(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(24, 3)) + 0.3 * rng.normal(size=(4, 24, 3))


def test_it_is_the_ceiling_where_there_is_one_and_sites_left_out_have_none() -> None:
    responses = several_trials()
    responses[:, :, 1] = 2.0
    found, recordings = known(responses)
    assert found.value == ceiling(recordings).value
    np.testing.assert_array_equal(found.per_site, ceiling(recordings).per_site)
    assert np.isnan(found.per_site).tolist() == [False, True, False]
    assert found.notes == ()


def test_a_site_that_varies_between_trials_alone_takes_no_part() -> None:
    responses = several_trials()[:2]
    responses[1, :, 0] = -responses[0, :, 0]
    found, recordings = known(responses)
    assert recordings.constant_sites().tolist() == [True, False, False]
    assert np.isnan(found.per_site[0])


def test_one_trial_of_each_stimulus_gives_none_and_says_so() -> None:
    found, _ = known(several_trials()[:1])
    assert np.isnan([found.value, *found.per_site]).all()
    assert found.notes == ("one trial per stimulus: no ceiling",)


def test_two_trials_of_one_stimulus_alone_give_none_and_say_so() -> None:
    responses = several_trials()[:2]
    responses[1, 1:] = np.nan
    found, _ = known(responses)
    assert np.isnan([found.value, *found.per_site]).all()
    assert found.notes == ("no site varies in both halves of the trials: no ceiling",)


def test_noise_is_said_to_be_no_more_than_chance() -> None:
    found, _ = known(np.random.default_rng(2).normal(size=(2, 24, 3)))
    assert found.notes[0].endswith("is not above chance (0.51 for 24 stimuli, p < .05): no correction")
    assert "of 3 sites is not above chance" in found.notes[1]


@given(st.permutations(range(24)), st.floats(0.01, 100), st.floats(-10, 10))
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_the_stimuli_nor_the_unit_matters(order, scale, shift) -> None:
    found, recordings = known(several_trials())
    other, _ = known(scale * recordings.responses + shift)
    permuted = recordings.select(IDS[order])
    again = known_ceiling(permuted, ~permuted.constant_sites())
    for one in (other, again):
        np.testing.assert_allclose(one.per_site, found.per_site)
        np.testing.assert_allclose(one.value, found.value)
        assert one.notes == found.notes
