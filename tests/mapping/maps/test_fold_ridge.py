import numpy as np
import pytest
import sklearn.linear_model as sk
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import KFold, ShuffleSplit

from hcnn_widgets.mapping.maps import fold_ridge as module
from hcnn_widgets.mapping.maps.fold_ridge import ridge_smoothers
from hcnn_widgets.mapping.numerics.gram import Gram

SPLITS = {
    "each held out once": KFold(5, shuffle=True, random_state=0),
    "some never used": ShuffleSplit(4, train_size=0.6, test_size=0.2, random_state=0),
    "few fitted on": ShuffleSplit(3, train_size=0.3, random_state=0),
}


def data(n_stimuli: int, n_units: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_stimuli, n_units)) + 3
    return x, x[:, :5] @ rng.normal(size=(5, 4)) + rng.normal(size=(n_stimuli, 4)) + 7


@pytest.mark.parametrize("splits", list(SPLITS))
@pytest.mark.parametrize("n_units", [10, 60, 200])
@pytest.mark.parametrize("alpha", [0.01, 1.0, 1e4])
def test_predictions_are_scikit_learns(n_units, alpha, splits, monkeypatch) -> None:
    monkeypatch.setattr(module._inverse, "__defaults__", (4,))
    x, y = data(60, n_units)
    folds = list(SPLITS[splits].split(x))
    for weights, (train, test) in zip(ridge_smoothers(Gram(x), folds, alpha), folds, strict=True):
        expected = sk.Ridge(alpha).fit(x[train], y[train]).predict(x[test])
        np.testing.assert_allclose(weights @ y[train], expected, atol=1e-8)
        np.testing.assert_allclose(weights.sum(axis=1), 1)


@pytest.mark.parametrize("n_units", [90, 500])
def test_a_few_strong_dimensions_cost_the_weak_ones_no_digits(n_units, monkeypatch) -> None:
    monkeypatch.setattr(module._inverse, "__defaults__", (16,))
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 3)) @ rng.normal(size=(3, n_units)) * 100 + rng.normal(size=(300, n_units))
    y = x[:, :5] - 50 * x[:, 5:10] / 100
    train, test = next(SPLITS["each held out once"].split(x))
    expected = sk.Ridge(0.1, solver="svd").fit(x[train], y[train]).predict(x[test])
    ours = ridge_smoothers(Gram(x), [(train, test)], 0.1)[0] @ y[train]
    np.testing.assert_allclose(ours, expected, atol=1e-9 * y.std())


@pytest.mark.parametrize("n_units", [10, 200])
@pytest.mark.parametrize("size", [1.0, 1e3, 1e7])
def test_a_penalty_that_drowns_in_rounding_is_seen_and_goes_the_careful_way(n_units, size, monkeypatch) -> None:
    x, y = data(60, n_units)
    folds = list(SPLITS["each held out once"].split(x))
    whole = []
    original = module._Residuals

    def noted(*arguments):
        whole.append(arguments)
        return original(*arguments)

    monkeypatch.setattr(module, "_Residuals", noted)
    for weights, (train, test) in zip(ridge_smoothers(Gram(x * size), folds, 1.0), folds, strict=True):
        expected = sk.Ridge(1.0 / size**2, solver="svd").fit(x[train], y[train]).predict(x[test])
        np.testing.assert_allclose(weights @ y[train], expected, atol=1e-6)
    assert len(whole) == (size < 1e7)


@given(seed=st.integers(0, 1000), shift=st.floats(-10, 10), wide=st.booleans())
@settings(max_examples=20, deadline=None)
def test_neither_rotated_or_shifted_units_nor_what_is_held_out_besides_matter(seed, shift, wide) -> None:
    n_units = 70 if wide else 12
    x, y = data(40, n_units)
    (train, test), *_ = folds = list(SPLITS["each held out once"].split(x))
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(n_units, n_units)))
    other = x @ turn + shift
    other[test[1:]] = seed / 100
    expected = ridge_smoothers(Gram(x), folds, 1.0)[0] @ y[train]
    ours = ridge_smoothers(Gram(other), folds[:1], 1.0)[0] @ y[train]
    np.testing.assert_allclose(ours[0], expected[0], atol=1e-6)
