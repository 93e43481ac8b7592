"""How two quantities go together over networks, against textbook formulas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import hcnn_widgets as hw

RNG = np.random.default_rng(0)
X = RNG.normal(size=24)
Y = 0.6 * X + RNG.normal(size=24)
Z = 0.5 * X + RNG.normal(size=24)


def test_r_and_its_interval_are_those_of_the_formulas() -> None:
    found = hw.sweeps.relation(X, Y)
    r = np.corrcoef(X, Y)[0, 1]
    z, half = np.arctanh(r), 1.959964 / np.sqrt(24 - 3)
    assert found.r == pytest.approx(r)
    np.testing.assert_allclose(found.fisher, [np.tanh(z - half), np.tanh(z + half)], rtol=1e-6)


def test_the_partial_correlation_is_that_of_the_three_pairs() -> None:
    xy, xz, yz = (np.corrcoef(a, b)[0, 1] for a, b in ((X, Y), (X, Z), (Y, Z)))
    expected = (xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2))
    assert hw.sweeps.relation(X, Y, Z).partial == pytest.approx(expected)


def test_ranks_do_not_mind_one_network_far_out() -> None:
    far = Y.copy()
    far[np.argmax(far)] = 1e6
    assert hw.sweeps.relation(X, far).rank == pytest.approx(hw.sweeps.relation(X, Y).rank)


def test_the_bootstrap_interval_is_that_of_scipy() -> None:
    theirs = stats.bootstrap(
        (X, Y), lambda a, b: np.corrcoef(a, b)[0, 1], paired=True, vectorized=False, method="percentile", rng=1
    ).confidence_interval
    np.testing.assert_allclose(hw.sweeps.relation(X, Y).bootstrap, [theirs.low, theirs.high], atol=0.03)


def test_on_noise_the_interval_holds_zero_nineteen_times_of_twenty() -> None:
    rng = np.random.default_rng(1)
    held = [hw.sweeps.relation(rng.normal(size=24), rng.normal(size=24)).fisher for _ in range(400)]
    share = np.mean([low < 0 < high for low, high in held])
    assert 0.92 < share < 0.98


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=9))
def test_whatever_comes_r_is_within_its_interval_or_not_known(pairs: list[tuple[float, float]]) -> None:
    x, y = np.array(pairs).reshape(-1, 2).T.round(3)
    found = hw.sweeps.relation(x, y)
    assert np.isnan(found.r) or found.fisher[0] - 1e-9 <= found.r <= found.fisher[1] + 1e-9
    assert str(len(pairs)) in str(found)


def test_networks_that_lack_a_number_are_left_out() -> None:
    x, y = X.copy(), Y.copy()
    x[3], y[5] = np.nan, np.nan
    kept = np.delete(np.arange(24), [3, 5])
    assert hw.sweeps.relation(x, y).n == 22
    assert hw.sweeps.relation(x, y).r == pytest.approx(np.corrcoef(X[kept], Y[kept])[0, 1])


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="a value a network each"):
        hw.sweeps.relation(X, Y[:-1])


def test_where_the_third_quantity_says_all_nothing_is_left_to_go_together() -> None:
    found = hw.sweeps.relation([0.1, 0.2, 0.3, 0.4], [0.3, 0.1, 0.4, 0.2], [1.0, 2.0, 3.0, 4.0])
    assert np.isnan(found.partial)
    assert np.isnan(hw.sweeps.relation([0.2, 0.2, 0.4, 0.4], [0.1, 0.1, 0.3, 0.3], [1.0, 1.0, 2.0, 2.0]).partial)
