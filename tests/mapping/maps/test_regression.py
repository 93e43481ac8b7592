import numpy as np
import pytest
import sklearn.linear_model as sk
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cross_decomposition import PLSRegression

from hcnn_widgets.mapping.maps.regression import MAPS, one_to_one, pls, ridge, ridgecv
from hcnn_widgets.mapping.maps.ridge import ALPHAS

RNG = np.random.default_rng(0)


def data(seed: int = 0, n_stimuli: int = 50, n_units: int = 30):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_stimuli, n_units))
    return x, x[:, :6] @ rng.normal(size=(6, 3)) + rng.normal(size=(n_stimuli, 3)), rng.normal(size=(9, n_units))


def test_every_map_has_its_words() -> None:
    assert len({how.words for how in MAPS.values()}) == len(MAPS)


def test_ridge_is_scikit_learns_with_alpha_1() -> None:
    x, y, new = data()
    np.testing.assert_allclose(ridge(x, y, new), sk.Ridge(1.0).fit(x, y).predict(new), rtol=1e-8)


@pytest.mark.parametrize(("n_units", "n_sites"), [(10, 3), (120, 3), (49, 60), (120, 700)])
def test_ridgecv_is_scikit_learns(n_units, n_sites) -> None:
    x, y, new = data(1, n_units=n_units)
    y = y @ RNG.normal(size=(3, n_sites)) + RNG.normal(size=(50, n_sites))
    ours = ridgecv(x, y, new, "brain-score")
    np.testing.assert_allclose(ours, sk.RidgeCV(ALPHAS).fit(x, y).predict(new), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("n_units", [30, 80])
@pytest.mark.parametrize(("method", "options"), [("pls", {}), ("pls_exact", {"tol": 1e-20, "max_iter": 20_000})])
def test_pls_is_scikit_learns_with_25_components_to_its_tolerance_or_to_the_end(method, options, n_units) -> None:
    x, y, new = data(n_units=n_units)
    fitted = PLSRegression(25, scale=False, **options).fit(x, y)
    np.testing.assert_allclose(MAPS[method](x, y, new), fitted.predict(new), rtol=1e-6)


def test_pls_of_a_single_site_keeps_its_axis() -> None:
    x, y, new = data()
    assert pls(x, y[:, :1], new).shape == (9, 1)


def test_pls_refuses_fewer_units_than_components() -> None:
    x, y, new = data(n_units=24)
    with pytest.raises(
        ValueError, match=r"Accepted are 25 units and training stimuli or more.*received 24 units and 50"
    ):
        pls(x, y, new)


def test_one_to_one_takes_the_unit_with_the_highest_correlation_as_it_is() -> None:
    x, y, new = data()
    r = np.corrcoef(x.T, y.T)[:30, 30:]
    np.testing.assert_array_equal(one_to_one(x, y, new), new[:, r.argmax(axis=0)])


def test_one_to_one_passes_over_constant_units() -> None:
    x, y, new = data()
    x[:, :5] = 2.0
    assert not np.isin(one_to_one(x, y, new), new[:, :5]).any()


def test_a_penalty_per_site_is_scikit_learns() -> None:
    rng = np.random.default_rng(5)
    x, new = rng.normal(size=(40, 12)), rng.normal(size=(6, 12))
    y = x @ rng.normal(size=(12, 5)) + np.geomspace(0.1, 100, 5) * rng.normal(size=(40, 5))
    expected = sk.RidgeCV(ALPHAS, alpha_per_target=True).fit(x, y).predict(new)
    np.testing.assert_allclose(MAPS["ridgecv_per_site"](x, y, new, alphas="brain-score"), expected, rtol=1e-6)
    np.testing.assert_allclose(ridgecv(x, y, new, "brain-score", alpha_per_site=True), expected, rtol=1e-6)
    assert np.abs(ridgecv(x, y, new, "brain-score") - expected).max() > 0.1


@pytest.mark.parametrize("method", [name for name in MAPS if name != "one_to_one"])
@given(shift=st.floats(-100, 100), scale=st.floats(0.1, 10))
@settings(max_examples=8, deadline=None)
def test_predictions_follow_the_unit_of_the_responses(method, shift, scale) -> None:
    x, y, new = data()
    expected = MAPS[method](x, y, new) * scale + shift
    np.testing.assert_allclose(MAPS[method](x, y * scale + shift, new), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("method", list(MAPS))
@given(st.permutations(range(30)), st.permutations(range(3)), st.permutations(range(50)))
@settings(max_examples=8, deadline=None)
def test_neither_the_places_of_units_sites_and_stimuli_matter(method, units, sites, stimuli) -> None:
    x, y, new = data()
    turned = MAPS[method](x[stimuli][:, units], y[stimuli][:, sites], new[:, units])
    # A power iteration that ends short of its limit does so elsewhere where rounding differs.
    tolerance = 0.01 if method == "pls" else 1e-6
    np.testing.assert_allclose(turned, MAPS[method](x, y, new)[:, sites], atol=tolerance)


@given(st.integers(0, 1000), st.floats(0.1, 10), st.floats(-5, 5))
@settings(max_examples=20, deadline=None)
def test_one_to_one_chooses_alike_in_any_unit_and_predicts_in_that_of_the_models_units(seed, scale, shift) -> None:
    x, y, new = data(seed)
    scales, shifts = np.random.default_rng(seed).uniform(0.1, 10, size=(2, 30))
    best = np.corrcoef(x.T, y.T)[:30, 30:].argmax(axis=0)
    changed = MAPS["one_to_one"](x * scales + shifts, y * scale + shift, new * scales + shifts)
    np.testing.assert_array_equal(changed, (new * scales + shifts)[:, best])
