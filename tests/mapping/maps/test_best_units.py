import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.model_selection import KFold

from hcnn_widgets.mapping.maps import best_units as module
from hcnn_widgets.mapping.maps.best_units import best_units


def data(n_stimuli: int = 40, n_units: int = 25, seed: int = 0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_stimuli, n_units)) * 3 + 5
    return x, x[:, :6] + rng.normal(size=(n_stimuli, 6)) * 3 - 2


def folds_of(n_stimuli: int):
    return list(KFold(4, shuffle=True, random_state=0).split(np.zeros(n_stimuli)))


def picked_slowly(x, y, folds) -> list[list[int]]:
    return [
        [int(np.argmax([pearsonr(unit, site)[0] for unit in x[train].T])) for site in y[train].T] for train, _ in folds
    ]


@pytest.mark.parametrize("width", [7, 4096])
def test_they_are_those_with_the_highest_correlation_on_the_training_stimuli(width, monkeypatch) -> None:
    monkeypatch.setattr(module, "WIDTH", width)
    x, y = data()
    folds = folds_of(len(x))
    assert best_units(x, y, folds).tolist() == picked_slowly(x, y, folds)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e8])
def test_a_unit_that_is_constant_over_the_training_stimuli_is_passed_over(value) -> None:
    x, y = data()
    folds = folds_of(len(x))
    train = folds[0][0]
    x[:, 0] = value
    x[train, 1] = value
    ours = best_units(x, y, folds)
    varying = np.delete(np.arange(25), [0, 1])
    assert not np.isin(ours[0], [0, 1]).any()
    assert ours[0].tolist() == varying[picked_slowly(x[:, varying], y, folds[:1])[0]].tolist()
    assert 1 in ours[1:] or value == 1e8


def test_where_nothing_varies_it_is_the_first_unit() -> None:
    _, y = data()
    assert not best_units(np.full((40, 9), 0.1), y, folds_of(40)).any()


@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
@settings(max_examples=20, deadline=None)
def test_neither_scale_nor_mean_of_units_and_sites_matter_and_units_may_change_places(seed, scale, shift) -> None:
    x, y = data(seed=seed)
    folds = folds_of(len(x))
    order = np.random.default_rng(seed).permutation(25)
    ours = best_units(x[:, order] * scale + shift, y * scale - shift, folds)
    np.testing.assert_array_equal(order[ours], best_units(x, y, folds))


@given(seed=st.integers(0, 1000), apart=st.floats(-20, 20))
@settings(max_examples=15, deadline=None)
def test_what_is_held_out_has_no_say_however_far_from_the_rest_it_lies(seed, apart) -> None:
    x, y = data(seed=seed)
    folds = folds_of(len(x))
    test, expected = folds[0][1], best_units(x, y, folds[:1])
    x[test] += apart * np.random.default_rng(seed).normal(size=25)
    y[test] += apart
    np.testing.assert_array_equal(best_units(x, y, folds[:1]), expected)
