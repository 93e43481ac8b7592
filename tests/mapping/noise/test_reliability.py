from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr

from hcnn_widgets.mapping.noise.reliability import HALVES, ceiling, spearman_brown
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet


def noisy(n_trials: int = 6, n_stimuli: int = 400, n_sites: int = 8, reliability: float = 0.6, seed: int = 0):
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=(n_stimuli, n_sites))
    noise = np.sqrt(n_trials * (1 - reliability) / reliability) * rng.normal(size=(n_trials, n_stimuli, n_sites))
    return RecordingSet(signal + noise, [f"{i:04d}" for i in range(n_stimuli)], area="IT")


def test_every_way_of_halving_has_its_words() -> None:
    assert len({halving.words for halving in HALVES.values()}) == len(HALVES)


def test_the_ceiling_is_brain_scores(brainscore) -> None:
    ours = ceiling(brainscore["recordings"])
    assert ours.value == pytest.approx(brainscore["values"]["ceiling"], abs=1e-9)
    assert ours.error == pytest.approx(brainscore["values"]["ceiling_error"], abs=1e-9)


def test_a_split_is_the_correlation_of_two_averages_corrected_for_length() -> None:
    recordings = noisy(n_trials=2)
    first, second = recordings.responses
    expected = [2 * r / (1 + r) for r in (pearsonr(a, b)[0] for a, b in zip(first.T, second.T, strict=True))]
    np.testing.assert_allclose(ceiling(recordings, n_splits=1).per_site, expected)


@pytest.mark.parametrize("halves", list(HALVES))
def test_it_finds_the_reliability_that_the_noise_was_made_for(halves) -> None:
    assert ceiling(noisy(n_stimuli=1500), halves).value == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize("halves", list(HALVES))
def test_halves_share_no_trial_and_use_no_missing_one(halves) -> None:
    responses = np.random.default_rng(0).normal(size=(7, 20, 3))
    responses[4:, :9] = np.nan
    recordings = RecordingSet(responses, [f"{i:02d}" for i in range(20)], area="V4")
    for one, other in HALVES[halves](recordings, 5):
        assert not (one & other).any()
        assert not ((one | other) & np.isnan(responses[:, :, 0])).any()


def test_halves_per_stimulus_use_every_trial_and_differ_by_one_at_most() -> None:
    responses = np.random.default_rng(0).normal(size=(7, 20, 3))
    responses[4:, :9], responses[5:, 9:12] = np.nan, np.nan
    recordings = RecordingSet(responses, [f"{i:02d}" for i in range(20)], area="V4")
    for one, other in HALVES["per stimulus"](recordings, 5):
        assert ((one | other).sum(axis=0) == recordings.trials_per_stimulus()).all()
        assert np.abs(one.sum(axis=0) - other.sum(axis=0)).max() <= 1


def test_halves_in_order_are_the_earlier_and_the_later_trials_of_each_stimulus() -> None:
    responses = np.ones((7, 4, 2))
    responses[4:, 1], responses[0, 2], responses[1:, 3] = np.nan, np.nan, np.nan
    ((one, other),) = HALVES["in order"](RecordingSet(responses, list("abcd"), area="V4"), 10)
    assert [np.flatnonzero(column).tolist() for column in one.T] == [[0, 1, 2], [0, 1], [1, 2, 3], []]
    assert [np.flatnonzero(column).tolist() for column in other.T] == [[3, 4, 5], [2, 3], [4, 5, 6], []]


def test_one_split_has_no_error_and_many_have() -> None:
    recordings = noisy(n_stimuli=50)
    in_order = ceiling(recordings, "in order")
    assert in_order.per_split.shape == (1, 8)
    assert np.isnan(in_order.error)
    assert "earlier against later half" in in_order.convention
    assert ceiling(recordings, n_splits=3).error > 0


@pytest.mark.parametrize("numbers", [1, 2**24])
@pytest.mark.parametrize("halves", list(HALVES))
def test_it_is_the_average_of_each_half_split_by_split_with_trials_missing(halves, numbers, monkeypatch) -> None:
    monkeypatch.setattr(import_module("hcnn_widgets.mapping.noise.reliability"), "_NUMBERS", numbers)
    responses = noisy(n_trials=5, n_stimuli=40).responses.copy()
    responses[2:, :4], responses[:3, 4:9], responses[1:, 20] = np.nan, np.nan, np.nan
    recordings = RecordingSet(responses, [f"{i:02d}" for i in range(40)], area="V4")
    for r, masks in zip(ceiling(recordings, halves, 6).per_split, HALVES[halves](recordings, 6), strict=True):
        both = masks[0].any(axis=0) & masks[1].any(axis=0)
        one, other = (
            np.array([responses[mask[:, row], row].mean(axis=0) for row in np.flatnonzero(both)]) for mask in masks
        )
        expected = np.array([pearsonr(a, b)[0] for a, b in zip(one.T, other.T, strict=True)])
        np.testing.assert_allclose(r, 2 * expected / (1 + expected))


@given(st.permutations(range(30)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_stimuli_does_not_matter(order) -> None:
    recordings = noisy(n_stimuli=30)
    other = recordings.select(recordings.stimulus_ids[order])
    np.testing.assert_allclose(ceiling(other).per_split, ceiling(recordings).per_split)


def test_the_scale_of_a_site_does_not_matter() -> None:
    recordings = noisy(n_stimuli=50)
    scaled = RecordingSet(recordings.responses * 7 - 3, recordings.stimulus_ids, area="IT")
    np.testing.assert_allclose(ceiling(scaled).per_site, ceiling(recordings).per_site)


def test_constant_sites_are_left_out_of_the_median() -> None:
    recordings = noisy(n_stimuli=50)
    responses = recordings.responses.copy()
    responses[:, :, 0] = 1.0
    limit = ceiling(RecordingSet(responses, recordings.stimulus_ids, area="IT"))
    assert np.isnan(limit.per_site[0])
    without = RecordingSet(responses[:, :, 1:], recordings.stimulus_ids, area="IT")
    assert limit.value == pytest.approx(ceiling(without).value)
    assert "split-half reliability" in repr(limit)


def test_it_says_what_a_perfect_model_reaches_on_the_scale_of_r() -> None:
    limit = replace(ceiling(noisy(n_stimuli=10)), value=0.64, error=0.01)
    assert repr(limit).startswith(
        "Ceiling(reliability 0.640 +- 0.010; a perfect model's expected r is 0.800, its square root; split-half"
    )


def test_trials_that_run_against_one_another_have_no_ceiling_and_no_huge_number_in_print() -> None:
    signal = np.random.default_rng(0).normal(size=(1, 8, 2))
    against = ceiling(RecordingSet(np.concatenate([signal, -signal]), list("abcdefgh"), area="IT"), "in order")
    assert repr(against).startswith("Ceiling(no ceiling: reliability is not above 0; split-half")


def test_a_ceiling_of_simulated_recordings_says_so() -> None:
    limit = ceiling(replace(noisy(n_stimuli=10), simulated=True))
    assert limit.simulated
    for shown in (limit, replace(limit, value=-1.0)):
        assert repr(shown).endswith("; the recordings are simulated)")
    assert "simulated" not in repr(ceiling(noisy(n_stimuli=10)))


def test_one_trial_has_no_ceiling() -> None:
    with pytest.raises(ValueError, match=r"have no ceiling. Accepted are 2 trials or more"):
        ceiling(RecordingSet(np.ones((1, 3, 2)), ["a", "b", "c"], area="V4"))


def test_silent_recordings_have_no_ceiling() -> None:
    with pytest.raises(ValueError, match=r"no site that varies in every half. Accepted is one or more; received none"):
        ceiling(RecordingSet(np.ones((4, 3, 2)), ["a", "b", "c"], area="V4"))


def test_trials_of_different_stimuli_only_have_no_ceiling() -> None:
    responses = np.full((2, 3, 2), np.nan)
    responses[0, 0], responses[1, 1:], responses[0, 1] = 1.0, 2.0, 3.0
    with pytest.raises(ValueError, match=r"no site that varies in every half"):
        ceiling(RecordingSet(responses, ["a", "b", "c"], area="V4"))


def test_an_unknown_way_of_halving_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"`splits='odd'` is no way to halve trials. Accepted are 'brain-score', 'per stim"
    ):
        ceiling(noisy(n_stimuli=10), "odd")


@given(st.floats(-0.99, 1))
def test_spearman_brown_can_be_undone_and_keeps_the_sign(r) -> None:
    whole = float(spearman_brown(np.array(r)))
    assert whole / (2 - whole) == pytest.approx(r, abs=1e-9)
    assert np.sign(whole) == np.sign(r)


@pytest.mark.parametrize("n_splits", [0, -1, 2.5, True, "ten"])
def test_a_number_of_splits_that_is_no_count_is_refused(n_splits) -> None:
    recordings = RecordingSet(np.random.default_rng(0).normal(size=(3, 8, 2)), [f"{i}" for i in range(8)], "IT")
    with pytest.raises(ValueError, match=r"`n_splits` is no count\. Accepted is a whole number of 1 or more; received"):
        ceiling(recordings, n_splits=n_splits)
