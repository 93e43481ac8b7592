import numpy as np
import pytest
import sklearn.linear_model as sk
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps import ridge as module
from hcnn_widgets.mapping.maps.ridge import ALPHAS, Ridge
from hcnn_widgets.mapping.numerics.gram import Gram

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


def fitted_on(x: np.ndarray, n_train: int) -> Ridge:
    return Ridge(Gram(x), np.arange(n_train))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("alpha", [0.01, 1.0, 1e4])
def test_predictions_are_scikit_learns(shape, alpha) -> None:
    x, y, new = data(*shape)
    ours, rows = fitted_on(np.concatenate([x, new]), len(x)), np.arange(len(x), len(x) + len(new))
    expected = sk.Ridge(alpha).fit(x, y).predict(new)
    np.testing.assert_allclose(ours.predict(ours.scores(rows), y, alpha), expected, rtol=1e-7, atol=1e-8)
    np.testing.assert_allclose(ours.smoother(rows, alpha) @ y, expected, rtol=1e-7, atol=1e-8)


def test_every_site_may_have_a_penalty_of_its_own() -> None:
    x, y, new = data(30, 90)
    ours, rows = fitted_on(np.concatenate([x, new]), 30), np.arange(30, 37)
    alphas = np.array([0.1, 1.0, 10.0, 100.0])
    expected = [ours.predict(ours.scores(rows), y, float(alpha))[:, site] for site, alpha in enumerate(alphas)]
    np.testing.assert_allclose(ours.predict(ours.scores(rows), y, alphas).T, expected)


@pytest.mark.parametrize("shape", SHAPES)
def test_single_precision_does_where_penalties_stand_above_its_rounding(shape) -> None:
    x, y, _ = data(*shape)
    train, test = np.arange(shape[0] - 5), np.arange(shape[0] - 5, shape[0])
    exact, quick = (Ridge(Gram(x, precision), train) for precision in (np.float64, np.float32))
    expected = exact.predict(exact.scores(test), y[train], exact.variance)
    np.testing.assert_allclose(quick.predict(quick.scores(test), y[train], quick.variance), expected, atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_leave_one_out_errors_are_those_of_refitting_without_each_stimulus(shape, monkeypatch) -> None:
    monkeypatch.setattr(module, "NUMBERS", 300)
    x, y, _ = data(*shape)
    alphas = np.array([0.5, 20.0])
    expected = np.zeros(2)
    for left_out in range(len(x)):
        kept = np.arange(len(x)) != left_out
        for row, alpha in enumerate(alphas):
            predicted = sk.Ridge(alpha).fit(x[kept], y[kept]).predict(x[left_out : left_out + 1])[0]
            expected[row] += ((predicted - y[left_out]) ** 2).sum() / y.size
    np.testing.assert_allclose(fitted_on(x, len(x)).loo_error(y, alphas), expected, rtol=1e-6)


@pytest.mark.parametrize("noise", [0.0, 0.1, 10.0])
@pytest.mark.parametrize("shape", [*SHAPES, (60, 200)])
def test_leave_one_out_errors_keep_their_digits_at_every_penalty_of_the_grid(shape, noise) -> None:
    x, y, _ = data(*shape)
    y = x[:, :2] @ RNG.normal(size=(2, 4)) + noise * y
    rows = np.column_stack([np.ones(len(x)), x])
    for alpha, ours in zip(ALPHAS[::7], fitted_on(x, len(x)).loo_error(y, ALPHAS)[::7], strict=True):
        penalty = np.diag([0.0] + [alpha] * x.shape[1])
        hat = rows @ np.linalg.solve(rows.T @ rows + penalty, rows.T)
        residual = (y - hat @ y) / (1 - np.diag(hat))[:, np.newaxis]
        assert ours == pytest.approx(np.mean(residual**2), rel=1e-4)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_penalty_chosen_is_scikit_learns(shape) -> None:
    x, y, _ = data(*shape)
    assert fitted_on(x, len(x)).best_alpha(y) == sk.RidgeCV(ALPHAS).fit(x, y).alpha_


@pytest.mark.parametrize("shape", SHAPES)
def test_the_penalty_of_each_site_is_scikit_learns(shape, monkeypatch) -> None:
    monkeypatch.setattr(module, "NUMBERS", 300)
    x, y, _ = data(*shape)
    y = y + np.geomspace(0.1, 300, 4) * RNG.normal(size=y.shape)
    ours = fitted_on(x, len(x))
    chosen = ours.best_alphas(y)
    np.testing.assert_array_equal(chosen, sk.RidgeCV(ALPHAS, alpha_per_target=True).fit(x, y).alpha_)
    assert len(set(chosen.tolist())) > 1
    np.testing.assert_allclose(ours.loo_errors(y, ALPHAS).mean(axis=1), ours.loo_error(y, ALPHAS), rtol=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_generalised_cross_validation_is_its_formula(shape) -> None:
    x, y, _ = data(*shape)
    n, centred, target = len(x), x - x.mean(axis=0), y - y.mean(axis=0)
    for alpha in (0.5, 30.0):
        hat = centred @ np.linalg.solve(centred.T @ centred + alpha * np.eye(x.shape[1]), centred.T)
        residual = target - hat @ target
        expected = n * (residual**2).sum(axis=0) / (n - 1 - np.trace(hat)) ** 2
        np.testing.assert_allclose(fitted_on(x, n).gcv_errors(y, np.array([alpha]))[0], expected, rtol=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_mean_variance_of_the_units_is_over_the_training_stimuli(shape) -> None:
    x, _, new = data(*shape)
    ours = fitted_on(np.concatenate([x, 100 * new]), len(x))
    assert ours.variance == pytest.approx(x.var(axis=0).mean())


def test_units_that_say_the_same_twice_do_no_harm() -> None:
    x, y, new = data(30, 6)
    twice, new_twice = np.hstack([x, x]), np.hstack([new, new])
    ours, rows = fitted_on(np.concatenate([twice, new_twice]), 30), np.arange(30, 37)
    expected = sk.Ridge(2.0).fit(twice, y).predict(new_twice)
    np.testing.assert_allclose(ours.predict(ours.scores(rows), y, 2.0), expected, rtol=1e-7)


@pytest.mark.parametrize("n_units", [5, 50])
def test_units_that_are_all_constant_predict_the_mean(n_units) -> None:
    _, y, _ = data(30, 6)
    ours = fitted_on(np.ones((34, n_units)), 30)
    np.testing.assert_allclose(ours.loo_error(y, ALPHAS), ours.loo_error(y, ALPHAS)[0])
    np.testing.assert_allclose(ours.predict(ours.scores(np.arange(30, 34)), y, 1.0), np.tile(y.mean(axis=0), (4, 1)))


@given(seed=st.integers(0, 1000), alpha=st.floats(1e-2, 1e4), shift=st.floats(-10, 10))
@settings(max_examples=20, deadline=None)
def test_rotating_and_shifting_units_changes_nothing(seed, alpha, shift) -> None:
    x, y, new = data(20, 30)
    both = np.concatenate([x, new])
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(30, 30)))
    one, other, rows = fitted_on(both, 20), fitted_on(both @ turn + shift, 20), np.arange(20, 27)
    np.testing.assert_allclose(other.smoother(rows, alpha) @ y, one.smoother(rows, alpha) @ y, atol=1e-7)
    np.testing.assert_allclose(other.loo_error(y, ALPHAS), one.loo_error(y, ALPHAS), rtol=1e-6)
