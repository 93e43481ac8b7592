import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps.projection import random_projection

X = np.random.default_rng(0).normal(size=(20, 9000)).astype(np.float32)


def distances(x: np.ndarray) -> np.ndarray:
    return np.array([np.linalg.norm(a - b) for i, a in enumerate(x) for b in x[:i]])


@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
def test_distances_are_kept(kind) -> None:
    projected = random_projection(X, 800, kind=kind)
    assert projected.shape == (20, 800)
    assert projected.dtype == np.float32
    ratio = distances(projected) / distances(X)
    assert abs(ratio.mean() - 1) < 0.03
    assert ratio.std() < 0.05


@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
def test_the_seed_fixes_the_directions(kind) -> None:
    first = random_projection(X, 50, seed=1, kind=kind)
    np.testing.assert_array_equal(first, random_projection(X, 50, seed=1, kind=kind))
    assert not np.allclose(first, random_projection(X, 50, seed=2, kind=kind))


@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
def test_the_projection_is_linear_and_row_by_row(kind) -> None:
    together = random_projection(X, 60, kind=kind)
    apart = random_projection(2 * X[3:5], 60, kind=kind)
    np.testing.assert_allclose(apart, 2 * together[3:5], rtol=1e-3, atol=1e-3)


def test_few_units_stay_as_they_are() -> None:
    np.testing.assert_array_equal(random_projection(X[:, :10], 10), X[:, :10])


def test_a_kind_that_makes_no_projection_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`kind='dense'` is unknown. Accepted are 'sparse' and 'gaussian'"):
        random_projection(X, 5, kind="dense")


# --- whatever the numbers are -------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_there_are_as_many_features_as_wanted_and_few_units_stay_as_they_are(kind, n_units, n_features, seed) -> None:
    x = np.random.default_rng(seed).normal(size=(3, n_units))
    projected = random_projection(x, n_features, seed, kind)
    assert projected.shape == (3, min(n_units, n_features))
    assert projected.dtype == np.float32
    np.testing.assert_array_equal(random_projection(x, n_features, seed, kind), projected)
    if n_units <= n_features:
        np.testing.assert_array_equal(projected, x.astype(np.float32))


@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
@given(st.integers(0, 10_000))
@settings(max_examples=4, deadline=None)
def test_squared_distances_are_kept_on_average_and_spread_as_johnson_and_lindenstrauss_say(kind, first) -> None:
    x = np.random.default_rng(first).normal(size=(20, 400))
    lengths = np.square(x).sum(axis=1)
    seeds = range(first, first + 60)
    ratios = [np.square(random_projection(x, 20, seed, kind)).sum(axis=1) / lengths for seed in seeds]
    # Each is a chi-squared of 20 degrees of freedom over 20; 1,200 of them are averaged.
    assert np.mean(ratios) == pytest.approx(1, abs=0.06)
    assert np.std(ratios) == pytest.approx(np.sqrt(2 / 20), rel=0.2)
