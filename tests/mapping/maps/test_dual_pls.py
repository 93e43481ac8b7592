import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cross_decomposition import PLSRegression
from sklearn.model_selection import KFold, ShuffleSplit

from hcnn_widgets.mapping.maps import dual_pls as module
from hcnn_widgets.mapping.maps.dual_pls import pls_folds
from hcnn_widgets.mapping.maps.leading_weights import WEIGHTS
from hcnn_widgets.mapping.numerics.correlation import prediction_r
from hcnn_widgets.mapping.numerics.gram import Gram

SHAPES = [(90, 40, 7), (60, 150, 7), (60, 150, 1), (40, 60, 120), (80, 30, 90)]
OPTIONS = {"pls": {}, "pls_exact": {"tol": 1e-20, "max_iter": 20_000}}


def data(n_stimuli: int, n_units: int, n_sites: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(n_stimuli, 12)) * np.arange(1, 13) ** -0.5
    x = hidden @ rng.normal(size=(12, n_units)) + 0.5 * rng.normal(size=(n_stimuli, n_units)) + 4
    return x, hidden @ rng.normal(size=(12, n_sites)) + 0.5 * rng.normal(size=(n_stimuli, n_sites)) - 2


def folds_of(n_stimuli: int, n_folds: int = 4):
    return list(KFold(n_folds, shuffle=True, random_state=0).split(np.zeros(n_stimuli)))


def scikit_learn(x, y, folds, n_components: int, **options) -> list[np.ndarray]:
    fitted = [PLSRegression(n_components, scale=False, **options).fit(x[train], y[train]) for train, _ in folds]
    return [one.predict(x[test]).reshape(len(test), -1) for one, (_, test) in zip(fitted, folds, strict=True)]


@pytest.mark.parametrize("weights", list(WEIGHTS))
@pytest.mark.parametrize("shape", SHAPES)
def test_predictions_are_scikit_learns(shape, weights) -> None:
    x, y = data(*shape)
    folds = folds_of(len(x))
    expected = scikit_learn(x, y, folds, 9, **OPTIONS[weights])
    for ours, theirs in zip(pls_folds(Gram(x), y, folds, 9, weights), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-7)


@pytest.mark.parametrize("weights", list(WEIGHTS))
def test_folds_may_overlap_leave_stimuli_unused_and_train_on_few(weights) -> None:
    x, y = data(90, 120, 6)
    folds = list(ShuffleSplit(3, train_size=0.3, test_size=0.2, random_state=0).split(x))
    expected = scikit_learn(x, y, folds, 5, **OPTIONS[weights])
    for ours, theirs in zip(pls_folds(Gram(x), y, folds, 5, weights), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-7)


@pytest.mark.parametrize("shape", SHAPES)
def test_single_precision_correlates_with_the_responses_as_double_precision_does(shape) -> None:
    x, y = data(*shape)
    folds = folds_of(len(x))
    exact, quick = (pls_folds(Gram(x, p), y, folds, 9, "pls_exact") for p in (np.float64, np.float32))
    for one, other, (_, test) in zip(exact, quick, folds, strict=True):
        np.testing.assert_allclose(prediction_r(one, y[test]), prediction_r(other, y[test]), atol=1e-3)


@pytest.mark.parametrize("weights", list(WEIGHTS))
@pytest.mark.parametrize("shape", SHAPES)
def test_folds_in_groups_that_fit_into_memory_are_the_same_folds(shape, weights, monkeypatch) -> None:
    x, y = data(*shape)
    folds = folds_of(len(x), 5)
    together = pls_folds(Gram(x), y, folds, 6, weights)
    monkeypatch.setattr(module, "AT_ONCE", 1)
    for one, other in zip(pls_folds(Gram(x), y, folds, 6, weights), together, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)


@pytest.mark.parametrize("weights", list(WEIGHTS))
@pytest.mark.parametrize("n_units", [20, 80])
def test_components_beyond_what_units_can_explain_are_not_made_up(n_units, weights) -> None:
    x, y = data(50, n_units, 4)
    flat = x[:, :5] @ np.random.default_rng(1).normal(size=(5, n_units))
    folds = folds_of(50)
    for precision in (np.float64, np.float32):
        for ours, (train, test) in zip(pls_folds(Gram(flat, precision), y, folds, 15, weights), folds, strict=True):
            design = np.column_stack([np.ones(50), x[:, :5]])
            expected = design[test] @ np.linalg.lstsq(design[train], y[train])[0]
            np.testing.assert_allclose(ours, expected, atol=1e-6 if precision == np.float64 else 2e-2)


@pytest.mark.parametrize("weights", list(WEIGHTS))
def test_responses_that_are_explained_to_the_last_digit_need_no_more_components(weights) -> None:
    x, _ = data(60, 30, 1)
    y = x[:, :2] @ np.random.default_rng(0).normal(size=(2, 5))
    folds = folds_of(60)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = scikit_learn(x, y, folds, 28, **OPTIONS[weights])
    for ours, theirs in zip(pls_folds(Gram(x), y, folds, 28, weights), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("weights", list(WEIGHTS))
@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
def test_sites_and_units_that_are_constant_do_no_harm(weights, value) -> None:
    x, y = data(50, 40, 5)
    x[:, 3] = y[:, 0] = value
    folds = folds_of(50)
    expected = scikit_learn(x, y[:, 1:], folds, 8, **OPTIONS[weights])
    for ours, theirs in zip(pls_folds(Gram(x), y, folds, 8, weights), expected, strict=True):
        np.testing.assert_allclose(ours[:, 1:], theirs, atol=1e-7)
        np.testing.assert_allclose(ours[:, 0], value)


@pytest.mark.parametrize("weights", list(WEIGHTS))
def test_where_no_site_varies_the_mean_is_predicted(weights) -> None:
    x, y = data(30, 40, 3)
    y[:] = [1.0, 2.0, 0.3]
    for ours in pls_folds(Gram(x), y, folds_of(30), 5, weights):
        np.testing.assert_allclose(ours, np.tile([1.0, 2.0, 0.3], (len(ours), 1)))


def test_units_that_are_all_constant_predict_the_mean() -> None:
    _, y = data(30, 40, 3)
    folds = folds_of(30)
    for ours, (train, _) in zip(pls_folds(Gram(np.full((30, 40), 0.1)), y, folds, 5, "pls"), folds, strict=True):
        np.testing.assert_allclose(ours, np.tile(y[train].mean(axis=0), (len(ours), 1)))


@pytest.mark.parametrize(("n_stimuli", "n_units", "fewest"), [(50, 8, 8), (10, 40, 7)])
def test_fewer_units_or_training_stimuli_than_components_are_refused(n_stimuli, n_units, fewest) -> None:
    x, y = data(n_stimuli, n_units, 3)
    with pytest.raises(ValueError, match=rf"Accepted are 9 units and training stimuli or more.*received .*{fewest} "):
        pls_folds(Gram(x), y, folds_of(n_stimuli), 9, "pls")


@pytest.mark.parametrize("weights", list(WEIGHTS))
@given(seed=st.integers(0, 1000), wide=st.booleans())
@settings(max_examples=15, deadline=None)
def test_what_is_held_out_is_not_looked_at(weights, seed, wide) -> None:
    x, y = data(40, 60 if wide else 20, 4, seed)
    train, test = folds_of(40)[0]
    other_x, other_y = x.copy(), y.copy()
    other_x[test[1:]], other_y[test] = 7.0, 1e3
    one = pls_folds(Gram(x), y, [(train, test)], 6, weights)[0]
    other = pls_folds(Gram(other_x), other_y, [(train, test)], 6, weights)[0]
    np.testing.assert_allclose(other[0], one[0], atol=1e-6)


@pytest.mark.parametrize("weights", list(WEIGHTS))
@given(seed=st.integers(0, 1000), shift=st.floats(-100, 100), scale=st.floats(0.01, 100))
@settings(max_examples=15, deadline=None)
def test_rotating_and_shifting_units_changes_nothing_and_predictions_follow_the_responses(
    weights, seed, shift, scale
) -> None:
    x, y = data(40, 30, 4)
    folds = folds_of(40)
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(30, 30)))
    expected = pls_folds(Gram(x), y, folds, 6, weights)
    ours = pls_folds(Gram(x @ turn + shift), y * scale + shift, folds[::-1], 6, weights)[::-1]
    for one, other in zip(ours, expected, strict=True):
        np.testing.assert_allclose((one - shift) / scale, other, atol=1e-6)


@given(st.permutations(range(6)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_sites_does_not_matter_to_exact_components(order) -> None:
    x, y = data(40, 60, 6)
    folds = folds_of(40)
    expected = pls_folds(Gram(x), y, folds, 6, "pls_exact")
    for one, other in zip(pls_folds(Gram(x), y[:, order], folds, 6, "pls_exact"), expected, strict=True):
        np.testing.assert_allclose(one, other[:, order], atol=1e-8)
