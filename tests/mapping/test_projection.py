import numpy as np
import pytest

from hcnn_widgets.mapping.projection import random_projection

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


@pytest.mark.parametrize(("n_features", "kind"), [(0, "sparse"), (5, "dense")])
def test_what_makes_no_projection_is_refused(n_features, kind) -> None:
    with pytest.raises(ValueError, match=f"makes no projection. Accepted are .*received {n_features} and '{kind}'"):
        random_projection(X, n_features, kind=kind)
