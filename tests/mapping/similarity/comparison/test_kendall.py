import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, rankdata

from hcnn_widgets.mapping.similarity.comparison.kendall import (
    concordance,
    dense_ranks,
    tau_a,
    tau_b,
    tied_pairs,
)

PAIRS = st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=3, max_size=60)


def signs(x: np.ndarray) -> np.ndarray:
    return np.sign(x[:, np.newaxis] - x)


def slowly(x: np.ndarray, y: np.ndarray) -> float:
    return float((signs(x) * signs(y)).sum() / (len(x) * (len(x) - 1)))


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_tau_a_is_the_sum_of_products_of_signs_over_all_pairs(pairs) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    assert tau_a(x, y) == pytest.approx(slowly(x, y), abs=1e-14)


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_tau_b_is_scipys(pairs) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    assume(np.ptp(x) > 0 and np.ptp(y) > 0)
    assert tau_b(x, y) == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)


@pytest.mark.parametrize("n_values", [3, 500, 10**9])
def test_many_dissimilarities_with_many_few_or_no_ties(n_values) -> None:
    rng = np.random.default_rng(n_values)
    x, y = rng.integers(n_values, size=(2, 5000)).astype(np.float64)
    y = np.where(rng.random(5000) < 0.5, x, y)
    assert tau_a(x, y) == pytest.approx(slowly(x, y), abs=1e-14)
    assert tau_b(x, y) == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_it_is_symmetric_and_bounded_and_turns_with_the_sign(pairs) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    for tau in (tau_a, tau_b):
        assert tau(x, y) == tau(y, x)
        assert tau(x, -y) == -tau(x, y)
        assert abs(tau(x, y)) <= 1 + 1e-12


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_monotone_transforms_leave_it_unchanged(pairs) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    assert tau_a(np.exp(x), y**3) == tau_a(x, y)


def test_a_constant_is_like_nothing() -> None:
    x, constant = np.arange(5.0), np.ones(5)
    assert tau_a(x, constant) == tau_b(x, constant) == tau_b(constant, constant) == 0


def test_zero_has_no_sign() -> None:
    assert tau_a(np.array([0.0, -0.0, 1]), np.array([1.0, 2, 3])) == pytest.approx(2 / 3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=40))
def test_dense_ranks_are_scipys_from_0(values) -> None:
    x = np.array(values, dtype=np.float64)
    np.testing.assert_array_equal(dense_ranks(x), rankdata(x, method="dense") - 1)
    assert 2 * tied_pairs(dense_ranks(x)) == (signs(x) == 0).sum() - len(x)


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_the_count_is_a_whole_number_of_pairs(pairs) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    assert concordance(dense_ranks(x), dense_ranks(y)) == (signs(x) * signs(y)).sum() / 2
