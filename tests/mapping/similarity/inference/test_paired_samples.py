import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.inference.paired_samples import PairedSamples
from hcnn_widgets.mapping.similarity.inference.resampling import drawn_counts


def weights_of(counts: np.ndarray) -> np.ndarray:
    """Give how often each sample holds each dissimilarity, (k, n_bootstrap), one sample in a column."""
    first, second = np.triu_indices(counts.shape[1], 1)
    return (counts[:, first] * counts[:, second]).T


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 40), st.integers(1, 9), st.integers(1, 64), st.integers(0, 1000))
def test_what_is_summed_in_pairs_is_summed_for_each_sample(n, n_bootstrap, size, seed) -> None:
    rng = np.random.default_rng(seed)
    counts = drawn_counts(n, n_bootstrap, 3, rng)
    samples, alone = PairedSamples.of(counts, size), weights_of(counts)
    rows = rng.permutation(len(alone))[:size]
    signs, others = rng.integers(-1, 2, size=(2, 3, len(rows)))
    paired, dtype = samples.weights[rows], samples.weights.dtype
    found = samples.joined(samples.summed("oc,oc->c", signs.astype(dtype) @ paired, others.astype(dtype) @ paired))
    np.testing.assert_array_equal(found, ((signs @ alone[rows]) * (others @ alone[rows])).sum(axis=0))


def test_places_left_empty_weigh_nothing() -> None:
    samples = PairedSamples.of(drawn_counts(10, 5, 3, np.random.default_rng(0)), 8)
    assert samples.weights.shape == (46, 3)
    assert not samples.weights[-1].any()


@pytest.mark.parametrize(("n", "dtype"), [(92, np.float32), (200, np.float64)])
def test_single_precision_serves_where_sums_stay_exact_in_it(n, dtype) -> None:
    counts = drawn_counts(n, 1000, 3, np.random.default_rng(0))
    assert PairedSamples.of(counts, 128).weights.dtype == dtype


def test_the_heaviest_block_there_could_be_is_still_taken_apart() -> None:
    counts = np.array([[31, 30, 28, 1, 1, 1], [1, 1, 1, 28, 30, 31]])
    samples, alone = PairedSamples.of(counts, 3), weights_of(counts)
    for row in range(2):
        heaviest = np.argsort(alone[:, row])[-3:]
        summed = samples.weights[heaviest].sum(axis=0, keepdims=True)
        found = samples.joined(samples.summed("oc,oc->c", summed, -summed))
        np.testing.assert_array_equal(found, -(alone[heaviest].sum(axis=0) ** 2))
