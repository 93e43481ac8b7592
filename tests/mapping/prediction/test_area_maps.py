import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.mapping.maps.splits import kfold
from hcnn_widgets.mapping.prediction import area_maps
from hcnn_widgets.mapping.prediction.area_maps import AreaMaps
from hcnn_widgets.mapping.prediction.choices import Choices

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(30, 8)) * np.arange(1, 9), RNG.normal(size=(30, 4))
FOLDS = kfold(30, None, 3)


@pytest.mark.parametrize("scaling", ["none", "z-score"])
def test_every_fold_is_scikit_learns_map_scaled_on_its_training_stimuli(scaling) -> None:
    maps = AreaMaps(X, FOLDS, Choices("ridge", scaling=scaling))
    for predicted, (train, test) in zip(maps.predict(Y), FOLDS, strict=True):
        fitted = make_pipeline(StandardScaler(with_std=scaling == "z-score"), Ridge(alpha=1.0)).fit(X[train], Y[train])
        np.testing.assert_allclose(predicted, fitted.predict(X[test]), atol=1e-8)


@pytest.mark.parametrize("scaling", ["none", "z-score"])
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True))
@settings(max_examples=8, deadline=None)
def test_one_set_of_maps_serves_whatever_sites_come(scaling, sites) -> None:
    maps = AreaMaps(X, FOLDS, Choices("ridge", scaling=scaling))
    for some, all_ in zip(maps.predict(Y[:, sites]), maps.predict(Y), strict=True):
        np.testing.assert_allclose(some, all_[:, sites], atol=1e-10)


@given(st.floats(0.01, 100))
@settings(max_examples=8, deadline=None)
def test_the_scale_of_a_unit_does_not_matter_once_z_scored(scale) -> None:
    choices = Choices("ridge", scaling="z-score")
    scaled = X * np.where(np.arange(8) == 2, scale, 1.0)
    for ours, theirs in zip(
        AreaMaps(scaled, FOLDS, choices).predict(Y), AreaMaps(X, FOLDS, choices).predict(Y), strict=True
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-8)


def test_maps_too_large_to_be_kept_are_made_again_for_each_brain_area(monkeypatch) -> None:
    choices = Choices("ridge", scaling="z-score")
    expected = AreaMaps(X, FOLDS, choices).predict(Y)
    monkeypatch.setattr(area_maps, "KEPT", 0)
    maps = AreaMaps(X, FOLDS, choices)
    for _ in range(2):
        np.testing.assert_array_equal(np.concatenate(maps.predict(Y)), np.concatenate(expected))
