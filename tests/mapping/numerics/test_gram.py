import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.numerics import gram as module
from hcnn_widgets.mapping.numerics.gram import Gram

SHAPES = [(30, 80), (30, 30), (30, 7)]


def activations(n_stimuli: int, n_units: int, mean: float = 3.0) -> np.ndarray:
    return np.random.default_rng(0).normal(mean, 1, size=(n_stimuli, n_units))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_it_holds_the_products_of_centred_stimuli(shape, precision) -> None:
    x = activations(*shape)
    centred = x - x.mean(axis=0)
    expected, ours = centred @ centred.T, Gram(x, precision)
    close = {"atol": 1e-4 if precision == np.float32 else 1e-11}
    rows, some, others = np.eye(30)[:3], np.array([4, 1]), np.array([0, 5, 9])
    np.testing.assert_allclose(ours.times(rows), expected[:3], **close)
    np.testing.assert_allclose(ours.among(some), expected[np.ix_(some, some)], **close)
    np.testing.assert_allclose(ours.among(some, others), expected[np.ix_(some, others)], **close)
    assert ours.times(rows).dtype == ours.among(some).dtype == np.float64
    assert ours.trace == pytest.approx(np.trace(expected), rel=1e-6)
    assert (ours.precision, ours.n_units) == (precision, shape[1])


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shorter_way_round_is_kept(shape) -> None:
    ours = Gram(activations(*shape))
    assert ours.dual == (shape[1] >= shape[0])
    assert ours.values.shape == (30, min(shape[1], 30))


def test_many_units_are_gone_through_in_parts(monkeypatch) -> None:
    x = activations(50, 130)
    whole = Gram(x).values
    monkeypatch.setattr(module, "WIDTH", 40)
    np.testing.assert_allclose(Gram(x).values, whole, atol=1e-11)


@pytest.mark.parametrize("precision", [np.float64, np.float32])
@given(mean=st.floats(-1e5, 1e5))
@settings(max_examples=10, deadline=None)
def test_a_large_mean_costs_no_digits(precision, mean) -> None:
    x = activations(20, 60, 0.0)
    expected, ours = Gram(x).values, Gram(x + mean, precision).values
    # Of float64 numbers at 1e5 some 11 digits are left; single precision keeps its 7 throughout.
    np.testing.assert_allclose(ours, expected, atol=1e-4 if precision == np.float32 else 1e-8)


def test_single_precision_activations_at_a_large_mean_lose_what_they_have_lost_already_and_no_more() -> None:
    x = (activations(200, 300, 0.0) + 1e4).astype(np.float32)
    centred = x.astype(np.float64) - x.mean(axis=0, dtype=np.float64)
    h = np.eye(200) - 1 / 200
    ours = h @ Gram(x, np.float32).values.astype(np.float64) @ h
    np.testing.assert_allclose(ours, centred @ centred.T, atol=1e-3)


@pytest.mark.parametrize("precision", [np.float64, np.float32])
@pytest.mark.parametrize("n_units", [5, 50])
def test_units_that_are_all_constant_leave_nothing(n_units, precision) -> None:
    values = np.random.default_rng(0).normal(0, 1e3, size=n_units)
    ours = Gram(np.tile(values, (30, 1)), precision)
    assert ours.trace == 0
    assert not ours.times(np.eye(30)).any()


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("n_units", [5, 20])
def test_activations_of_few_digits_are_left_as_they_are_and_lose_none(dtype, n_units) -> None:
    x = activations(10, n_units).astype(dtype)
    before = x.copy()
    exact = Gram(x.astype(np.float64)).times(np.eye(10))
    np.testing.assert_allclose(Gram(x).times(np.eye(10)), exact, atol=1e-11)
    np.testing.assert_array_equal(x, before)


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_it_does_not_change_when_units_are_rotated(seed) -> None:
    x = activations(12, 20)
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(20, 20)))
    np.testing.assert_allclose(Gram(x @ turn).values, Gram(x).values, atol=1e-11)
