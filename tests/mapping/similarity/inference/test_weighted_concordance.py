import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.kendall import tau_a
from hcnn_widgets.mapping.similarity.inference.resampling import drawn_counts, pairs_of_sample
from hcnn_widgets.mapping.similarity.inference.weighted_concordance import resampled_tau_a


def slow_tau_a(x: np.ndarray, y: np.ndarray) -> float:
    return float((np.sign(x[:, np.newaxis] - x) * np.sign(y[:, np.newaxis] - y)).sum() / (len(x) * (len(x) - 1)))


def slowly(models: np.ndarray, subjects: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Draw every sample and look at every pair in it."""
    samples = [pairs_of_sample(one) for one in counts]
    return np.array([[[slow_tau_a(x[one], y[one]) for y in subjects] for x in models] for one in samples])


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 14), st.integers(0, 1000), st.sampled_from([2, 4, 12, 1000]))
def test_weights_give_the_tau_a_of_samples_that_are_drawn(n, seed, n_values) -> None:
    rng = np.random.default_rng(seed)
    k = n * (n - 1) // 2
    models, subjects = (rng.integers(n_values, size=(rows, k)).astype(np.float64) for rows in (2, 3))
    counts = drawn_counts(n, 5, 3, rng)
    np.testing.assert_allclose(resampled_tau_a(models, subjects, counts), slowly(models, subjects, counts), atol=1e-12)


@pytest.mark.parametrize("n_values", [2, 40, 10**9])
def test_many_blocks_and_ties_of_all_sizes_are_as_exact(n_values) -> None:
    rng = np.random.default_rng(n_values)
    models, subjects = rng.integers(n_values, size=(2, 2, 60 * 59 // 2)).astype(np.float64)
    counts = drawn_counts(60, 3, 3, rng)
    np.testing.assert_allclose(resampled_tau_a(models, subjects, counts), slowly(models, subjects, counts), atol=1e-12)


def test_sums_too_large_for_float32_are_made_in_float64() -> None:
    rng = np.random.default_rng(0)
    truth = rng.random(200 * 199 // 2)
    other = truth + 0.01 * rng.random(truth.size)
    counts = drawn_counts(200, 2, 3, rng)
    expected = [tau_a(truth[pairs], other[pairs]) for pairs in map(pairs_of_sample, counts)]
    found = resampled_tau_a(truth[np.newaxis], other[np.newaxis], counts)
    np.testing.assert_allclose(found.ravel(), expected, atol=1e-13)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100))
def test_models_and_subjects_may_change_places_and_monotone_transforms_do_nothing(seed) -> None:
    rng = np.random.default_rng(seed)
    models, subjects = rng.random((2, 45)), rng.random((3, 45))
    counts = drawn_counts(10, 4, 3, rng)
    found = resampled_tau_a(models, subjects, counts)
    np.testing.assert_array_equal(resampled_tau_a(subjects, models, counts), found.swapaxes(1, 2))
    np.testing.assert_array_equal(resampled_tau_a(np.exp(models), subjects**3, counts), found)
    assert np.abs(found).max() <= 1
