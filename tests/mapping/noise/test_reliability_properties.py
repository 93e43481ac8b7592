"""What the halves of the trials and the noise ceiling keep, whatever the numbers and whichever trials are missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.noise.reliability import HALVES, ceiling
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

N_TRIALS, N, N_SITES = 6, 24, 4
IDS = np.array([f"image{row:02d}" for row in range(N)])
COUNTS = st.lists(st.integers(1, N_TRIALS), min_size=N // 2, max_size=N // 2).map(
    lambda some: [*some, *[N_TRIALS] * (N // 2)]
)
"""Trials of each stimulus; half of the stimuli have all."""
SEEDS = st.integers(0, 10_000)
QUICK = settings(max_examples=15, deadline=None)

every_way = pytest.mark.parametrize("halves", list(HALVES))


def with_missing_trials(counts, seed: int, noise: float = 1.0) -> np.ndarray:
    """Give responses of which each stimulus has as many trials as `counts` says, some of them last, some first."""
    rng = np.random.default_rng(seed)
    responses = rng.normal(size=(N, N_SITES)) + noise * rng.normal(size=(N_TRIALS, N, N_SITES))
    for row, count in enumerate(counts):
        responses[rng.permutation(N_TRIALS)[count:], row] = np.nan
    return responses


@every_way
@QUICK
@given(COUNTS, SEEDS, st.permutations(range(N)), st.permutations(range(N_SITES)))
def test_neither_the_order_of_stimuli_nor_that_of_sites_matters(halves, counts, seed, stimuli, sites) -> None:
    responses = with_missing_trials(counts, seed)
    expected = ceiling(RecordingSet(responses, IDS, "IT"), halves)
    found = ceiling(RecordingSet(responses[:, stimuli][:, :, sites], IDS[stimuli], "IT"), halves)
    np.testing.assert_allclose(found.per_split, expected.per_split[:, sites], atol=1e-9)
    assert found.value == pytest.approx(expected.value, abs=1e-9)
    assert found.error == pytest.approx(expected.error, abs=1e-9, nan_ok=True)


@every_way
@QUICK
@given(COUNTS, SEEDS)
def test_each_site_has_a_unit_and_a_zero_of_its_own(halves, counts, seed) -> None:
    responses = with_missing_trials(counts, seed)
    rng = np.random.default_rng(seed)
    scales, shifts = rng.choice([-1, 1], N_SITES) * rng.uniform(0.01, 100, N_SITES), rng.uniform(-50, 50, N_SITES)
    expected = ceiling(RecordingSet(responses, IDS, "IT"), halves)
    found = ceiling(RecordingSet(responses * scales + shifts, IDS, "IT"), halves)
    np.testing.assert_allclose(found.per_split, expected.per_split, rtol=1e-6, atol=1e-6)


@every_way
@QUICK
@given(COUNTS, SEEDS, st.integers(0, N_SITES - 1))
def test_a_site_has_its_own_reliability_whatever_is_recorded_beside_it(halves, counts, seed, site) -> None:
    recordings = RecordingSet(with_missing_trials(counts, seed), IDS, "IT")
    alone = ceiling(recordings.select_sites(recordings.site_ids[[site]]), halves)
    np.testing.assert_allclose(alone.per_site, ceiling(recordings, halves).per_site[[site]], atol=1e-9)
    assert alone.value == pytest.approx(alone.per_site[0], abs=1e-9)


@every_way
@QUICK
@given(COUNTS, SEEDS)
def test_without_noise_the_ceiling_is_1(halves, counts, seed) -> None:
    found = ceiling(RecordingSet(with_missing_trials(counts, seed, noise=0.0), IDS, "IT"), halves)
    np.testing.assert_allclose(found.per_split, 1, rtol=1e-9)
    assert found.value == pytest.approx(1)
    assert np.isnan(found.error) if halves == "in order" else found.error == pytest.approx(0, abs=1e-9)


@every_way
@QUICK
@given(COUNTS, SEEDS, st.integers(1, 4))
def test_halves_hold_half_of_what_there_is_and_share_nothing(halves, counts, seed, n_splits) -> None:
    responses = with_missing_trials(counts, seed)
    present = ~np.isnan(responses[:, :, 0])
    made = list(HALVES[halves](RecordingSet(responses, IDS, "IT"), n_splits))
    assert len(made) == (1 if halves == "in order" else n_splits)
    for one, other in made:
        assert not (one & other).any()
        assert not ((one | other) & ~present).any()
        full = np.array(counts) == N_TRIALS
        assert (one.sum(axis=0)[full] == N_TRIALS // 2).all()
        assert (other.sum(axis=0)[full] == N_TRIALS // 2).all()
