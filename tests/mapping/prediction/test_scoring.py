import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.linear_model import Ridge

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.splits import kfold
from hcnn_widgets.mapping.prediction import area_maps, scoring
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.task import prediction_task
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

IDS = np.array([f"{number:02d}" for number in range(40)])
RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 12))
RESPONSES = X @ RNG.normal(size=(12, 6)) + RNG.normal(size=(3, 40, 6))
MODEL = ActivationSet({"low": RNG.normal(size=(40, 12)), "top": X}, IDS)
QUICK = {"method": "ridge", "splits": "kfold", "n_folds": 4}


def recordings(responses=RESPONSES, ids=IDS, area="IT") -> RecordingSet:
    return RecordingSet(responses, ids, area)


def test_reverse_predicts_the_units_from_the_sites_as_scikit_learn_does() -> None:
    mean, per_fold = RESPONSES.mean(axis=0), []
    for train, test in kfold(40, None, 4):
        predicted = Ridge(alpha=1.0).fit(mean[train], X[train]).predict(mean[test])
        per_fold.append([pearsonr(a, b)[0] for a, b in zip(predicted.T, X[test].T, strict=True)])
    score = predictivity(MODEL, recordings(), direction="reverse", **QUICK)["top"]
    np.testing.assert_allclose(score.per_split, per_fold, atol=1e-6)
    assert score.value == pytest.approx(np.median(per_fold, axis=1).mean(), abs=1e-6)
    assert score.site_ids.tolist() == [f"top-{unit:05d}" for unit in range(12)]
    assert score.responses.shape == score.predictions.shape == (40, 12)
    assert np.isnan(score.ceiling)
    assert score.notes[-1].startswith("reverse: no ceiling")
    assert score.convention.startswith("reverse: units predicted from sites")


def test_reverse_leaves_constant_units_out_and_counts_them() -> None:
    dead = ActivationSet({"top": np.where(np.arange(12) < 3, 0.0, X)}, IDS)
    score = predictivity(dead, recordings(), direction="reverse", **QUICK)["top"]
    assert score.notes[0] == "3 of 12 units are constant and were left out"
    assert np.isnan(score.per_site).tolist() == [True] * 3 + [False] * 9
    with pytest.raises(
        ValueError, match=r"`activations\['top'\]` has no unit that varies.*received constant units only"
    ):
        predictivity(ActivationSet({"top": np.ones((40, 3))}, IDS), recordings(), direction="reverse", **QUICK)


def test_reverse_draws_units_where_there_are_more_than_wanted() -> None:
    score = predictivity(MODEL, recordings(), direction="reverse", max_units=5, seed=3, **QUICK)["top"]
    whole = predictivity(MODEL, recordings(), direction="reverse", **QUICK)["top"]
    assert len(score.site_ids) == 5
    places = [whole.site_ids.tolist().index(one) for one in score.site_ids]
    np.testing.assert_allclose(score.per_split, whole.per_split[:, places], atol=1e-9)
    assert "5 units drawn at random where there are more" in score.convention


def test_a_fold_in_which_no_site_varies_is_passed_over() -> None:
    responses = np.zeros((1, 40, 1))
    test = kfold(40, None, 4)[1][1]
    responses[0, test[:3], 0] = [1, 2, 3]
    score = predictivity(MODEL, recordings(responses), **QUICK)["top"]
    assert np.isnan(score.per_split[:, 0]).tolist() == [True, False, True, True]
    assert score.value == score.per_site[0] == score.per_split[1, 0]


def test_stimuli_held_out_one_by_one_have_no_error_of_folds() -> None:
    score = predictivity(MODEL, recordings(), "ridge", "kfold", n_folds=40, pooling="pooled")["top"]
    assert np.isnan(score.error)
    assert score.value > 0.5


def test_single_precision_is_near_double() -> None:
    single, double = (predictivity(MODEL, recordings(), precision=p, **QUICK)["top"] for p in ("float32", "float64"))
    np.testing.assert_allclose(single.per_split, double.per_split, atol=1e-4)
    assert "products in float32" in single.convention
    assert "float32" not in double.convention


def test_areas_with_the_same_stimuli_share_their_maps(monkeypatch) -> None:
    made = []

    class Counted(area_maps.AreaMaps):
        def __init__(self, x, folds, choices) -> None:
            made.append(len(x))
            super().__init__(x, folds, choices)

    monkeypatch.setattr(scoring, "AreaMaps", Counted)
    choices = Choices(**QUICK)
    other = recordings(RESPONSES[:, :30], IDS[:30], "V4")
    brains = [recordings(area="V1"), other, recordings(RESPONSES[:, :, :2])]
    scores = scoring.scores_of_tasks(MODEL, [prediction_task(one, choices) for one in brains], choices)
    assert made == [40, 40, 30, 30], "one per model area and set of stimuli"
    for brain, together in zip(brains, scores, strict=True):
        alone = predictivity(MODEL, brain, **QUICK)
        assert list(together) == list(alone) == ["low", "top"]
        for area in alone:
            np.testing.assert_array_equal(together[area].per_split, alone[area].per_split)


@given(st.lists(st.integers(0, 6), max_size=3), st.floats(-5, 5))
@settings(max_examples=10, deadline=None)
def test_constant_sites_added_change_nothing_else(places, level) -> None:
    with_flat = np.insert(RESPONSES, places, level, axis=2)
    score, expected = (predictivity(MODEL, recordings(one), **QUICK)["top"] for one in (with_flat, RESPONSES))
    assert score.value == pytest.approx(expected.value, abs=1e-12)
    np.testing.assert_allclose(score.per_site[~np.isnan(score.per_site)], expected.per_site, atol=1e-12)
    assert int(np.isnan(score.per_site).sum()) == len(places)


@pytest.mark.parametrize("method", ["ridge", "ridgecv"])
@given(st.integers(0, 1000))
@settings(max_examples=10, deadline=None)
def test_rotated_units_predict_the_same(method, seed) -> None:
    rotation = np.linalg.qr(np.random.default_rng(seed).normal(size=(12, 12)))[0]
    rotated = ActivationSet({"top": X @ rotation}, IDS)
    choices = QUICK | {"method": method}
    score, expected = (predictivity(model, recordings(), **choices)["top"] for model in (rotated, MODEL))
    np.testing.assert_allclose(score.per_split, expected.per_split, atol=1e-4)


@given(st.permutations(range(40)), st.permutations(range(6)), st.floats(0.05, 20), st.floats(-10, 10))
@settings(max_examples=10, deadline=None)
def test_order_of_stimuli_and_sites_and_their_unit_do_not_matter(rows, sites, scale, shift) -> None:
    changed = RecordingSet((RESPONSES * scale + shift)[:, rows][:, :, sites], IDS[rows], "IT")
    score, expected = (predictivity(MODEL, one, **QUICK)["top"] for one in (changed, recordings()))
    np.testing.assert_allclose(score.per_split, expected.per_split[:, sites], atol=1e-6)
    assert score.value == pytest.approx(expected.value, abs=1e-6)


def test_nan_in_the_activations_is_refused_at_their_door() -> None:
    with pytest.raises(ValueError, match=r"holds NaN or infinity"):
        ActivationSet({"top": np.where(X > 2, np.nan, X)}, IDS)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_scores_of_simulated_recordings_are_marked_in_either_direction(direction) -> None:
    made_up = RecordingSet(RESPONSES, IDS, "IT", simulated=True)
    assert predictivity(MODEL, made_up, direction=direction, **QUICK)["top"].simulated
    assert not predictivity(MODEL, recordings(), direction=direction, **QUICK)["top"].simulated
