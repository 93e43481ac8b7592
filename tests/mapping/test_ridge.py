import numpy as np
import pytest
import sklearn.linear_model as sk

from hcnn_widgets.mapping.ridge import ALPHAS, Ridge

RNG = np.random.default_rng(0)
SHAPES = [(40, 12), (30, 90), (20, 20)]


def data(n_stimuli: int, n_units: int, n_sites: int = 4):
    x = RNG.normal(size=(n_stimuli, n_units)) + 3
    y = x @ RNG.normal(size=(n_units, n_sites)) + RNG.normal(size=(n_stimuli, n_sites)) + 5
    return x, y, RNG.normal(size=(7, n_units))


def test_the_standard_grid_is_the_one_of_the_field() -> None:
    assert len(ALPHAS) == 99
    assert ALPHAS[[0, 1, 2, 3, 4, 7, 8, 26, 44, 62, 80, -1]].tolist() == [
        0.01, 0.1, 0.5, 1, 10, 77.5, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
    ]  # fmt: skip
    assert (np.diff(ALPHAS) > 0).all()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("alpha", [0.01, 1.0, 1e4])
def test_predictions_are_scikit_learns(shape, alpha) -> None:
    x, y, new = data(*shape)
    ours = Ridge(x)
    expected = sk.Ridge(alpha).fit(x, y).predict(new)
    np.testing.assert_allclose(ours.predict(ours.scores(new), y, alpha), expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("shape", SHAPES)
def test_leave_one_out_errors_are_those_of_refitting_without_each_stimulus(shape) -> None:
    x, y, _ = data(*shape)
    alphas = np.array([0.5, 20.0])
    expected = np.zeros((2, y.shape[1]))
    for left_out in range(len(x)):
        kept = np.arange(len(x)) != left_out
        for row, alpha in enumerate(alphas):
            predicted = sk.Ridge(alpha).fit(x[kept], y[kept]).predict(x[left_out : left_out + 1])[0]
            expected[row] += (predicted - y[left_out]) ** 2 / len(x)
    np.testing.assert_allclose(Ridge(x).loo_errors(y, alphas), expected, rtol=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_generalised_cross_validation_is_its_formula(shape) -> None:
    x, y, _ = data(*shape)
    n, centred, target = len(x), x - x.mean(axis=0), y - y.mean(axis=0)
    for alpha in (0.5, 30.0):
        hat = centred @ np.linalg.solve(centred.T @ centred + alpha * np.eye(x.shape[1]), centred.T)
        residual = target - hat @ target
        expected = n * (residual**2).sum(axis=0) / (n - 1 - np.trace(hat)) ** 2
        np.testing.assert_allclose(Ridge(x).gcv_errors(y, np.array([alpha]))[0], expected, rtol=1e-6)


def test_units_that_say_the_same_twice_do_no_harm() -> None:
    x, y, new = data(30, 6)
    twice, new_twice = np.hstack([x, x]), np.hstack([new, new])
    ours = Ridge(twice)
    np.testing.assert_allclose(
        ours.predict(ours.scores(new_twice), y, 2.0), sk.Ridge(2.0).fit(twice, y).predict(new_twice), rtol=1e-7
    )


def test_single_precision_agrees_to_four_digits() -> None:
    x, y, new = data(60, 40)
    exact, quick = Ridge(x), Ridge(x, np.float32)
    expected = exact.predict(exact.scores(new), y, 10.0)
    np.testing.assert_allclose(quick.predict(quick.scores(new), y, 10.0), expected, atol=1e-3 * expected.std())
    assert quick.u.dtype == np.float32
