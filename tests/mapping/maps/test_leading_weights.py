import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cross_decomposition import PLSRegression

from hcnn_widgets.mapping.maps.leading_weights import WEIGHTS, lanczos_weights, power_weights
from hcnn_widgets.mapping.maps.regression import MAPS

EXACT = 1e-15


def data(seed: int, n_sites: int, n_stimuli: int = 60, n_units: int = 40):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_stimuli, n_units))
    return x - x.mean(axis=0), rng.normal(size=(n_stimuli, n_sites))


def products(*many) -> np.ndarray:
    return np.stack([y.T @ x @ x.T @ y for x, y in many])


def first_site(n_folds: int, n_sites: int) -> np.ndarray:
    return np.tile(np.eye(n_sites)[0], (n_folds, 1))


def test_every_name_is_a_map() -> None:
    assert set(WEIGHTS) <= set(MAPS)


@pytest.mark.parametrize("n_sites", [1, 2, 9, 50])
def test_power_iteration_ends_where_scikit_learns_does(n_sites) -> None:
    folds = [data(seed, n_sites) for seed in range(4)]
    ours = power_weights(products(*folds), first_site(4, n_sites), EXACT)
    for (x, y), c in zip(folds, ours, strict=True):
        fitted = PLSRegression(1, scale=False).fit(x, y - y.mean(axis=0))
        on_units = x.T @ (y - y.mean(axis=0)) @ c
        cosine = on_units @ fitted.x_weights_[:, 0] / np.linalg.norm(on_units)
        assert abs(cosine) == pytest.approx(1, abs=1e-12)


def test_power_iteration_gives_up_after_as_many_steps_as_scikit_learn() -> None:
    x, _ = np.linalg.qr(data(0, 1)[0][:, :2])
    angle = np.deg2rad(65)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    y = x * np.exp([0.0, -0.0015]) @ turn.T
    with pytest.warns(UserWarning, match=r"Maximum number of iterations reached"):
        fitted = PLSRegression(1, scale=False).fit(x, y)
    on_units = x.T @ y @ power_weights(products((x, y)), first_site(1, 2), EXACT)[0]
    cosine = on_units @ fitted.x_weights_[:, 0] / np.linalg.norm(on_units)
    assert abs(cosine) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("n_sites", [1, 2, 11, 12, 70])
def test_lanczos_finds_the_leading_eigenvector(n_sites) -> None:
    g = products(*[data(seed, n_sites) for seed in range(3)])
    expected = np.linalg.eigh(g)[1][:, :, -1]
    ours = lanczos_weights(g, first_site(3, n_sites), EXACT)
    np.testing.assert_allclose(np.abs(np.einsum("fq,fq->f", ours, expected)), 1, atol=1e-12)


def test_lanczos_tells_eigenvalues_apart_that_lie_close_together() -> None:
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(90, 90)))
    g = (turn * np.r_[np.linspace(0, 1, 89), 1 + 1e-5]) @ turn.T
    ours = lanczos_weights(g[np.newaxis], first_site(1, 90), EXACT)[0]
    assert abs(ours @ turn[:, -1]) == pytest.approx(1, abs=1e-10)


def test_lanczos_stops_where_nothing_is_left_to_explore() -> None:
    direction = np.random.default_rng(0).normal(size=40)
    ours = lanczos_weights(np.stack([np.outer(direction, direction), np.eye(40)]), first_site(2, 40), EXACT)
    assert abs(ours[0] @ direction) == pytest.approx(np.linalg.norm(direction))
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1)


@pytest.mark.parametrize("name", list(WEIGHTS))
def test_where_nothing_is_left_the_weights_are_finite(name) -> None:
    one_site_only = np.zeros((3, 3))
    one_site_only[1, 1] = 1.0
    for g in (np.zeros((2, 3, 3)), -1e-20 * np.stack([np.eye(3), np.zeros((3, 3))]), one_site_only[np.newaxis]):
        assert np.isfinite(WEIGHTS[name](g, first_site(len(g), 3), EXACT)).all()


@pytest.mark.parametrize("name", list(WEIGHTS))
@given(seed=st.integers(0, 1000), scale=st.floats(1e-6, 1e6))
@settings(max_examples=20, deadline=None)
def test_neither_scale_nor_the_other_folds_matter(name, seed, scale) -> None:
    g = products(data(seed, 15), data(seed + 1, 15))
    ours = WEIGHTS[name](g * scale, first_site(2, 15), EXACT)
    for fold in range(2):
        alone = WEIGHTS[name](g[fold : fold + 1], first_site(1, 15), EXACT)[0]
        assert abs(ours[fold] @ alone) == pytest.approx(1, abs=1e-10)
