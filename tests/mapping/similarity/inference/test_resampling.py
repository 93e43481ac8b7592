from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.inference import resampling
from hcnn_widgets.mapping.similarity.inference.resampling import drawn_counts, pairs_of_sample, resampled


def drawn(vector: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Draw a sample's RDM and leave out pairs of a stimulus with its own copy."""
    rows = np.repeat(np.arange(len(counts)), counts)
    square = squareform(vector)[np.ix_(rows, rows)]
    first, second = np.triu_indices(len(rows), 1)
    return square[first, second][rows[first] != rows[second]]


def slowly(compared: Callable, models: np.ndarray, subjects: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return np.array([[[compared(drawn(x, one), drawn(y, one)) for y in subjects] for x in models] for one in counts])


@pytest.mark.parametrize("method", ["tau_a", "tau_b", "rho_a", "spearman", "pearson", "cosine"])
def test_other_comparisons_are_those_of_samples_that_are_drawn(method) -> None:
    rng = np.random.default_rng(0)
    models, subjects = rng.random((2, 28)), rng.random((3, 28))
    counts = drawn_counts(8, 4, 3, rng)
    expected = slowly(COMPARISONS[method], models, subjects, counts)
    np.testing.assert_allclose(resampled(models, subjects, counts, method), expected, atol=1e-12)


def test_tau_a_of_very_many_dissimilarities_is_counted_sample_by_sample(monkeypatch) -> None:
    rng = np.random.default_rng(0)
    models, subjects, counts = rng.random((2, 28)), rng.random((3, 28)), drawn_counts(8, 4, 3, rng)
    at_once = resampled(models, subjects, counts, "tau_a")
    monkeypatch.setattr(resampling, "MOST_WEIGHTED", 27)
    monkeypatch.setattr(resampling, "resampled_tau_a", None)
    np.testing.assert_allclose(resampled(models, subjects, counts, "tau_a"), at_once, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=3, max_size=8))
def test_a_samples_pairs_are_those_of_different_stimuli(counts) -> None:
    one = np.array(counts)
    vector = np.arange(len(one) * (len(one) - 1) / 2)
    np.testing.assert_array_equal(vector[pairs_of_sample(one)], drawn(vector, one))


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 30), st.integers(1, 40), st.integers(0, 1000))
def test_samples_are_as_large_as_what_they_are_drawn_from(n, n_bootstrap, seed) -> None:
    counts = drawn_counts(n, n_bootstrap, 3, np.random.default_rng(seed))
    assert counts.shape == (n_bootstrap, n)
    assert (counts.sum(axis=1) == n).all()
    assert (counts > 0).sum(axis=1).min() >= 3


def test_samples_are_drawn_evenly() -> None:
    counts = drawn_counts(10, 4000, 3, np.random.default_rng(0))
    assert np.abs(counts.mean(axis=0) - 1).max() < 0.08
    assert (counts == 0).mean() == pytest.approx(0.9**10, abs=0.01)
