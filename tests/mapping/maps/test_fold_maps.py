import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.maps import shared_folds as module
from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.regression import MAPS
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.numerics.correlation import prediction_r

SHAPES = [(70, 30), (50, 120)]


def data(n_stimuli: int, n_units: int, n_sites: int = 5, seed: int = 0):
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(n_stimuli, 8))
    x = hidden @ rng.normal(size=(8, n_units)) + rng.normal(size=(n_stimuli, n_units)) + 2
    return x, hidden @ rng.normal(size=(8, n_sites)) + rng.normal(size=(n_stimuli, n_sites)) - 3


def folds_of(x):
    return SPLITS["kfold"](len(x), None, 5)


@pytest.mark.parametrize("method", list(MAPS))
@pytest.mark.parametrize("shape", SHAPES)
def test_predictions_are_those_of_one_map_per_fold(shape, method) -> None:
    x, y = data(*shape)
    folds = folds_of(x)
    for ours, (train, test) in zip(FoldMaps(x, folds).predict(y, method), folds, strict=True):
        np.testing.assert_allclose(ours, MAPS[method](x[train], y[train], x[test]), atol=1e-7)
        assert ours.dtype == np.float64


@pytest.mark.parametrize("method", list(MAPS))
@pytest.mark.parametrize("shape", SHAPES)
def test_single_precision_gives_the_same_correlations(shape, method) -> None:
    x, y = data(*shape)
    folds = folds_of(x)
    exact, quick = (FoldMaps(x.astype(np.float32), folds, p).predict(y, method) for p in (np.float64, np.float32))
    for one, other, (_, test) in zip(exact, quick, folds, strict=True):
        np.testing.assert_allclose(prediction_r(other, y[test]), prediction_r(one, y[test]), atol=1e-3)


@pytest.mark.parametrize("kept", [0, 2**30])
@pytest.mark.parametrize("method", list(MAPS))
def test_one_set_of_maps_serves_several_brain_areas(method, kept, monkeypatch) -> None:
    monkeypatch.setattr(module, "KEPT", kept)
    x, v4 = data(50, 60)
    _, it = data(50, 60, n_sites=9, seed=1)
    maps = FoldMaps(x, folds_of(x))
    for y in (v4, it, v4):
        for ours, alone in zip(maps.predict(y, method), FoldMaps(x, folds_of(x)).predict(y, method), strict=True):
            np.testing.assert_allclose(ours, alone, atol=1e-9)


def test_what_the_brain_areas_share_is_made_once(monkeypatch) -> None:
    x, y = data(50, 60)
    made = []

    class Noted(module.Gram):
        def __init__(self, *arguments) -> None:
            made.append(arguments)
            super().__init__(*arguments)

    monkeypatch.setattr(module, "Gram", Noted)
    maps = FoldMaps(x, folds_of(x))
    for method in MAPS:
        maps.predict(y, method)
        maps.predict(y, method)
    assert len(made) == 1


@pytest.mark.parametrize("method", list(MAPS))
@given(shift=st.floats(-50, 50), scale=st.floats(0.1, 10), order=st.permutations(range(5)))
@settings(max_examples=8, deadline=None)
def test_predictions_follow_the_responses_and_folds_may_come_in_any_order(method, shift, scale, order) -> None:
    x, y = data(50, 30)
    folds = folds_of(x)
    expected = FoldMaps(x, folds).predict(y, method)
    if method == "one_to_one":
        shift, scale = 0.0, 1.0
    ours = FoldMaps(x, [folds[fold] for fold in order]).predict(y * scale + shift, method)
    for one, fold in zip(ours, order, strict=True):
        np.testing.assert_allclose((one - shift) / scale, expected[fold], atol=1e-6)


@pytest.mark.parametrize("method", [name for name in MAPS if name != "pls"])
@given(order=st.permutations(range(5)), seed=st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_neither_the_places_of_sites_nor_those_of_units_matter(method, order, seed) -> None:
    # "pls" is left out: its power iteration begins at the first site, as scikit-learn's, and ends before the limit.
    x, y = data(50, 60)
    folds = folds_of(x)
    units = np.random.default_rng(seed).permutation(60)
    expected = FoldMaps(x, folds).predict(y, method)
    for one, other in zip(FoldMaps(x[:, units], folds).predict(y[:, order], method), expected, strict=True):
        np.testing.assert_allclose(one, other[:, order], atol=1e-7)


def test_whole_numbers_are_taken_and_nothing_that_came_is_changed() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 255, size=(50, 40)), rng.integers(0, 9, size=(50, 3))
    before = x.copy(), y.copy()
    for method in MAPS:
        assert np.isfinite(FoldMaps(x, folds_of(x)).predict(y, method)[0]).all()
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(y, before[1])


@pytest.mark.parametrize("method", ["lasso", ["pls"], None])
def test_an_unknown_method_is_refused(method) -> None:
    x, y = data(50, 30)
    with pytest.raises(ValueError, match=r"`method=.*` is no map. Accepted are 'ridge', 'ridgecv', 'pls', 'pls_e") as e:
        FoldMaps(x, folds_of(x)).predict(y, method)
    assert f"`method={method!r}`" in str(e.value)


@pytest.mark.parametrize("bad", [np.zeros(50), np.zeros((50, 0))])
def test_what_is_no_matrix_is_refused(bad) -> None:
    x, _ = data(50, 30)
    with pytest.raises(ValueError, match=r"`x` is no matrix of numbers. Accepted is \(n_stimuli, n_units\), neither"):
        FoldMaps(bad, folds_of(x))
    with pytest.raises(ValueError, match=r"`y` is no matrix of numbers. Accepted is \(n_stimuli, n_sites\), neither"):
        FoldMaps(x, folds_of(x)).predict(bad)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_refused_and_counted(value) -> None:
    x, y = data(50, 30)
    with_gaps = x.copy()
    with_gaps[3, :2] = value
    with pytest.raises(ValueError, match=r"`x` holds numbers that are not finite.*received 2 of 1500"):
        FoldMaps(with_gaps, folds_of(x))
    y[4] = value
    with pytest.raises(ValueError, match=r"`y` holds numbers that are not finite.*received 5 of 250"):
        FoldMaps(x, folds_of(x)).predict(y)


def test_responses_to_another_number_of_stimuli_are_refused() -> None:
    x, y = data(50, 30)
    with pytest.raises(ValueError, match=r"`y` has another number of stimuli. Accepted are 50 rows; received 49"):
        FoldMaps(x, folds_of(x)).predict(y[1:])


@pytest.mark.parametrize(
    ("folds", "words"),
    [
        ([], r"`folds` are none. Accepted is one pair \(train, test\) of rows or more; received 0"),
        ([([0, 1], [50])], r"`folds\[0\]` does not fit the stimuli. Accepted are rows from 0 to 49"),
        ([([0, -1], [1])], r"`folds\[0\]` does not fit the stimuli"),
        ([([0, 1], [])], r"`folds\[0\]` does not fit the stimuli.*received 2 and 0"),
        ([([0, 1], [2]), ([0, 1], [1, 2])], r"`folds\[1\]` has a row twice.*received 4 rows of 3 stimuli"),
    ],
)
def test_folds_that_do_not_fit_are_refused(folds, words) -> None:
    x, _ = data(50, 30)
    with pytest.raises(ValueError, match=words):
        FoldMaps(x, folds)
